"""Beginners' loops, right and wrong: programs that are written, run and print a log, by a seed.

They are the oracle of the diagnosis and know nothing of how gdviz descends or diagnoses: every
number comes from a NumPy program that does what it says. ``python -m faulty 500`` scores the
diagnosis on 500 wrong runs and 500 right ones.
"""

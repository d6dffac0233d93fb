"""Changing the settings of the run, in the panel or by hand in the pictures."""

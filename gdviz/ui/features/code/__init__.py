"""Showing the run as a program."""

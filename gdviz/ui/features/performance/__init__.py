"""Showing how fast the program is."""

"""Notations: how the numbers, dates and times of a column are written."""

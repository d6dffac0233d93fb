"""Explaining a step: in formulas, row by row, and by guessing it first."""

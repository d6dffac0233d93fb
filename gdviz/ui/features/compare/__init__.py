"""Comparing: runs that are kept, their table, and sweeps."""

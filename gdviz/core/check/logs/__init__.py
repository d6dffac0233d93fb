"""Logs: the numbers that a text of a training loop says, whatever form they were printed in."""

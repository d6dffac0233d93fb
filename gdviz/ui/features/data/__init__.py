"""Changing the data: by hand, by generating them, and saving them."""

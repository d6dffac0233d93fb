"""The descent and its record: NumPy and the standard library only, never Qt."""

# Here, where nothing else is imported, for every part to take.
__version__ = "0.1.0"

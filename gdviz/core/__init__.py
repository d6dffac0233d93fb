"""The descent and its record: NumPy and the standard library only, never Qt."""

__version__ = "0.1.0"

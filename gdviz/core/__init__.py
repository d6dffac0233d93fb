"""The descent and its record: NumPy and the standard library only, never Qt."""

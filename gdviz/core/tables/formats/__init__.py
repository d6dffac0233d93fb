"""Formats: what a file of each kind holds, from its bytes to texts, cells or numbers."""

"""Lessons as plain text: chapters, their conditions, and how they are read."""

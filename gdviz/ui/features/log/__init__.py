"""Showing the lines that the lesson's loop prints."""

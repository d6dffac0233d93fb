"""Exporting: pictures and tables, with a window or without."""

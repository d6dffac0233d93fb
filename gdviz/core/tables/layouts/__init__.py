"""Layouts: how a table stands in lines of text or in the cells of a sheet."""

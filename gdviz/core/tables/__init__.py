"""The data: a table of two columns: read, made, changed and written."""

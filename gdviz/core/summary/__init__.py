"""The summary: everything the program needs of a table of any number of rows; parts add up."""

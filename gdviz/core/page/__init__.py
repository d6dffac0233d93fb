"""The page that plays: a run as one HTML file, and the rules of the methods as JavaScript."""

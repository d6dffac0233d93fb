"""gdviz from Python: what can be asked for, and what comes of it."""

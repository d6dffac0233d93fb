"""A stranger who tries everything in the window, and what watches it meanwhile."""

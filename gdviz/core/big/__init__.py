"""Tables beyond memory: read once, piece by piece, and summed up as they pass."""

"""Messages above the pictures, and what a run has to say there."""

"""What goes on: the session, its runs and their threads, and undo."""

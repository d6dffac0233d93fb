"""The window: a session that trains and plays, and the widgets that show it."""

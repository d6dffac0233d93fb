"""A monkey at the window: thousands of things that can be done, and whether all is well after each.

It differs from the stranger, who makes real events in a real window: it needs no window system,
says what it does by the names of what it does it to, and shortens what goes wrong by itself.
"""

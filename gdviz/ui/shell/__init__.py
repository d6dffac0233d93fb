"""The window around it all: layout, menus, docks and what is remembered."""

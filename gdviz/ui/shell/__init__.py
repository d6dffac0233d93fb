"""The window around it all: layout, menus, colours and the size of type."""

"""A project: what is there is saved under a name, and is there again when it is opened."""

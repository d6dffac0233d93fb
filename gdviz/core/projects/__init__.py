"""Projects: a run with its data, settings, kept runs and views, as a `.gdviz` file holds it."""

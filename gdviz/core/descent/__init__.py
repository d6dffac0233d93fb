"""The descent: data's loss, methods, a run, its record, and where in it we look."""

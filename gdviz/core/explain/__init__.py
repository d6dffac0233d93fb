"""A step explained: its formulas, the same with numbers, and what they mean."""

"""The pictures: which are shown, and what of the loss they show."""

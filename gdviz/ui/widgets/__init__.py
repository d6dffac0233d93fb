"""Widgets that know nothing of descent: texts, boxes, formulas, messages."""

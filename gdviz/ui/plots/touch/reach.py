"""Reach: what of a picture is within so many pixels of the mouse."""

import numpy as np
from PySide6.QtCore import QPointF

from gdviz.ui.plots.drawing.marks import Dots
from gdviz.ui.plots.drawing.sheet import Mark, Points


def nearest(points: Points, mouse: QPointF, reach_px: float) -> int | None:
    """Return which of some points in pixels, of shape (n, 2), is nearest, if within reach."""
    if not len(points):
        return None
    apart = np.nan_to_num(np.hypot(*(points - (mouse.x(), mouse.y())).T), nan=np.inf)
    index = int(apart.argmin())
    return index if apart[index] <= reach_px else None


def is_on(mark: Mark, mouse: QPointF, reach_px: float) -> bool:
    """Tell whether a mark that is seen is within reach: the rim of a dot, a piece of a curve."""
    if mark.is_empty:
        return False
    points = mark.in_pixels(mark.points)
    if isinstance(mark, Dots):
        return nearest(points, mouse, reach_px + mark.reach_px / 2) is not None
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        return nearest(_feet(mark, points, mouse), mouse, reach_px) is not None


def _feet(mark: Mark, points: Points, mouse: QPointF) -> Points:
    """Return the place of each piece of a curve that is nearest to the mouse."""
    starts, ways = points[:-1], np.diff(points, axis=0)
    if mark.in_pairs:
        starts, ways = starts[::2], ways[::2]
    along = (((mouse.x(), mouse.y()) - starts) * ways).sum(axis=1) / (ways * ways).sum(axis=1)
    feet: Points = starts + np.clip(np.nan_to_num(along), 0, 1)[:, np.newaxis] * ways
    return feet

"""Lighting: which mark of a plot a symbol means, and which symbols a mark means."""

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from gdviz.ui.plots.drawing.marks import Dots
from gdviz.ui.plots.drawing.sheet import Mark

if TYPE_CHECKING:
    from gdviz.ui.plots.plot import Plot
    from gdviz.ui.plots.surface.surface import Surface

REACH_PX = 7.0
# Where each symbol lives: the names of the plots' marks.
HOMES: dict[str, frozenset[str]] = {
    "w": frozenset({"hiker", "place", "summit", "line"}),
    "b": frozenset({"place", "summit", "line"}),
    "loss": frozenset({"hiker", "summit", "loss"}),
    "slope_w": frozenset({"slope along weight", "slice along weight"}),
    "slope_b": frozenset({"slope along bias", "slice along bias"}),
    "step_w": frozenset({"step"}),
    "step_b": frozenset({"step"}),
    "learning_rate": frozenset({"step"}),
    "step_size": frozenset({"step"}),
    "velocity": frozenset({"step"}),
    "x": frozenset({"points"}),
    "z": frozenset({"points"}),
    "y": frozenset({"points"}),
    "n": frozenset({"points"}),
    "prediction": frozenset({"line"}),
    "error": frozenset({"errors"}),
}
# The symbol that each mark means above all: its meaning is told.
MEANT = {
    "hiker": "w", "place": "w", "line": "prediction", "loss": "loss", "points": "y",
    "slope along weight": "slope_w", "slope along bias": "slope_b", "step": "step_w",
    "summit": "loss", "slice along weight": "slope_w", "slice along bias": "slope_b",
    "errors": "error",
}  # fmt: skip


def symbols_at(mark: str) -> frozenset[str]:
    """Return the symbols that live at a mark."""
    return frozenset(symbol for symbol, homes in HOMES.items() if mark in homes)


class Lighting(QObject):
    """Lights up marks of a plot, and says which one the mouse is on.

    Signals
    -------
    mark_hovered(str)
        The mouse is on the mark of this name; empty when it is on none any more.
    """

    mark_hovered = Signal(str)

    def __init__(self, plot: "Plot | Surface") -> None:
        super().__init__(plot)
        self._plot = plot
        self._hovered = ""
        self._listening = False

    def set_lit(self, names: AbstractSet[str]) -> None:
        """Light up the marks of these names, and no others."""
        for name, mark in self._plot.marks.items():
            mark.set_lit(name in names)

    def set_listening(self, listening: bool) -> None:
        """Follow the mouse, or let it be."""
        if listening is self._listening:
            return
        self._listening = listening
        viewport = self._plot.viewport()
        if listening:
            viewport.setMouseTracking(True)
            viewport.installEventFilter(self)
        else:
            viewport.removeEventFilter(self)
            self._hover("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look which mark is under the mouse; every event goes on."""
        del watched
        if event.type() is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            free = event.buttons() == Qt.MouseButton.NoButton
            self._hover(self._mark_at(event.position()) if free else "")
        elif event.type() is QEvent.Type.Leave:
            self._hover("")
        return False

    def _hover(self, name: str) -> None:
        if name != self._hovered:
            self._hovered = name
            self.mark_hovered.emit(name)

    def _mark_at(self, position: QPointF) -> str:
        """Return the name of the mark within reach, of several the one named first."""
        mouse = self._plot.pixel_at(position)
        if mouse is None:
            return ""
        for name, mark in self._plot.marks.items():
            if not mark.is_empty and distance(mark, mouse) <= REACH_PX:
                return name
        return ""


def distance(mark: Mark, mouse: NDArray[np.float64]) -> float:
    """Return how far a place in the view's pixels, of shape (2,), is from a mark."""
    points = mark.in_pixels(mark.points)
    if isinstance(mark, Dots) or len(points) < 2:
        return float(np.hypot(*(points - mouse).T).min()) - mark.reach_px / 2
    starts, ways = points[:-1], np.diff(points, axis=0)
    if mark.in_pairs:
        starts, ways = starts[::2], ways[::2]
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        along = ((mouse - starts) * ways).sum(axis=1) / (ways * ways).sum(axis=1)
        nearest = starts + np.clip(np.nan_to_num(along), 0, 1)[:, np.newaxis] * ways
        return float(np.nanmin(np.hypot(*(nearest - mouse).T)))

"""SymbolLinks: which mark of a plot a symbol means, and which symbols a mark means."""

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from gdviz.ui.plots.touch.hover import Hover
from gdviz.ui.plots.touch.reach import is_on

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


class SymbolLinks:
    """The marks of a plot that symbols of the formulas mean.

    Its `hover` says the name of the mark under the mouse; empty where there is none.
    """

    def __init__(self, plot: "Plot | Surface") -> None:
        self._plot = plot
        self.hover = Hover(plot, self._mark_at, "")

    def set_lit(self, names: AbstractSet[str]) -> None:
        """Light up the marks of these names, and no others."""
        for name, mark in self._plot.marks.items():
            mark.set_lit(name in names)

    def _mark_at(self, pixel: QPointF) -> str:
        """Return the name of the mark within reach, of several the one named first."""
        marks = self._plot.marks.items()
        return next((name for name, mark in marks if is_on(mark, pixel, REACH_PX)), "")

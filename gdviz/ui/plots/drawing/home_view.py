"""HomeView: what is seen of the plane, and the part of it to come back to."""

import numpy as np
import pyqtgraph as pg

from gdviz.core.geometry.ranges import Box

# A view whose ends lie this share of it elsewhere has been moved; less is rounding.
MOVED = 1e-6


class HomeView(pg.ViewBox):
    """A view that never follows what is in it, and knows where it belongs.

    Attributes
    ----------
    home : tuple of tuple of float
        The lowest and highest x and y to come back to after zoom and shift.
    """

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.disableAutoRange()
        self.home: Box = ((0.0, 1.0), (0.0, 1.0))

    def go_home(self) -> None:
        """Undo zoom and shift."""
        self.take_sight(self.home)

    @property
    def sight(self) -> Box | None:
        """The part of the plane that is shown, if it has been zoomed or shifted."""
        (x, y), home = self.viewRange(), np.array(self.home)
        away = np.abs((x, y) - home) / np.ptp(home, axis=1, keepdims=True)
        return (tuple(x), tuple(y)) if (away > MOVED).any() else None

    def take_sight(self, sight: Box) -> None:
        """Show a part of the plane; the one to come back to stays."""
        self.setRange(xRange=sight[0], yRange=sight[1], padding=0)

"""Density: so many rows that they are shown as a picture of how many lie where."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from gdviz.core.geometry.ranges import Box
from gdviz.core.geometry.thinning import DENSITY_BINS, density
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.plots.drawing.sheet import keep_painted
from gdviz.ui.theme import Theme


class Density(pg.ImageItem):
    """The rows of the data where single ones can't be seen."""

    def __init__(self) -> None:
        super().__init__(axisOrder="row-major")
        # To stretch it over the plot takes longer than to paint all else in a frame.
        keep_painted(self)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme: from nothing, through faint, to that of the data."""
        nothing, faint, full = (QColor(theme.data) for _ in range(3))
        nothing.setAlpha(0)
        faint.setAlpha(70)
        self.setColorMap(pg.ColorMap([0.0, 0.001, 1.0], [nothing, faint, full]))

    def show_rows(self, dataset: Dataset, box: Box) -> None:
        """Count the rows in each cell of a box."""
        (left, right), (bottom, top) = box
        if dataset.whole is None:
            counts = density(dataset.x, dataset.y, box)
        else:
            counts = dataset.whole.density(box, DENSITY_BINS, DENSITY_BINS)
        self.setImage(np.log1p(counts))
        self.setRect(left, bottom, right - left, top - bottom)

    def viewTransformChanged(self) -> None:
        """Paint it anew: Qt would shift what is kept by whole pixels."""
        super().viewTransformChanged()
        self.setCacheMode(self.CacheMode.NoCache)
        keep_painted(self)

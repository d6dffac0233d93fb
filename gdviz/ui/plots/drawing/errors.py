"""Errors: how far the line is from the rows, from all of them and from one that is pointed at."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF

from gdviz.core.descent.trajectory import Row
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.plots.drawing.free_places import box_of
from gdviz.ui.plots.drawing.marks import Curve, Dots
from gdviz.ui.plots.drawing.mean_square import MeanSquare
from gdviz.ui.plots.drawing.notes import Note
from gdviz.ui.plots.drawing.pointed_row import PointedRow
from gdviz.ui.plots.drawing.residuals import Residuals
from gdviz.ui.plots.drawing.sheet import Points, Sheet

# So many dots decide where words stand.
MOST_LOOKED_AT = 300


class Errors:
    """The residuals, the square that is their mean, and one row that is pointed at.

    Parameters
    ----------
    dots : Dots
        The rows.
    line : Curve
    words : sequence of Note
        Others in the same picture.

    Attributes
    ----------
    residuals : Residuals
    mean : MeanSquare
    pointed : PointedRow
    sheet : Sheet
        With all that is to be below the dots.
    """

    def __init__(self, dots: Dots, line: Curve, words: Sequence[Note]) -> None:
        self._dots, self._line, self._notes = dots, line, words
        self._dataset: Dataset | None = None
        self._row: Row | None = None
        self.residuals, self.mean, self.pointed = Residuals(), MeanSquare(), PointedRow()
        self.sheet = Sheet(self.residuals, self.mean, self.pointed.error)

    def set_dataset(self, dataset: Dataset) -> None:
        """Take other data."""
        self._dataset, self._row = dataset, None
        self.residuals.set_dataset(dataset)

    def set_kind(self, kind: str) -> None:
        """Draw them as ``sticks`` or ``squares``, or ``none``."""
        self.residuals.set_kind(kind)
        self.mean.set_visible(kind == "squares")
        self.pointed.error.set_square(kind == "squares")
        self.stand_free()

    def point_at(self, number: int) -> None:
        """Point at a row, counted from 1; 0: at none."""
        self.pointed.number = number
        self._show_pointed()

    def show_row(self, row: Row) -> None:
        """Show the errors of the line of one iteration."""
        self._row = row
        self.residuals.show_row(row)
        self.mean.show_loss(row.loss)
        self._show_pointed()

    def stand_free(self) -> None:
        """Keep away from dots and other words."""
        self.mean.stand_free(self._some_dots, self._words)
        self._show_pointed()

    def _show_pointed(self) -> None:
        if self._dataset is not None and self._row is not None:
            self.pointed.show_row(self._dataset, self._row)
        if self.pointed.note.isVisible():
            line, taken = self._line.in_pixels(self._line.points), self._words + self.mean.taken
            self.pointed.stand_free(self._some_dots, line, taken)

    @property
    def _some_dots(self) -> Points:
        """The places of rows, of many some, in pixels."""
        step = 1 + len(self._dots.points) // MOST_LOOKED_AT
        return self._dots.in_pixels(self._dots.points[::step])

    @property
    def _words(self) -> list[QRectF]:
        return [box_of(note) for note in self._notes if note.isVisible()]

"""Equation: the line as a formula in its picture, and how well it fits the data."""

import math

import numpy as np

from gdviz.core.descent.bowl import Bowl
from gdviz.core.descent.trajectory import Row
from gdviz.core.geometry.ranges import Box
from gdviz.core.geometry.thinning import Values
from gdviz.core.words.numbers import MINUS, number_text
from gdviz.ui.plots.drawing.notes import Note

DIGITS = 4
# How much of the picture's height the words may hide.
MOST_OF_HEIGHT = 0.25
# How much of the width they take, as a rule.
OF_WIDTH = 0.75


class Equation(Note):
    """The equation of the line, R² and RMSE, in the colour of the line.

    In a small picture it is the equation alone.

    Attributes
    ----------
    wanted : bool
        Whether it is to be seen.
    """

    def __init__(self) -> None:
        # A line or points that it stands on are seen behind it.
        super().__init__("hiker", covers=False)
        self.wanted = False
        self._low = False
        self._said = self._short = self._seen = ""

    def stand_free(self, x: Values, y: Values, view: Box) -> None:
        """Stand in the left corner of a view, at its top or bottom, where fewer points lie."""
        (left, right), (bottom, top) = view
        high = MOST_OF_HEIGHT * (top - bottom)
        beside = y[(x >= left) & (x <= left + OF_WIDTH * (right - left))]
        above = np.count_nonzero((beside <= top) & (beside >= top - high))
        below = np.count_nonzero((beside >= bottom) & (beside <= bottom + high))
        self._low = bool(below < above)
        self.setPos(left, bottom if self._low else top)

    def show_line(self, bowl: Bowl, row: Row, note: bool | None) -> None:
        """Say it of the line of one iteration, if it is wanted.

        Parameters
        ----------
        note : bool or None
            Whether another note stands at the bottom, or at the top; None if nowhere.
        """
        self.setVisible(self.wanted)
        if not self.wanted:
            return
        self._short = equation(row.weight, row.bias)
        said = f"{self._short}<br>{fit(bowl, row.loss)}"
        if said != self._said:
            self._said = said
            # It has two lines, and the other note one.
            away = 0.5 * (note is self._low)
            self.setAnchor((0, 1 + away if self._low else -away))

    def updateTextPos(self) -> None:
        """Say as much as there is room for, and stand inside the picture."""
        view = self.getViewBox()
        for said in (self._said, self._short):
            if said != self._seen:
                self._seen = said
                self.textItem.setHtml(said)
            super().updateTextPos()
            high = self.textItem.boundingRect().height()
            if view is None or high <= MOST_OF_HEIGHT * view.height():
                return


def equation(weight: float, bias: float) -> str:
    """Return the equation of a line, with its variables in italics."""
    text = f"<i>y</i> = {number_text(weight, DIGITS)}\N{NO-BREAK SPACE}<i>x</i>"
    if bias == 0:
        return text
    return f"{text} {MINUS if bias < 0 else '+'} {number_text(abs(bias), DIGITS)}"


def fit(bowl: Bowl, loss: float) -> str:
    """Return how well a line fits, with R² where y differs at all.

    The root of the mean squared error, RMSE = √loss, is in the units of y.
    """
    determined = bowl.determination(loss)
    share = "" if determined is None else f"<i>R</i>² = {number_text(determined, DIGITS)}, "
    return f"{share}RMSE = {number_text(math.sqrt(loss), DIGITS)}"

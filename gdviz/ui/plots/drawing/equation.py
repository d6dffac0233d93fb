"""Equation: the line as a formula in its picture, and how well it fits the data."""

import math

from gdviz.core.descent.bowl import Bowl
from gdviz.core.descent.trajectory import Row
from gdviz.core.words.numbers import MINUS, number_text
from gdviz.ui.plots.drawing.notes import Note

DIGITS = 4
# How much of the picture's height the words may hide.
MOST_OF_HEIGHT = 0.25


class Equation(Note):
    """The equation of the line, R² and RMSE, in the colour of the line.

    In a small picture it is the equation alone.

    Attributes
    ----------
    wanted : bool
        Whether it is to be seen.
    """

    def __init__(self) -> None:
        super().__init__("hiker")
        self.wanted = False
        self._said = self._short = self._seen = ""

    def show_line(self, bowl: Bowl, row: Row, *, below: bool) -> None:
        """Say it of the line of one iteration, if it is wanted; below another note, or not."""
        self.setVisible(self.wanted)
        if not self.wanted:
            return
        self._short = equation(row.weight, row.bias)
        said = f"{self._short}<br>{fit(bowl, row.loss)}"
        if said != self._said:
            self._said = said
            # It has two lines, and the other note one.
            self.setAnchor((0, -0.5 * below))

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

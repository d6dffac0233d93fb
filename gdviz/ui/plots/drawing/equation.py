"""Equation: the line as a formula in its picture, and how well it fits the data."""

import math

from gdviz.core.descent.bowl import Bowl
from gdviz.core.descent.trajectory import Row
from gdviz.core.words.numbers import MINUS, number_text
from gdviz.ui.plots.drawing.notes import Note
from gdviz.ui.theme import Theme, plot_font

DIGITS = 4


class Equation(Note):
    """The equation of the line, R² and RMSE, in the colour of the line.

    Attributes
    ----------
    wanted : bool
        Whether it is to be seen.
    """

    def __init__(self) -> None:
        super().__init__("hiker")
        self.wanted = False
        self._said = ""

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self.setFont(plot_font(theme))
        self._said = ""

    def show_line(self, bowl: Bowl, row: Row, *, below: bool) -> None:
        """Say it of the line of one iteration, if it is wanted; below another note, or not."""
        self.setVisible(self.wanted)
        if not self.wanted:
            return
        said = f"{equation(row.weight, row.bias)}<br>{fit(bowl, row.loss)}"
        if said != self._said:
            self._said = said
            self.setHtml(said)
            # It has two lines, and the other note one.
            self.setAnchor((0, -0.5 * below))


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

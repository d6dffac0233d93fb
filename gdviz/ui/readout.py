"""Readout: the numbers of the current step, and what they mean in a sentence."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from gdviz.core.descent import Experiment
from gdviz.core.sentences import slope_sentence
from gdviz.core.trajectory import Row

ROWS = ("weight", "loss", "slope", "step", "next weight")


class Readout(QWidget):
    """Weight, loss, slope, step and next weight at one iteration; every figure has its place.

    Parameters
    ----------
    width : int
        How wide it is, in pixels.
    """

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("readout")
        self.setAccessibleName("This step")
        self._values = {name: QLabel() for name in ROWS}
        bold = QFont()
        bold.setBold(True)
        self._sentence = QLabel()
        self._sentence.setObjectName("sentence")
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._give_room(width)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        for place, (name, value) in enumerate(self._values.items()):
            value.setObjectName(name.replace(" ", "_"))
            value.setFont(bold)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(QLabel(name), place, 0)
            grid.addWidget(value, place, 1)
        grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(grid)
        layout.addWidget(self._sentence)

    def changeEvent(self, event: QEvent) -> None:
        """Give a larger font more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._give_room(self._sentence.width())

    def _give_room(self, width: int) -> None:
        """Give every text a fixed place: nothing jumps, and no frame lays the window out anew."""
        metrics = self.fontMetrics()
        for value in self._values.values():
            value.setFixedSize(width // 2, metrics.height() + 2)
        self._sentence.setFixedSize(width, 4 * metrics.lineSpacing())

    def show_row(self, experiment: Experiment, row: Row) -> None:
        """Show the numbers of one iteration."""
        step = experiment.method.step(row.gradient)
        numbers = (row.weight, row.loss, row.gradient, step, row.weight + step)
        for label, number in zip(self._values.values(), numbers, strict=True):
            label.setText(number_text(number))
        self._sentence.setText(slope_sentence(row, step))


def number_text(number: float) -> str:
    """Return a number for reading: four decimals, or a power of ten where those say nothing."""
    readable = number == 0 or 1e-3 <= abs(number) < 1e6
    text = f"{number:.4f}" if readable else f"{number:.3e}"
    return text.replace("-", "\N{MINUS SIGN}")

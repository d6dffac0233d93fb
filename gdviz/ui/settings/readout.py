"""Readout: the numbers of the current step, and what they mean in a sentence."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.words.forecasts import meaning
from gdviz.core.words.numbers import number_text
from gdviz.ui.widgets.parts import NO_MARGINS, bold, folding_text, in_column, named

# The object names of a line's two values, and what stands before them for the weight alone.
LINES = {
    ("weight", "bias"): "weight",
    ("loss", ""): "loss",
    ("slope", "bias_slope"): "slope",
    ("step", "bias_step"): "step",
    ("next_weight", "next_bias"): "next weight",
    ("scaled_weight", "scaled_bias"): "on z",
}
# What would give the next step away.
SECRETS = ("step", "bias_step", "next_weight", "next_bias")
# The longest sentence.
SENTENCE_LINES = 5
# And for two parameters, where the columns say whose the values are.
LABELS = {"weight": "now", "next weight": "next"}


class Readout(QWidget):
    """Parameters, loss, slopes, steps and what comes next; every figure has its place."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "readout", "This step")
        self._width = width
        self._mode: tuple[bool, bool] | None = None
        self._secret = False
        self._values = {name: self._value(name) for names in LINES for name in names if name}
        self._labels = {text: QLabel(text) for text in LINES.values()}
        self._heads = QLabel("w"), QLabel("b")
        self._sentence = folding_text("sentence")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._arrange()
        self._set_mode(with_bias=False, standardise=False)

    def changeEvent(self, event: QEvent) -> None:
        """Give a larger font more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._give_room()

    def set_secret(self, secret: bool) -> None:
        """Hide the next step, for the learner to guess, or show it again."""
        self._secret = secret
        for name in SECRETS:
            self._values[name].setText("?" if secret else "")

    def set_width(self, width: int) -> None:
        """Take another width, in pixels."""
        self._width = width
        self._give_room()

    def set_experiment(self, experiment: Experiment) -> None:
        """Make room for the numbers that a run of this kind has."""
        self._set_mode(experiment.with_bias, experiment.standardise)

    def show_row(self, experiment: Experiment, row: Row, record: Record) -> None:
        """Show the numbers of one iteration."""
        self._set_mode(experiment.with_bias, experiment.standardise)
        scaled = experiment.scale.scaled(row)
        numbers = {
            "weight": row.weight, "bias": row.bias, "loss": row.loss,
            "slope": row.weight_gradient, "bias_slope": row.bias_gradient,
            "step": row.weight_step, "bias_step": row.bias_step,
            "next_weight": row.weight + row.weight_step, "next_bias": row.bias + row.bias_step,
            "scaled_weight": scaled.weight, "scaled_bias": scaled.bias,
        }  # fmt: skip
        for name, label in self._values.items():
            if not (label.isHidden() or (self._secret and name in SECRETS)):
                label.setText(number_text(numbers[name], decimals=4))
        self._sentence.setText(meaning(experiment, row, record))

    def _value(self, name: str) -> QLabel:
        value = bold(named(QLabel(), name))
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return value

    def _set_mode(self, with_bias: bool, standardise: bool) -> None:
        """Show one column or two, and the values on z if descent runs on them."""
        if self._mode == (with_bias, standardise):
            return
        self._mode = with_bias, standardise
        for head in self._heads:
            head.setVisible(with_bias)
        for (weight, bias), text in LINES.items():
            shown = standardise or text != "on z"
            self._labels[text].setText(LABELS.get(text, text) if with_bias else text)
            self._labels[text].setVisible(shown)
            self._values[weight].setVisible(shown)
            if bias:
                self._values[bias].setVisible(shown and with_bias)
        self._give_room()

    def _give_room(self) -> None:
        """Give every text a fixed place: nothing jumps, and no frame lays the window out anew."""
        metrics = self.fontMetrics()
        share = 0.41 if self._mode is not None and self._mode[0] else 0.5
        for value in self._values.values():
            value.setFixedSize(int(self._width * share), metrics.height() + 2)
        self._sentence.setFixedSize(self._width, SENTENCE_LINES * metrics.lineSpacing())

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(2)
        for column, head in enumerate(self._heads, 1):
            grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignRight)
        for place, ((weight, bias), text) in enumerate(LINES.items(), 1):
            grid.addWidget(self._labels[text], place, 0)
            self._labels[text].setBuddy(self._values[weight])
            grid.addWidget(self._values[weight], place, 1)
            if bias:
                grid.addWidget(self._values[bias], place, 2)
        grid.setColumnStretch(0, 1)
        in_column(grid, self._sentence, of=self, margins=NO_MARGINS)

"""SettingsPanel: the file, its columns and the settings of the run; values in, wishes out."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gdviz.core.descent import Experiment
from gdviz.core.files import Table
from gdviz.ui.readout import Readout
from gdviz.ui.spin_boxes import IterationsBox, ScientificBox

WIDTH = 236
MARGIN = 16


class SettingsPanel(QScrollArea):
    """The narrow panel beside the plots.

    Attributes
    ----------
    readout : Readout
        The numbers of the current step.

    Signals
    -------
    settings_requested()
        Iterations, learning rate or tolerance have changed.
    columns_requested(int, int)
        The user chose other columns for x and y.
    stop_requested()
        The user has seen enough of a long run.
    """

    settings_requested = Signal()
    columns_requested = Signal(int, int)
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self._file = _title()
        self._rows = _note()
        self._columns = (self._column_chooser("x"), self._column_chooser("y"))
        self._iterations = IterationsBox()
        self._learning_rate = ScientificBox()
        self._tolerance = ScientificBox(off_text="off")
        self._stable = _note()
        self._outcome = _note()
        self._outcome.setObjectName("outcome")
        self._stop = QPushButton("Stop training")
        self._stop.setObjectName("stop")
        self._stop.clicked.connect(self.stop_requested)
        self._stop.hide()
        self.readout = Readout(WIDTH - 2 * MARGIN)
        self._name_boxes()
        self.setWidget(self._content())

    @property
    def iterations(self) -> int:
        """The chosen number of iterations."""
        return self._iterations.value()

    @property
    def learning_rate(self) -> float:
        """The chosen learning rate."""
        return self._learning_rate.value()

    @property
    def tolerance(self) -> float | None:
        """The chosen tolerance; None: off."""
        return self._tolerance.value() or None

    def set_settings(self, iterations: int, learning_rate: float, tolerance: float | None) -> None:
        """Show other settings, without asking for them."""
        boxes = self._iterations, self._learning_rate, self._tolerance
        blockers = [QSignalBlocker(box) for box in boxes]
        self._iterations.setValue(iterations)
        self._learning_rate.setValue(learning_rate)
        self._tolerance.setValue(tolerance or 0.0)
        del blockers

    def set_learning_rate(self, learning_rate: float) -> None:
        """Choose a learning rate for the user."""
        self._learning_rate.setValue(learning_rate)

    def set_table(self, table: Table, x: int, y: int) -> None:
        """Show a file and offer its columns."""
        metrics = self._file.fontMetrics()
        self._file.setText(
            metrics.elidedText(
                table.path.name, Qt.TextElideMode.ElideMiddle, WIDTH - 2 * MARGIN - 4
            )
        )
        self._file.setToolTip(str(table.path))
        for box, column in zip(self._columns, (x, y), strict=True):
            with QSignalBlocker(box):
                box.clear()
                for index in table.numeric:
                    box.addItem(table.names[index], index)
                box.setCurrentIndex(box.findData(column))
        self._choosers.setVisible(len(table.numeric) > 2)

    def set_experiment(self, experiment: Experiment) -> None:
        """Show what is known before the run: the rows and the limit of the learning rate."""
        dataset, limit = experiment.dataset, experiment.quadratic.learning_rate_limit
        rows = f"{len(dataset):,} row{'s' * (len(dataset) != 1)}"
        self._rows.setText(f"{rows}\n{dataset.x_name} → {dataset.y_name}")
        text = f"stable below {limit:.5g}" if limit < float("inf") else "any rate: level ground"
        self._stable.setText(text)

    def set_outcome(self, text: str, training: bool) -> None:
        """Say how the run ended, or how far it is."""
        if text != self._outcome.text():
            self._outcome.setText(text)
        self._stop.setVisible(training)

    def _name_boxes(self) -> None:
        for box, name, label, help_text in (
            (self._iterations, "iterations", "Iterations", "How many steps to take"),
            (self._learning_rate, "learning_rate", "Learning rate",
             "How far to step for each unit of slope, such as 0.001 or 1e-5"),
            (self._tolerance, "tolerance", "Stop when slope is below",
             "Stop early when the slope is smaller than this; 0 turns it off"),
        ):  # fmt: skip
            box.setObjectName(name)
            box.setAccessibleName(label)
            box.setToolTip(help_text)
            box.setMinimumHeight(30)
            box.valueChanged.connect(lambda _: self.settings_requested.emit())

    def _column_chooser(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(f"{name}_column")
        box.setAccessibleName(f"Column of {name}")
        box.setToolTip(f"Which column is {name}")
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.currentIndexChanged.connect(lambda _: self._ask_for_columns())
        return box

    def _ask_for_columns(self) -> None:
        x, y = (box.currentData() for box in self._columns)
        self.columns_requested.emit(x, y)

    def _content(self) -> QWidget:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(MARGIN, 12, MARGIN, 10)
        layout.setSpacing(3)
        layout.addWidget(self._file)
        layout.addWidget(self._rows)
        self._choosers = self._chooser_row()
        layout.addWidget(self._choosers)
        for text, box in (
            ("&Iterations", self._iterations),
            ("&Learning rate", self._learning_rate),
            ("&Stop when slope is below", self._tolerance),
        ):
            layout.addSpacing(7)
            layout.addWidget(_label(text, box))
            layout.addWidget(box)
            if box is self._learning_rate:
                layout.addWidget(self._stable)
        layout.addSpacing(10)
        layout.addWidget(_label("This step"))
        layout.addWidget(self.readout)
        layout.addStretch(1)
        layout.addWidget(self._outcome)
        layout.addWidget(self._stop)
        return content

    def _chooser_row(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 4, 0, 0)
        for name, box in zip("xy", self._columns, strict=True):
            layout.addWidget(QLabel(name))
            layout.addWidget(box, stretch=1)
        return row


def _title() -> QLabel:
    title = QLabel()
    title.setObjectName("file_name")
    font = title.font()
    font.setPointSizeF(font.pointSizeF() * 1.45)
    font.setBold(True)
    title.setFont(font)
    return title


def _note() -> QLabel:
    note = QLabel()
    note.setWordWrap(True)
    return note


def _label(text: str, buddy: QWidget | None = None) -> QLabel:
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    if buddy is not None:
        label.setBuddy(buddy)
    return label

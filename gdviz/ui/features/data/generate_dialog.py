"""GenerateDialog: which kind of data, how many rows, how noisy; the plots beside it follow."""

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QWidget,
)

from gdviz.core.descent.settings import MOST
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.generating import KINDS, MOST_NOISE, MOST_ROWS, generate
from gdviz.ui.widgets.parts import folding_text, in_column, named
from gdviz.ui.widgets.placing import beside, room_for
from gdviz.ui.widgets.spin_boxes import ScientificBox, WholeBox

ABOUT = {
    "clean": "Every point lies on one line.",
    "noisy": "A line, and each point by chance above or below it.",
    "outlier": "A noisy line, and a few points far above it. See them pull the line up.",
    "curved": "The points follow a curve: no line fits all of them.",
    "unequal variance": "The further right, the further the points scatter.",
    "two groups": "Each group falls, yet both together rise.",
}


# How many lines the longest description takes.
ABOUT_LINES = 4


class GenerateDialog(QDialog):
    """Asks for the settings of made-up data.

    It is as narrow as the panel, and covers that at most: not the pictures, which show the data.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Generate data")
        self.setObjectName("generate_dialog")
        self._kind = QComboBox()
        for kind in KINDS:
            self._kind.addItem(kind.capitalize(), kind)
        self._kind.setCurrentIndex(KINDS.index("noisy"))
        self._rows = WholeBox(1, MOST_ROWS)
        self._rows.setValue(30)
        self._noise = ScientificBox()
        self._noise.setRange(0, MOST_NOISE)
        self._noise.setValue(3)
        self._seed = WholeBox(0, MOST)
        self._about = folding_text("generate_about")
        self._arrange()
        self._kind.currentIndexChanged.connect(lambda _: self._on_changed())
        for box in (self._rows, self._noise, self._seed):
            # The pictures behind follow every digit; Return closes.
            box.setKeyboardTracking(True)
            box.valueChanged.connect(lambda _: self._on_changed())
        self._show_kind()

    @property
    def dataset(self) -> Dataset:
        """The data that the settings make."""
        return generate(
            self._kind.currentData(), self._rows.value(), self._noise.value(), self._seed.value()
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Stand beside the window, or else upon its panel."""
        super().showEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Make room for larger type."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self.layout() is not None:
            self._about.setMinimumHeight(ABOUT_LINES * self.fontMetrics().lineSpacing())
            self._place()

    def _place(self) -> None:
        window = self.parentWidget()
        if window is not None and self.isVisible():
            # What boxes need at least is of the type that they had at first.
            size = QSize(self.minimumSizeHint().width(), self.sizeHint().height())
            self.setGeometry(beside(window.geometry(), size, room_for(window)))

    def _on_changed(self) -> None:
        self._show_kind()
        self.changed.emit()

    def _show_kind(self) -> None:
        kind = self._kind.currentData()
        self._about.setText(ABOUT[kind])
        self._noise.setEnabled(kind != "clean")

    def _arrange(self) -> None:
        form = QFormLayout()
        for box, name, label, help_text in (
            (self._kind, "generate_kind", "&Kind", "What the points look like"),
            (self._rows, "generate_rows", "&Rows", "How many points"),
            (self._noise, "generate_noise", "&Noise",
             "How far the points scatter: the standard deviation, in units of y"),
            (self._seed, "generate_seed", "&Seed",
             "Decides what chance does: the same seed gives the same points again"),
        ):  # fmt: skip
            form.addRow(label, named(box, name, label.replace("&", ""), help_text))
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        buttons.button(kinds.Ok).setObjectName("generate_ok")
        buttons.button(kinds.Cancel).setObjectName("generate_cancel")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        in_column(form, self._about, buttons, of=self)
        line = self._about.fontMetrics().lineSpacing()
        self._about.setMinimumHeight(ABOUT_LINES * line)

"""Form: settings in two columns, what they are called in one and their boxes in the other."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QFormLayout,
    QLabel,
    QSizePolicy,
    QWidget,
)

from gdviz.ui.widgets.parts import NO_MARGINS, bold

COLUMN_GAP, ROW_GAP = 10, 4


class Form(QFormLayout):
    """One form for all settings of the panel; a row that is hidden takes no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(*NO_MARGINS)
        self.setHorizontalSpacing(COLUMN_GAP)
        self.setVerticalSpacing(ROW_GAP)
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._hidden: set[QWidget] = set()

    def add(
        self, label: str, box: QWidget, after: QWidget | None = None, main: bool = False
    ) -> None:
        """Add a row, at the end or after that of another box; `main` ones stand out."""
        row = self.rowCount() if after is None else self.getWidgetPosition(after)[0] + 1  # type: ignore[index]
        if isinstance(box, QCheckBox):
            self.insertRow(row, box)
            return
        # As wide as those for numbers: others shorten their words.
        number = isinstance(box, QAbstractSpinBox)
        wide = QSizePolicy.Policy.Preferred if number else QSizePolicy.Policy.Ignored
        box.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        words = QLabel(label)
        words.setBuddy(box)
        self.insertRow(row, bold(words) if main else words, box)

    def show_row(self, box: QWidget, shown: bool) -> None:
        """Show or hide a row; as long as that stays as it was, others may hide it, too."""
        if (box in self._hidden) is shown:
            self._hidden ^= {box}
            self.setRowVisible(box, shown)

    def hides(self, part: QWidget) -> bool:
        """Return whether a box, or what is said of it, is in a row that `show_row` has hidden."""
        return any(part is box or part is self.labelForField(box) for box in self._hidden)

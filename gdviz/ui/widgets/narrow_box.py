"""NarrowBox: a choice of names that may be longer than there is room for."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)


class NarrowBox(QComboBox):
    """A box as wide as there is room, which shortens the chosen name; the list shows it whole.

    Parameters
    ----------
    shorter : callable, optional
        Says a name in fewer characters; what is too long even then is cut in the middle.
    """

    def __init__(
        self, parent: QWidget | None = None, shorter: Callable[[str], str] = lambda name: name
    ) -> None:
        super().__init__(parent)
        self._shorter = shorter
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Draw as much of the name as there is room for."""
        super().initStyleOption(option)
        kind, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        field = self.style().subControlRect(kind, option, part, self)
        # The style itself leaves a pixel free on each side.
        metrics, room, name = self.fontMetrics(), field.width() - 2, self.currentText()
        if metrics.horizontalAdvance(name) > room:
            name = self._shorter(name)
        option.currentText = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)

    def room_for_shorter(self) -> int:
        """Return how wide it is with every name in fewer characters."""
        names = [self.itemText(index) for index in range(self.count())]
        whole, short = (
            max(map(self.fontMetrics().horizontalAdvance, texts), default=0)
            for texts in (names, map(self._shorter, names))
        )
        return self.sizeHint().width() - whole + short

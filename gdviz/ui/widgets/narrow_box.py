"""NarrowBox: a choice of names that may be longer than there is room for."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
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
        metrics, room, name = self.fontMetrics(), self._room(option), self.currentText()
        if metrics.horizontalAdvance(name) > room:
            name = self._shorter(name)
        option.currentText = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)

    def sizeHint(self) -> QSize:
        """Return room for every name: the style reckons with less than it leaves free around it."""
        hint, option = super().sizeHint(), QStyleOptionComboBox()
        super().initStyleOption(option)
        option.rect = QRect(QPoint(), hint)
        names = map(self.itemText, range(self.count()))
        longest = max(map(self.fontMetrics().horizontalAdvance, names), default=0)
        return hint + QSize(max(longest - self._room(option), 0), 0)

    def _room(self, option: QStyleOptionComboBox) -> int:
        """Return how wide a name may be."""
        kind, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        # The style itself leaves a pixel free on each side.
        return self.style().subControlRect(kind, option, part, self).width() - 2

    def room_for_shorter(self) -> int:
        """Return how wide it is with every name in fewer characters."""
        names = [self.itemText(index) for index in range(self.count())]
        whole, short = (
            max(map(self.fontMetrics().horizontalAdvance, texts), default=0)
            for texts in (names, map(self._shorter, names))
        )
        return self.sizeHint().width() - whole + short

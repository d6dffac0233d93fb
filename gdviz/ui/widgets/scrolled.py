"""Scrolled: what folds its text, as high as it is where there is room, and scrolled elsewhere."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scrolled(QScrollArea):
    """Takes the height of a widget, up to a share of that of the window; else it is scrolled."""

    def __init__(self, content: QWidget, most_of_window: float = 1.0) -> None:
        super().__init__()
        self._content, self._most_of_window = content, most_of_window
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(content)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def eventFilter(self, content: QObject, event: QEvent) -> bool:
        """Tell what is around, which wouldn't know, that the content takes other room."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._show_bar()
        return super().eventFilter(content, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll only where there is too little room."""
        self._show_bar()
        super().resizeEvent(event)

    def heightForWidth(self, width: int) -> int:
        """Return the height of the content, as far as there is room for it."""
        most = round(self._most_of_window * self.window().height())
        return min(self._content.heightForWidth(width), most)

    def sizeHint(self) -> QSize:
        """Take the room of the content, as if it weren't scrolled."""
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Need a line at least."""
        return QSize(0, self.fontMetrics().height())

    def _show_bar(self) -> None:
        """Show the bar, or don't: one that is there takes width, and so is needed for ever."""
        fits = self._content.heightForWidth(self.width()) <= self.height()
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded
        )

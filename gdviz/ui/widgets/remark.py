"""Remark: a sentence beneath a control, for as long as it takes to read."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent
from PySide6.QtWidgets import QFrame, QToolTip, QWidget
from shiboken6 import isValid

from gdviz.ui.widgets.parts import FoldingText

READING_MS = 6000
MARGIN_PX = 6
# In digits: in large type it is wider.
WIDEST = 40
# What it is about is over, or is elsewhere.
RESIZED = {QEvent.Type.Resize, QEvent.Type.Hide}
ENDS = {*RESIZED, QEvent.Type.Move, QEvent.Type.KeyPress}


def remark(control: QWidget, text: str) -> None:
    """Say something of a control, beneath it and to a screen reader.

    Not a tooltip: that is gone with the next move of the mouse or the focus.
    """
    window = control.window()
    found = window.findChild(Remark, options=Qt.FindChildOption.FindDirectChildrenOnly)
    (found or Remark(window)).say(control, text)


class Remark(FoldingText):
    """Lies over a window; the mouse goes through it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.setParent(window)
        self._window = window
        self._watched: set[QWidget] = set()
        self.setObjectName("remark")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFrameShape(QFrame.Shape.Box)
        self.setMargin(MARGIN_PX)
        self.setAutoFillBackground(True)
        self._reading = QTimer(self, singleShot=True, interval=READING_MS)
        self._reading.timeout.connect(self.hide)

    def say(self, control: QWidget, text: str) -> None:
        """Show a text beneath a control, or above it where there is no room."""
        for widget in {control, self._window} - self._watched:
            widget.installEventFilter(self)
            self._watched.add(widget)
        palette = QToolTip.palette()
        self.setPalette(palette)
        self.setBackgroundRole(palette.ColorRole.ToolTipBase)
        self.setForegroundRole(palette.ColorRole.ToolTipText)
        self.setText(text)
        window = self._window
        width = min(self.fontMetrics().horizontalAdvance("0" * WIDEST), window.width())
        self.resize(width, self.heightForWidth(width))
        place = control.mapTo(window, QPoint(0, control.height()))
        if place.y() + self.height() > window.height():
            place.setY(place.y() - control.height() - self.height())
        self.move(max(0, min(place.x(), window.width() - width)), max(0, place.y()))
        self.raise_()
        self.show()
        self._reading.start()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(control, text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go when something else is typed, or what it is about moves."""
        # A key that the control leaves alone comes to the window.
        if event.type() in (RESIZED if watched is self._window else ENDS):
            self.hide()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Watch nothing any more."""
        super().hideEvent(event)
        self._reading.stop()
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched = set()

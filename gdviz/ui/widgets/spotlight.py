"""Spotlight: a frame with a soft glow around a part of the window that a lesson talks about."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QScrollArea, QWidget

from gdviz.ui.theme import Theme

# The frame runs outside its target, so that it covers nothing of it.
MARGIN = 6
FRAME = 3
GLOW = 6
FOLLOWED = {
    QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide,
    QEvent.Type.ParentChange, QEvent.Type.LayoutRequest,
}  # fmt: skip


class Spotlight(QWidget):
    """A frame that follows a widget; the mouse goes through it, and it costs nothing at rest."""

    def __init__(self, target: QWidget, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self.setObjectName(f"spotlight_{target.objectName()}")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target, self._window = target, window
        self._parents = _parents(target, window)
        for widget in (target, *self._parents):
            widget.installEventFilter(self)
            if isinstance(widget, QScrollArea):
                widget.ensureWidgetVisible(target)
        self.set_theme(theme)
        self._follow()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._colour = QColor(theme.accent)
        self.update()

    def put_out(self) -> None:
        """Follow the target no longer, and vanish."""
        for widget in (self._target, *self._parents):
            widget.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the target."""
        if event.type() in FOLLOWED:
            self._follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a frame that fades outwards."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = GLOW // 2
        place = self.rect().adjusted(inset, inset, -inset, -inset)
        for width, alpha in ((GLOW, 60), ((GLOW + FRAME) / 2, 90), (FRAME, 255)):
            self._colour.setAlpha(alpha)
            painter.setPen(QPen(self._colour, width))
            painter.drawRoundedRect(place, 6, 6)

    def _follow(self) -> None:
        place = self._place()
        shown = self._target.isVisibleTo(self._window) and not place.isEmpty()
        self.setVisible(shown)
        if shown:
            self.setGeometry(place.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN))
            # What isn't painted needn't be put together again when a plot below it moves.
            inner = self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
            self.setMask(QRegion(self.rect()) - QRegion(inner))
            self.raise_()

    def _place(self) -> QRect:
        """Return what can be seen of the target, in the window."""
        place = self._target.rect()
        widget = self._target
        for parent in self._parents:
            place = place.translated(widget.pos()) & parent.rect()
            widget = parent
        return place


def _parents(widget: QWidget, last: QWidget) -> list[QWidget]:
    """Return what a widget lies in, from the inside out."""
    parents, parent = [], widget.parentWidget()
    while parent is not None:
        parents.append(parent)
        parent = None if parent is last else parent.parentWidget()
    return parents

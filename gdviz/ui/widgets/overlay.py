"""Overlay: what lies around a part of a window and follows it."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QFrame, QWidget
from shiboken6 import isValid

FOLLOWED = {
    QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide,
    QEvent.Type.ParentChange, QEvent.Type.LayoutRequest,
}  # fmt: skip


class Overlay(QFrame):
    """A frame outside of what it surrounds, as far as that is seen; the mouse goes through it.

    Parameters
    ----------
    margin : int
        How far it reaches beyond what it surrounds: it covers nothing of it.
    """

    def __init__(self, window: QWidget, margin: int) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        self._window, self._margin = window, margin
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []

    def surround(self, target: QWidget) -> None:
        """Follow a widget of the window."""
        self.let_go()
        self._target = target
        self._watched = _parents(target, self._window)
        for widget in (target, *self._watched):
            widget.installEventFilter(self)
        self._follow()

    def let_go(self) -> None:
        """Surround nothing any more."""
        for widget in (self._target, *self._watched):
            if widget is not None and isValid(widget):
                widget.removeEventFilter(self)
        self._target, self._watched = None, []
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the target."""
        if event.type() in FOLLOWED:
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        target = self._target
        # A window that is destroyed tells of each part, when some of what that lay in is gone.
        if target is None or not all(map(isValid, (self, target, *self._watched))):
            return
        place = self._place(target)
        shown = target.isVisibleTo(self._window) and not place.isEmpty()
        if shown and self.isHidden():
            self.raise_()
        self.setVisible(shown)
        if shown:
            margin = self._margin
            room = place.adjusted(-margin, -margin, margin, margin)
            self.setGeometry(room & self._window.rect())
            # What isn't painted needn't be put together again when a plot below it moves.
            inner = self.rect().adjusted(margin, margin, -margin, -margin)
            self.setMask(QRegion(self.rect()) - QRegion(inner))

    def _place(self, target: QWidget) -> QRect:
        """Return what can be seen of the target, in the window."""
        place, widget = target.rect(), target
        for parent in self._watched:
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

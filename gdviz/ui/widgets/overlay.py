"""Overlay: what lies around a part of a window and follows it."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QFrame, QWidget

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
        target.destroyed.connect(self._forget)
        self._follow()

    def let_go(self) -> None:
        """Surround nothing any more."""
        if self._target is not None:
            self._target.destroyed.disconnect(self._forget)
            for widget in (self._target, *self._watched):
                widget.removeEventFilter(self)
        self._forget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the target."""
        if event.type() in FOLLOWED:
            self._follow()
        return super().eventFilter(watched, event)

    def _forget(self) -> None:
        self._target, self._watched = None, []
        self.hide()

    def _follow(self) -> None:
        target = self._target
        if target is None:
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

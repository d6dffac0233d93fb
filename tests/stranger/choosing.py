"""Choosing: what a stranger takes next, and where; each choice is made for itself.

It depends on the seed, on the number of the act and on the name of what is there, each weighed by
itself. What has come or gone leaves the other choices as they are, and so does an act left out.
"""

import hashlib
import random
from collections.abc import Sequence
from contextlib import suppress
from typing import TypeVar

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QGraphicsView, QMainWindow, QMenu, QWidget

Some = TypeVar("Some")
QUIT = "Quit"


class Choice:
    """The choices within one act.

    Attributes
    ----------
    random : random.Random
        For all that isn't on the screen.
    """

    def __init__(self, window: QMainWindow, seed: int, number: int) -> None:
        self.window = window
        self.random = random.Random(f"{seed} {number}")
        self._act, self._choices = f"{seed} {number}", 0

    def one_of(self, things: Sequence[Some], names: Sequence[str]) -> Some | None:
        """Return one of some things: that whose name weighs most."""
        self._choices += 1
        seen: dict[str, int] = {}
        most, chosen = b"", None
        for thing, name in zip(things, names, strict=True):
            seen[name] = seen.get(name, 0) + 1
            text = f"{self._act} {self._choices} {name} {seen[name]}"
            weight = hashlib.blake2b(text.encode(), digest_size=8).digest()
            if weight >= most:
                most, chosen = weight, thing
        return chosen

    def widget(
        self, kind: type | tuple[type, ...] = QWidget, top: QWidget | None = None
    ) -> QWidget | None:
        """Return a widget of a kind that can be seen, in the window or in a dialog."""
        found = [
            w for w in (top or self.window).findChildren(QWidget)
            if isinstance(w, kind) and w.isVisible() and not seen_of(w).isEmpty()
        ]  # fmt: skip
        return self.one_of(found, [name_of(w) for w in found])

    def place_in(self, widget: QWidget) -> QPoint:
        """Return a place on the screen where a widget is seen."""
        box, window = seen_of(widget), widget.window()
        for _ in range(6):
            across, down = self.random.random(), self.random.random()
            place = box.topLeft() + QPoint(int(across * box.width()), int(down * box.height()))
            at = window.childAt(widget.mapTo(window, place))
            if at is widget or (at and widget.isAncestorOf(at)):
                break
        return widget.mapToGlobal(place)

    def near(self, place: QPoint, reach: int) -> QPoint:
        """Return a place that is not far from another."""
        return place + QPoint(*(self.random.randint(-reach, reach) for _ in range(2)))


def seen_of(widget: QWidget) -> QRect:
    """Return the part of a widget that nothing around it cuts off."""
    box, corner, around = widget.rect(), QPoint(), widget
    while not around.isWindow():
        corner += around.pos()
        around = around.parentWidget()
        box = box.intersected(around.rect().translated(-corner))
    return box


def name_of(widget: QWidget) -> str:
    """Return what a widget is called in the log: its own name, or its words, or its kind."""
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.objectName() or words or type(widget).__name__


def hiker_of(picture: QGraphicsView) -> QPoint | None:
    """Return where the hiker is seen in a picture, which a person knows by its colour."""
    row, place = getattr(picture, "_row", None), None
    if row is not None:
        with suppress(NotImplementedError):
            place = picture.place_of(row)
    if place is None:
        return None
    point = picture.mapFromScene(picture.view.mapViewToScene(QPointF(*place)))
    return picture.mapToGlobal(point) if seen_of(picture).contains(point) else None


def commands(window: QMainWindow) -> list[tuple[list[QMenu], QAction]]:
    """Return all commands, each with the menus that lead to it; not the one that ends all."""
    found = []

    def walk(menus: list[QMenu], actions: Sequence[QAction]) -> None:
        for action in actions:
            if not action.isEnabled() or not action.isVisible() or action.isSeparator():
                continue
            if action.menu():
                walk([*menus, action.menu()], action.menu().actions())
            elif menus and QUIT not in action.text():
                found.append((menus, action))

    walk([], window.menuBar().actions())
    return found

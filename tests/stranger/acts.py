"""What people do in a window, told as the single events that their hands make.

What is chosen depends on the seed, on the number of the act and on the names of what is there,
each weighed by itself: something that has come or gone leaves the other choices as they are. So an
act may be left out, and those after it stay the same.
"""

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDockWidget,
    QFileDialog,
    QGraphicsView,
    QLineEdit,
    QMainWindow,
    QMenu,
    QSplitterHandle,
    QTabBar,
    QTableView,
    QWidget,
)

from stranger.hand import Hand

Event = tuple[str, Callable[[], None]]
Events = Iterator[Event]
Some = TypeVar("Some")

NUMBERS = (
    "0", "1", "2", "0.001", "0.003", "0.0045", "0.005", "1e-9", "2.5e-7", "1e-300", "3e5", "1e300",
    "-3", "1000", "20000", "999999999", "0.", "1e", "-", "", "abc", "12.5", "0,5",
)  # fmt: skip
SIZES = (
    (880, 560), (1024, 640), (1280, 800), (1366, 768), (1600, 900), (1920, 1080), (1000, 1100),
)  # fmt: skip
KEYS = (
    "Tab", "shift+Tab", "Return", " ", "Escape", "Left", "Right", "Up", "Down", "Home", "End",
    "Page_Up", "Page_Down", "Delete", "F2", "F10", "ctrl+Left", "ctrl+Up", "ctrl+a", "BackSpace",
    "shift+Right", "x",
)  # fmt: skip
PASTED = ("x y\n1 2\n2 3.5\n3 5\n", "nothing to see", "1\t2\t3\n4\t5\t6\n7\t8\t10\n", "")
SHORTCUTS = {"PgUp": "Page_Up", "PgDown": "Page_Down", "Del": "Delete", "Ins": "Insert"}
QUIT = "Quit"


class Acts:
    """Acts of a stranger; each begins with what is on the screen and gives events one by one."""

    def __init__(self, window: QMainWindow, hand: Hand, seed: int, folder: Path) -> None:
        self._window, self._hand, self._seed, self._folder = window, hand, seed, folder
        self._number = self._draws = 0
        self._random = random.Random(0)

    def act(self, number: int) -> Events:
        """Return the events of an act."""
        self._number, self._draws = number, 0
        self._random = random.Random(f"{self._seed} {number}")
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if isinstance(top, QFileDialog) or (top and isinstance(top.parent(), QFileDialog)):
            return self._name_a_file()
        if isinstance(top, QMenu) or (top and top.windowType() is Qt.WindowType.Popup):
            return self._use_popup(top)
        if top:
            return self._use_dialog(top)
        kinds, weights = zip(*self._weighed(), strict=True)
        return self._random.choices(kinds, weights)[0]()

    def _weighed(self) -> Sequence[tuple[Callable[[], Events], int]]:
        return (
            (self._choose_command, 14), (self._press_shortcut, 10), (self._press_keys, 8),
            (self._type_number, 14), (self._click_button, 12), (self._drag_in_picture, 10),
            (self._click_picture, 5), (self._hover, 3), (self._turn_wheel, 8),
            (self._use_combo, 5), (self._drag_slider, 4), (self._resize, 3), (self._undo, 4),
            (self._use_table, 5), (self._drag_edge, 4), (self._click_tab, 2),
            (self._open_context, 4), (self._paste, 1), (self._click_anywhere, 3),
            (self._drag_anywhere, 3), (self._play, 5), (self._press_dock, 6),
        )  # fmt: skip

    # Single events

    def _key(self, keys: str) -> Event:
        return f"key {keys!r}", partial(self._hand.key, keys)

    def _move(self, place: QPoint) -> Event:
        return f"move to {place.x()},{place.y()}", partial(self._hand.move, *place.toTuple())

    def _button(self, number: int, down: bool) -> Event:
        text = f"{'press' if down else 'release'} button {number}"
        return text, partial(self._hand.button, number, down)

    def _click(self, what: QWidget | str, place: QPoint, number: int = 1) -> Event:
        """Click without having moved before, as on a touch screen, in one event."""

        def do() -> None:
            self._hand.move(*place.toTuple())
            self._hand.button(number, True)
            self._hand.button(number, False)

        name = what if isinstance(what, str) else name_of(what)
        return f"click{'' if number == 1 else ' right'} {name} at {place.x()},{place.y()}", do

    def _double_click(self, widget: QWidget, place: QPoint) -> Event:
        def do() -> None:
            # Qt calls no other two clicks a double one: else it would depend on the time between.
            QApplication.setDoubleClickInterval(60_000)
            self._hand.move(*place.toTuple())
            for down in (True, False, True, False):
                self._hand.button(1, down)

        return f"double click {name_of(widget)} at {place.x()},{place.y()}", do

    # Choosing

    def _pick(self, things: Sequence[Some], names: Sequence[str]) -> Some | None:
        """Return one of some things; which of two comes first depends on their names only."""
        self._draws += 1
        seen: dict[str, int] = {}
        best, chosen = b"", None
        for thing, name in zip(things, names, strict=True):
            seen[name] = seen.get(name, 0) + 1
            text = f"{self._seed} {self._number} {self._draws} {name} {seen[name]}"
            weight = hashlib.blake2b(text.encode(), digest_size=8).digest()
            if weight >= best:
                best, chosen = weight, thing
        return chosen

    def _pick_widget(
        self, kind: type | tuple[type, ...], top: QWidget | None = None
    ) -> QWidget | None:
        found = [
            w for w in (top or self._window).findChildren(QWidget)
            if isinstance(w, kind) and w.isVisible() and not seen_of(w).isEmpty()
        ]  # fmt: skip
        return self._pick(found, [name_of(w) for w in found])

    def _place_in(self, widget: QWidget, box: QRect | None = None) -> QPoint:
        """Return a place of a widget that can be seen."""
        seen = seen_of(widget)
        box = (box or seen).intersected(seen)
        for _ in range(6):
            place = QPoint(
                box.x() + int(self._random.random() * box.width()),
                box.y() + int(self._random.random() * box.height()),
            )
            at = widget.window().childAt(widget.mapTo(widget.window(), place))
            if at is widget or (at and widget.isAncestorOf(at)):
                break
        return widget.mapToGlobal(place)

    def _place_near(self, place: QPoint, reach: int) -> QPoint:
        return place + QPoint(
            self._random.randint(-reach, reach), self._random.randint(-reach, reach)
        )

    def _actions(self) -> list[tuple[list[QMenu], QAction]]:
        """Return all commands, each with the menus that lead to it."""
        found = []

        def walk(path: list[QMenu], actions: Sequence[QAction]) -> None:
            for action in actions:
                if not action.isEnabled() or not action.isVisible() or action.isSeparator():
                    continue
                if action.menu():
                    walk([*path, action.menu()], action.menu().actions())
                elif path and QUIT not in action.text():
                    found.append((path, action))

        walk([], self._window.menuBar().actions())
        return found

    # Acts in the window

    def _choose_command(self) -> Events:
        """Open the menus that lead to a command, and choose it."""
        found = self._actions()
        picked = self._pick(found, [action.text() for _, action in found])
        if picked is None:
            return
        path, action = picked
        bar = self._window.menuBar()
        opening = bar
        for menu in path:
            box = opening.actionGeometry(menu.menuAction())
            yield self._click(menu.title(), opening.mapToGlobal(box.center()))
            if not menu.isVisible():
                return
            opening = menu
        box = opening.actionGeometry(action)
        if self._random.random() < 0.1:
            yield self._key("Escape")
        else:
            yield self._click(action.text(), opening.mapToGlobal(box.center()))

    def _press_dock(self) -> Events:
        """Open or close a dock by its key."""
        docks = self._window.findChildren(QDockWidget)
        yield from self._press_key_of([dock.toggleViewAction() for dock in docks])

    def _press_shortcut(self) -> Events:
        yield from self._press_key_of([action for _, action in self._actions()])

    def _press_key_of(self, actions: Sequence[QAction]) -> Events:
        actions = [a for a in actions if not a.shortcut().isEmpty() and a.isEnabled()]
        picked = self._pick(actions, [a.text() for a in actions])
        if picked is not None:
            *held, last = picked.shortcut().toString().split("+")
            last = SHORTCUTS.get(last, last if len(last) > 1 else last.lower())
            keys = "+".join([*map(str.lower, held), "space" if last == "Space" else last])
            for _ in range(self._random.choice((1, 1, 1, 2, 4))):
                yield self._key(keys)

    def _press_keys(self) -> Events:
        key = self._random.choice(KEYS)
        for _ in range(self._random.randint(1, 6)):
            if self._random.random() < 0.3:
                key = self._random.choice(KEYS)
            yield self._key(key)

    def _play(self) -> Events:
        """Play a while, with the mouse on its way somewhere."""
        yield self._key(self._random.choice((" ", "p", " ")))
        for _ in range(self._random.randint(0, 4)):
            yield self._move(self._place_in(self._window))
        if self._random.random() < 0.5:
            yield self._key(" ")

    def _type_number(self, top: QWidget | None = None) -> Events:
        """Type a number, or half of one, and finish or not."""
        box = self._pick_widget((QAbstractSpinBox, QLineEdit), top)
        if box is None:
            return
        yield self._click(box, self._place_in(box))
        if self._random.random() < 0.8:
            yield self._key("ctrl+a")
        for letter in self._random.choice(NUMBERS):
            yield self._key(letter)
        if self._random.random() < 0.3:
            yield self._key(self._random.choice(("Up", "Down", "BackSpace", "ctrl+z")))
        ending = self._random.choice(("Return", "Return", "Tab", "Escape", "elsewhere", ""))
        if ending == "elsewhere":
            yield from self._click_anywhere(top)
        elif ending:
            yield self._key(ending)

    def _click_button(self, top: QWidget | None = None) -> Events:
        button = self._pick_widget(QAbstractButton, top)
        if button is not None:
            yield self._click(button, self._place_in(button))

    def _drag_in_picture(self) -> Events:
        """Drag from anywhere or from a thing, in some steps; now and then something happens."""
        picture = self._pick_widget(QGraphicsView)
        if picture is None:
            return
        place = self._thing_in(picture) if self._random.random() < 0.6 else self._place_in(picture)
        yield self._move(place)
        yield self._button(1, True)
        for _ in range(self._random.randint(1, 6)):
            place = self._place_near(place, self._random.choice((5, 40, 150)))
            yield self._move(place)
            if self._random.random() < 0.08:
                yield self._key(self._random.choice(("Escape", "ctrl+z", " ", "Delete")))
            if self._random.random() < 0.05:
                yield self._button(self._random.choice((4, 5)), True)
                yield self._button(self._random.choice((4, 5)), False)
        yield self._button(1, False)

    def _thing_in(self, picture: QGraphicsView) -> QPoint:
        """Return the place of something that may be taken, if there is any."""
        # A person sees it by its colour. A picture of a run knows where its hiker is.
        row, place = getattr(picture, "_row", None), None
        if row is not None:
            with suppress(NotImplementedError):
                place = picture.place_of(row)
        if place is None:
            return self._place_in(picture)
        point = picture.mapFromScene(picture.view.mapViewToScene(QPointF(*place)))
        if not seen_of(picture).contains(point):
            return self._place_in(picture)
        return picture.mapToGlobal(point)

    def _click_picture(self) -> Events:
        picture = self._pick_widget(QGraphicsView)
        if picture is not None:
            how = self._double_click if self._random.random() < 0.5 else self._click
            yield how(picture, self._place_in(picture))

    def _hover(self) -> Events:
        picture = self._pick_widget(QGraphicsView)
        for _ in range(self._random.randint(2, 6) if picture else 0):
            yield self._move(self._place_in(picture))

    def _turn_wheel(self) -> Events:
        widget = self._pick_widget((QGraphicsView, QAbstractSpinBox, QComboBox, QWidget))
        if widget is None:
            return
        yield self._move(self._place_in(widget))
        held = self._random.choice(("", "", "", "ctrl", "shift"))
        button = self._random.choice((4, 5))
        for _ in range(self._random.randint(1, 6)):
            yield f"{held} wheel {button}".strip(), partial(self._wheel, held, button)

    def _wheel(self, held: str, button: int) -> None:
        if held:
            self._hand.hold(held, True)
        self._hand.button(button, True)
        self._hand.button(button, False)
        if held:
            self._hand.hold(held, False)

    def _use_combo(self, top: QWidget | None = None) -> Events:
        box = self._pick_widget(QComboBox, top)
        if box is None:
            return
        yield self._click(box, self._place_in(box))
        for _ in range(self._random.randint(1, 4)):
            yield self._key(self._random.choice(("Down", "Down", "Up")))
        yield self._key(self._random.choice(("Return", "Return", "Escape")))

    def _drag_slider(self) -> Events:
        slider = self._pick_widget(QAbstractSlider)
        if slider is not None:
            yield from self._drag(self._place_in(slider), partial(self._place_in, slider))

    def _drag(self, start: QPoint, next_place: Callable[[], QPoint], steps: int = 3) -> Events:
        yield self._move(start)
        yield self._button(1, True)
        for _ in range(self._random.randint(1, steps)):
            yield self._move(next_place())
        yield self._button(1, False)

    def _resize(self) -> Events:
        least = self._window.minimumSize()
        for _ in range(self._random.randint(1, 3)):
            size = self._random.choice(SIZES)
            if self._random.random() < 0.3:
                size = self._random.randint(880, 1900), self._random.randint(560, 1150)
            size = max(size[0], least.width()), max(size[1], least.height())
            yield f"resize to {size}", partial(self._hand.resize, self._window.winId(), *size)

    def _undo(self) -> Events:
        for _ in range(self._random.choice((1, 2, 5, 12))):
            yield self._key("ctrl+z")
        for _ in range(self._random.choice((0, 0, 1, 3))):
            yield self._key("ctrl+shift+z")

    def _use_table(self) -> Events:
        view = self._pick_widget(QAbstractItemView)
        if view is None:
            return
        place = self._place_in(view)
        yield (self._double_click if self._random.random() < 0.3 else self._click)(view, place)
        for _ in range(self._random.randint(0, 4)):
            yield self._key(
                self._random.choice(("Down", "Up", "Right", " ", "Delete", "F2", "a", "Return"))
            )
        if isinstance(view, QTableView) and self._random.random() < 0.3:
            header = view.horizontalHeader()
            yield from self._drag(self._place_in(header), partial(self._place_in, header))

    def _drag_edge(self) -> Events:
        """Drag what parts two things: the handle of a splitter, or the edge of a dock."""
        docks = [
            d for d in self._window.findChildren(QDockWidget)
            if d.isVisible() and not d.isFloating() and not seen_of(d).isEmpty()
        ]  # fmt: skip
        handles = [
            w for w in self._window.findChildren(QSplitterHandle)
            if w.isVisible() and not seen_of(w).isEmpty()
        ]  # fmt: skip
        things = [*docks, *handles]
        thing = self._pick(things, [name_of(w) for w in things])
        if isinstance(thing, QSplitterHandle):
            start = self._place_in(thing)
        elif thing is not None:
            box = thing.geometry()
            beside = self._window.dockWidgetArea(thing) is Qt.DockWidgetArea.RightDockWidgetArea
            middle = box.center()
            start = (
                QPoint(box.left() - 3, middle.y()) if beside else QPoint(middle.x(), box.top() - 3)
            )
            start = self._window.mapToGlobal(start)
        else:
            return
        yield from self._drag(start, lambda: self._place_near(start, 250))

    def _click_tab(self) -> Events:
        bar = self._pick_widget(QTabBar)
        if bar is not None:
            yield self._click(bar, self._place_in(bar))

    def _open_context(self) -> Events:
        widget = self._pick_widget((QGraphicsView, QAbstractItemView, QWidget))
        if widget is not None:
            yield self._click(widget, self._place_in(widget), 3)

    def _paste(self) -> Events:
        text = self._random.choice(PASTED)
        QGuiApplication.clipboard().setText(text)
        yield self._key("ctrl+v")

    def _click_anywhere(self, top: QWidget | None = None) -> Events:
        yield self._click("anywhere", self._place_in(top or self._window))

    def _drag_anywhere(self) -> Events:
        yield from self._drag(self._place_in(self._window), partial(self._place_in, self._window))

    # Acts in what has opened

    def _use_popup(self, popup: QWidget) -> Events:
        """Go on in an open menu or list, or leave it."""
        how = self._random.random()
        if how < 0.4:
            for _ in range(self._random.randint(1, 5)):
                yield self._key(self._random.choice(("Down", "Down", "Up", "Right", "Left")))
            yield self._key(self._random.choice(("Return", "Escape")))
        elif how < 0.7:
            yield self._click(popup, self._place_in(popup))
        elif how < 0.85:
            yield self._key("Escape")
        else:
            yield self._click("anywhere", self._place_in(self._window))

    def _use_dialog(self, dialog: QWidget) -> Events:
        how = self._random.random()
        if how < 0.3:
            yield from self._type_number(dialog)
        elif how < 0.55:
            yield from self._click_button(dialog)
        elif how < 0.7:
            yield from self._use_combo(dialog)
        elif how < 0.8:
            for _ in range(self._random.randint(1, 5)):
                yield self._key(self._random.choice(("Tab", "shift+Tab", " ", "Down", "Up")))
        elif how < 0.85:
            yield from self._click_anywhere(dialog)
        else:
            yield self._key(self._random.choice(("Return", "Escape")))

    def _name_a_file(self) -> Events:
        """Type the whole name of a file, and nothing else: no other folder is to be touched."""
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):  # It asks whether to replace.
            yield self._key(self._random.choice(("Return", "Escape", "alt+y")))
            return
        if self._random.random() < 0.3:
            yield self._key("Escape")
            return
        saves = dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
        tables = sorted(self._folder.glob("*.*"))
        path = self._random.choice(tables)
        if saves:
            suffix = self._random.choice(
                ("", ".png", ".csv", ".txt", ".py", ".svg", ".pdf", ".xyz")
            )
            path = self._folder / "saved" / f"a{suffix}"
        yield self._key("ctrl+a")
        yield f"type {path}", partial(self._type, str(path))
        yield self._key("Return")

    def _type(self, text: str) -> None:
        for letter in text:
            self._hand.key(letter)


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

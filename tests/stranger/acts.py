"""What people do in a window, told as the single events that their hands make.

An act begins with what is on the screen, and looks again before each of its events.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QDockWidget,
    QFileDialog,
    QGraphicsView,
    QMainWindow,
    QSplitterHandle,
    QTabBar,
    QTableView,
)

from stranger.choosing import Choice, commands, hiker_of, name_of, seen_of
from stranger.dialogs import (
    click_button,
    name_file,
    type_number,
    use_box,
    use_dialog,
    use_popup,
)
from stranger.events import (
    DOWN,
    UP,
    Events,
    click,
    double_click,
    drag,
    key,
    move,
    press,
    release,
    resize,
    wheel,
)

SIZES = (
    (880, 560), (1024, 640), (1280, 800), (1366, 768), (1600, 900), (1920, 1080), (1000, 1100),
)  # fmt: skip
KEYS = (
    "Tab", "shift+Tab", "Return", " ", "Escape", "Left", "Right", "Up", "Down", "Home", "End",
    "Page_Up", "Page_Down", "Delete", "F2", "F10", "ctrl+Left", "ctrl+Up", "ctrl+a", "BackSpace",
    "shift+Right", "x",
)  # fmt: skip
PASTED = ("x y\n1 2\n2 3.5\n3 5\n", "nothing to see", "1\t2\t3\n4\t5\t6\n7\t8\t10\n", "")
X_NAMES = {"PgUp": "Page_Up", "PgDown": "Page_Down", "Del": "Delete", "Ins": "Insert"}


def act(window: QMainWindow, seed: int, number: int, folder: Path) -> Events:
    """Return the events of an act: of a kind that what is open asks for."""
    choice = Choice(window, seed, number)
    top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    if isinstance(top, QFileDialog) or (top and isinstance(top.parent(), QFileDialog)):
        return name_file(choice, folder)
    if top and top.windowType() is Qt.WindowType.Popup:
        return use_popup(choice, top)
    if top:
        return use_dialog(choice, top)
    return choice.random.choices([*ACTS], [*ACTS.values()])[0](choice)


def choose_command(choice: Choice) -> Events:
    """Open the menus that lead to a command, and choose it."""
    offered = commands(choice.window)
    chosen = choice.one_of(offered, [action.text() for _, action in offered])
    if chosen is None:
        return
    menus, action = chosen
    opening = choice.window.menuBar()
    for menu in menus:
        box = opening.actionGeometry(menu.menuAction())
        yield click(menu.title(), opening.mapToGlobal(box.center()))
        if not menu.isVisible():
            return
        opening = menu
    if choice.random.random() < 0.1:
        yield key("Escape")
    else:
        box = opening.actionGeometry(action)
        yield click(action.text(), opening.mapToGlobal(box.center()))


def press_shortcut(choice: Choice) -> Events:
    """Press the key of a command."""
    return _press_key_of(choice, [action for _, action in commands(choice.window)])


def press_dock(choice: Choice) -> Events:
    """Open or close a dock by its key."""
    docks = choice.window.findChildren(QDockWidget)
    return _press_key_of(choice, [dock.toggleViewAction() for dock in docks])


def press_keys(choice: Choice) -> Events:
    """Press some of the keys that everything understands."""
    pressed = choice.random.choice(KEYS)
    for _ in range(choice.random.randint(1, 6)):
        if choice.random.random() < 0.3:
            pressed = choice.random.choice(KEYS)
        yield key(pressed)


def play(choice: Choice) -> Events:
    """Play a while, with the mouse on its way somewhere."""
    yield key(choice.random.choice((" ", "p", " ")))
    for _ in range(choice.random.randint(0, 4)):
        yield move(choice.place_in(choice.window))
    if choice.random.random() < 0.5:
        yield key(" ")


def drag_in_picture(choice: Choice) -> Events:
    """Drag from anywhere or from a thing, in some steps; now and then something happens."""
    picture = choice.widget(QGraphicsView)
    if picture is None:
        return
    place = (hiker_of(picture) if choice.random.random() < 0.6 else None) or choice.place_in(
        picture
    )
    yield move(place)
    yield press(1)
    for _ in range(choice.random.randint(1, 6)):
        place = choice.near(place, choice.random.choice((5, 40, 150)))
        yield move(place)
        if choice.random.random() < 0.08:
            yield key(choice.random.choice(("Escape", "ctrl+z", " ", "Delete")))
        if choice.random.random() < 0.05:
            yield wheel(choice.random.choice((UP, DOWN)))
    yield release(1)


def click_picture(choice: Choice) -> Events:
    """Click a picture, once or twice."""
    picture = choice.widget(QGraphicsView)
    if picture is not None:
        how = double_click if choice.random.random() < 0.5 else click
        yield how(name_of(picture), choice.place_in(picture))


def hover(choice: Choice) -> Events:
    """Look at places of a picture."""
    picture = choice.widget(QGraphicsView)
    for _ in range(choice.random.randint(2, 6) if picture else 0):
        yield move(choice.place_in(picture))


def turn_wheel(choice: Choice) -> Events:
    """Turn the wheel over anything."""
    widget = choice.widget()
    if widget is not None:
        yield move(choice.place_in(widget))
        held = choice.random.choice(("", "", "", "ctrl", "shift"))
        button = choice.random.choice((UP, DOWN))
        for _ in range(choice.random.randint(1, 6)):
            yield wheel(button, held)


def drag_slider(choice: Choice) -> Events:
    """Drag a slider or a scroll bar."""
    slider = choice.widget(QAbstractSlider)
    if slider is not None:
        yield from _drag_about(choice, slider)


def change_size(choice: Choice) -> Events:
    """Give the window other sizes, but none smaller than it wants, unless it fills the screen."""
    window, least = choice.window, choice.window.minimumSize().toTuple()
    for _ in range(0 if window.isFullScreen() else choice.random.randint(1, 3)):
        size = choice.random.choice(SIZES)
        if choice.random.random() < 0.3:
            size = choice.random.randint(880, 1900), choice.random.randint(560, 1150)
        yield resize(window.winId(), *map(max, size, least))


def undo(choice: Choice) -> Events:
    """Take back a lot, and some of it not."""
    for _ in range(choice.random.choice((1, 2, 5, 12))):
        yield key("ctrl+z")
    for _ in range(choice.random.choice((0, 0, 1, 3))):
        yield key("ctrl+shift+z")


def use_table(choice: Choice) -> Events:
    """Choose rows of a table, write into it, and move its columns."""
    view, any_of = choice.widget(QAbstractItemView), choice.random.choice
    if view is None:
        return
    how = double_click if choice.random.random() < 0.3 else click
    yield how(name_of(view), choice.place_in(view))
    for _ in range(choice.random.randint(0, 4)):
        yield key(any_of(("Down", "Up", "Right", " ", "Delete", "F2", "a", "Return")))
    if isinstance(view, QTableView) and choice.random.random() < 0.3:
        header = view.horizontalHeader()
        if not seen_of(header).isEmpty():
            yield from _drag_about(choice, header)


def drag_edge(choice: Choice) -> Events:
    """Drag what parts two things: the handle of a splitter, or the edge of a dock."""
    window = choice.window
    found = [
        w for w in window.findChildren(QDockWidget) + window.findChildren(QSplitterHandle)
        if w.isVisible() and not w.isWindow() and not seen_of(w).isEmpty()
    ]  # fmt: skip
    part = choice.one_of(found, [name_of(w) for w in found])
    if part is None:
        return
    start = choice.place_in(part)
    if isinstance(part, QDockWidget):
        box, middle = part.geometry(), part.geometry().center()
        right = window.dockWidgetArea(part) is Qt.DockWidgetArea.RightDockWidgetArea
        edge = (box.left() - 3, middle.y()) if right else (middle.x(), box.top() - 3)
        start = window.mapToGlobal(QPoint(*edge))
    yield from drag(start, lambda: choice.near(start, 250), choice.random.randint(1, 3))


def click_tab(choice: Choice) -> Events:
    """Turn to what is behind a tab."""
    bar = choice.widget(QTabBar)
    if bar is not None:
        yield click(name_of(bar), choice.place_in(bar))


def open_context(choice: Choice) -> Events:
    """Click anything with the right button."""
    widget = choice.widget()
    if widget is not None:
        yield click(name_of(widget), choice.place_in(widget), 3)


def paste(choice: Choice) -> Events:
    """Paste what was copied elsewhere."""
    QGuiApplication.clipboard().setText(choice.random.choice(PASTED))
    yield key("ctrl+v")


def click_anywhere(choice: Choice) -> Events:
    """Click any place of the window."""
    yield click("anywhere", choice.place_in(choice.window))


def drag_anywhere(choice: Choice) -> Events:
    """Drag from any place to others."""
    yield from _drag_about(choice, choice.window)


# How often each is done.
ACTS: dict[Callable[[Choice], Events], int] = {
    choose_command: 14, press_shortcut: 10, press_keys: 8, press_dock: 6, type_number: 14,
    click_button: 12, drag_in_picture: 10, click_picture: 5, hover: 3, turn_wheel: 8, use_box: 5,
    drag_slider: 4, change_size: 3, undo: 4, use_table: 5, drag_edge: 4, click_tab: 2,
    open_context: 4, paste: 1, click_anywhere: 3, drag_anywhere: 3, play: 5,
}  # fmt: skip


def _press_key_of(choice: Choice, actions: Sequence[QAction]) -> Events:
    """Press the key of one of some commands, perhaps several times."""
    actions = [a for a in actions if not a.shortcut().isEmpty() and a.isEnabled()]
    action = choice.one_of(actions, [a.text() for a in actions])
    if action is None:
        return
    *held, last = action.shortcut().toString().split("+")
    last = X_NAMES.get(last, last if len(last) > 1 else last.lower())
    keys = "+".join([*map(str.lower, held), "space" if last == "Space" else last])
    for _ in range(choice.random.choice((1, 1, 1, 2, 4))):
        yield key(keys)


def _drag_about(choice: Choice, widget) -> Events:
    """Drag from one place of a widget to others."""
    steps = choice.random.randint(1, 3)
    return drag(choice.place_in(widget), lambda: choice.place_in(widget), steps)

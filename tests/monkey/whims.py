"""The whims of the monkey: what it does next, of all that can be done now."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGraphicsView,
    QLineEdit,
    QMainWindow,
    QTabBar,
    QWidget,
)
from stranger.choosing import commands, name_of
from stranger.dialogs import NUMBERS, SUFFIXES

from monkey.hands import Action, Place, in_reach

SIZES = ((880, 560), (1024, 640), (1280, 800), (1600, 900), (1920, 1080), (1000, 1100))
KEYS = (
    "Tab", "Shift+Tab", "Return", "Space", "Escape", "Left", "Right", "Up", "Down", "Home", "End",
    "PgUp", "PgDown", "Del", "F2", "F10", "Ctrl+Left", "Ctrl+A", "Shift+Right", "X",
    "Shift+F10",
)  # fmt: skip
PASTED = ("x y\n1 2\n2 3.5\n3 5\n", "nothing to see", "1\t2\t3\n4\t5\t6\n7\t8\t10\n", "")
# What loops of one's own print: names, numbers alone, weights that fit no data, and how a run ends
# that diverges.
LOGS = (
    "".join(f"Iteration {i} => Loss: {800 / (1 + i):.4f}\n" for i in range(30)),
    "".join(f"{i},{0.1 * i:.3f},{90 - i:.2f}\n" for i in range(12)),
    "".join(f"epoch {i}, w={1e9 * i:.6f} b={-i} loss={i}e30\n" for i in range(0, 50, 5)),
    "step 0: w = 0.0, loss = 5.0\nstep 1: w = inf, loss = inf\nstep 2: w = nan, loss = nan\n",
)
# What docks can be opened by, the lesson too.
DOCK_KEYS = (
    "Ctrl+T", "Ctrl+R", "Ctrl+L", "Ctrl+Shift+P", "Ctrl+I", "Ctrl+J", "Ctrl+M", "F1", "F1",
)  # fmt: skip
READS = ("Open…", "Import with options…", "Open a lesson…")
WRITES = ("Save", "Export")
# Words that Qt gives its own parts: what they are in is used as a whole.
QTS = ("qt_spinbox_lineedit", "qt_dockwidget_floatbutton", "QScrollBar", "qt_menubar_ext_button")


def whim(window: QMainWindow, random: random.Random, folder: Path) -> Action:
    """Return something to do, of a kind that what is open asks for."""
    if QApplication.activePopupWidget():
        return "key", random.choice(("Down", "Down", "Up", "Return", "Escape"))
    if QApplication.activeModalWidget() and random.random() < 0.3:
        return "key", random.choice(("Return", "Escape"))
    kinds = DIALOG_WHIMS if QApplication.activeModalWidget() else WHIMS
    while True:
        whim = random.choices([*kinds], [*kinds.values()])[0]
        action = whim(window, random, folder)
        if action is not None:
            return action


Whim = Callable[[QMainWindow, random.Random, Path], Action | None]


def _choose(window: QMainWindow, random: random.Random, folder: Path) -> Action | None:
    texts = [action.text().replace("&", "") for _, action in commands(window)]
    text = random.choice([text for text in texts if str(folder) not in text])
    if text in READS:
        return "choose", text, random.choice((*_files(folder), "missing.csv", ""))
    if text.startswith(WRITES):
        file = f"saved/a{random.choice(SUFFIXES)}"
        keys = random.choices(("Tab", "Down", "Space", "Return"), k=random.randint(0, 4))
        return "choose", text, file, *keys, random.choice(("Return", "Escape"))
    if text.startswith("Open a folder"):
        return "choose", text, random.choice((".", "saved", ""))
    return "choose", text


def _press(window: QMainWindow, random: random.Random, _: Path) -> Action | None:
    return _with(window, random, QAbstractButton, lambda name: ("press", name))


def _type(window: QMainWindow, random: random.Random, _: Path) -> Action | None:
    end = random.choice(("Return", "Return", "Return", "Tab", "Escape", ""))
    number = (
        random.choice(NUMBERS) if random.random() < 0.5 else f"{random.lognormvariate(0, 4):.3g}"
    )
    return _with(
        window, random, (QAbstractSpinBox, QLineEdit),
        lambda name: ("type_into", name, number, end),
    )  # fmt: skip


def _pick(window: QMainWindow, random: random.Random, _: Path) -> Action | None:
    return _with(window, random, QComboBox, lambda name: ("pick", name, random.randint(0, 7)))


def _drag(window: QMainWindow, random: random.Random, _: Path) -> Action | None:
    start = "hiker" if random.random() < 0.5 else _place(random)
    along: list[Place | str] = [_place(random) for _ in range(random.randint(1, 5))]
    if random.random() < 0.15:
        keys = ("Escape", "Ctrl+Z", "Space", "Del")
        along.insert(random.randint(0, len(along)), random.choice(keys))
    kind = QGraphicsView if random.random() < 0.8 else (QAbstractSlider, QTabBar)
    return _with(window, random, kind, lambda name: ("drag", name, start, *along))


def _click(window: QMainWindow, random: random.Random, _: Path) -> Action | None:
    kind = (QGraphicsView, QAbstractItemView, QAbstractSlider, QTabBar)
    times = random.choice((1, 1, 2))
    return _with(window, random, kind, lambda name: ("click", name, _place(random), times))


def _hover(window: QMainWindow, random: random.Random, _: Path) -> Action | None:
    places = [_place(random) for _ in range(random.randint(2, 5))]
    return _with(window, random, QGraphicsView, lambda name: ("hover", name, *places))


def _wheel(window: QMainWindow, random: random.Random, _: Path) -> Action | None:
    notches, held = random.choice((-4, -1, 1, 4)), random.choice(("", "", "Ctrl"))
    return _with(
        window, random, QWidget, lambda name: ("wheel", name, _place(random), notches, held)
    )


def _context(window: QMainWindow, random: random.Random, _: Path) -> Action | None:
    keys = *("Down",) * random.randint(1, 5), random.choice(("Return", "Return", "Escape"))
    kind = (QGraphicsView, QAbstractItemView)
    return _with(window, random, kind, lambda name: ("context", name, _place(random), *keys))


def _key(_: QMainWindow, random: random.Random, __: Path) -> Action:
    return "key", random.choice(KEYS)


def _dock(_: QMainWindow, random: random.Random, __: Path) -> Action:
    return "key", random.choice(DOCK_KEYS)


def _undo(_: QMainWindow, random: random.Random, __: Path) -> Action:
    return "undo", random.choice((1, 2, 5, 12)), random.choice((0, 0, 1, 3))


def _wait(_: QMainWindow, random: random.Random, __: Path) -> Action:
    return "wait", random.choice((0.02, 0.05, 0.1))


def _resize(_: QMainWindow, random: random.Random, __: Path) -> Action:
    if random.random() < 0.7:
        return "resize", *random.choice(SIZES)
    return "resize", random.randint(880, 1900), random.randint(560, 1150)


def _paste(_: QMainWindow, random: random.Random, __: Path) -> Action:
    return "paste", random.choice(PASTED)


def _check(_: QMainWindow, random: random.Random, __: Path) -> Action:
    return "check", random.choice(LOGS), random.choice((0, 0.05, 0.5))


def _drop(_: QMainWindow, random: random.Random, folder: Path) -> Action:
    return "drop", random.choice(_files(folder))


# How often each is done.
DIALOG_WHIMS: dict[Whim, int] = {_press: 3, _type: 4, _pick: 3, _key: 2, _wait: 1}
WHIMS: dict[Whim, int] = {
    _choose: 16, _press: 14, _type: 16, _pick: 6, _drag: 12, _click: 6, _hover: 2, _wheel: 5,
    _context: 4, _key: 10, _dock: 7, _undo: 5, _wait: 3, _resize: 2, _paste: 1, _check: 2,
    _drop: 1,
}  # fmt: skip


def _with(
    window: QMainWindow,
    random: random.Random,
    kind: type | tuple[type, ...],
    do: Callable[[str], Action],
) -> Action | None:
    """Return what is done to something in reach, each thing as likely as the other."""
    names = sorted({name_of(w) for w in in_reach(window, kind)} - {*QTS})
    return do(random.choice(names)) if names else None


def _place(random: random.Random) -> Place:
    return round(random.random(), 3), round(random.random(), 3)


def _files(folder: Path) -> Sequence[str]:
    return sorted(path.name for path in folder.glob("*.*"))

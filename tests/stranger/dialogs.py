"""What a stranger does in what has opened: a menu, a list, a dialog, a dialog for files."""

from pathlib import Path

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QWidget,
)

from stranger.choosing import Choice, name_of
from stranger.events import Events, click, key, write

NUMBERS = (
    "0", "1", "2", "0.001", "0.003", "0.0045", "0.005", "1e-9", "2.5e-7", "1e-300", "3e5", "1e300",
    "-3", "1000", "20000", "999999999", "0.", "1e", "-", "", "abc", "12.5", "0,5",
)  # fmt: skip
SUFFIXES = ("", ".png", ".csv", ".txt", ".py", ".svg", ".pdf", ".xyz")


def use_popup(choice: Choice, popup: QWidget) -> Events:
    """Go on in an open menu or list, or leave it."""
    how, any_of = choice.random.random(), choice.random.choice
    if how < 0.4:
        for _ in range(choice.random.randint(1, 5)):
            yield key(any_of(("Down", "Down", "Up", "Right", "Left")))
        yield key(any_of(("Return", "Escape")))
    elif how < 0.7:
        yield click(name_of(popup), choice.place_in(popup))
    elif how < 0.85:
        yield key("Escape")
    else:
        yield click("anywhere", choice.place_in(choice.window))


def use_dialog(choice: Choice, dialog: QWidget) -> Events:
    """Change something in a dialog, or end it."""
    how, any_of = choice.random.random(), choice.random.choice
    if how < 0.3:
        yield from type_number(choice, dialog)
    elif how < 0.55:
        yield from click_button(choice, dialog)
    elif how < 0.7:
        yield from use_box(choice, dialog)
    elif how < 0.8:
        for _ in range(choice.random.randint(1, 5)):
            yield key(any_of(("Tab", "shift+Tab", " ", "Down", "Up")))
    elif how < 0.85:
        yield click("anywhere", choice.place_in(dialog))
    else:
        yield key(any_of(("Return", "Escape")))


def name_file(choice: Choice, folder: Path) -> Events:
    """Type the whole name of a file, and do nothing else: no other folder is to be touched."""
    any_of, dialog = choice.random.choice, QApplication.activeModalWidget()
    if not isinstance(dialog, QFileDialog):  # It asks whether to replace one.
        yield key(any_of(("Return", "Escape", "alt+y")))
        return
    if choice.random.random() < 0.3:
        yield key("Escape")
        return
    path = any_of(sorted(folder.glob("*.*")))
    if dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave:
        path = folder / "saved" / f"a{any_of(SUFFIXES)}"
    yield key("ctrl+a")
    yield write(str(path))
    yield key("Return")


# In the window, too


def type_number(choice: Choice, top: QWidget | None = None) -> Events:
    """Type a number, or half of one, and finish or not."""
    box = choice.widget((QAbstractSpinBox, QLineEdit), top)
    if box is None:
        return
    any_of = choice.random.choice
    yield click(name_of(box), choice.place_in(box))
    if choice.random.random() < 0.8:
        yield key("ctrl+a")
    for letter in any_of(NUMBERS):
        yield key(letter)
    if choice.random.random() < 0.3:
        yield key(any_of(("Up", "Down", "BackSpace", "ctrl+z")))
    ending = any_of(("Return", "Return", "Tab", "Escape", "elsewhere", ""))
    if ending == "elsewhere":
        yield click("anywhere", choice.place_in(top or choice.window))
    elif ending:
        yield key(ending)


def click_button(choice: Choice, top: QWidget | None = None) -> Events:
    """Click any button."""
    button = choice.widget(QAbstractButton, top)
    if button is not None:
        yield click(name_of(button), choice.place_in(button))


def use_box(choice: Choice, top: QWidget | None = None) -> Events:
    """Open a box of choices and take one, or none."""
    box = choice.widget(QComboBox, top)
    if box is None:
        return
    yield click(name_of(box), choice.place_in(box))
    for _ in range(choice.random.randint(1, 4)):
        yield key(choice.random.choice(("Down", "Down", "Up")))
    yield key(choice.random.choice(("Return", "Return", "Escape")))

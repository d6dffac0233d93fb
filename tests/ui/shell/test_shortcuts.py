"""The list of all keys, and the letters that choose commands and buttons."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from support import child

from gdviz.ui.shell.shortcuts import OWN_KEYS
from gdviz.ui.widgets.commands import letter_of

NATIVE = QKeySequence.SequenceFormat.NativeText


def menus_of(window):
    """Return all menus, and those inside them."""
    todo = [action.menu() for action in window.menuBar().actions()]
    for menu in todo:
        todo += [action.menu() for action in menu.actions() if action.menu()]
    return todo


def with_all_docks(window):
    for feature in window.features:
        for dock in feature.docks:
            dock.open()
            QApplication.processEvents()


@pytest.fixture
def shown(window, qtbot):
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    dialog = child(window, "shortcuts")
    assert dialog.isVisible()
    text = child(window, "shortcuts_list").toPlainText()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(QWidget, "shortcuts") is None)
    return text


def test_every_key_of_the_menus_is_listed(window, shown):
    lines = shown.splitlines()
    with_keys = [
        action for menu in menus_of(window) for action in menu.actions()
        if not action.shortcut().isEmpty()
    ]  # fmt: skip
    assert len(with_keys) > 30
    for action in with_keys:
        assert action.shortcut().toString(NATIVE) in lines
        assert any(action.text().replace("&", "").rstrip("…") in line for line in lines)


def test_keys_of_controls_are_listed(shown):
    for word in ("Change the rate by a notch", "Choose the next point", "Turn the surface",
                 "Go from symbol to symbol", "Rename a run", "Hide or show the selected runs",
                 "Copy the selected lines"):  # fmt: skip
        assert word in shown


def test_whatever_has_keys_of_its_own_is_listed(window):
    with_all_docks(window)
    listed = list(OWN_KEYS.values())
    for widget in window.findChildren(QWidget):
        assert getattr(widget, "own_keys", listed[0]) in listed, widget


def test_no_key_is_there_twice(window):
    keys = Counter(
        key.toString() for menu in menus_of(window) for action in menu.actions()
        for key in action.shortcuts() if not action.menu()
    )  # fmt: skip
    # A dock is offered in the menu it belongs to, and only there.
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_letter_is_twice_in_a_menu(window):
    menus = menus_of(window)
    assert len(menus) > 8
    bar = [action.text() for action in window.menuBar().actions()]
    for texts in (bar, *([action.text() for action in menu.actions()] for menu in menus)):
        letters = Counter(filter(None, map(letter_of, texts)))
        assert [letter for letter, count in letters.items() if count > 1] == [], texts


def test_no_letter_is_twice_in_the_window(window):
    with_all_docks(window)
    texts = [action.text() for action in window.menuBar().actions()]
    texts += [button.text() for button in window.findChildren(QAbstractButton)]
    texts += [label.text() for label in window.findChildren(QLabel) if label.buddy()]
    letters = Counter(filter(None, map(letter_of, texts)))
    assert [letter for letter, count in letters.items() if count > 1] == [], texts

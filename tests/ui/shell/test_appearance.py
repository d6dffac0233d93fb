"""Appearance: the colours that are chosen, remembered, or follow the desktop."""

import pytest
from colours import EVERY_THEME
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QTabBar
from support import child, choose, command

from gdviz.ui.shell.window import MainWindow
from gdviz.ui.theme import DARK, LIGHT, LIGHT_CONTRAST


def test_high_contrast_is_one_of_the_colours(window):
    choose(window, "High contrast")
    QApplication.processEvents()
    assert window.figure.theme is LIGHT_CONTRAST
    assert window.palette().color(QPalette.ColorRole.WindowText) == LIGHT_CONTRAST.text
    choose(window, "Dark")
    assert window.figure.theme is DARK
    choose(window, "As the system")
    assert window.figure.theme is LIGHT


@pytest.mark.parametrize("name", ["As the system", "Light", "Dark", "High contrast"])
def test_the_colours_are_remembered(window, qtbot, name):
    choose(window, name)
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    assert command(again, name).isChecked()
    assert again.figure.theme is window.figure.theme


def test_the_colours_follow_what_the_desktop_prefers(window, qtbot):
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):
        pytest.skip("Qt tells of high contrast from 6.10 on")
    # The desktop of the tests has no preference: that it has changed its mind is all it can say.
    with qtbot.waitSignal(window.appearance.changed) as told:
        hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert told.args[0].name in EVERY_THEME


def test_tabs_of_docks_have_the_colours_and_the_type_of_the_window(window, qtbot):
    choose(window, "Explain")
    choose(window, "Show as Python")
    choose(window, "Dark")
    qtbot.waitUntil(lambda: any(bar.isVisible() for bar in window.findChildren(QTabBar)))
    for bar in window.findChildren(QTabBar):
        assert DARK.accent in bar.styleSheet()
        assert bar.fontInfo().pixelSize() == window.fontInfo().pixelSize()


def test_all_changes_its_colours_where_docks_have_tabs(window):
    choose(window, "Light")
    for name in ("Sweep", "Ledger"):
        choose(window, name)
    QApplication.processEvents()
    choose(window, "Dark")
    panel, image = child(window, "settings"), window.grab().toImage()
    corner = panel.mapTo(window, QPoint(3, panel.height() // 2))
    assert image.pixelColor(corner) == QColor(DARK.panel)

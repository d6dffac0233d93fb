"""Style: the outline of every control, measured in pixels against what is around it."""

import numpy as np
import pytest
from colours import EVERY_THEME, least, luminances
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSlider,
    QSplitterHandle,
    QStyle,
    QStyleOptionButton,
    QStyleOptionSlider,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)
from support import child, choose, command, wait_until_trained

from gdviz.ui.style import dress
from gdviz.ui.theme import DARK, LIGHT, Theme

KINDS = (
    QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QScrollBar, QSlider,
    QSplitterHandle, QTabBar, QTableView,
)  # fmt: skip
# How far around a control, and how deep in it, its outline is looked for.
AROUND, DEEP = 3, 4
GROOVE = 5
# The commands that open all docks, in turn.
DOCKS = ("Runs", "Sweep", "Ledger", "Explain", "Show as Python", "Log", "Lesson", "Check my work")


def contrasts(one, other):
    return (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)


def outline(picture: np.ndarray, place: QRect, sides: str) -> float:
    """Return the contrast of the weakest side of an outline with what is around it."""
    left, right, top, bottom = place.left(), place.right(), place.top(), place.bottom()
    x, y = place.center().x(), place.center().y()
    ways = {
        "top": picture[top - AROUND : top + DEEP, x],
        "bottom": picture[bottom - DEEP + 1 : bottom + AROUND + 1, x][::-1],
        "left": picture[y, left - AROUND : left + DEEP],
        "right": picture[y, right - DEEP + 1 : right + AROUND + 1][::-1],
    }
    return min(float(contrasts(ways[side], ways[side][0]).max()) for side in sides.split())


def drawing(picture: np.ndarray, place: QRect) -> float:
    """Return the strongest contrast within a place: of what is drawn there with its ground."""
    part = picture[place.top() : place.bottom() + 1, place.left() : place.right() + 1]
    return float(contrasts(part.max(), part.min()))


def parts(widget: QWidget) -> dict[str, QRect]:
    """Return which parts of a control have an outline, and where in it they are."""
    style, elements, controls = widget.style(), QStyle.SubElement, QStyle.SubControl
    match widget:
        case QCheckBox() | QRadioButton():
            option = QStyleOptionButton()
            widget.initStyleOption(option)
            is_box = isinstance(widget, QCheckBox)
            element = elements.SE_CheckBoxIndicator if is_box else elements.SE_RadioButtonIndicator
            return {"indicator": style.subElementRect(element, option, widget)}
        case QSlider() | QScrollBar():
            option = QStyleOptionSlider()
            widget.initStyleOption(option)
            if isinstance(widget, QScrollBar):
                kind, part = QStyle.ComplexControl.CC_ScrollBar, controls.SC_ScrollBarSlider
                return {"handle": style.subControlRect(kind, option, part, widget)}
            kind = QStyle.ComplexControl.CC_Slider
            handle = style.subControlRect(kind, option, controls.SC_SliderHandle, widget)
            groove = style.subControlRect(kind, option, controls.SC_SliderGroove, widget)
            groove.setHeight(GROOVE)
            groove.moveCenter(QPoint(groove.center().x(), handle.center().y()))
            return {"groove": groove, "handle": handle}
        case QTabBar():
            return {f"tab {place}": widget.tabRect(place) for place in range(widget.count())}
    return {"": widget.rect()}


def is_bare(widget: QWidget) -> bool:
    """Tell whether a control has no outline, but an icon."""
    if isinstance(widget, QToolButton):
        return widget.autoRaise()
    if isinstance(widget, QPushButton):
        return widget.isFlat()
    return isinstance(widget, QSplitterHandle) or type(widget) is QAbstractButton


def measured(window: QWidget, widget: QWidget, picture: np.ndarray) -> dict[str, float]:
    """Return the contrasts of the parts of a control that are in sight."""
    result = {}
    for part, place in parts(widget).items():
        within = place.translated(widget.mapTo(window, QPoint(0, 0)))
        around = within.adjusted(-AROUND, -AROUND, AROUND, AROUND)
        seen = widget.visibleRegion().boundingRect().contains(place & widget.rect())
        if not (seen and window.rect().contains(around)):
            continue
        sides = "top bottom" if part == "handle" else "top bottom left right"
        name = f"{widget.objectName() or type(widget).__name__} {part}"
        bare = is_bare(widget)
        result[name] = drawing(picture, within) if bare else outline(picture, within, sides)
    return result


def weak(window: QWidget, theme: Theme, only: QWidget | None = None) -> dict[str, float]:
    """Return the controls that can hardly be seen."""
    QApplication.processEvents()
    picture = luminances(window.grab().toImage())
    found = {}
    for widget in window.findChildren(QWidget):
        if isinstance(widget, KINDS) and widget.isVisible() and (only in (None, widget)):
            found |= measured(window, widget, picture)
    assert found or only is not None
    return {name: round(value, 2) for name, value in found.items() if value < least(theme)}


@pytest.fixture(params=EVERY_THEME.values(), ids=EVERY_THEME)
def coloured(request, window, monkeypatch):
    """The window in each theme."""
    monkeypatch.setattr(type(window.appearance), "theme", request.param)
    window.appearance.choose("light")
    return window, request.param


def test_every_control_of_the_window_is_seen(coloured):
    window, theme = coloured
    assert weak(window, theme) == {}
    child(window, "with_bias").click()
    assert weak(window, theme) == {}


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_boxes_of_a_menu_and_the_words_of_a_list_are_seen(coloured):
    window, theme = coloured
    action = command(window, "Surface in 3-D")
    menu = next(menu for menu in window.findChildren(QMenu) if action in menu.actions())
    menu.popup(QPoint(0, 0))
    box = menu.actionGeometry(action)
    box.setWidth(box.height())
    assert drawing(luminances(menu.grab().toImage()), box) >= least(theme)
    menu.close()
    methods = child(window, "method")
    methods.showPopup()
    words = methods.view()
    word = words.visualRect(words.model().index(1, 0)).adjusted(2, 2, -2, -2)
    assert drawing(luminances(words.grab().toImage()), word) >= theme.readable
    methods.hidePopup()


@pytest.mark.parametrize("name", DOCKS)
def test_every_control_of_a_dock_is_seen(coloured, qtbot, name):
    window, theme = coloured
    choose(window, "Keep this run")
    choose(window, name)
    wait_until_trained(qtbot, window)
    QApplication.processEvents()
    assert weak(window, theme) == {}


def test_a_control_with_the_focus_is_seen(coloured):
    window, theme = coloured
    for widget in window.findChildren(QWidget):
        if isinstance(widget, KINDS) and widget.isVisible() and widget.focusPolicy():
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            assert weak(window, theme, widget) == {}


def test_nobody_is_told_of_colours_that_are_there_already(qtbot):
    told = []

    class Told(QWidget):
        def event(self, event):
            told.append(event.type())
            return super().event(event)

    widget = Told()
    qtbot.addWidget(widget)
    for theme, is_new in ((DARK, True), (DARK, False), (LIGHT, True)):
        told.clear()
        dress(theme)
        assert (QEvent.Type.ApplicationPaletteChange in told) is is_new

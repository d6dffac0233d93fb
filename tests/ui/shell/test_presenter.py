"""Full screen: all type grows with the height, the panel folds away, and all comes back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolTip
from support import child, choose, wait_until_trained

from gdviz.ui.theme import PLOT_FONT_PX


def settle():
    for _ in range(10):
        QApplication.processEvents()


@pytest.mark.parametrize("docks", [(), ("Sweep", "Ledger")], ids=["plain", "after tabs"])
def test_f11_enlarges_all_type_and_escape_gives_it_back(window, qtbot, docks):
    for dock in docks + docks:
        choose(window, dock)
    settle()
    sizes = {w: w.font().pointSizeF() for w in window.findChildren(QLabel)}
    room = child(window, "where").height()
    places = {view: view.geometry() for view in window.figure.shown}
    qtbot.keyClick(window, Qt.Key.Key_F11)
    settle()
    assert window.isFullScreen()
    scale = window.figure.theme.scale
    assert scale > 1.4
    for label, size in sizes.items():
        if label not in window.playing.strip.findChildren(QLabel):
            assert label.font().pointSizeF() == pytest.approx(scale * size), label.text()
    assert QToolTip.font().pointSizeF() == window.font().pointSizeF()
    assert window.figure.theme.font_px > 1.4 * PLOT_FONT_PX
    assert not child(window, "panel").isVisible()
    assert child(window, "where").height() > 1.3 * room
    assert child(window, "loss_curve_export").width() == pytest.approx(26 * scale, abs=1)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    settle()
    assert not window.isFullScreen()
    assert {w: w.font().pointSizeF() for w in sizes} == pytest.approx(sizes)
    assert QToolTip.font().pointSizeF() == window.font().pointSizeF()
    assert child(window, "panel").isVisible()
    assert window.figure.theme.font_px == PLOT_FONT_PX
    assert {view: view.geometry() for view in window.figure.shown} == places


def test_marks_grow_with_the_type(window):
    hiker, curve = window.figure.loss_curve._hiker, window.figure.loss_curve._curve
    before = hiker._size, curve._pen.widthF()
    choose(window, "Full screen")
    settle()
    scale = window.figure.theme.scale
    assert (hiker._size, curve._pen.widthF()) == pytest.approx([scale * size for size in before])
    choose(window, "Full screen")
    assert (hiker._size, curve._pen.widthF()) == before


def test_the_panel_can_be_brought_back_in_full_screen(window, qtbot):
    choose(window, "Full screen")
    settle()
    assert not child(window, "panel").isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F8)
    settle()
    assert child(window, "panel").isVisible()
    choose(window, "Full screen")
    settle()
    assert child(window, "panel").isVisible()


def test_what_a_lesson_needs_stays_and_the_lesson_goes_on(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    settle()
    choose(window, "Full screen")
    settle()
    assert child(window, "start_weight").isVisible()
    choose(window, "Full screen")
    settle()
    assert child(window, "lesson_dock").isVisible()
    assert window.teaching._before is not None


def test_a_lesson_that_begins_in_full_screen_brings_the_panel(window, qtbot):
    choose(window, "Full screen")
    settle()
    large = window.figure.theme.scale
    qtbot.keyClick(window, Qt.Key.Key_F1)
    settle()
    assert child(window, "start_weight").isVisible()
    assert window.figure.theme.scale < large
    choose(window, "Full screen")
    settle()
    assert child(window, "lesson_dock").isVisible()


def test_a_lesson_goes_on_when_full_screen_is_left(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    wait_until_trained(qtbot, window)
    window.session.playback.seek(3)
    child(window, "keep").click()
    kept = list(window.session.runs.kept)
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_F11)
        QApplication.processEvents()
    assert not window.isFullScreen()
    assert kept
    assert list(window.session.runs.kept) == kept
    assert window.session.playback.iteration == 3

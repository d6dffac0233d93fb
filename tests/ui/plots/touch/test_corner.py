"""The buttons in the corner of a picture: one of them is there only when the view was moved."""

import pytest
from pictures import LEFT, drag, wheel
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support import child, choose, press, wait_until_trained

PICTURES = ("loss_curve", "landscape", "data_fit", "surface")


@pytest.fixture
def pictures(window, qtbot):
    """The window with every picture that can be moved."""
    window.tuning.set_settings(with_bias=True)
    wait_until_trained(qtbot, window)
    choose(window, "Surface")
    QApplication.processEvents()
    return window


def middle_of(picture):
    return QPointF(picture.viewport().rect().center())


@pytest.mark.usefixtures("quick_mouse")
@pytest.mark.parametrize("name", PICTURES)
def test_a_button_shows_all_again_and_is_there_only_when_the_view_was_moved(pictures, qtbot, name):
    picture, button = child(pictures, name), child(pictures, f"{name}_reset")
    seen = picture.grab().toImage()
    assert button.isHidden()
    for move in (
        lambda: wheel(picture, middle_of(picture), 2),
        lambda: drag(picture, middle_of(picture) + QPointF(30, -60), middle_of(picture))(),
    ):
        move()
        assert button.isVisible()
        assert picture.rect().contains(button.geometry().translated(button.parent().pos()))
        press(qtbot, pictures, f"{name}_reset")
        assert button.isHidden()
    QApplication.processEvents()
    assert picture.grab().size() == seen.size()


@pytest.mark.parametrize("name", PICTURES)
def test_the_command_takes_the_button_away(pictures, name):
    picture, button = child(pictures, name), child(pictures, f"{name}_reset")
    wheel(picture, middle_of(picture), 2)
    assert button.isVisible()
    QTest.keyClick(pictures, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert button.isHidden()


def test_the_legend_keeps_away_from_the_buttons(pictures):
    for name in ("loss_curve", "landscape", "data_fit"):
        picture, button = child(pictures, name), child(pictures, f"{name}_reset")
        wheel(picture, middle_of(picture), 2)
        left = button.parent().x()
        QApplication.processEvents()
        legend = picture.legend
        for entry, place in legend.written:
            end = picture.mapFromScene(legend.mapToScene(place)).x()
            assert end + QFontMetricsF(legend._font).horizontalAdvance(entry.label) < left, entry


def test_a_picture_is_moved_no_further_by_the_button(pictures, qtbot):
    """While the hiker is dragged the view is held, and that is no move of the view."""
    curve = child(pictures, "loss_curve")
    row = pictures.session.playback.row
    place = curve.mapFromScene(curve.view.mapViewToScene(QPointF(row.weight, row.loss)))
    QTest.mousePress(curve.viewport(), LEFT, pos=place)
    for _ in range(3):
        place += QPointF(15, 0).toPoint()
        QTest.mouseMove(curve.viewport(), place)
        assert child(pictures, "loss_curve_reset").isHidden()
    QTest.mouseRelease(curve.viewport(), LEFT, pos=place)
    wait_until_trained(qtbot, pictures)
    assert child(pictures, "loss_curve_reset").isHidden()

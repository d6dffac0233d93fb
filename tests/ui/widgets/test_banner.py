"""A banner is as high as its sentence, which is scrolled where that would take all the room."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from room import clipped
from support import child

from gdviz.ui.widgets.banner import DETAILS_HEIGHT, Banner
from gdviz.ui.widgets.parts import in_column

LONG = "This is what went wrong, and in which line of which file it did. " * 4


@pytest.fixture
def window(qtbot):
    window, below = QWidget(), QWidget()
    window.banner = Banner("notice")
    in_column(window.banner, below, high=below, of=window)
    qtbot.addWidget(window)
    window.resize(600, 600)
    window.show()
    qtbot.waitExposed(window)
    return window


def say(window, words):
    """Return the label of some words, when they have been laid out."""
    window.banner.say(words)
    for _ in range(3):
        QApplication.processEvents()
    return child(window, "notice_text")


def is_whole(label):
    return label.visibleRegion().boundingRect() == label.rect()


def test_a_longer_sentence_takes_more_room_and_a_shorter_one_less(window):
    say(window, "Short.")
    high = window.banner.height()
    label = say(window, LONG)
    assert is_whole(label)
    assert window.banner.height() > high
    assert is_whole(say(window, "Short."))
    assert window.banner.height() == high


def test_a_sentence_without_room_is_scrolled(window):
    window.resize(260, 400)
    label = say(window, LONG)
    assert not is_whole(label)
    assert window.banner.height() < 200
    bar = label.parent().parent().verticalScrollBar()
    assert bar.isVisible()
    bar.setValue(bar.maximum())
    assert label.geometry().bottom() == label.parent().rect().bottom()


@pytest.mark.parametrize("name", ["_".join(["a_long_name"] * 8), "x" * 90])
def test_a_word_longer_than_a_line_is_folded_and_copied_whole(window, name):
    window.resize(260, 600)
    label = say(window, f"Saved /home/somebody/{name}.csv.")
    assert clipped(window) == []
    assert label.width() < 260
    assert label.text() == f"Saved /home/somebody/{name}.csv."
    label.setSelection(0, len(QLabel.text(label)))
    label.setFocus()
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == label.text()


def test_a_button_goes_below_the_sentence_where_both_have_no_room(window):
    font = window.font()
    font.setPointSizeF(3 * font.pointSizeF())
    window.setFont(font)
    for width, is_below in ((1400, False), (560, True)):
        window.resize(width, 800)
        window.banner.say(LONG, actions=[("Use 0.001", lambda: None)])
        for _ in range(5):
            QApplication.processEvents()
        assert clipped(window) == []
        text, button = child(window, "notice_text"), child(window, "notice_action")
        below = text.mapToGlobal(text.visibleRegion().boundingRect().bottomLeft()).y()
        assert (button.mapToGlobal(button.rect().topLeft()).y() > below) is is_below


@pytest.mark.parametrize(("width", "larger"), [(1400, 1), (690, 1), (420, 1), (690, 2), (300, 1)])
def test_several_buttons_crowd_nothing(window, width, larger):
    font = window.font()
    font.setPointSizeF(larger * font.pointSizeF())
    window.setFont(font)
    window.resize(width, 640)
    pressed = []
    labels = ("Read as decimals", "The day first", "Import with options…")
    window.banner.say(LONG, "", [(label, partial(pressed.append, label)) for label in labels])
    for _ in range(5):
        QApplication.processEvents()
    assert clipped(window) == []
    assert window.banner.height() < 0.62 * window.height()
    for label, name in zip(labels, ("", "_2", "_3"), strict=True):
        window.banner.show()
        button = child(window, f"notice_action{name}")
        assert (button.text(), button.isVisible()) == (label, True)
        button.click()
        assert not window.banner.isVisible()
    assert pressed == list(labels)
    window.banner.say("Short.")
    assert not child(window, "notice_action").isVisible()


def test_details_are_as_high_as_their_lines_up_to_a_height(window):
    heights = []
    for lines in (1, 3, 100, 1):
        window.banner.say("Short.", "\n".join(["line 7: “seven”"] * lines))
        for _ in range(5):
            QApplication.processEvents()
        heights.append(child(window, "notice_details").height())
    one, three, most, again = heights
    assert one == again < three < most <= DETAILS_HEIGHT

"""Parts stand beside and above each other in their order, and are called what they are."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from gdviz.ui.widgets.parts import folding_text, in_column, in_row, named


@pytest.fixture
def panel(qtbot):
    panel = QWidget()
    qtbot.addWidget(panel)
    panel.resize(400, 300)
    return panel


def shown(qtbot, panel):
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def test_parts_stand_in_their_order(qtbot, panel):
    left, right, below = QPushButton("left"), QPushButton("right"), QPushButton("below")
    in_column(in_row("words", left, None, right), below, of=panel)
    shown(qtbot, panel)
    words = panel.findChild(QLabel)
    assert words.text() == "words"
    assert words.x() < left.x() < right.x()
    assert right.geometry().right() > 380
    assert below.y() > right.y()


def test_one_part_takes_the_room_that_is_left(qtbot, panel):
    wide, small, high = QPushButton("wide"), QPushButton("small"), QWidget()
    in_column(in_row(wide, small, wide=wide), high, high=high, of=panel, margins=(1, 2, 3, 4))
    shown(qtbot, panel)
    assert wide.width() > 2 * small.width()
    assert high.height() > 200
    assert (wide.x(), wide.y()) == (1, 2)
    assert (small.geometry().right(), high.geometry().bottom()) == (396, 295)


def test_a_widget_is_named_for_the_program_the_ear_and_the_mouse(qtbot):
    button = named(QPushButton("&Go"), "go", "Go on", "Goes on")
    qtbot.addWidget(button)
    assert (button.objectName(), button.accessibleName(), button.toolTip()) == (
        "go", "Go on", "Goes on",
    )  # fmt: skip


def test_a_text_that_folds_shows_markup_as_it_is(qtbot):
    text = folding_text("note")
    qtbot.addWidget(text)
    text.setText("<b>a long</b> text with many words that do not fit beside each other")
    assert text.heightForWidth(80) > 3 * text.fontMetrics().height()
    text.setText("<i>x</i>")
    assert text.sizeHint().width() >= text.fontMetrics().horizontalAdvance("<i>x</i>")

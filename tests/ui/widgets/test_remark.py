"""What is said of a control can be read, and is over when the control is gone."""

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from room import clipped
from support import child, text

from gdviz.ui.widgets.remark import remark


def test_another_control_is_spoken_of_when_the_first_is_gone(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    first, second = QPushButton("one", window), QPushButton("two", window)
    layout = QVBoxLayout(window)
    layout.addWidget(first)
    layout.addWidget(second)
    window.show()
    remark(first, "This is one.")
    with qtbot.waitSignal(first.destroyed):
        first.deleteLater()
    remark(second, "This is two.")
    assert text(window, "remark") == "This is two."
    assert child(window, "remark").isVisible()


@pytest.mark.parametrize("font_px", [10, 13, 40])
def test_it_is_read_in_type_of_any_size(qtbot, font_px):
    window = QWidget()
    qtbot.addWidget(window)
    font = window.font()
    font.setPixelSize(font_px)
    window.setFont(font)
    control = QPushButton("one", window)
    window.resize(1920, 1200)
    window.show()
    remark(control, "“0.005” is not a whole number from 1 to 1,000,000,000. It stays 100.")
    said = child(window, "remark")
    assert said.isVisible()
    assert clipped(window) == []
    assert said.height() < 4 * said.fontMetrics().lineSpacing()

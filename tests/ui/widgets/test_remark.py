"""What is said of a control is over when the control is gone."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
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

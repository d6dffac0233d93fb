"""What is scrolled tells how much room it needs, however often that changes."""

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from gdviz.ui.widgets.parts import in_column
from gdviz.ui.widgets.scrolled import ScrolledDown


def test_what_changed_while_it_was_hidden_counts_when_it_is_shown(qtbot):
    window, panel, part, content = QWidget(), QWidget(), QWidget(), QWidget()
    qtbot.addWidget(window)
    in_column(part, of=content)
    in_column(ScrolledDown(content), of=panel)
    QVBoxLayout(window).addWidget(panel)
    window.show()
    usual = panel.minimumSizeHint().width()
    panel.hide()
    for width in (400, 0):
        part.setMinimumWidth(width)
        QApplication.processEvents()
        panel.minimumSizeHint()
    panel.show()
    QApplication.processEvents()
    assert panel.minimumSizeHint().width() == usual

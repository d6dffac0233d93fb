"""What is scrolled tells how much room it needs, however often that changes."""

from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from gdviz.ui.widgets.parts import folding_text, in_column, in_row
from gdviz.ui.widgets.scrolled import Scrolled, ScrolledDown


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


def test_what_became_narrower_while_it_was_hidden_is_laid_out_so(qtbot):
    window, panel, content = QWidget(), QWidget(), QWidget()
    qtbot.addWidget(window)
    part = QPushButton("Copy")
    font, large = part.font(), part.font()
    large.setPointSizeF(4 * font.pointSizeF())
    in_column(in_row(part, QPushButton("Save")), of=content)
    in_column(Scrolled(content), of=panel)
    QVBoxLayout(window).addWidget(panel)
    window.resize(900, 300)
    content.setFont(large)
    window.show()
    QApplication.processEvents()
    panel.hide()
    content.setFont(font)
    QApplication.processEvents()
    window.resize(300, 300)
    QApplication.processEvents()
    panel.show()
    QApplication.processEvents()
    assert content.layout().geometry() == content.rect()


def test_a_bar_goes_where_text_fits_without_it(qtbot):
    text, content = folding_text("text"), QWidget()
    text.setText("words " * 60)
    in_column(text, of=content)
    scrolled = Scrolled(content)
    qtbot.addWidget(scrolled)
    bar = scrolled.verticalScrollBar().sizeHint().width()
    folded = content.heightForWidth
    width = next(width for width in range(200, 300) if folded(width) < folded(width - bar))
    scrolled.show()
    for height, is_scrolled in ((-20, True), (0, False)):
        scrolled.resize(width, folded(width) + height)
        QApplication.processEvents()
        assert scrolled.verticalScrollBar().isVisible() is is_scrolled

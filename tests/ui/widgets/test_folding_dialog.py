"""A dialog is high enough for its texts: at first, when it gets narrower, and in larger type."""

import pytest
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from room import clipped

from gdviz.ui.widgets.folding_dialog import FoldingDialog
from gdviz.ui.widgets.parts import folding_text, in_column


@pytest.fixture
def dialog(qtbot):
    dialog = FoldingDialog()
    qtbot.addWidget(dialog)
    about = folding_text("about")
    about.setText("So many words that they have no room beside each other. " * 6)
    in_column(about, QDialogButtonBox(QDialogButtonBox.StandardButton.Ok), of=dialog)
    return dialog


def settle():
    for _ in range(5):
        QApplication.processEvents()


def enlarge(dialog):
    font = dialog.font()
    font.setPointSizeF(3 * font.pointSizeF())
    dialog.setFont(font)


def test_at_first_in_any_type(dialog):
    # On a narrow screen a dialog isn't as wide as it wishes.
    dialog.setMaximumWidth(300)
    enlarge(dialog)
    dialog.show()
    settle()
    assert dialog.width() == 300
    assert clipped(dialog) == []


def test_in_type_that_is_enlarged_meanwhile(dialog):
    dialog.show()
    settle()
    enlarge(dialog)
    settle()
    assert clipped(dialog) == []
    dialog.hide()
    dialog.show()
    settle()
    assert clipped(dialog) == []


def test_when_it_is_dragged_narrower(dialog):
    dialog.resize(600, 200)
    dialog.show()
    settle()
    assert dialog.height() == 200
    dialog.resize(200, 200)
    settle()
    assert dialog.width() == 200
    assert clipped(dialog) == []
    dialog.resize(600, 400)
    settle()
    assert dialog.size().toTuple() == (600, 400)

"""Widgets of our own tell what they are, however often they come and go."""

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from support import heard

from gdviz.core.descent.descent import Experiment
from gdviz.core.explain.pieces import EQUALS, LOSS, as_number
from gdviz.ui.plots.loss_curve import LossCurve
from gdviz.ui.plots.surface.surface import Surface
from gdviz.ui.settings.rate_dial import RateDial
from gdviz.ui.widgets.formula_line import FormulaLine
from gdviz.ui.widgets.paragraph import Paragraph

Role, Text = QAccessible.Role, QAccessible.Text
# Interfaces that a slider doesn't have; asking for them must not crash.
OTHERS = ("textInterface", "editableTextInterface", "selectionInterface", "tableCellInterface")
MANY = 200


@pytest.fixture
def dial(qtbot, pizza):
    dial = RateDial()
    qtbot.addWidget(dial)
    dial.set_experiment(Experiment(pizza, 100, 0.001))
    return dial


def test_the_rate_bar_is_a_slider_that_holds_the_rate(qtbot, dial):
    assert heard(dial)[0] is Role.Slider
    face = QAccessible.queryAccessibleInterface(dial)
    value = face.valueInterface()
    assert value.currentValue() == 0.001
    assert value.minimumValue() < 0.001 < 0.0045 < value.maximumValue() < 1
    with qtbot.waitSignal(dial.rate_requested) as asked:
        value.setCurrentValue(0.002)
    assert asked.args == [0.002]
    said = face.text(Text.Description)
    assert said.startswith("0.001, fast; best 0.00228, limit 0.00457.")
    assert [getattr(face, name)() for name in OTHERS] == [None] * len(OTHERS)
    assert face.actionInterface() is not None


@pytest.mark.parametrize("kind", [LossCurve, Surface])
def test_a_picture_is_a_chart_that_is_described_when_somebody_asks(qtbot, kind):
    picture = kind()
    qtbot.addWidget(picture)
    assert heard(picture) == (Role.Chart, picture.title)
    asked = []
    picture.account = lambda: asked.append(1) or "The hiker stands here."
    assert not asked
    said = QAccessible.queryAccessibleInterface(picture).text(Text.Description)
    assert said.startswith("The hiker stands here. The loss of every weight")


def test_formulas_and_paragraphs_are_texts(qtbot):
    line, words = FormulaLine(20), Paragraph()
    for widget in (line, words):
        qtbot.addWidget(widget)
    line.set_pieces((LOSS, EQUALS, as_number(-2.5, "loss")))
    words.set_text("A word.")
    assert heard(line) == (Role.StaticText, "L equals minus 2.5000")
    assert heard(words) == (Role.StaticText, "A word.")


def test_a_plain_widget_has_the_face_that_qt_gives_it(qtbot):
    plain = QWidget()
    qtbot.addWidget(plain)
    assert heard(plain)[0] is Role.Client


def test_faces_come_and_go_with_their_widgets(qapp, listening):
    assert listening
    for number in range(MANY):
        parent = QWidget()
        widgets = RateDial(parent), FormulaLine(20, parent), Paragraph(parent)
        for widget in widgets:
            face = QAccessible.queryAccessibleInterface(widget)
            face.text(Text.Name)
            assert face.parent() is not None
        value = QAccessible.queryAccessibleInterface(widgets[0]).valueInterface()
        assert value.currentValue() > 0
        parent.show()
        parent.deleteLater()
        del parent, widgets, widget, face
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qapp.processEvents()
        if number % 20 == 0:
            gc.collect()

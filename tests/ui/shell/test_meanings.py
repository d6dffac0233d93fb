"""Terms: wherever one stands in the window, pointing at it tells what it means."""

import re

import pytest
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QSpinBox,
    QTabBar,
    QToolTip,
    QWidget,
)
from support import child, choose, wait_until_trained

from gdviz.core.words.glossary import TERMS, meaning_of
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.surface.surface import Surface
from gdviz.ui.widgets.paragraph import Paragraph

# What a beginner doesn't know yet, and where else the same word stands for something else.
WORDS = {
    "loss": "loss", "slope": "slope", "weight": "weight", "bias": "bias", "tolerance": "tolerance",
    "limit": "limit", "best": "best rate", "z": "z",
}  # fmt: skip
NOTHING = "nothing was told"

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


@pytest.fixture
def tell(window, qtbot):
    """Point at places of the window, and return what is told there."""

    def told(widget, place):
        QToolTip.showText(window.pos(), NOTHING, window)
        under = widget.childAt(place) or widget
        here = under.mapFrom(widget, place)
        QApplication.sendEvent(
            under, QHelpEvent(QEvent.Type.ToolTip, here, under.mapToGlobal(here))
        )
        return QToolTip.text()

    yield told
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def labels(window):
    """Yield what is written in the window: the text, the widget and the place there."""
    for widget in window.findChildren(QWidget):
        centre = widget.rect().center()
        if widget.window() is not window or widget.visibleRegion().isEmpty():
            continue
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text().replace("&", ""), widget, centre
        elif isinstance(widget, Paragraph):
            yield widget.text, widget, centre
        elif isinstance(widget, QTabBar):
            for tab in range(widget.count()):
                yield widget.tabText(tab), widget, widget.tabRect(tab).center()
        elif isinstance(widget, Surface):
            yield "loss, weight w, bias b", widget, centre
        elif isinstance(widget, Plot):
            for text, centre in entries(widget):
                yield text, widget, widget.mapFromScene(widget.legend.mapToScene(centre))
            # What the data are called means something else.
            axes = [] if widget.name == "data_fit" else [widget.left, widget.bottom]
            for axis in axes:
                place = widget.mapFromScene(axis.sceneBoundingRect().center())
                yield axis.labelText, widget, place


def entries(plot):
    """Yield what is written in a legend, and where in its line."""
    yield plot.title, QPointF(4, 8)
    for entry, corner in plot.legend.written:
        yield entry.label, corner + QPointF(4, 8)


def plain(window):
    window.session.playback.seek(5)


def with_bias(window):
    window.tuning.set_settings(with_bias=True, tolerance=0.5)


def standardised(window):
    window.tuning.set_settings(with_bias=True, standardise=True)


def low(window):
    standardised(window)
    window.resize(1000, 420)


def surface(window):
    with_bias(window)
    choose(window, "Surface")


def docks(window):
    standardised(window)
    for name in ("Explain", "Sweep", "Runs"):
        choose(window, name)


SEEN = {
    plain: {"loss", "slope", "weight", "bias", "tolerance", "limit", "best"},
    with_bias: {"loss", "slope", "weight", "bias", "tolerance", "limit", "best"},
    standardised: set(WORDS),
    low: set(WORDS) - {"tolerance", "limit", "best"},
    surface: {"loss", "slope", "weight", "bias", "tolerance", "limit", "best"},
    docks: set(WORDS),
}


@pytest.mark.parametrize("state", SEEN)
def test_every_term_that_is_seen_can_be_pointed_at(window, qtbot, tell, state):
    state(window)
    wait_until_trained(qtbot, window)
    seen = set()
    for text, widget, place in labels(window):
        words = {word for word in WORDS if re.search(rf"\b{word}\b", text, re.IGNORECASE)}
        told = tell(widget, place) if words else ""
        for word in words:
            assert meaning_of(WORDS[word]) in told, (text, widget.objectName(), told)
        assert all(told.count(meaning_of(WORDS[word])) == 1 for word in words)
        seen |= words
    assert seen >= SEEN[state]


@pytest.mark.parametrize(
    ("name", "term"),
    [("weight", "weight"), ("rate", "learning rate"), ("slope", "slope"), ("loss", "loss"),
     ("next_weight", "weight")],
)  # fmt: skip
def test_the_numbers_of_the_step_say_what_they_are(window, tell, name, term):
    number = child(window, name)
    assert tell(number, number.rect().center()) == meaning_of(term)
    assert number.toolTip() == meaning_of(term)  # which is what a screen reader says


@pytest.mark.parametrize(
    ("name", "begins"),
    [("tolerance", "0 turns it off"), ("learning_rate", "A number such as"),
     ("with_bias", "Learn a second number"), ("rate_limit", "Use the limit, 0.00"),
     ("best_rate", "Use the best rate, 0.00")],
)  # fmt: skip
def test_what_a_control_does_stands_above_what_it_is(window, tell, name, begins):
    control = child(window, name)
    place = control.rect().center()
    first, *others = tell(control, place).split("\n")
    assert first.startswith(begins)
    term = {"with_bias": "bias", "rate_limit": "limit"}.get(name, name.replace("_", " "))
    assert "\n".join(others) == meaning_of(term)


def test_a_legend_tells_of_the_entry_that_is_pointed_at(window, qtbot, tell):
    plot = window.figure.landscape
    choose(window, "Keep")
    window.tuning.set_settings(with_bias=True, learning_rate=0.0005)
    wait_until_trained(qtbot, window)
    told = {
        text: tell(plot, plot.mapFromScene(plot.legend.mapToScene(place)))
        for text, place in entries(plot)
    }
    assert told["hiker"] == meaning_of("hiker")
    more = child(window, "landscape_more")
    assert tell(more, more.rect().center()).endswith(meaning_of("minimum"))
    # Else it is told what the picture is; so where a run is named, which is up to the user.
    assert {told["Landscape"], told["steps"], told["rate 0.001"]} == {plot.toolTip()}


def test_a_dock_in_a_window_of_its_own_tells_it_too(window, tell):
    choose(window, "Explain")
    dock = child(window, "explain_dock")
    dock.setFloating(True)
    title = next(part for part in dock.findChildren(Paragraph) if "slope" in part.text.lower())
    assert meaning_of("slope") in tell(title, title.rect().center())


def test_what_the_data_are_called_isnt_explained(window, qtbot, tell, tmp_path):
    (tmp_path / "kg.csv").write_text("weight,loss\n1,2\n2,3\n3,5\n")
    window.opening.open_file(tmp_path / "kg.csv")
    wait_until_trained(qtbot, window)
    plot = window.figure.data_fit
    for axis, name in ((plot.left, "loss"), (plot.bottom, "weight")):
        assert axis.labelText == name
        told = tell(plot, plot.mapFromScene(axis.sceneBoundingRect().center()))
        assert TERMS[name] not in told.replace("\n", " ")


def test_what_explains_nothing_tells_nothing(window, tell):
    iterations = window.findChild(QSpinBox, "iterations")
    assert "iteration" in tell(iterations, iterations.rect().center())
    for name in ("panel", "transport"):
        widget = child(window, name)
        assert tell(widget, widget.rect().bottomLeft()) == NOTHING

"""Axes: names and numbers have room, whatever they are."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from gdviz.core.descent.descent import Experiment
from gdviz.core.tables.calendar import Calendar
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.plots.data_fit import DataFit
from gdviz.ui.theme import LIGHT, with_larger_type

LONG = "the number of square feet of living space above ground, in hundreds, without the garage"


@pytest.fixture
def plot(qtbot):
    plot = DataFit()
    plot.set_theme(LIGHT)
    qtbot.addWidget(plot)
    plot.resize(300, 200)
    plot.show()
    qtbot.waitExposed(plot)
    return plot


def numbers(axis):
    """Return where the numbers of an axis stand, and the numbers."""
    paper = QPixmap(1, 1)
    painter = QPainter(paper)
    _, _, texts = axis.generateDrawSpecs(painter)
    painter.end()
    return [(axis.mapRectToScene(box), text) for box, _, text in texts]


def show(plot, x, y, names=("x", "y")):
    plot.set_experiment(Experiment(Dataset(x, y, *names)))
    QApplication.processEvents()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("unit", [1e-12, 1e-5, 0.01, 1.0, 150.0, 1e5, 1e12])
@pytest.mark.parametrize("offset", [0.0, -20.0, 1e7])
def test_no_number_is_cut_or_over_another(plot, scale, unit, offset):
    plot.set_theme(with_larger_type(LIGHT, scale))
    plot.resize(round(300 * scale), round(200 * scale))
    values = [unit * (offset + k) for k in (1, 2, 7)]
    show(plot, values, values)
    boxes = [box for axis in (plot.left, plot.bottom) for box, _ in numbers(axis)]
    for axis in (plot.left, plot.bottom):
        texts = [text for _, text in numbers(axis)]
        assert len(set(texts)) == len(texts) >= 2
    inside = QRectF(plot.rect())
    assert all(inside.contains(box) for box in boxes)
    # Of a number no more than the digits shows.
    digits = [box.adjusted(0, 3 * scale, 0, -3 * scale) for box in boxes]
    assert not any(one.intersects(other) for one, other in combinations(digits, 2))
    # Between them and the edge the name has room.
    assert min(box.left() for box, _ in numbers(plot.left)) > 13 * scale


def test_all_left_axes_are_equally_wide(plot):
    widths = set()
    for unit in (1e-12, 0.01, 1.0, 1e12):
        show(plot, [unit, 3 * unit], [-unit, 4 * unit])
        widths.add(plot.left.size().width())
    assert len(widths) == 1


def test_timestamps_differ_and_say_from_where_they_count(plot):
    start = 1_616_980_000_000
    show(plot, [start, start + 40_000], [1, 2])
    texts = [text for _, text in numbers(plot.bottom)]
    assert len(set(texts)) == len(texts) >= 2
    assert plot.bottom.common.endswith("10¹²")


def test_a_long_name_is_elided_and_whole_in_the_tooltip(plot):
    show(plot, [1, 2, 3], [4e9, 5e9, 9e9], (LONG, LONG))
    for axis in (plot.bottom, plot.left):
        assert "…" in axis._name
        assert axis.toolTip().startswith(LONG)
    assert "10⁹" in plot.left.toolTip()


def test_a_short_name_needs_no_tooltip(plot):
    show(plot, [1, 2, 3], [4, 5, 9])
    assert plot.bottom.toolTip() == plot.left.toolTip() == ""


def test_what_numbers_share_is_whole_however_low_the_plot(plot):
    plot.resize(300, 145)
    show(plot, [1, 2, 3], [4e9 + 1e15, 5e9 + 1e15, 9e9 + 1e15], ("x", LONG))
    plot.grab()
    assert plot.left.common.endswith("10¹⁵")
    picture, paper = plot.grab().toImage(), QColor(LIGHT.plot)
    rows = [
        y for y in range(25, picture.height()) for x in range(4, 20)
        if picture.pixelColor(x, y) != paper
    ]  # fmt: skip
    # Between the title and the plot's lower edge.
    assert rows
    assert min(rows) > 25
    assert max(rows) < 144


@pytest.mark.parametrize("size", [(300, 200), (900, 500)])
@pytest.mark.parametrize("span", [1e-3, 0.1, 1.5, 20, 100, 400, 4000, 1e5])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_date_is_cut_or_over_another(plot, scale, span, size):
    plot.set_theme(with_larger_type(LIGHT, scale))
    plot.resize(*(round(scale * px) for px in size))
    calendar = Calendar.since("date", 19_716.4)
    plot.set_experiment(Experiment(Dataset([0, span], [1, 2], "date", calendar=calendar)))
    QApplication.processEvents()
    boxes = [box for box, _ in numbers(plot.bottom)]
    assert len(boxes) >= 2
    assert all(QRectF(plot.rect()).contains(box) for box in boxes)
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))


def test_dates_give_way_to_numbers(plot, dated):
    plot.set_experiment(Experiment(dated))
    QApplication.processEvents()
    assert [text for _, text in numbers(plot.bottom)] == ["8 Jan", "22 Jan"]
    assert plot.bottom.common == "2024"
    show(plot, [1, 2, 3], [4, 5, 9])
    assert "3" in [text for _, text in numbers(plot.bottom)]
    assert plot.bottom.common == ""

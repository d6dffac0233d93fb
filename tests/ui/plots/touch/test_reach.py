"""The mouse is on what is nearest, and on nothing that is too far or not shown."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from gdviz.ui.plots.drawing.marks import Curve, Dots
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.touch.reach import is_on, nearest


@pytest.fixture
def plot(qtbot):
    plot = Plot()
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.grab()
    return plot


def beside(plot, x, y, *shift):
    return plot.view.mapViewToScene(QPointF(x, y)) + QPointF(*shift)


@pytest.mark.parametrize(
    ("mouse", "index"), [((1, 0), 0), ((9, 2), 1), ((10, 5), 1), ((10, 5.1), None)]
)
def test_the_nearest_point_within_reach(mouse, index):
    points = np.array([(0.0, 0.0), (10.0, 0.0), (np.nan, np.inf)])
    assert nearest(points, QPointF(*mouse), 5.0) == index


def test_of_no_points_none_is_near():
    assert nearest(np.empty((0, 2)), QPointF(), 5.0) is None


def test_a_dot_reaches_as_far_as_its_rim_and_a_hidden_one_nowhere(plot):
    dots = Dots(10)
    plot.moving.add(dots)
    assert not is_on(dots, QPointF(), 1e9)
    dots.set_points([0.5], [0.5])
    assert is_on(dots, beside(plot, 0.5, 0.5, 8.9, 0), 4.0)
    assert not is_on(dots, beside(plot, 0.5, 0.5, 9.1, 0), 4.0)
    dots.set_visible(False)
    assert not is_on(dots, beside(plot, 0.5, 0.5), 4.0)


def test_a_curve_is_met_between_its_points_but_not_between_its_pieces(plot):
    curve, pieces = Curve(), Curve(pairs=True)
    plot.moving.add(curve, pieces)
    for mark in (curve, pieces):
        mark.set_points([0.1, 0.3, 0.7, 0.9], [0.5] * 4)
    for x, on_curve, on_pieces in ((0.2, True, True), (0.5, True, False), (0.0, False, False)):
        mouse = beside(plot, x, 0.5, 0, 3)
        assert (is_on(curve, mouse, 4.0), is_on(pieces, mouse, 4.0)) == (on_curve, on_pieces)
    assert not is_on(curve, beside(plot, 0.5, 0.5, 0, 5), 4.0)

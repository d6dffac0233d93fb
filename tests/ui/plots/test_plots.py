"""The plots show what the numbers say, for any data and however far a run goes astray."""

import numpy as np
import pyqtgraph
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.geometry.thinning import MOST_POINTS
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.numbers import number_text
from gdviz.ui.plots.data_fit import DataFit
from gdviz.ui.plots.drawing.sheet import Sheet
from gdviz.ui.plots.figure import Figure
from gdviz.ui.plots.loss_history import SCALES
from gdviz.ui.theme import DARK, LIGHT

quickly = settings(derandomize=True, deadline=None, max_examples=100)
values = st.floats(-1e6, 1e6)
columns = st.integers(1, 30).flatmap(
    lambda rows: st.tuples(*[arrays(float, rows, elements=values)] * 2)
)


def usable(x, y):
    """Return a data set of two columns whose squares are numbers."""
    assume(all(np.abs(column).max() == 0 or np.abs(column).max() > 1e-100 for column in (x, y)))
    return Dataset(x, y)


@pytest.fixture
def figure(qtbot):
    figure = Figure(LIGHT)
    qtbot.addWidget(figure)
    figure.resize(900, 600)
    figure.grab()  # lays it out, as showing it would
    return figure


def show(figure, experiment, iteration=None):
    """Show an iteration, by default the last, and return its row."""
    record = run(experiment)[0].record
    figure.set_experiment(experiment)
    row = record.at(record.newest if iteration is None else iteration)
    figure.show_row(record, row, row.iteration, finished=True)
    QApplication.processEvents()
    return row


def marks(plot):
    """Return the marks of a plot that show anything."""
    return [
        mark for item in plot.scene().items() if isinstance(item, Sheet) and item.isVisible()
        for mark in item.marks if not mark.is_empty
    ]  # fmt: skip


def assert_drawable(figure):
    """All that is shown is finite, not far out of the view, and can be painted."""
    for plot in figure.shown:
        ranges = np.array(plot.view.viewRange())
        assert np.isfinite(ranges).all()
        low, size = ranges[:, 0], ranges[:, 1] - ranges[:, 0]
        assert (size > 0).all()
        for mark in marks(plot):
            assert np.isfinite(mark.points).all()
            assert (np.abs((mark.points - low) / size) < 1e6).all(), (plot.title, mark)
        assert not plot.grab().isNull()


# What is drawn


def test_the_cross_stands_at_the_best_weight(figure, pizza):
    show(figure, Experiment(pizza))
    weight = np.linalg.lstsq(pizza.x[:, np.newaxis], pizza.y)[0][0]
    (at, height), *others = figure.loss_curve._optimum.points
    assert at == pytest.approx(weight, rel=1e-14)
    assert height == pytest.approx(np.mean((pizza.y - weight * pizza.x) ** 2), rel=1e-14)
    assert not others


@pytest.mark.parametrize("iteration", [0, 1, 7, 100])
def test_hiker_tangent_and_arrow_are_those_of_the_row(figure, pizza, iteration):
    row = show(figure, Experiment(pizza), iteration)
    curve = figure.loss_curve
    assert curve._hiker.points.tolist() == [[row.weight, row.loss]]
    left, right = curve._tangent.points
    assert (right - left)[1] / (right - left)[0] == pytest.approx(
        row.weight_gradient, rel=1e-9, abs=1e-9
    )
    assert (left + right) / 2 == pytest.approx(np.array([row.weight, row.loss]))
    start, end = curve._arrow.points
    assert start.tolist() == [row.weight, row.loss]
    assert end == pytest.approx(np.array([row.weight - 0.001 * row.weight_gradient, row.loss]))


def test_the_parabola_is_the_loss(figure, pizza):
    show(figure, Experiment(pizza))
    weights, losses = figure.loss_curve._curve.points.T
    assert (weights[0], weights[-1]) == (-1, 4)
    expected = [np.mean((pizza.y - w * pizza.x) ** 2) for w in weights]
    np.testing.assert_allclose(losses, expected, rtol=1e-12)


def test_the_line_is_the_weight_times_x(figure, pizza):
    row = show(figure, Experiment(pizza), 3)
    x, y = figure.data_fit._line.points.T
    np.testing.assert_allclose(y, row.weight * x, rtol=1e-12)
    left, right = figure.data_fit.view.viewRange()[0]
    assert x.tolist() == [left, right]


def test_the_history_is_the_record_and_the_dot_its_row(figure, pizza):
    row = show(figure, Experiment(pizza), 20)
    history, record = figure.loss_history, run(Experiment(pizza))[0].record
    np.testing.assert_array_equal(history._whole.points, list(enumerate(record.loss)))
    np.testing.assert_array_equal(history._dot.points, [[20, row.loss]])
    np.testing.assert_array_equal(history._past.points, history._whole.points)
    assert history._so_far.boundingRect().right() == 20


def test_steps_are_shown_up_to_the_row_and_no_further(figure, pizza):
    row = show(figure, Experiment(pizza), 2)
    weights = figure.loss_curve._dots.points[:, 0]
    assert weights.tolist() == run(Experiment(pizza))[0].record.weight[:3].tolist()
    assert weights[-1] == row.weight


@pytest.fixture(scope="module")
def data_fit(qapp):  # noqa: ARG001  (a widget needs the application)
    return DataFit()


@quickly
@given(xy=columns, weight=st.floats(-1e300, 1e300) | st.floats(-10, 10) | st.floats(-1e-9, 1e-9))
@example(xy=([100.0, 101.0], [5.0, 5.5]), weight=0.0)
@example(xy=([100.0, 101.0], [5.0, 5.5]), weight=0.001)
@example(xy=([100.0, 101.0], [5.0, 5.5]), weight=-1e300)
@example(xy=([0.0, 10.0], [0.0, 20.0]), weight=1e300)
@example(xy=([0.0, 0.0], [0.0, 0.0]), weight=2.0)
def test_a_line_of_any_weight_stays_in_view(data_fit, xy, weight):
    dataset = usable(*xy)
    data_fit.set_experiment(Experiment(dataset))
    (left, right), (bottom, top) = data_fit._view
    x, y = data_fit._segment(weight, 0.0).T
    assert len(x) in (0, 2)
    assert ((left <= x) & (x <= right)).all()
    assert ((bottom <= y) & (y <= top)).all()
    if 1e-6 < abs(weight) < 1e6:
        np.testing.assert_allclose(y, weight * x, rtol=1e-9, atol=1e-9 * (top - bottom))


@pytest.mark.parametrize(
    ("weight", "outside", "steep"),
    [(0.055, False, False), (0.0, False, False), (0.001, False, False), (-0.05, True, False),
     (50.0, True, True)],
)  # fmt: skip
def test_a_line_that_misses_the_picture_is_named_and_only_a_steep_one_called_steep(
    figure, weight, outside, steep
):
    """Far from the origin, a line that falls passes below all data and the start."""
    row = show(figure, Experiment(Dataset([100.0, 101.0, 102.0], [5.0, 5.5, 6.0]), 1, 1e-9))
    figure.data_fit.show_row(row._replace(weight=weight))
    note = figure.data_fit._outside
    assert note.isVisible() is outside
    assert steep or not note.isVisible() or "steep" not in note.textItem.toPlainText()


# Runs and data at their worst


@pytest.mark.parametrize("learning_rate", [0.0046, 0.01, 1.0, 1e30, 1e150, 1e300])
def test_a_divergent_run_can_be_drawn_to_its_end(figure, pizza, learning_rate):
    for iteration in (0, 1, 50, None):
        for scale in SCALES:
            figure.loss_history.set_scale(scale)
            show(figure, Experiment(pizza, 5000, learning_rate), iteration)
            assert_drawable(figure)


def test_a_hiker_out_of_view_is_named_with_the_weight(figure, pizza):
    row = show(figure, Experiment(pizza, 5000, 0.01))
    curve = figure.loss_curve
    assert not curve._hiker.visible
    assert curve._outside.isVisible()
    assert number_text(row.weight, 3) in curve._outside.textItem.toPlainText()


ODD_DATA = {
    "x all zero": ([0, 0, 0], [1, 2, 3]),
    "y all zero": ([1, 2, 3], [0, 0, 0]),
    "all zero": ([0, 0], [0, 0]),
    "one row": ([2], [5]),
    "one row at zero": ([0], [0]),
    "one row of zero x": ([0], [3]),
    "equal rows": ([3, 3, 3], [7, 7, 7]),
    "a perfect line": ([1, 2, 3], [2, 4, 6]),
    "negative": ([-5, -3, -1], [-2, -9, -4]),
    "start at the minimum": ([-1, 1], [1, 1]),
    "all but level": ([-1, 1], [1, 1 + 1e-7]),
    "far from the origin": ([1e9, 1e9 + 1], [5, 6]),
    "huge": ([1e100, 2e100], [3e100, 5e100]),
    "tiny": ([1e-100, 2e-100], [3e-100, 5e-100]),
    "huge x, tiny y": ([1e100, 2e100], [3e-100, 5e-100]),
    "tiny x, huge y": ([1e-100, 2e-100], [3e100, 5e100]),
    "the largest": ([1e140, -1e140], [1e140, 1e139]),
    "the smallest": ([1e-140, -1e-140], [1e-140, 1e-139]),
}


@pytest.mark.parametrize("data", ODD_DATA.values(), ids=ODD_DATA)
@pytest.mark.parametrize("with_bias", [False, True])
def test_odd_data_can_be_drawn(figure, data, with_bias):
    dataset = Dataset(*data)
    rate = Experiment(dataset, with_bias=with_bias).safe_learning_rate
    experiment = Experiment(dataset, 100, rate, with_bias=with_bias)
    figure.show_view("landscape", with_bias)
    for iteration in (0, 1, 100):
        for scale in SCALES:
            figure.loss_history.set_scale(scale)
            show(figure, experiment, iteration)
            assert_drawable(figure)


@pytest.mark.parametrize("data", ODD_DATA.values(), ids=ODD_DATA)
@pytest.mark.parametrize("with_bias", [False, True])
def test_odd_data_can_be_drawn_at_any_rate(figure, data, with_bias):
    figure.show_view("landscape", with_bias)
    for rate in (1e-300, 0.001, 1e300):
        show(figure, Experiment(Dataset(*data), 50, rate, with_bias=with_bias))
        assert_drawable(figure)


def test_data_one_after_the_other_leave_nothing_behind(figure, pizza):
    show(figure, Experiment(pizza), 3)
    expected = figure.grab().toImage()
    for x, y in ODD_DATA.values():
        show(figure, Experiment(Dataset(x, y)))
    show(figure, Experiment(pizza), 3)
    assert figure.grab().toImage() == expected


def test_many_rows_are_drawn_as_a_density(figure):
    x = np.linspace(0, 10, MOST_POINTS + 1)
    show(figure, Experiment(Dataset(x, 2 * x), 10, 0.001))
    assert not figure.data_fit._points.visible
    assert figure.data_fit._density.isVisible()
    assert_drawable(figure)


def test_a_density_that_is_shifted_is_painted_where_it_is_now(figure):
    random = np.random.default_rng(0)
    x = random.normal(13, 6, 100_000)
    show(figure, Experiment(Dataset(x, x + random.normal(13, 5, len(x))), 10, 0.001))
    plot = figure.data_fit
    figure.resize(937, 611)
    figure.show()
    QApplication.processEvents()
    plot.view.setRange(xRange=(5, 15), yRange=(10, 30), padding=0)
    for shift in ((0, 0), (1, 3), (0.5, -0.7), (0.13, 0.29)):
        plot.view.translateBy(*shift)
        QApplication.processEvents()
        shifted = plot.grab().toImage()
        plot._density.update()
        assert plot.grab().toImage() == shifted


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_theme_colours_the_ground_and_goes_again(figure, pizza, theme):
    show(figure, Experiment(pizza))
    before = figure.grab().toImage()
    figure.set_theme(theme)
    for plot in figure.shown:
        assert plot.grab().toImage().pixelColor(1, 1) == QColor(theme.plot)
    figure.set_theme(LIGHT)
    QApplication.processEvents()
    assert figure.grab().toImage() == before


@pytest.mark.parametrize("unit", [1e-60, 1.0, 1e60])
def test_marks_are_painted_whatever_the_units(figure, unit):
    """Qt takes a scale of less than 1e-12 pixels for none at all."""
    dataset = Dataset(unit * np.array([1, 2, 3.0]), unit * np.array([2, 3, 5.0]))
    rate = Experiment(dataset).safe_learning_rate
    show(figure, Experiment(dataset, 20, rate), 2)
    for plot in (figure.loss_curve, figure.loss_history, figure.data_fit):
        image = plot.grab().toImage()
        colours = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
        assert QColor(LIGHT.hiker).rgb() in colours


@pytest.mark.parametrize("data", ODD_DATA.values(), ids=ODD_DATA)
def test_no_transform_without_an_inverse_reaches_pyqtgraph(figure, data, monkeypatch):
    reached = []
    monkeypatch.setattr(pyqtgraph.functions, "_pinv_fallback", reached.append)
    figure.show_view("landscape", True)
    show(figure, Experiment(Dataset(*data), 50, 1e-300, with_bias=True))
    assert_drawable(figure)
    assert reached == []

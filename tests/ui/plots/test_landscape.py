"""The landscape shows the bowl exactly, the path on it, and takes a new start."""

import itertools
import random
import re

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QLabel

from gdviz.core.descent import textbook
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.run import Run
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.numbers import number_text
from gdviz.ui.features.export.pictures import export_picture
from gdviz.ui.plots.landscape import Landscape
from gdviz.ui.theme import DARK, LIGHT


@pytest.fixture
def landscape(qtbot):
    plot = Landscape()
    qtbot.addWidget(plot)
    plot.set_theme(LIGHT)
    plot.resize(560, 420)
    plot.show()
    qtbot.waitExposed(plot)
    return plot


def show(plot, experiment, iteration=None):
    """Show an iteration, by default the last, and return the record."""
    record = run(experiment)[0].record
    plot.set_experiment(experiment)
    plot.set_record(record)
    plot.show_row(record.at(record.newest if iteration is None else iteration))
    QApplication.processEvents()
    return record


def place(plot, weight, bias):
    """Return where a line is in the widget."""
    return plot.mapFromScene(plot.view.mapViewToScene(QPointF(weight, bias)))


@pytest.fixture
def two(pizza):
    """Pizza.txt with the bias."""
    return Experiment(pizza, 2000, with_bias=True)


def test_every_line_of_the_map_lies_on_the_loss_it_names(landscape, two):
    show(landscape, two)
    contours, levels = landscape._map._contours, landscape._map._levels
    assert len(contours) >= 6
    for contour, level in zip(contours, levels, strict=True):
        places = np.concatenate(contour.lines).tolist()
        losses = [textbook.loss(two.dataset.x, two.dataset.y, *place) for place in places]
        assert np.ptp(losses) <= 1e-9 * np.max(losses, initial=1)
        assert losses == pytest.approx([float(level.text)] * len(losses), rel=0.03)


def labels(landscape):
    """Return the boxes that labels fill, in pixels, by their texts."""
    return {
        label.text: QRectF(*(label.place[0] - label.size / 2), *label.size)
        for label in landscape._map._labels if len(label.place)
    }  # fmt: skip


def test_labels_keep_off_each_other_and_off_the_optimum(landscape, two):
    show(landscape, two)
    boxes = list(labels(landscape).values())
    assert len(boxes) >= 4
    assert not any(one.intersects(other) for one, other in itertools.combinations(boxes, 2))
    optimum = QPointF(*np.array(two.bowl.optimum) * landscape._px_per_unit)
    assert not any(box.contains(optimum) for box in boxes)


def test_labels_stay_while_a_path_changes_elsewhere_and_make_way_for_it(landscape, two):
    show(landscape, two)
    before, ground = labels(landscape), landscape._map._ground_shown
    text, box = next(iter(before.items()))
    beside = np.array([box.center().x() + 3 * box.width(), box.center().y()]) / ground[2]
    landscape._map.set_bowl(*ground, np.array([beside]))
    assert labels(landscape)[text] == box
    on = np.array([box.center().x(), box.center().y()]) / ground[2]
    landscape._map.set_bowl(*ground, np.array([on]))
    assert labels(landscape).get(text) != box


def test_labels_stay_where_they_are_in_other_colours(landscape, two):
    show(landscape, two)
    ground = landscape._map._ground_shown
    _, box = next(iter(labels(landscape).items()))
    # Made to give way, a label stays where it went to; written anew, it would come back.
    landscape._map.set_bowl(
        *ground, np.array([[box.center().x(), box.center().y()]]) / np.array(ground[2])
    )
    landscape._map.set_bowl(*ground, np.array([two.bowl.optimum]))
    before = labels(landscape)
    landscape.set_theme(DARK)
    assert labels(landscape) == before


def test_the_cross_stands_at_the_least_squares_line(landscape, two, pizza):
    show(landscape, two)
    slope, height = np.polyfit(pizza.x, pizza.y, 1)
    assert landscape._optimum.points.tolist() == [pytest.approx([slope, height], rel=1e-12)]


def test_the_home_view_holds_start_path_and_optimum(landscape, two):
    record = show(landscape, two)
    (left, right), (bottom, top) = landscape.view.home
    places = np.vstack((record.rows[:, :2], [two.bowl.optimum]))
    assert ((places > (left, bottom)) & (places < (right, top))).all()


@pytest.mark.parametrize("iteration", [0, 3, 300, 2000])
def test_hiker_and_arrow_are_those_of_the_row(landscape, two, iteration):
    row = show(landscape, two, iteration).at(iteration)
    assert landscape._hiker.points.tolist() == [[row.weight, row.bias]]
    start, end = landscape._arrow.points
    assert start.tolist() == [row.weight, row.bias]
    assert end == pytest.approx([row.weight + row.weight_step, row.bias + row.bias_step])


def test_the_path_is_shown_up_to_the_row_and_no_further(landscape, two):
    record = show(landscape, two, 2)
    path = record.rows[:3, :2].tolist()
    assert [point in path for point in landscape._path.points.tolist()] == [True] * 3
    landscape.show_row(record.at(2000))
    assert len(landscape._path.points) > 3


def test_the_same_row_gives_the_same_picture_whatever_was_shown_before(landscape, two):
    record = show(landscape, two)
    rows = [0, 1, 7, 300, 1500, 2000]

    def picture(iteration):
        landscape.show_row(record.at(iteration))
        QApplication.processEvents()
        return landscape.grab().toImage()

    expected = {iteration: picture(iteration) for iteration in rows}
    for iteration in random.Random(1).sample(rows * 2, 12):
        assert picture(iteration) == expected[iteration]


def test_zooming_in_keeps_the_contours_exact_and_gives_them_more_levels(landscape, two):
    show(landscape, two)
    weight, bias = two.bowl.optimum
    landscape.view.setRange(
        xRange=(weight - 1e-3, weight + 1e-3), yRange=(bias - 0.01, bias + 0.01), padding=0
    )
    contours = landscape._map._contours
    assert len(contours) >= 6
    losses = two.bowl.loss(*contours[0].lines[0].T)
    assert losses.max() == pytest.approx(two.bowl.minimum, rel=1e-4)


# The weight alone, valleys and other odd ground


def test_with_the_weight_only_the_path_lies_on_the_fixed_bias(landscape, pizza):
    experiment = Experiment(pizza, start=Point(0.0, 4.0))
    show(landscape, experiment)
    assert landscape._fixed.visible
    assert set(landscape._fixed.points[:, 1]) == {4.0}
    assert set(landscape._path.points[:, 1]) == {4.0}
    best = np.mean(pizza.x * (pizza.y - 4)) / np.mean(pizza.x**2)
    assert landscape._best.points.tolist() == [pytest.approx([best, 4.0])]


def test_equal_x_show_a_valley_not_an_error(landscape):
    dataset = Dataset([2, 2, 2], [3, 4, 8])
    show(landscape, Experiment(dataset, 50, 0.05, with_bias=True))
    assert landscape._valley.visible
    assert not landscape._optimum.visible
    ends = landscape._valley.points
    assert len(ends) == 2
    for weight, bias in ends.tolist():
        assert 2 * weight + bias == pytest.approx(5)


@pytest.mark.parametrize(
    "data",
    [([2], [5]), ([0, 0], [0, 0]), ([0, 0], [3, 1]), ([1, 2], [0, 0]), ([1e9, 1e9 + 1], [5, 6]),
     ([1e100, 2e100], [3e100, 5e100]), ([1e-100, 2e-100], [3e-100, 5e-100])],
)  # fmt: skip
@pytest.mark.parametrize("factor", [0.25, 1.5, 1e10])
def test_odd_ground_can_be_shown_whatever_the_rate(landscape, data, factor):
    dataset = Dataset(*data)
    limit = Experiment(dataset, with_bias=True).learning_rate_limit
    rate = factor * (limit if np.isfinite(limit) else 1.0)
    landscape.set_directions(True)
    for iteration in (0, 1, None):
        show(landscape, Experiment(dataset, 60, rate, with_bias=True), iteration)
        assert np.isfinite(landscape.view.viewRange()).all()
        assert not landscape.grab().isNull()


def test_a_hiker_out_of_view_is_named(landscape, pizza):
    record = show(landscape, Experiment(pizza, 500, 0.01, with_bias=True))
    assert not landscape._hiker.visible
    assert f"w = {number_text(record.last.weight, 3)}" in landscape._outside.textItem.toPlainText()


# The mouse


def test_the_mouse_reads_the_loss_anywhere(landscape, qtbot, two):
    show(landscape, two)
    hover = landscape.findChild(QLabel, "landscape_hover")
    qtbot.mouseMove(landscape.viewport(), place(landscape, 1.0, 5.0))
    qtbot.waitUntil(hover.isVisible)
    w, b, loss = (float(part.split("=")[1]) for part in hover.text().split("   "))
    assert (w, b) == (pytest.approx(1.0, abs=0.02), pytest.approx(5.0, abs=0.1))
    assert loss == pytest.approx(two.bowl.loss(w, b), rel=1e-2)
    qtbot.mouseMove(landscape.viewport(), QPoint(3, 3))
    qtbot.waitUntil(lambda: not hover.isVisible())


@pytest.mark.parametrize("with_bias", [True, False])
def test_a_double_click_asks_for_that_start(landscape, qtbot, pizza, with_bias):
    show(landscape, Experiment(pizza, with_bias=with_bias))
    with qtbot.waitSignal(landscape.start_requested) as asked:
        qtbot.mouseDClick(
            landscape.viewport(), Qt.MouseButton.LeftButton, pos=place(landscape, 1.5, 8.0)
        )
    weight, bias = asked.args
    assert weight == pytest.approx(1.5, abs=0.02)
    assert bias == (pytest.approx(8.0, abs=0.2) if with_bias else 0)


def test_the_ring_follows_the_mouse_and_asks_when_it_is_let_go(landscape, qtbot, two):
    show(landscape, two)
    viewport, left = landscape.viewport(), Qt.MouseButton.LeftButton
    before = landscape.view.viewRange()
    qtbot.mousePress(viewport, left, pos=place(landscape, 0.0, 0.0))
    qtbot.mouseMove(viewport, place(landscape, 2.0, 10.0))
    qtbot.waitUntil(lambda: abs(landscape.start_ring.points[0, 0] - 2.0) < 0.02)
    with qtbot.waitSignal(landscape.start_requested) as asked:
        qtbot.mouseRelease(viewport, left, pos=place(landscape, 2.0, 10.0))
    assert asked.args == [pytest.approx(2.0, abs=0.02), pytest.approx(10.0, abs=0.2)]
    assert landscape.view.viewRange() == before


# Directions, other runs, looks and files


def test_the_directions_are_eigenvectors_with_their_half_lives(landscape, two):
    landscape.set_directions(True)
    show(landscape, two)
    ends = landscape._directions.lines.points.reshape(2, 2, 2)
    for (start, end), axis in zip(ends, two.bowl.axes, strict=True):
        across = (end - start)[0] * axis.bias - (end - start)[1] * axis.weight
        assert across == pytest.approx(0, abs=1e-9)
    notes = [note.textItem.toPlainText() for note in landscape._directions.notes]
    assert notes == [
        "across, steep: half\nthe way in 1.2 steps", "along, level: half\nthe way in 1,303 steps",
    ]  # fmt: skip


def test_standardised_directions_are_level_in_z(landscape, pizza):
    landscape.set_directions(True)
    show(landscape, Experiment(pizza, 50, 0.1, with_bias=True, standardise=True))
    steps = [end - start for start, end in landscape._directions.lines.points.reshape(2, 2, 2)]
    on_z = [(w * pizza.x.std(), b + w * pizza.x.mean()) for w, b in steps]
    (a, b), (c, d) = on_z
    assert a * c + b * d == pytest.approx(0, abs=1e-9)
    assert {note.textItem.toPlainText() for note in landscape._directions.notes} == {
        "half\nthe way in 3.1 steps"
    }


def test_runs_that_are_kept_have_their_path_marker_and_legend(landscape, two, pizza):
    other = Experiment(pizza, 100, 0.002, with_bias=True)
    kept = Run(other, run(other)[0].record, name="faster", number=0)
    show(landscape, two)
    landscape.set_kept([kept])
    landscape.show_kept(40)
    row = kept.record.at(40)
    assert landscape._kept_markers[0][1].points.tolist() == [[row.weight, row.bias]]
    corners, path = landscape._kept_lines.points.tolist(), kept.record.rows[:41, :2].tolist()
    assert corners == [place for place in path if place in corners]
    assert corners[0] == path[0]
    assert len(corners) > 1
    assert landscape.legend.entries[-1].label == "faster"
    landscape.set_kept([])
    assert len(landscape._kept_lines.points) == 0


def test_a_theme_colours_the_ground(landscape, two):
    show(landscape, two)
    light = landscape.grab().toImage()
    landscape.set_theme(DARK)
    QApplication.processEvents()
    corner = landscape.grab().toImage().pixelColor(1, 1)
    assert corner == QColor(DARK.plot)
    assert landscape.grab().toImage() != light


def test_an_svg_stays_within_its_view(landscape, two, tmp_path):
    show(landscape, two)
    landscape.view.setRange(xRange=(1.0, 1.1), yRange=(12.9, 13.4), padding=0)
    export_picture(landscape, tmp_path / "map.svg")
    renderer = QSvgRenderer(str(tmp_path / "map.svg"))
    assert renderer.isValid()
    text = (tmp_path / "map.svg").read_text()
    shapes = re.findall(r'(?: d| points| cx| cy)="([^"]*)"', text)
    numbers = [float(number) for shape in shapes for number in re.findall(r"-?[0-9.]+", shape)]
    assert len(numbers) > 1000
    assert min(numbers) > -20
    assert max(numbers) < 560 + 20


def test_standardising_does_not_change_what_is_drawn(landscape):
    """The optimum on z is no place of this picture."""
    far = Dataset([999, 1000, 1001.5], [-2010, -2000, -1990])
    settings = {"start": Point(6.5, -8500.0), "with_bias": True}
    show(landscape, Experiment(far, 0, 0.1, **settings))
    home = landscape.view.viewRange()
    show(landscape, Experiment(far, 0, 0.1, standardise=True, **settings))
    np.testing.assert_allclose(landscape.view.viewRange(), home, rtol=1e-9)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_levels_are_labelled_in_the_colour_of_text(landscape, pizza, theme):
    landscape.set_theme(theme)
    show(landscape, Experiment(pizza, with_bias=True))
    inside = landscape.mapFromScene(landscape.view.sceneBoundingRect()).boundingRect()
    picture = landscape.grab(inside).toImage()
    pixels = [picture.pixelColor(x, y).name() for x in range(picture.width())
              for y in range(picture.height())]  # fmt: skip
    assert pixels.count(theme.text) > 20


def test_the_axes_are_named_by_what_they_measure(landscape):
    assert (landscape.bottom.labelText, landscape.left.labelText) == ("weight w", "bias b")

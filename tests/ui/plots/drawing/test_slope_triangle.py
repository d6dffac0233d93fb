"""Run and rise at the hiker: a round run, a rise with its sign, and neither in the way."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from support import choose, drag, paper_of, type_into, wait_until_trained

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.numbers import MINUS
from gdviz.ui.features.export.pictures import export_picture
from gdviz.ui.theme import DARK, LIGHT

X = np.array([1.0, 2.0, 3.0, 5.0, 8.0, 9.0])


@pytest.fixture
def curve(window):
    choose(window, "Rise and run")
    return window.figure.loss_curve


def shown(curve):
    """Return the triangle and what is written at its rise and at its run."""
    mark, paper = curve.aids.triangle, paper_of(curve)
    assert not mark.is_empty
    triangle = mark.triangle(paper)
    return triangle, *(words.text for words in mark.words(paper, triangle))


def assert_in_nobodys_way(curve):
    """The numbers are in the picture, and on neither hiker, curve nor each other."""
    mark, paper = curve.aids.triangle, paper_of(curve)
    rise, run = (words.box for words in mark.words(paper, mark.triangle(paper)))
    hiker = QRectF(-9, -9, 18, 18).translated(*paper.pixels(curve._hiker.points)[0])
    line = paper.pixels(curve._curve.points)
    for box in (rise, run):
        assert paper.box.contains(box)
        assert not box.intersects(hiker)
        assert not any(box.contains(*place) for place in line.tolist())
    assert not rise.intersects(run)


def test_at_first_it_says_how_far_one_to_the_right_goes_down(curve):
    triangle, rise, run = shown(curve)
    assert (rise, run) == (f"{MINUS}807", "1")
    assert list(triangle.start) == curve._hiker.points[0].tolist()
    assert triangle.end[1] < triangle.start[1]


def test_dragged_along_the_curve_it_follows_at_once(window, curve):
    seen, row = [], window.session.playback.row
    window.session.playback.moved.connect(lambda: seen.append(shown(curve)))
    places = [(weight, 300.0) for weight in (0.6, 1.2, 1.7, 2.4, 2.9)]
    drag(curve, (row.weight, row.loss), *places)
    rises = [triangle.rise for triangle, *_ in seen]
    assert {triangle.run for triangle, *_ in seen} == {1.0}
    assert rises == sorted(rises)
    assert rises[0] < -500 < 400 < rises[-1]
    assert {rise[0] for _, rise, _ in seen} == {MINUS, "+"}


@pytest.mark.parametrize("weight", ["-0.95", "0", "0.5", "1.3", "1.8", "2.5", "3.2", "3.97"])
@pytest.mark.parametrize("with_bias", [False, True])
def test_its_numbers_are_in_nobodys_way(window, qtbot, curve, weight, with_bias):
    window.tuning.set_settings(with_bias=with_bias)
    type_into(qtbot, window, "start_weight", weight)
    assert_in_nobodys_way(curve)


def test_at_the_bottom_the_rise_is_zero(window, qtbot, curve, pizza):
    window.tuning.set_settings(start=Point(pizza.quadratic.optimum, 0.0))
    wait_until_trained(qtbot, window)
    triangle, rise, run = shown(curve)
    assert abs(triangle.rise) < 1e-6
    assert rise in {"0", "≈ 0"}
    assert run == "1"
    assert_in_nobodys_way(curve)


def test_of_another_run_than_1_it_says_the_slope_too_where_there_is_room(window, qtbot, curve):
    type_into(qtbot, window, "start_weight", "3.3")
    triangle, rise, run = shown(curve)
    assert (rise, run) == ("+319, so\n+637 for each 1", "0.5")
    assert triangle.rise == pytest.approx(0.5 * window.session.playback.row.weight_gradient)
    window.tuning.set_settings(with_bias=True)
    choose(window, "Loss curve along the bias")
    type_into(qtbot, window, "start_bias", "0")
    triangle, rise, run = shown(curve)
    assert run == f"{triangle.run:g}" != "1"
    number = float(rise.split(",")[0].replace(MINUS, "-"))
    assert number == pytest.approx(triangle.rise, rel=5e-3)
    assert triangle.rise == triangle.run * window.session.playback.row.bias_gradient


@pytest.mark.parametrize("x_scale", [1e-9, 1.0, 1e12])
@pytest.mark.parametrize("y_scale", [-1e-9, 1e12])
def test_it_is_drawn_at_any_scale(window, qtbot, curve, x_scale, y_scale):
    dataset = Dataset(x_scale * X, y_scale * (2 * X + 1))
    limit = Experiment(dataset).learning_rate_limit
    window.session.restart(Experiment(dataset, 20, limit / 5))
    wait_until_trained(qtbot, window)
    for iteration in (0, 1, 3, 20):
        window.session.playback.seek(iteration)
        _, rise, _ = shown(curve)
        assert (rise[0] == MINUS) is (
            window.session.playback.row.weight_gradient < 0
        ) or "0" in rise
        assert_in_nobodys_way(curve)
        assert not curve.grab().isNull()


def test_zoomed_in_the_run_is_as_much_rounder(window, curve):
    row = window.session.playback.row
    curve.view.setRange(xRange=(-0.02, 0.02), yRange=(row.loss - 15, row.loss + 15), padding=0)
    triangle, rise, run = shown(curve)
    assert run == f"{triangle.run:g}"
    assert triangle.run <= 0.02
    assert f"{MINUS}807 for each 1" in rise or rise == f"{triangle.rise:.3g}".replace("-", MINUS)
    curve.view.setRange(xRange=(1, 2), padding=0)
    assert curve.aids.triangle.triangle(paper_of(curve)) is None


def test_a_hiker_that_is_outside_has_none(window, curve):
    window.tuning.set_settings(learning_rate=0.02)
    window.session.playback.to_end()
    assert not curve._hiker.visible
    assert curve.aids.triangle.is_empty


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_it_is_exported_as_it_is_seen(curve, tmp_path, theme):
    target = tmp_path / "curve.svg"
    curve.set_theme(theme)
    export_picture(curve, target)
    svg = target.read_text(encoding="utf-8")
    assert f">{MINUS}807<" in svg
    assert theme.slope in svg
    curve.set_aid("triangle", False)
    export_picture(curve, target)
    assert f">{MINUS}807<" not in target.read_text(encoding="utf-8")

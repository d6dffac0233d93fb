"""Guesses: a dot for every start that was tried, and the curve only when they are joined."""

import numpy as np
import pytest
from support import child, choose, command, drag, paper_of, pixel, type_into, wait_until_trained

from gdviz.core.descent.bowl import Point
from gdviz.ui.features.export.pictures import picture
from gdviz.ui.plots.drawing.guesses import APART_PX


@pytest.fixture
def curve(window):
    choose(window, "Guesses alone")
    return window.figure.loss_curve


def tried(curve):
    return curve.aids.guesses.points[:, 0].tolist()


def labels(curve):
    return [entry.label for entry in curve.legend.entries]


def drawn(curve):
    """Return the marks of which something is to be seen."""
    named = {
        "curve": curve._curve, "minimum": curve._optimum, "tangent": curve._tangent,
        "arrow": curve._arrow, "steps": curve._dots, "chords": curve._chords,
        "kept": curve._kept_lines, "hiker": curve._hiker, "guesses": curve.aids.guesses,
    }  # fmt: skip
    return {name for name, mark in named.items() if not mark.is_empty}


def test_while_guesses_are_collected_nothing_else_is_drawn(window, qtbot, curve):
    assert drawn(curve) == {"hiker", "guesses"}
    assert labels(curve) == ["hiker", "guesses"]
    assert curve.reading_at(pixel(curve, 2.0, 300.0)) is None
    window.session.playback.seek(5)
    choose(window, "Keep this run")
    type_into(qtbot, window, "start_weight", "3")
    window.session.playback.seek(5)
    assert drawn(curve) == {"hiker", "guesses"}


def test_every_start_that_is_typed_leaves_a_dot_at_its_loss(window, qtbot, curve, pizza):
    for typed in ("1", "3.5", "2", "1.84"):
        type_into(qtbot, window, "start_weight", typed)
    assert tried(curve) == [0.0, 1.0, 3.5, 2.0, 1.84]
    weights, losses = curve.aids.guesses.points.T
    np.testing.assert_allclose(losses, pizza.quadratic.loss(weights), rtol=1e-12)


def test_a_drag_of_the_hiker_leaves_dots_that_can_be_told_apart(window, curve):
    row = window.session.playback.row
    drag(curve, (row.weight, row.loss), *((weight, 300) for weight in np.arange(0.02, 3, 0.02)))
    places = paper_of(curve).pixels(curve.aids.guesses.points)
    apart = np.hypot(*(places[:, None] - places).transpose(2, 0, 1))
    assert len(places) > 12
    assert apart[~np.eye(len(places), dtype=bool)].min() >= APART_PX


def test_a_drag_of_the_line_leaves_dots_too(window, curve):
    drag(window.figure.data_fit, (20.0, 0.0), (20.0, 20.0), (20.0, 30.0))
    assert tried(curve) == pytest.approx([0.0, 1.0, 1.5], abs=0.05)


def test_when_they_are_joined_the_curve_goes_through_the_dots(window, qtbot, curve):
    type_into(qtbot, window, "start_weight", "3.5")
    choose(window, "Guesses alone")
    assert {"curve", "minimum", "arrow", "tangent", "guesses"} <= drawn(curve)
    assert labels(curve) == ["hiker", "steps", "slope", "next step", "minimum", "guesses"]
    type_into(qtbot, window, "start_weight", "2.5")
    assert tried(curve) == [0.0, 3.5]
    for weight, loss in curve.aids.guesses.points:
        assert np.interp(weight, *curve._curve.points.T) == pytest.approx(loss, rel=1e-3)


def test_turned_on_again_they_begin_anew(window, qtbot, curve):
    type_into(qtbot, window, "start_weight", "3.5")
    choose(window, "Guesses alone")
    choose(window, "Guesses alone")
    assert tried(curve) == [3.5]


def test_with_other_data_they_are_gone(window, qtbot, curve):
    type_into(qtbot, window, "start_weight", "3.5")
    choose(window, "Guesses alone")
    row = window.session.playback.row
    data = window.figure.data_fit
    x, y = data._dataset.x[0], data._dataset.y[0]
    drag(data, (x, y), (x + 1, y + 1), (x + 2, y + 3))
    wait_until_trained(qtbot, window)
    assert row.weight == 3.5
    assert tried(curve) == []
    assert "guesses" not in labels(curve)


def test_along_the_bias_the_dots_are_at_its_values(window, qtbot, curve):
    window.tuning.set_settings(with_bias=True)
    for start in (Point(1.0, 5.0), Point(1.0, 15.0)):
        window.tuning.set_settings(start=start)
    assert tried(curve) == [0.0, 1.0, 1.0]
    wait_until_trained(qtbot, window)
    choose(window, "Loss curve along the bias")
    assert tried(curve) == [0.0, 5.0, 15.0]
    bowl = window.session.runs.experiment.bowl
    losses = [bowl.loss(0, 0), bowl.loss(1, 5), bowl.loss(1, 15)]
    assert curve.aids.guesses.points[:, 1] == pytest.approx(losses)


def test_they_are_exported(window, qtbot, curve):
    type_into(qtbot, window, "start_weight", "3.5")
    type_into(qtbot, window, "start_weight", "1.8")
    before = picture(curve)
    curve.aids.guesses.set_points([], [])
    assert picture(curve) != before


def test_the_switch_is_given_back_by_the_lesson(window, curve):
    look = window.viewing.state()
    command(window, "Guesses alone").trigger()
    command(window, "Rise and run").trigger()
    window.viewing.bring_back(look)
    assert curve.aids.shown == {"guesses"}
    assert child(window, "loss_curve") is curve

"""Curvature: the note says the limit, the landing is seen, and a dragged point bends the valley."""

import numpy as np
import pytest
from support import child, choose, command, drag, text, type_into, wait_until_trained

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.methods import Adam, Momentum
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.reading import read_table
from gdviz.core.words.curvature import curvature_text
from gdviz.ui.features.export.pictures import export_picture


@pytest.fixture
def curve(window):
    choose(window, "Curvature")
    return window.figure.loss_curve


def said(curve):
    note = curve.aids.curvature.note
    return note.toPlainText() if note.isVisible() else ""


def wait(window, qtbot, **settings):
    window.tuning.set_settings(**settings)
    wait_until_trained(qtbot, window)


# The note


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "curvature 437.6\n→ limit 2 ÷ 437.6 = 0.00457"),
        ({"with_bias": True}, "largest curvature 439.1\n→ limit 2 ÷ 439.1 = 0.00455"),
        ({"with_bias": True, "standardise": True}, "largest curvature on z 2\n→ limit 2 ÷ 2 = "),
        ({"method": Momentum()}, "curvature 437.6"),
        ({"method": Adam()}, "curvature 437.6"),
        ({"batch_size": 5}, "curvature 437.6"),
    ],
)
def test_the_limit_is_2_by_the_curvature_only_for_plain_descent(pizza, settings, expected):
    said = curvature_text(Experiment(pizza, **settings))
    assert said.startswith(expected)
    assert ("limit" in said) is ("limit" in expected)


def test_flat_data_have_no_limit():
    assert curvature_text(Experiment(Dataset([0.0, 0.0], [1.0, 2.0]))) == "curvature 0"


@pytest.mark.parametrize("with_bias", [False, True])
def test_the_note_says_the_limit_that_the_panel_says(window, qtbot, curve, with_bias):
    wait(window, qtbot, with_bias=with_bias)
    limit = text(window, "rate_limit").removeprefix("limit ")
    assert said(curve).splitlines()[1].startswith("→ limit 2 ÷ ")
    assert said(curve).endswith(f" = {limit}")


def test_without_the_switch_it_says_nothing(window, curve):
    assert said(curve)
    choose(window, "Curvature")
    assert said(curve) == ""
    assert not any(
        len(mark.points) for mark in (
            curve.aids.curvature.ghost, curve.aids.curvature.drop, curve.aids.curvature.landing,
        )
    )  # fmt: skip


def test_it_stays_in_its_place_however_the_picture_is_zoomed_or_sized(curve):
    note = curve.aids.curvature.note.textItem
    for change in (
        lambda: curve.view.setRange(xRange=(1, 2), yRange=(50, 90), padding=0),
        lambda: (curve.resize(260, 200), curve.take_size()),
    ):
        change()
        room, words = curve.view.sceneBoundingRect(), note.sceneBoundingRect()
        assert room.adjusted(-1, -1, 1, 1).contains(words)
        assert words.top() == pytest.approx(room.top(), abs=2)


def test_a_hiker_far_out_is_named_below_it(window, qtbot, curve):
    wait(window, qtbot, learning_rate=0.02)
    window.session.playback.to_end()
    note, outside = curve.aids.curvature.note, curve._outside
    assert outside.isVisible()
    top = outside.textItem.sceneBoundingRect().top()
    assert top == pytest.approx(note.textItem.sceneBoundingRect().bottom(), abs=0.1)


# Where a step lands


def test_at_the_limit_a_step_lands_as_high_on_the_other_wall(window, qtbot, curve, pizza):
    wait(window, qtbot, learning_rate=pizza.quadratic.learning_rate_limit)
    (weight, loss), (reached, level) = curve._arrow.points
    assert level == loss
    assert reached - pizza.quadratic.optimum == pytest.approx(pizza.quadratic.optimum - weight)
    assert pizza.quadratic.loss(reached) == pytest.approx(loss)
    ((at, lands),) = curve.aids.curvature.landing.points
    assert (at, lands) == (reached, pytest.approx(loss))


@pytest.mark.parametrize("rate", [0.001, 0.004, 0.0047])
@pytest.mark.parametrize("with_bias", [False, True])
def test_the_landing_is_where_the_hiker_is_next(window, qtbot, curve, rate, with_bias):
    wait(window, qtbot, learning_rate=rate, with_bias=with_bias)
    for iteration in (0, 1, 4):
        window.session.playback.seek(iteration)
        landing = curve.aids.curvature.landing.points[0].tolist()
        drop = curve.aids.curvature.drop.points
        assert drop.tolist() == [curve._arrow.points[1].tolist(), landing]
        window.session.playback.seek(iteration + 1)
        assert curve._hiker.points[0].tolist() == pytest.approx(landing)


def test_what_is_to_be_predicted_is_not_shown(window, curve):
    landing = curve.aids.curvature.landing
    assert not landing.is_empty
    choose(window, "Predict")
    assert landing.is_empty
    choose(window, "Predict")
    choose(window, "Fog")
    assert landing.is_empty
    assert said(curve)
    choose(window, "Fog")
    window.figure.set_unseen(["next_step"])
    assert landing.is_empty
    window.figure.set_unseen(())
    assert not landing.is_empty


# Data that are dragged


def drag_first(window, *ways):
    data = window.figure.data_fit
    x, y = float(data._dataset.x[0]), float(data._dataset.y[0])
    drag(data, (x, y), *((x + right, y + up) for right, up in ways))


def test_while_data_are_dragged_all_is_live_in_axes_that_stay(window, curve):
    seen, before = [], curve.view.viewRange()
    curve_before = curve._curve.points.copy()

    def look():
        if window.figure.data_fit.editing.dragging:
            assert curve.view.viewRange() == before
            seen.append((said(curve), curve.aids.curvature.ghost.points.copy()))

    window.session.playback.moved.connect(look)
    drag_first(window, (2, 0), (6, 0), (10, 0))
    assert len({note for note, _ in seen}) >= 3
    assert all("→ limit 2 ÷ " in note for note, _ in seen)
    ghost = seen[-1][1]
    np.testing.assert_allclose(
        np.interp(ghost[:, 0], *curve_before.T), ghost[:, 1], rtol=1e-3
    )  # fmt: skip


def test_the_curve_of_the_data_before_stays_in_sight(window, qtbot, curve, pizza):
    ghost, before = curve.aids.curvature.ghost, curve.view.viewRange()
    assert ghost.is_empty
    drag_first(window, (5, 0), (10, 0))
    wait_until_trained(qtbot, window)
    assert not ghost.is_empty
    assert "curve before" in [entry.label for entry in curve.legend.entries]
    values, losses = ghost.points.T
    np.testing.assert_allclose(losses, pizza.quadratic.loss(values))
    # Of both walls no less is seen than before.
    for (low, high), (low_now, high_now) in zip(before, curve.view.viewRange(), strict=True):
        assert low_now <= low + 1e-9
        assert high_now >= high - 1e-9
    window.session.undo.stack.undo()
    wait_until_trained(qtbot, window)
    assert ghost.is_empty
    assert curve.view.viewRange() == before


def test_with_a_bias_the_curve_before_moves_with_the_bias(window, qtbot, curve, pizza):
    wait(window, qtbot, with_bias=True)
    drag_first(window, (5, 0), (10, 0))
    wait_until_trained(qtbot, window)
    window.session.playback.seek(40)
    values, losses = curve.aids.curvature.ghost.points.T
    row = window.session.playback.row
    top = curve.view.home[1][1]
    seen = losses < top
    expected = pizza.bowl.along_weight(row.bias).loss(values[seen])
    np.testing.assert_allclose(losses[seen], expected)


def test_another_table_has_no_curve_before(window, qtbot, curve, tmp_path):
    drag_first(window, (5, 0), (10, 0))
    path = tmp_path / "other.txt"
    path.write_text("a b\n1 2\n2 3\n4 9\n")
    dataset, _ = read_table(path).dataset()
    window.session.restart(Experiment(dataset, 10, 0.01))
    wait_until_trained(qtbot, window)
    assert curve.aids.curvature.ghost.is_empty
    assert said(curve).startswith("curvature 14\n")


@pytest.mark.parametrize("scale", [1e-9, 1e12])
def test_at_any_scale(window, qtbot, curve, scale):
    dataset = Dataset(scale * np.arange(1.0, 9.0), np.arange(1.0, 9.0) / scale)
    limit = dataset.quadratic.learning_rate_limit
    window.session.restart(Experiment(dataset, 20, limit))
    wait_until_trained(qtbot, window)
    assert len(curve.aids.curvature.landing.points) == 1
    number = said(curve).splitlines()[0].removeprefix("curvature ")
    assert f"2 ÷ {number} = " in said(curve)
    assert not curve.grab().isNull()


def test_it_is_exported(window, qtbot, curve, tmp_path):
    type_into(qtbot, window, "learning_rate", "0.0044")
    export_picture(curve, tmp_path / "curve.svg")
    svg = (tmp_path / "curve.svg").read_text(encoding="utf-8")
    assert "curvature 437.6" in svg
    assert command(window, "Curvature").isChecked()
    assert child(window, "loss_curve") is curve

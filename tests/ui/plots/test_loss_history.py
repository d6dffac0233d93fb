"""The loss history: three scales, which of them a run that diverges gets, and a view that stays."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import rgb
from PySide6.QtCore import QPoint, QPointF, QRect, QSize
from support import child, choose, command, pixels, press, type_into, wait_until_trained

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.plots.loss_history import BY_ITSELF, SCALES, LossHistory
from gdviz.ui.shell.window import MainWindow
from gdviz.ui.theme import LIGHT

LIMIT = 0.0045703839


@pytest.fixture
def history(qtbot):
    history = LossHistory()
    qtbot.addWidget(history)
    history.resize(800, 240)
    return history


def show(history, experiment, iteration=0):
    record = run(experiment)[0].record
    history.set_experiment(experiment)
    history.set_length(record.newest)
    history.set_record(record)
    history.show_row(record.at(iteration))
    history.show_kept(iteration)
    return record


def scale_in_menu(window):
    names = {"Linear": "linear", "Logarithmic": "logarithmic"}
    names["Loss above the minimum"] = "above_minimum"
    (checked,) = [scale for text, scale in names.items() if command(window, text).isChecked()]
    return checked


# The scales


def test_convergence_is_a_straight_line_above_the_minimum(history, pizza):
    history.set_scale("above_minimum")
    record = show(history, Experiment(pizza, 60))
    iterations, heights = history._whole.points.T
    fit = np.polynomial.Polynomial.fit(iterations[:25], heights[:25], 1)
    assert np.abs(fit(iterations[:25]) - heights[:25]).max() < 1e-3
    least = np.mean((pizza.y - pizza.x * (pizza.x @ pizza.y) / (pizza.x @ pizza.x)) ** 2)
    assert 10 ** heights[3] == pytest.approx(record.loss[3] - least, rel=1e-9)
    assert history.left.labelText == SCALES["above_minimum"]


def test_where_the_difference_is_rounding_the_line_is_level(history, pizza):
    history.set_scale("above_minimum")
    record = show(history, Experiment(pizza, 200))
    heights = history._whole.points[:, 1]
    assert record.loss[-1] - min(record.loss) < 1e-12
    assert 10 ** heights.min() == pytest.approx(np.spacing(pizza.quadratic.minimum))
    (bottom, top) = history.view.viewRange()[1]
    assert 15 < top - bottom <= 20


def test_no_scale_goes_down_to_where_there_are_no_numbers(history):
    perfect = Dataset([1.0, 2.0, 3.0], [2.0, 4.0, 6.0])
    experiment = Experiment(perfect, 500, 0.05)
    for scale in ("logarithmic", "above_minimum"):
        history.set_scale(scale)
        show(history, experiment)
        bottom, top = history.view.viewRange()[1]
        assert top - bottom < 40


def test_each_kept_run_is_above_its_own_minimum(window, qtbot):
    press(qtbot, window, "keep")
    child(window, "with_bias").setChecked(True)
    wait_until_trained(qtbot, window)
    choose(window, "Loss above the minimum")
    history, (kept,) = window.figure.loss_history, window.session.runs.kept
    line = history._kept_lines.points
    assert 10 ** line[2, 1] == pytest.approx(kept.record.loss[2] - 69.120962827544, rel=1e-9)


def test_a_scale_comes_back_at_the_next_start(window, qtbot):
    choose(window, "Loss above the minimum")
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    assert scale_in_menu(again) == again.figure.loss_history.scale == "above_minimum"
    again.close()


def test_the_key_goes_to_logarithms_and_back(window):
    for expected in ("logarithmic", "linear", "logarithmic"):
        choose(window, "Logarithmic")
        assert scale_in_menu(window) == window.figure.loss_history.scale == expected
        assert window.viewing.switches["logarithmic"].isChecked() is (expected == "logarithmic")
    choose(window, "Linear")
    choose(window, "Linear")
    assert scale_in_menu(window) == "linear"


# A run that diverges


def note(window):
    shown = window.figure.loss_history._by_itself
    return shown.toPlainText() if shown.isVisible() else ""


def test_a_run_that_diverges_is_shown_on_logarithms_and_the_picture_says_so(window, qtbot):
    type_into(qtbot, window, "learning_rate", "0.01")
    assert scale_in_menu(window) == "logarithmic"
    assert note(window) == BY_ITSELF
    type_into(qtbot, window, "learning_rate", "0.001")
    assert scale_in_menu(window) == "linear"
    assert note(window) == ""


def test_what_is_chosen_for_a_divergent_run_stays_until_one_converges(window, qtbot):
    type_into(qtbot, window, "learning_rate", "0.01")
    choose(window, "Logarithmic")
    assert scale_in_menu(window) == "linear"
    assert note(window) == ""
    type_into(qtbot, window, "learning_rate", "0.011")
    assert scale_in_menu(window) == "linear"
    for rate, expected in (("0.001", "linear"), ("0.01", "logarithmic")):
        type_into(qtbot, window, "learning_rate", rate)
        assert scale_in_menu(window) == expected


def test_no_run_changes_what_is_remembered(window, qtbot):
    type_into(qtbot, window, "learning_rate", "0.01")
    assert scale_in_menu(window) == "logarithmic"
    type_into(qtbot, window, "learning_rate", "0.001")
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    assert scale_in_menu(again) == "linear"
    again.close()


def test_who_has_chosen_logarithms_is_told_nothing(window, qtbot):
    choose(window, "Loss above the minimum")
    type_into(qtbot, window, "learning_rate", "0.01")
    assert scale_in_menu(window) == "above_minimum"
    assert note(window) == ""


@pytest.mark.parametrize("rate", [1.001 * LIMIT, 0.01, 1.0, 1e30])
def test_all_of_a_divergent_run_is_in_the_view(history, pizza, rate):
    record = show(history, Experiment(pizza, 5000, rate))
    bottom, top = history.view.viewRange()[1]
    heights = np.log10(record.loss)
    assert bottom < heights.min() <= heights.max() < top
    assert top - bottom < 1.3 * max(np.ptp(heights), 0.2)


# The view


def test_the_view_stays_while_a_rate_or_a_start_changes_a_little(history, pizza):
    ranges = set()
    for rate, start in product(np.linspace(0.0005, 0.004, 8), np.linspace(-0.02, 0.05, 8)):
        show(history, Experiment(pizza, 100, rate, start=Point(start, 0.0)), iteration=50)
        ranges.add(tuple(map(tuple, history.view.viewRange())))
    assert len(ranges) == 1


def test_the_view_is_the_same_wherever_the_hiker_stands(window):
    history, seen = window.figure.loss_history, set()
    for scale, iteration in product(("Logarithmic", "Linear"), (0, 1, 50, 100)):
        command(window, scale).setChecked(True)
        child(window, "position").setValue(iteration)
        seen.add((scale, str(history.view.viewRange())))
    assert len(seen) == 2


def test_the_view_is_held_while_a_start_is_dragged(window, qtbot):
    history = window.figure.loss_history
    before = history.view.viewRange()
    window.figure.loss_curve.held.emit(True)
    type_into(qtbot, window, "start_weight", "-3")
    assert history.view.viewRange() == before
    line = history._now.points[:, 1]
    assert line.tolist() == before[1]
    window.figure.loss_curve.held.emit(False)
    assert history.view.viewRange() != before
    assert history._now.points[:, 1].tolist() == history.view.viewRange()[1]


@settings(derandomize=True, deadline=None, max_examples=40)
@given(
    st.floats(1e-6, 1e6), st.floats(-300, 300), st.floats(-6, 0.5), st.sampled_from(sorted(SCALES))
)
def test_every_row_is_in_the_view(qapp, unit, start, rate, scale):
    del qapp
    history = LossHistory()
    dataset = Dataset(unit * np.array([1, 2, 4.0]), [2, 3, 5.0])
    limit = Experiment(dataset).learning_rate_limit
    experiment = Experiment(dataset, 30, limit * 10**rate, start=Point(start / unit, 0.0))
    history.set_scale(scale)
    record = show(history, experiment)
    bottom, top = history.view.viewRange()[1]
    for index in range(len(record)):
        assert bottom < history.place_of(record.at(index))[1] < top


# Kept runs


def test_kept_runs_are_seen_as_far_as_the_playhead_and_grey_beyond(window, qtbot):
    press(qtbot, window, "keep")
    type_into(qtbot, window, "learning_rate", "0.0003")
    history = window.figure.loss_history
    for iteration in (0, 30, 100):
        child(window, "position").setValue(iteration)
        assert history._so_far.boundingRect().right() == iteration
    assert np.array_equal(history._kept_whole.points, history._kept_lines.points)


def test_what_says_that_a_run_diverges_hides_no_hiker(window, qtbot):
    window.tuning.set_settings(learning_rate=10_000.0, iterations=22)
    wait_until_trained(qtbot, window)
    press(qtbot, window, "keep")
    window.tuning.set_settings(learning_rate=20_000.0, iterations=2)
    wait_until_trained(qtbot, window)
    command(window, "To the end").trigger()
    choose(window, "Light")
    plot = window.figure.loss_history
    words = plot._by_itself.textItem.sceneBoundingRect()
    place = plot.view.mapViewToScene(QPointF(*plot._dot.points[0]))
    assert words.contains(place)
    around = plot.grab(QRect(plot.mapFromScene(place) - QPoint(4, 4), QSize(9, 9))).toImage()
    seen = (np.abs(pixels(around) - rgb(LIGHT.hiker)).max(axis=-1) < 24).mean()
    assert seen > 0.5

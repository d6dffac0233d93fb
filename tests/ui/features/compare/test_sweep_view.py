"""A sweep runs every rate beside the window, shows what became of each, and ends when told."""

import math
import threading
import time

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QSpinBox, QToolTip

from gdviz.core.descent import textbook
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Ending, Experiment, Outcome, run
from gdviz.core.descent.methods import METHODS, Adam
from gdviz.core.descent.sweep import Trial, proposed_rates, rates
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.sentences import trial_sentence
from gdviz.ui.features.compare.sweep_view import SweepView, progress_text
from gdviz.ui.features.compare.sweeper import Sweeper
from gdviz.ui.features.export.pictures import export_picture
from gdviz.ui.plots.drawing.sheet import Sheet
from gdviz.ui.plots.sweep_plot import ITERATIONS, LOSS, SweepPlot
from gdviz.ui.running.worker import MOST_ROWS, SLICE_S, Worker, fitting_rows
from gdviz.ui.theme import DARK, LIGHT
from gdviz.ui.widgets.spin_boxes import ScientificBox

LONG = 1_000_000_000
LEFT = Qt.MouseButton.LeftButton
END = Outcome(Ending.REACHED, 100)


class Broken(Experiment):
    """An experiment that breaks off when it is to be run with another rate."""

    @property
    def scale(self):
        if self.learning_rate != 0.001:
            raise RuntimeError("no way down")
        return super().scale


@pytest.fixture
def view(qtbot, pizza):
    view = SweepView()
    qtbot.addWidget(view)
    view.set_theme(LIGHT)
    view.set_experiment(Experiment(pizza))
    view.resize(520, 420)
    view.show()
    qtbot.waitExposed(view)
    yield view
    view.close()


def box(view, name):
    return view.findChild(ScientificBox, f"sweep_{name}")


def type_in(qtbot, widget, text):
    widget.setFocus()
    widget.selectAll()
    qtbot.keyClicks(widget, text)
    qtbot.keyClick(widget, Qt.Key.Key_Return)


def button(view):
    return view.findChild(QPushButton, "sweep_start")


def said(view):
    return view.findChild(QLabel, "sweep_progress").text()


def start(qtbot, view):
    qtbot.mouseClick(button(view), LEFT)


def finish(qtbot, view):
    start(qtbot, view)
    qtbot.waitUntil(lambda: not view.sweeping)
    QApplication.processEvents()


def place_of(plot, trial):
    """Return where the point of a trial is on the widget, told from the axes alone."""
    (left, right), (bottom, top) = plot.view.viewRange()
    box = plot.view.sceneBoundingRect()
    x = (math.log10(trial.rate) - left) / (right - left)
    steps = plot.left.range, math.log10(max(trial.iterations, 1))
    assert list(steps[0]) == [bottom, top]
    y = (top - steps[1]) / (top - bottom)
    return plot.mapFromScene(QPointF(box.left() + x * box.width(), box.top() + y * box.height()))


def points_of(plot):
    """Return the points of all marks that show anything, by the order in which they are drawn."""
    sheets = [item for item in plot.scene().items() if isinstance(item, Sheet)]
    return [mark.points.tolist() for sheet in sheets for mark in sheet.marks]


# A sweep


def test_every_rate_is_run_as_the_lessons_loop_runs_it(qtbot, view, pizza):
    finish(qtbot, view)
    trials = view.plot.trials
    assert [t.rate for t in trials] == rates(*proposed_rates(Experiment(pizza)), 60)
    for trial in trials:
        w, losses = 0.0, []
        for _ in range(101):
            losses.append(textbook.loss(pizza.x, pizza.y, w))
            w -= trial.rate * textbook.gradient(pizza.x, pizza.y, w)
        expected = next((k for k, loss in enumerate(losses) if loss <= 76.6), None)
        assert trial.iterations == expected
        assert trial.loss == pytest.approx(losses[-1], rel=1e-9)
        assert trial.diverged is (trial.rate > 0.0045703839)


def test_what_is_typed_is_swept(qtbot, view, pizza):
    type_in(qtbot, box(view, "low"), "0.0001")
    type_in(qtbot, box(view, "high"), "1e-3")
    type_in(qtbot, view.findChild(QSpinBox, "sweep_count"), "5")
    type_in(qtbot, box(view, "goal"), "200")
    finish(qtbot, view)
    assert [t.rate for t in view.plot.trials] == [0.0001, 0.000178, 0.000316, 0.000562, 0.001]
    for trial in view.plot.trials:
        losses = run(Experiment(pizza, 100, trial.rate))[0].record.loss
        assert trial.iterations == int(np.argmax(losses <= 200))


def test_the_lowest_rate_may_be_typed_as_the_highest(qtbot, view):
    type_in(qtbot, box(view, "low"), "0.01")
    finish(qtbot, view)
    tried = [trial.rate for trial in view.plot.trials]
    assert tried == sorted(tried)
    assert (tried[0], tried[-1]) == (0.0091, 0.01)


def test_it_says_how_far_it_is_and_which_rate_was_the_fastest(qtbot, view):
    finish(qtbot, view)
    assert said(view) == "60 rates. Fastest: 0.00221, with 1 iteration to the goal."
    assert button(view).text() == "Sweep"


@pytest.mark.parametrize(
    ("trials", "finished", "expected"),
    [
        ([], False, "0 of 3 rates."),
        ([Trial(0.1, None, 9, END, False)], False, "1 of 3 rates."),
        ([Trial(0.1, None, 9, END, False)], True,
         "Stopped after 1 of 3 rates. None reaches the goal."),
        ([Trial(0.1, 1200, 9, END, False)], False,
         "1 of 3 rates. Fastest: 0.1, with 1,200 iterations to the goal."),
        (3 * [Trial(0.1, None, 9, END, True)], True, "3 rates. None reaches the goal."),
    ],
)  # fmt: skip
def test_progress_in_words(trials, finished, expected):
    assert progress_text(trials, 3, finished) == expected


def test_a_second_sweep_finds_the_same_as_the_first(qtbot, view):
    finish(qtbot, view)
    first = view.plot.trials
    finish(qtbot, view)
    assert view.plot.trials == first


@pytest.mark.parametrize("method", METHODS.values())
def test_every_method_can_be_swept(qtbot, view, pizza, method):
    experiment = Experiment(pizza, 50, with_bias=True, method=method())
    view.set_experiment(experiment)
    view.findChild(QSpinBox, "sweep_count").setValue(7)
    finish(qtbot, view)
    assert len(view.plot.trials) == 7
    assert not view.plot.grab().isNull()


def test_a_sweep_that_breaks_off_says_why(qtbot, view, pizza):
    view.set_experiment(Broken(pizza))
    start(qtbot, view)
    qtbot.waitUntil(lambda: "no way down" in said(view))
    qtbot.waitUntil(lambda: not view.sweeping)
    view.set_experiment(Experiment(pizza))
    finish(qtbot, view)
    assert len(view.plot.trials) == 60


# Stopping


def test_the_button_stops_a_sweep_and_its_trials_stay(qtbot, view, pizza):
    view.set_experiment(Experiment(pizza, 50_000, with_bias=True, method=Adam()))
    start(qtbot, view)
    assert button(view).text() == "Stop"
    qtbot.waitUntil(lambda: len(view.plot.trials) > 1)
    start(qtbot, view)
    qtbot.waitUntil(lambda: not view.sweeping)
    assert 1 < len(view.plot.trials) < 60
    assert said(view).startswith("Stopped after ")
    assert button(view).text() == "Sweep"


@pytest.mark.parametrize("method", [METHODS["gradient-descent"](), Adam()])
def test_closing_ends_the_thread_at_once(qtbot, view, pizza, method):
    view.set_experiment(Experiment(pizza, LONG, with_bias=True, method=method))
    before = threading.active_count()
    start(qtbot, view)
    qtbot.waitUntil(lambda: "0 of 60" in said(view))
    began = time.perf_counter()
    view.close()
    Worker.wait_for_dropped()
    assert time.perf_counter() - began < 0.5
    assert not view.sweeping
    assert view.findChild(Sweeper) is None
    assert threading.active_count() <= before


def test_the_window_stays_quick_while_sweeping(qtbot, view, pizza):
    view.set_experiment(Experiment(pizza, LONG, with_bias=True, method=Adam()))
    start(qtbot, view)
    late_s, began = [], time.perf_counter()
    while len(late_s) < 200:
        QApplication.processEvents()
        late_s.append(time.perf_counter() - began)
        began = time.perf_counter()
    assert np.median(late_s) < 0.005


# Other settings


def test_the_proposals_follow_the_settings(view, pizza):
    limit = Experiment(pizza, with_bias=True).learning_rate_limit
    view.set_experiment(Experiment(pizza, 500, with_bias=True))
    assert box(view, "low").value() == pytest.approx(limit / 1000, rel=0.05)
    assert box(view, "high").value() == pytest.approx(2 * limit, rel=0.05)
    assert box(view, "goal").value() == 30.8
    view.set_experiment(Experiment(pizza, 100, with_bias=True))
    assert box(view, "goal").value() == 63, "in so few iterations no rate comes further"


def test_what_was_typed_stays_while_the_proposal_is_the_same(qtbot, view, pizza):
    type_in(qtbot, box(view, "low"), "0.0005")
    type_in(qtbot, box(view, "goal"), "99")
    view.set_experiment(Experiment(pizza, 777, 0.002))
    assert box(view, "low").value() == 0.0005
    assert box(view, "goal").value() == 99
    view.set_experiment(Experiment(pizza, 777, with_bias=True, standardise=True))
    assert box(view, "low").value() == 0.001


def test_another_rate_keeps_the_sweep_and_moves_its_line(qtbot, view, pizza):
    finish(qtbot, view)
    trials, before = view.plot.trials, points_of(view.plot)
    view.set_experiment(Experiment(pizza, learning_rate=0.002))
    assert view.plot.trials == trials
    assert points_of(view.plot) != before


def test_other_settings_drop_the_sweep(qtbot, view, pizza):
    finish(qtbot, view)
    view.set_experiment(Experiment(pizza, 101))
    assert not view.plot.trials
    assert said(view).startswith("Press Sweep")


def test_other_settings_end_a_sweep_that_is_under_way(qtbot, view, pizza):
    view.set_experiment(Experiment(pizza, LONG))
    start(qtbot, view)
    view.set_experiment(Experiment(pizza, 100))
    assert not view.sweeping
    assert not view.plot.trials
    finish(qtbot, view)
    assert {trial.outcome.iteration for trial in view.plot.trials} == {100}


def test_nothing_happens_before_there_are_settings(qtbot):
    view = SweepView()
    qtbot.addWidget(view)
    view.show()
    start(qtbot, view)
    assert not view.sweeping
    view.close()


# The plot


def test_a_click_on_a_point_asks_for_its_rate(qtbot, view):
    finish(qtbot, view)
    for trial in [t for t in view.plot.trials if t.iterations is not None][::9]:
        with qtbot.waitSignal(view.rate_requested) as asking:
            place = place_of(view.plot, trial)
            qtbot.mouseClick(view.plot.viewport(), LEFT, pos=place + QPoint(1, -2))
        assert asking.args == [trial.rate]


def test_a_click_beside_the_points_asks_for_nothing(qtbot, view):
    finish(qtbot, view)
    slow = next(t for t in view.plot.trials if t.iterations is not None)
    with qtbot.assertNotEmitted(view.rate_requested):
        far = place_of(view.plot, slow) + QPoint(0, 60)
        qtbot.mouseClick(view.plot.viewport(), LEFT, pos=far)
        near = place_of(view.plot, slow)
        qtbot.mouseClick(view.plot.viewport(), Qt.MouseButton.RightButton, pos=near)


def test_a_button_asks_for_the_fastest_rate(qtbot, view, pizza):
    use = view.findChild(QPushButton, "sweep_use")
    assert not use.isEnabled()
    finish(qtbot, view)
    with qtbot.waitSignal(view.rate_requested) as asked:
        qtbot.keyClick(use, Qt.Key.Key_Space)
    best = min(
        (trial for trial in view.plot.trials if trial.iterations), key=lambda t: t.iterations
    )
    assert asked.args == [best.rate]
    view.set_experiment(Experiment(pizza, 50))
    assert not use.isEnabled(), "what was swept with other settings is gone"


def test_before_a_sweep_there_is_nothing_to_click(qtbot, view):
    with qtbot.assertNotEmitted(view.rate_requested):
        qtbot.mouseClick(view.plot.viewport(), LEFT, pos=view.plot.rect().center())


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_the_mouse_says_what_can_be_clicked_and_what_it_is(qtbot, view):
    finish(qtbot, view)
    trial = next(t for t in view.plot.trials if t.iterations is not None)
    place, viewport = place_of(view.plot, trial), view.plot.viewport()
    qtbot.mouseMove(viewport, place)
    assert view.plot.cursor().shape() is Qt.CursorShape.PointingHandCursor
    tip = QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, tip)
    assert QToolTip.text() == trial_sentence(trial)
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    qtbot.mouseMove(viewport, place + QPoint(0, 80))
    assert view.plot.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_the_height_is_chosen_with_the_keys(qtbot, view):
    finish(qtbot, view)
    measure = view.findChild(QComboBox, "sweep_measure")
    measure.setFocus()
    qtbot.keyClick(measure, Qt.Key.Key_Down)
    assert measure.currentText() == "final loss"
    low, high = view.plot.view.viewRange()[1]
    losses = [math.log10(trial.loss) for trial in view.plot.trials if not trial.diverged]
    assert low < min(losses)
    assert max(losses) < high
    qtbot.keyClick(measure, Qt.Key.Key_Up)
    assert view.plot.view.viewRange()[1] != [low, high]


@pytest.fixture
def plot(qtbot, pizza):
    plot = SweepPlot()
    qtbot.addWidget(plot)
    plot.set_theme(LIGHT)
    plot.resize(520, 300)
    plot.set_experiment(Experiment(pizza))
    plot.set_sweep(1e-5, 0.01, 76.6)
    plot.grab()
    return plot


TRIALS = (
    Trial(1e-5, None, 300.0, END, False),
    Trial(1e-4, 50, 69.3, END, False),
    Trial(1e-3, 5, 69.2, END, False),
    Trial(2e-3, None, 90.0, Outcome(Ending.CONVERGED, 12), False),
    Trial(3e-3, 8, 69.2, END, False),
    Trial(1e-2, None, 1e300, Outcome(Ending.DIVERGED, 80), True),
)


def is_upright(points):
    return len(points) == 2 and points[0][0] == points[1][0]


def marks_at(plot, rate):
    """Return the heights at which marks other than upright lines stand at a rate."""
    marks = [points for points in points_of(plot) if not is_upright(points)]
    return {y for points in marks for x, y in points if x == math.log10(rate)}


def test_points_stand_where_their_numbers_are(plot):
    plot.set_trials(TRIALS)
    assert marks_at(plot, 1e-4) == {math.log10(50)}
    assert marks_at(plot, 1e-5) == marks_at(plot, 2e-3) == {math.log10(100)}
    plot.set_measure(LOSS)
    assert marks_at(plot, 1e-4) == {math.log10(69.3)}
    assert marks_at(plot, 2e-3) == {math.log10(90)}


@pytest.mark.parametrize("measure", [ITERATIONS, LOSS])
def test_what_diverges_stands_above_all_others_and_inside(plot, measure):
    plot.set_measure(measure)
    plot.set_trials(TRIALS)
    (height,) = {points[0][1] for points in points_of(plot) if points and points[0][0] == -2}
    others = [max(marks_at(plot, trial.rate)) for trial in TRIALS[:-1]]
    assert max(others) < height < plot.view.viewRange()[1][1]


def test_the_line_joins_neighbours_that_reach_the_goal(plot):
    plot.set_trials(TRIALS)
    joined = [[-4, math.log10(50)], [-3, math.log10(5)]]
    assert joined in [[[round(x, 12), y] for x, y in points] for points in points_of(plot)]


def test_upright_lines_stand_at_the_limit_and_at_the_current_rate(plot, pizza):
    plot.set_trials(TRIALS)
    limit = math.log10(pizza.quadratic.learning_rate_limit)
    uprights = [p for p in points_of(plot) if is_upright(p)]
    assert sorted(p[0][0] for p in uprights) == [-3, pytest.approx(limit)]
    bottom, top = plot.view.viewRange()[1]
    assert all(sorted([p[0][1], p[1][1]]) == [bottom, top] for p in uprights)


def test_a_method_without_a_limit_has_no_line_there(plot, pizza):
    plot.set_experiment(Experiment(pizza, method=Adam()))
    uprights = [p for p in points_of(plot) if is_upright(p)]
    assert [p[0][0] for p in uprights] == [-3]


def test_drawing_does_not_depend_on_what_was_shown_before(plot):
    plot.set_trials(TRIALS)
    expected = points_of(plot)
    for measure, trials in ((LOSS, TRIALS[:2]), (ITERATIONS, ()), (LOSS, TRIALS)):
        plot.set_measure(measure)
        plot.set_trials(trials)
    plot.set_measure(ITERATIONS)
    assert points_of(plot) == expected


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(Dataset([1.0, 2.0], [2.0, 4.0])),
        Experiment(Dataset([1.0, 2.0], [2.0, 4.0]), start=Point(2.0, 0.0)),
        Experiment(Dataset([0.0, 0.0], [1.0, 2.0])),
        Experiment(Dataset([3.0, 3.0], [1.0, 2.0]), with_bias=True),
        Experiment(Dataset([3.0], [1.0]), with_bias=True, iterations=0),
        Experiment(Dataset([1.0, 2.0], [2.0, 5.0]), start=Point(1e300, 0.0)),
        Experiment(Dataset([1e-100, 2e-100], [2.0, 5.0]), 1),
        Experiment(Dataset([1e100, 2e100], [2.0, 5.0])),
    ],
)
@pytest.mark.parametrize("measure", [ITERATIONS, LOSS])
def test_any_data_can_be_swept_and_drawn(qtbot, view, experiment, measure):
    view.set_experiment(experiment)
    view.plot.set_measure(measure)
    finish(qtbot, view)
    assert len(view.plot.trials) == 60
    ranges = np.array(view.plot.view.viewRange())
    assert np.isfinite(ranges).all()
    assert (ranges[:, 0] < ranges[:, 1]).all()
    assert all(np.isfinite(points).all() for points in points_of(view.plot) if points)
    assert not view.plot.grab().isNull()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_the_plot_can_be_exported(plot, theme, suffix, tmp_path):
    plot.set_trials(TRIALS)
    target = tmp_path / f"sweep.{suffix}"
    plot.set_theme(theme)
    export_picture(plot, target)
    assert target.stat().st_size > 1000


def test_controls_stand_in_one_row_where_there_is_room(qtbot, view):
    heights = {}
    for width in (1044, 520, 1044):
        view.resize(width, 420)
        qtbot.waitUntil(lambda width=width: view.width() == width)
        QApplication.processEvents()
        heights[width] = box(view, "goal").y() - box(view, "low").y()
        parts = (box(view, "low"), box(view, "goal"), button(view))
        assert all(view.rect().contains(part.geometry()) for part in parts)
    assert heights[1044] == 0
    assert heights[520] > 0


def test_everything_has_a_name_and_says_what_it_does(view):
    parts = [
        *(box(view, name) for name in ("low", "high", "goal")), button(view), view.plot,
        view.findChild(QSpinBox, "sweep_count"), view.findChild(QComboBox, "sweep_measure"),
    ]  # fmt: skip
    assert all(part.accessibleName() and part.toolTip() for part in parts)


# Slices of time


def test_blocks_grow_to_a_slice_of_time_and_shrink_back():
    assert fitting_rows(1000, SLICE_S) == 1000
    assert fitting_rows(1000, SLICE_S / 100) == 2000
    assert fitting_rows(1000, 1.0) == 500
    assert fitting_rows(0, 0.0) == 16
    assert fitting_rows(MOST_ROWS, 0.0) == MOST_ROWS


@pytest.mark.parametrize("measure", [0, 1])
def test_a_sweep_over_all_rates_there_are_is_drawn_and_read(view, qtbot, measure):
    for name, value in (("low", 1e-300), ("high", 1e300)):
        box(view, name).setValue(value)
    view.findChild(QComboBox).setCurrentIndex(measure)
    view.findChild(QPushButton, "sweep_start").click()
    qtbot.waitUntil(lambda: not view.sweeping)
    assert len(view.plot.trials) == 60
    assert len(view.plot.bottom.ticks()) > 1
    texts = [
        view.plot.reading_at(QPointF(x, view.plot.height() / 2)).text
        for x in range(0, view.plot.width(), 5)
    ]
    assert all("rate = " in text and "inf" not in text for text in texts)

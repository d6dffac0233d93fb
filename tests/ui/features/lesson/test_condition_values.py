"""Facts: what a condition can ask about, each as it is now; what is half done doesn't count."""

import math
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from support import PIZZA, child, choose, press, type_into, wait_until_trained

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.methods import Adam
from gdviz.core.lessons.chapter import FIRST, Setup
from gdviz.core.lessons.conditions import FACTS
from gdviz.core.lessons.tables import MOST_ROWS
from gdviz.ui.features.lesson.condition_values import LOOK_MS

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
# What only the sitting knows.
OF_THE_SITTING = {"predicted", "given", "answered", "answered_right", "solved"}


@pytest.fixture
def facts(window):
    """The facts of a window, counting, with the times at which they tell of a change."""
    facts = window.teaching._facts
    facts.told = []
    facts.changed.connect(lambda: facts.told.append(1))
    facts.begin()
    return facts


def first_dot(window):
    plot = window.figure.data_fit
    dots = plot.editing._dots
    return plot.mapFromScene(*np.array(dots.in_pixels(dots.points[:1]))[0].tolist())


def hiker(window):
    plot = window.figure.loss_curve
    return plot.mapFromScene(*plot._hiker.in_pixels(plot._hiker.points)[0].tolist())


def write(folder, text="u,v\n1,2\n2,4\n3,7\n"):
    (folder / "own.csv").write_text(text)
    return folder / "own.csv"


def set_to(window, **settings):
    window.teaching._workplace.apply(Setup(settings=settings), Path())


@pytest.mark.parametrize("with_bias", [False, True])
def test_every_fact_has_a_value_of_its_kind(window, facts, with_bias):
    window.tuning.set_settings(with_bias=with_bias)
    kinds = {"number": (int, float), "yes or no": bool, "text": str}
    for name, (kind, _) in FACTS.items():
        if name not in OF_THE_SITTING:
            assert isinstance(facts(name), kinds[kind]), name


# Numbers


def test_the_curvature_and_the_condition_number_are_those_of_the_hessian(window, facts, pizza):
    assert facts("curvature") == pytest.approx(2 * np.mean(pizza.x**2))
    assert facts("condition_number") == 1
    assert facts("learning_rate_limit") == pytest.approx(2 / facts("curvature"))
    set_to(window, with_bias=True)
    ones = np.column_stack((pizza.x, np.ones(len(pizza))))
    low, high = np.linalg.eigvalsh(2 * ones.T @ ones / len(pizza))
    assert facts("curvature") == pytest.approx(high)
    assert facts("condition_number") == pytest.approx(high / low)
    set_to(window, standardise=True)
    assert facts("condition_number") == pytest.approx(1)
    assert facts("learning_rate_limit") == pytest.approx(2 / facts("curvature"))


def test_the_distance_has_a_sign(window, facts):
    assert facts("distance") == pytest.approx(-1.8437, abs=1e-4)
    set_to(window, start_weight=3.0)
    assert facts("distance") == pytest.approx(3 - 1.8437, abs=1e-4)
    window.session.playback.to_end()
    assert abs(facts("distance")) < 1e-9


def test_a_run_arrives_at_the_first_loss_that_is_nearly_the_best(window, facts):
    arrived, record = facts("arrived"), window.session.runs.record
    assert record.at(arrived).loss <= 1.001 * facts("best_loss") < record.at(arrived - 1).loss
    set_to(window, iterations=arrived - 1)
    assert facts("arrived") == math.inf
    set_to(window, start_weight=1.8437)
    assert facts("arrived") == 0


def test_a_run_arrives_where_a_line_fits_exactly(window, facts, tmp_path):
    window.opening.open_file(write(tmp_path, "u,v\n1,2\n2,4\n3,6\n"))
    assert facts("best_loss") == 0
    assert 0 < facts("arrived") < math.inf


def test_the_plain_loss_is_the_lowest_of_kept_plain_runs_of_the_same_length(window, facts):
    assert facts("plain_loss") == math.inf
    losses = []
    for rate in (0.0001, 0.0002):
        set_to(window, learning_rate=rate)
        window.session.undo.keep()
        losses.append(facts("final_loss"))
    set_to(window, learning_rate=0.0001, batch_size=5)
    window.session.undo.keep()
    window.tuning.set_settings(method=Adam(), learning_rate=1.0, batch_size=None)
    window.session.undo.keep()
    assert facts("plain_loss") == min(losses)
    set_to(window, iterations=50)
    assert facts("plain_loss") == math.inf


def test_a_kept_run_that_diverges_has_no_loss_to_beat(window, facts):
    set_to(window, learning_rate=1.0, iterations=1000)
    window.session.undo.keep()
    assert facts("plain_loss") == math.inf


# Counts


@pytest.mark.usefixtures("quick_mouse")
def test_a_drag_counts_once_and_when_it_is_let_go(window, qtbot, facts):
    canvas, place = window.figure.loss_curve.viewport(), hiker(window)
    qtbot.mousePress(canvas, LEFT, pos=place)
    for right in (20, 30, 40):
        qtbot.mouseMove(canvas, place + QPoint(right, -10))
    assert facts("start_weight") > 0
    assert not facts.is_settled
    assert facts("start_moved") == 0
    assert not facts.told
    qtbot.mouseRelease(canvas, LEFT, pos=place + QPoint(40, -10))
    assert facts.is_settled
    assert facts("start_moved") == 1
    assert facts.told


def test_a_drag_back_to_where_it_began_is_none(window, facts):
    window.session.undo.hold()
    for weight in (3.0, 0.0):
        window.tuning.set_settings(start=Point(weight, 0.0))
    window.session.undo.release()
    assert facts("start_moved") == 0


@pytest.mark.usefixtures("quick_mouse")
def test_a_row_that_is_dragged_is_edited_once_and_other_data_are_opened(
    window, qtbot, facts, tmp_path
):
    canvas, place = window.figure.data_fit.viewport(), first_dot(window)
    qtbot.mousePress(canvas, LEFT, pos=place)
    for down in (20, 30, 40):
        qtbot.mouseMove(canvas, place + QPoint(0, down))
    assert (facts("edited"), facts("opened")) == (0, 0)
    qtbot.mouseRelease(canvas, LEFT, pos=place + QPoint(0, 40))
    assert (facts("edited"), facts("opened")) == (1, 0)
    editing = window.figure.data_fit.editing
    editing.add_in_the_middle()
    editing.remove_chosen()
    assert (facts("edited"), facts("opened")) == (3, 0)
    window.opening.open_file(write(tmp_path))
    assert (facts("edited"), facts("opened")) == (3, 1)
    editing.add_in_the_middle()
    assert (facts("edited"), facts("opened")) == (4, 1)


def test_dates_that_are_counted_otherwise_are_neither_edited_nor_opened(window, facts, tmp_path):
    window.opening.open_file(write(tmp_path, "d,v\n2024-01-01,2\n2024-01-02,4\n2024-02-01,7\n"))
    calendar = window.session.runs.experiment.dataset.calendar
    other = calendar.since(calendar.kind, calendar.origin + 10)
    window.figure.data_fit.editing.counting_requested.emit(other)
    assert window.session.runs.experiment.dataset.calendar == other
    assert (facts("edited"), facts("opened")) == (0, 1)


@pytest.mark.parametrize(("end", "opened"), [("generate_cancel", 0), ("generate_ok", 1)])
def test_generated_data_are_opened_only_when_they_are_taken(window, qtbot, facts, end, opened):
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    dialog = child(window, "generate_dialog")
    child(dialog, "generate_seed").setValue(5)
    assert not facts.is_settled
    assert facts("opened") == 0
    assert not facts.told
    press(qtbot, dialog, end)
    wait_until_trained(qtbot, window)
    assert facts.is_settled
    assert facts("opened") == opened
    assert facts.told
    if opened:
        window.figure.data_fit.editing.add_in_the_middle()
        assert (facts("edited"), facts("opened")) == (1, 1)


def test_a_file_that_is_not_chosen_is_not_opened(window, facts, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    choose(window, "Open…")
    choose(window, "Import with options…")
    assert facts("opened") == 0
    window.opening.open_file(PIZZA)
    assert facts("opened") == 1


@pytest.mark.parametrize(("end", "opened"), [("import_cancel", 0), ("import_open", 1)])
def test_an_import_counts_when_it_is_done(window, qtbot, facts, tmp_path, monkeypatch, end, opened):
    path = str(write(tmp_path))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (path, ""))
    choose(window, "Import with options…")
    assert not facts.is_settled
    press(qtbot, child(window, "import_dialog"), end)
    wait_until_trained(qtbot, window)
    assert facts.is_settled
    assert facts("opened") == opened


def test_what_happens_behind_a_dialog_is_told_when_it_is_closed(window, qtbot, facts):
    window.show_about()
    box = child(window, "about")
    window.session.undo.keep()
    assert not facts.told
    qtbot.wait(2 * LOOK_MS)
    assert not facts.told
    box.close()
    qtbot.waitUntil(lambda: bool(facts.told))
    assert facts("kept") == 1


def test_half_a_number_is_none(window, qtbot, facts):
    box = child(window, "learning_rate")
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "0.0")
    assert not facts.is_settled
    window.session.undo.keep()
    assert not facts.told
    qtbot.keyClicks(box, "02")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert facts.is_settled
    assert facts.told
    assert facts("learning_rate") == 0.002
    box.setFocus()
    qtbot.keyClicks(box, "7")
    assert not facts.is_settled
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert facts.is_settled


def test_the_off_of_a_box_is_no_half_number(window, qtbot, facts):
    box = child(window, "tolerance")
    box.setFocus()
    assert box.text() == "off"
    assert facts.is_settled
    type_into(qtbot, window, "tolerance", "1")
    box.setFocus()
    assert facts.is_settled
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Backspace)
    assert not facts.is_settled


def test_steps_and_plays_are_counted(window, qtbot, facts):
    press(qtbot, window, "step_forward")
    qtbot.keyClick(window, Qt.Key.Key_Right)
    press(qtbot, window, "step_back")
    press(qtbot, window, "to_end")
    assert facts("stepped") == 2
    press(qtbot, window, "play")
    assert facts("playing")
    press(qtbot, window, "play")
    assert (facts("stepped"), facts("played")) == (2, 1)


@pytest.mark.parametrize("seen", [True, False])
def test_a_sweep_counts_when_it_was_seen_to_its_end(window, qtbot, facts, seen):
    window.comparing.sweep_dock.open()
    QApplication.processEvents()
    assert facts("sweep")
    child(window, "sweep_count").setValue(5)
    press(qtbot, window, "sweep_start")
    assert not facts("swept")
    window.comparing.sweep_dock.setVisible(seen)
    qtbot.waitUntil(lambda: not window.comparing.sweep_dock.content.sweeping)
    assert facts("swept") is seen
    facts.begin()
    assert not facts("swept")


def test_a_sweep_that_is_stopped_counts_for_nothing(window, qtbot, facts):
    window.comparing.sweep_dock.open()
    set_to(window, iterations=1_000_000)
    child(window, "sweep_count").setValue(1000)
    press(qtbot, window, "sweep_start")
    press(qtbot, window, "sweep_start")
    assert not window.comparing.sweep_dock.content.sweeping
    assert not facts("swept")


def test_what_a_chapter_does_is_not_the_learners_doing(window, facts):
    press_count = {name: facts(name) for name in ("stepped", "played", "start_moved", "opened")}
    facts.end()
    set_to(window, start_weight=3.0)
    window.session.playback.seek(1)
    window.session.playback.toggle()
    window.session.playback.pause()
    facts.go_on()
    assert {name: facts(name) for name in press_count} == press_count
    assert not facts.told
    window.session.playback.seek(window.session.playback.iteration + 1)
    assert facts("stepped") == 1


def test_nothing_is_told_without_a_lesson(window, facts):
    facts.end()
    window.session.undo.keep()
    window.session.playback.seek(3)
    assert not facts.told


def test_most_rows_of_a_lesson_are_looked_up_at_once(window, qtbot, facts, tmp_path):
    path = write(tmp_path, "".join(f"{n % 100},{n % 7}\n" for n in range(MOST_ROWS)))
    window.teaching._workplace.apply(FIRST.over(Setup()), Path())
    window.teaching._workplace.apply(Setup(file=path.name), tmp_path)
    wait_until_trained(qtbot, window)
    assert facts("rows") == MOST_ROWS
    assert facts("arrived") >= 0

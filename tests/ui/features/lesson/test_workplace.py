"""Set-ups: what a chapter names is set, what it leaves open stays, and all goes when it ends."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from silence import Silence
from support import child, command, text, wait_until_trained

from gdviz.core.descent.methods import Adam, Momentum
from gdviz.core.descent.settings import values
from gdviz.core.lessons.chapter import FIRST, Setup
from gdviz.core.lessons.tables import MOST_ROWS

BESIDE = (
    {"name": "slow", "learning_rate": 0.0001},
    {"method": "adam", "learning_rate": 0.1, "beta1": 0.5},
)


@pytest.fixture
def place(window):
    """The workplace of a window, cleared for a lesson, at the beginning of a chapter."""
    place = window.teaching._workplace
    place.before = place.clear()
    place.apply(FIRST, Path())
    return place


def apply(place, folder=Path(), **named):
    place.apply(Setup(**named), folder)


def kept(window):
    return {run.name: run.experiment for run in window.session.runs.kept}


def experiment(window):
    return window.session.runs.experiment


def shown(window):
    """Return what is seen of all that chapters can show."""
    return {name for name, switch in window.teaching._workplace._parts.shown.items()
            if switch.isChecked()}  # fmt: skip


# The run


def test_settings_that_are_named_change_and_the_others_stay(window, place):
    apply(place, settings={"learning_rate": 0.002, "start_weight": 3.0})
    apply(place, settings={"iterations": 7})
    now = values(experiment(window))
    assert (now["learning_rate"], now["start_weight"], now["iterations"]) == (0.002, 3.0, 7)
    assert len(window.session.runs.record) == 8
    apply(place, residuals="sticks")
    assert values(experiment(window)) == now


def test_a_method_begins_with_its_own_hyperparameters(window, place):
    apply(place, settings={"method": "momentum", "learning_rate": 0.001, "momentum": 0.5})
    assert experiment(window).method == Momentum(momentum=0.5)
    apply(place, settings={"learning_rate": 0.002})
    assert experiment(window).method == Momentum(momentum=0.5)
    apply(place, settings={"momentum": 0.25})
    assert experiment(window).method == Momentum(momentum=0.25)
    apply(place, settings={"method": "momentum", "learning_rate": 0.001})
    assert experiment(window).method == Momentum()


def test_a_setting_that_cannot_go_with_the_learners_is_said(window, place):
    before = experiment(window)
    apply(place, settings={"start_bias": 1e200})
    assert "fixed bias" in text(window, "notice_text")
    assert experiment(window) is before


def test_what_is_set_already_is_not_run_again(window, place):
    before, record = experiment(window), window.session.runs.record
    apply(place, settings={"learning_rate": 0.001})
    place.apply(FIRST, Path())
    assert experiment(window) is before
    assert window.session.runs.record is record


# The table


def test_a_table_is_opened_with_a_rate_that_works_unless_one_is_named(window, qtbot, place, folder):
    apply(place, folder, file="steep.csv")
    wait_until_trained(qtbot, window)
    assert text(window, "file_name") == "steep.csv"
    assert experiment(window).learning_rate < experiment(window).learning_rate_limit
    place.apply(FIRST, Path())
    apply(place, folder, file="steep.csv", settings={"learning_rate": 1e-9})
    assert experiment(window).learning_rate == 1e-9
    assert not child(window, "notice").isVisible()


def test_a_table_that_is_shown_stays(window, place):
    before = experiment(window).dataset
    apply(place, file="pizza.txt", settings={"iterations": 7})
    assert experiment(window).dataset is before


def test_what_is_left_out_of_a_table_is_told(window, place, folder):
    apply(place, folder, file="gaps.csv")
    assert "left out" in text(window, "notice_text")


def bomb(folder):
    (folder / "large.csv").write_bytes(gzip.compress(b"1,2\n" * 2_000_000))
    return "6 MB", "unpacked"


def large(folder):
    (folder / "large.csv").write_text("1,2\n" * 600_000)
    return "2.4 MB", "where 2 MB do"


def long(folder):
    (folder / "large.csv").write_text("1 2\n" * (MOST_ROWS + 1))
    return "100,001 rows", "where 100,000 do"


@pytest.mark.parametrize("make", [bomb, large, long])
def test_a_table_too_large_for_a_lesson_is_refused_without_asking(
    window, place, tmp_path, monkeypatch, make
):
    monkeypatch.setattr(QMessageBox, "exec", lambda *_: pytest.fail("asked"))
    says = make(tmp_path)
    apply(place, tmp_path, file="large.csv", settings={"iterations": 7})
    assert text(window, "file_name") == "pizza.txt"
    assert experiment(window).iterations == 7
    said = text(window, "notice_text")
    assert said.startswith("large.csv is too large for a lesson: ")
    assert said.endswith(f"{says[1]}. Give the lesson a part of it.")
    assert QApplication.overrideCursor() is None


def test_the_most_that_a_chapter_sets_leaves_the_window_no_time_silent(
    window, qtbot, place, tmp_path
):
    (tmp_path / "most.csv").write_text("".join(f"{n % 997},{n % 7}\n" for n in range(MOST_ROWS)))
    silence = Silence()
    apply(
        place, tmp_path, file="most.csv", residuals="squares", point_at=5, show=("landscape",),
        settings={"with_bias": True, "batch_size": 1000, "iterations": 100, "learning_rate": 1e-7},
        kept=[{"method": "adam", "learning_rate": rate} for rate in (1e-4, 2e-4, 3e-4, 4e-4, 5e-4)],
    )  # fmt: skip
    assert not silence.end()
    assert len(experiment(window).dataset) == MOST_ROWS
    wait_until_trained(qtbot, window)
    qtbot.waitUntil(lambda: not window.session.runs.busy)


@pytest.mark.parametrize("name", ["../outside.csv", "/etc/passwd", "none.csv"])
def test_a_table_outside_or_gone_is_said(window, place, tmp_path, name):
    apply(place, tmp_path, file=name)
    assert text(window, "notice_text")
    assert text(window, "file_name") == "pizza.txt"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "steep.csv").write_text("u,v\n100,1\n200,2\n300,4\n")
    (tmp_path / "gaps.csv").write_text("u,v\n1,2\n2,\n3,5\n")
    return tmp_path


# Pictures, and what else there is to see


def test_what_is_named_is_shown_and_nothing_else(window, place):
    apply(place, show=("landscape", "surface", "fog", "more_settings"))
    assert shown(window) == {"landscape", "surface", "fog", "more_settings"}
    apply(place, settings={"iterations": 7})
    assert shown(window) == {"landscape", "surface", "fog", "more_settings"}
    apply(place, show=("loss_curve", "above_minimum"))
    assert shown(window) == {"loss_curve", "above_minimum"}


def test_a_bias_shows_the_landscape_only_where_the_chapter_does(window, place):
    apply(place, settings={"with_bias": True}, show=("loss_curve",))
    assert shown(window) == {"loss_curve"}


def test_the_scale_of_the_losses(window, place):
    apply(place, logarithmic=True)
    assert window.figure.loss_history.scale == "logarithmic"
    apply(place, settings={"iterations": 7})
    assert window.figure.loss_history.scale == "logarithmic"
    apply(place, logarithmic=False)
    assert window.figure.loss_history.scale == "linear"


@pytest.mark.parametrize("front", ["sweep", "runs"])
def test_docks_open_with_the_first_in_front_and_without_the_focus(window, place, front):
    focused = QApplication.focusWidget()
    behind = "runs" if front == "sweep" else "sweep"
    apply(place, show=("loss_curve", front, behind, "explain"))
    QApplication.processEvents()
    assert shown(window) == {"loss_curve", "runs", "sweep", "explain"}
    assert not child(window, f"{front}_dock").visibleRegion().isEmpty()
    assert child(window, f"{behind}_dock").visibleRegion().isEmpty()
    assert child(window, "explain_dock").isVisible()
    assert QApplication.focusWidget() is focused
    assert not window.comparing.sweep_dock.content.sweeping
    apply(place, show=("loss_curve",))
    assert shown(window) == {"loss_curve"}


def test_residuals_and_speed(window, place):
    apply(place, residuals="squares", speed="100 per second")
    assert window.figure.data_fit.residuals.kind == "squares"
    assert window.playing.transport.speed.label == "100 per second"
    apply(place, residuals="none")
    assert window.playing.transport.speed.label == "100 per second"


# Kept runs


def test_runs_stand_beside_the_current_one(window, qtbot, place):
    apply(place, settings={"iterations": 20}, kept=BESIDE)
    wait_until_trained(qtbot, window)
    slow, adam = kept(window).values()
    assert [*kept(window)] == ["slow", "Adam 0.1"]
    assert (slow.iterations, slow.learning_rate) == (20, 0.0001)
    assert adam.method == Adam(beta1=0.5)
    assert all(run.outcome is not None and run.visible for run in window.session.runs.kept)
    assert len(window.figure.loss_curve.kept) == 2


def test_the_learners_own_runs_stay_within_a_chapter(window, place):
    apply(place, kept=BESIDE[:1])
    window.session.undo.keep()
    apply(place, kept=BESIDE[1:])
    assert [*kept(window)] == ["rate 0.001", "Adam 0.1"]
    apply(place, settings={"learning_rate": 0.002})
    assert len(kept(window)) == 2
    apply(place, kept=())
    assert [*kept(window)] == ["rate 0.001"]
    place.apply(FIRST, Path())
    assert kept(window) == {}


def test_a_run_that_the_learner_renames_or_hides_is_still_the_chapters(window, place):
    apply(place, kept=BESIDE[:1])
    window.session.undo.rename(0, "mine")
    window.session.undo.show([0], False)
    apply(place, kept=())
    assert kept(window) == {}


def test_there_are_no_more_runs_than_colours(window, place):
    for rate in (0.001, 0.002, 0.003):
        window.tuning.set_settings(learning_rate=rate)
        window.session.undo.keep()
    apply(place, kept=[{"learning_rate": rate} for rate in (1e-4, 2e-4, 3e-4, 4e-4, 5e-4)])
    assert len(kept(window)) == 6


def test_runs_beside_have_the_rows_of_another_table(window, qtbot, place, folder):
    apply(place, kept=BESIDE)
    window.session.undo.keep()
    apply(place, folder, file="steep.csv")
    wait_until_trained(qtbot, window)
    assert {run.dataset for run in kept(window).values()} == {experiment(window).dataset}
    assert len(kept(window)) == 3


# Undo, and the end


@pytest.mark.parametrize(
    "named",
    [{"settings": {"learning_rate": 0.002}}, {"kept": BESIDE}, {"file": "steep.csv"}],
)
def test_what_a_chapter_sets_cannot_be_undone(window, place, folder, named):
    window.tuning.set_settings(learning_rate=0.003)
    apply(place, folder, **named)
    assert not command(window, "Undo").isEnabled()
    window.tuning.set_settings(learning_rate=0.004)
    window.session.undo.stack.undo()
    assert experiment(window).learning_rate != 0.004
    assert not command(window, "Undo").isEnabled()


def test_what_the_learner_kept_is_not_lost_with_another_table(window, place, folder):
    window.figure.data_fit.editing.point_added.emit(3.0, 4.0)
    mine = experiment(window)
    apply(place, folder, file="steep.csv")
    window.session.undo.stack.undo()
    assert experiment(window) is mine


@pytest.mark.parametrize("end", ["next", "leave"])
def test_with_a_chapter_all_goes_that_it_set(window, qtbot, place, folder, end):
    looks = [feature.state() for feature in window.features]
    set_to = {"blank": [], "point_at": []}
    for name, calls in set_to.items():
        place._parts.setters[name] = calls.append
    apply(
        place, folder, file="steep.csv", settings={"method": "adam", "with_bias": True},
        show=("landscape", "surface", "fog", "directions", "sweep", "runs", "explain"),
        logarithmic=True, residuals="squares", point_at=3, blank=("step",),
        speed="100 per second", kept=BESIDE,
    )  # fmt: skip
    assert [feature.state() for feature in window.features] != looks
    if end == "next":
        place.apply(FIRST, folder)
    else:
        place.give_back(place.before)
    wait_until_trained(qtbot, window)
    assert [feature.state() for feature in window.features] == looks
    assert set_to == {"blank": [("step",), ()], "point_at": [3, 0]}
    assert kept(window) == {}
    assert text(window, "file_name") == "pizza.txt"
    assert values(experiment(window)) == FIRST.settings


def test_a_dock_that_was_in_front_before_the_lesson_is_so_again(window):
    runs, sweep = window.comparing.docks
    for dock in (sweep, runs):
        dock.open()
    QApplication.processEvents()
    place = window.teaching._workplace
    before = place.clear()
    apply(place, show=("sweep", "runs"))
    QApplication.processEvents()
    assert runs.visibleRegion().isEmpty()
    place.give_back(before)
    QApplication.processEvents()
    assert sweep.visibleRegion().isEmpty()
    assert not runs.visibleRegion().isEmpty()


def test_a_chapter_is_one_step_to_undo_where_the_learner_kept_a_run(window, place):
    window.session.undo.keep()
    mine = window.session.runs.state
    place.apply(replace(FIRST, settings={**FIRST.settings, "iterations": 7}), Path())
    assert kept(window) == {}
    assert window.session.undo.stack.undoText() == "go on in the lesson"
    window.session.undo.stack.undo()
    assert window.session.runs.state == mine

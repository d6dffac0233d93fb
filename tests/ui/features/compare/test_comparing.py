"""Runs that are kept stay in every picture, race the current one, and can be managed."""

import csv
import io
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QTableView
from support import child, choose, command, press, type_into, wait_until_trained

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.run import MOST_KEPT
from gdviz.ui.theme import LIGHT

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def race(window, qtbot):
    """Two runs: one that is kept, at 0.001, and the current one, at 0.002 and longer."""
    press(qtbot, window, "keep")
    type_into(qtbot, window, "learning_rate", "0.002")
    type_into(qtbot, window, "iterations", "200")
    return window


def names(plot):
    return [entry.label for entry in plot.legend.entries]


def test_a_kept_run_stays_while_the_next_one_moves(race, pizza):
    kept = race.session.runs.kept[0]
    expected = run(Experiment(pizza))[0].record
    assert kept.record.rows.tolist() == expected.rows.tolist()
    assert race.session.runs.experiment.learning_rate == 0.002
    for plot in (race.figure.loss_curve, race.figure.data_fit, race.figure.loss_history):
        assert names(plot)[-1] == "rate 0.001"


def seen_of_kept(window):
    """Return in which pictures anything has the colour of the first kept run."""
    colour = LIGHT.colour("kept 0")
    found = set()
    for name in ("loss_curve", "landscape", "data_fit", "loss_history"):
        picture = child(window, name).grab().toImage()
        places = product(range(picture.width()), range(picture.height()))
        if any(picture.pixelColor(x, y).name() == colour for x, y in places):
            found.add(name)
    return found


def test_a_run_that_is_hidden_or_removed_is_in_no_picture_any_more(window, qtbot):
    choose(window, "Light")
    choose(window, "Landscape")
    assert seen_of_kept(window) == set()
    press(qtbot, window, "keep")
    type_into(qtbot, window, "learning_rate", "0.0005")
    press(qtbot, window, "step_forward")
    everywhere = {"loss_curve", "landscape", "data_fit", "loss_history"}
    runs = window.session.runs
    assert seen_of_kept(window) == everywhere
    runs.show(0, False)
    assert seen_of_kept(window) == set()
    runs.show(0, True)
    assert seen_of_kept(window) == everywhere
    runs.remove(0)
    assert seen_of_kept(window) == set()


def test_play_moves_all_runs_together(race):
    kept = race.session.runs.kept[0].record
    for iteration in (3, 20, 150):
        race.session.playback.seek(iteration)
        curve, history = race.figure.loss_curve, race.figure.loss_history
        row, other = race.session.playback.row, kept.at(iteration)
        assert curve._hiker.points.tolist() == [[row.weight, row.loss]]
        assert curve._kept_markers[0][1].points.tolist() == [[other.weight, other.loss]]
        assert history._kept_markers[0][1].points.tolist() == [[min(iteration, 100), other.loss]]
        (_, x), *_ = race.figure.data_fit._kept_lines.points[:2].T
        assert x == race.figure.data_fit._view[0][1]


@pytest.mark.parametrize("name", ["loss_curve", "landscape"])
def test_the_path_of_a_kept_run_is_drawn_as_far_as_the_playhead(race, name):
    choose(race, "Landscape")
    kept, plot = race.session.runs.kept[0].record, child(race, name)
    columns, lines = [0, 2 if name == "loss_curve" else 1], {}
    for iteration in (0, 3, 150, 1, 3, 0):
        race.session.playback.seek(iteration)
        path = kept.rows[: iteration + 1, columns].tolist()
        line, (*corner, here) = plot._kept_lines.points.tolist(), plot._kept_trails.ends.points
        assert line == [place for place in path if place in line]
        assert here.tolist() == path[-1]
        assert [place.tolist() for place in corner] == line[-1:]
        assert lines.setdefault(iteration, line) == line
    assert len(lines[0]) == 1 < len(lines[150])
    plot.resize(plot.width() + 40, plot.height())
    QApplication.processEvents()
    assert plot._kept_lines.points.tolist() == lines[0]


def test_the_race_lasts_as_long_as_its_longest_run(window, qtbot):
    type_into(qtbot, window, "iterations", "300")
    press(qtbot, window, "keep")
    type_into(qtbot, window, "iterations", "50")
    assert child(window, "where").text().endswith("of 300")
    press(qtbot, window, "to_end")
    assert child(window, "where").text() == "iteration 300 of 300"
    assert window.session.playback.row.iteration == 50
    press(qtbot, window, "step_back")
    assert child(window, "where").text() == "iteration 299 of 300"


def test_a_run_is_kept_once_and_no_more_than_there_are_colours(window, qtbot):
    press(qtbot, window, "keep")
    assert not child(window, "keep").isEnabled()
    for index in range(MOST_KEPT + 1):
        type_into(qtbot, window, "iterations", str(10 + index))
        press(qtbot, window, "keep")
    assert len(window.session.runs.kept) == MOST_KEPT
    assert sorted(kept.number for kept in window.session.runs.kept) == list(range(MOST_KEPT))
    assert len({kept.name for kept in window.session.runs.kept}) == MOST_KEPT
    assert not child(window, "keep").isEnabled()


def test_kept_runs_are_run_anew_on_other_data(race, qtbot, tmp_path):
    (tmp_path / "other.csv").write_text("1 2\n3 4\n4 9\n")
    race.opening.open_file(tmp_path / "other.csv")
    qtbot.waitUntil(lambda: not race.session.runs.busy)
    kept = race.session.runs.kept[0]
    expected = run(kept.experiment)[0].record
    assert kept.experiment.dataset is race.session.runs.experiment.dataset
    assert kept.record.rows.tolist() == expected.rows.tolist()
    assert kept.experiment.learning_rate == 0.001


def test_closing_while_kept_runs_go_on_leaves_nothing(window):
    window.tuning.set_settings(iterations=10**9, learning_rate=1e-9)
    window.session.runs.keep()
    window.tuning.set_settings(learning_rate=2e-9)
    runs = window.session.runs
    window.close()
    records = [runs.record, runs.kept[0].record]
    QApplication.processEvents()
    assert [runs.record, runs.kept[0].record] == records


# The table and the sweep


def test_the_table_begins_with_the_current_run_and_then_the_first_that_was_kept(race, qtbot):
    for rate in ("0.0003", "0.004"):
        type_into(qtbot, race, "learning_rate", rate)
        press(qtbot, race, "keep")
    type_into(qtbot, race, "learning_rate", "0.0005")
    choose(race, "Runs")
    model = race.findChild(QTableView, "runs_table").model()
    qtbot.waitUntil(lambda: model.rowCount() == 4)
    names = [model.index(row, 0).data() for row in range(4)]
    assert names == ["current", "rate 0.001", "rate 0.0003", "rate 0.004"]


def test_the_table_lists_all_runs_and_is_saved_as_csv(race, qtbot, tmp_path, monkeypatch):
    qtbot.keyClick(race, Qt.Key.Key_T, CTRL)
    table = race.findChild(QTableView, "runs_table")
    qtbot.waitUntil(lambda: table.isVisible() and table.model().rowCount() == 2)
    target = tmp_path / "runs.csv"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(target), "CSV table (*.csv)")
    )
    press(qtbot, race, "export_runs")
    header, *rows = csv.reader(io.StringIO(target.read_text()))
    losses = {row[0]: float(row[header.index("loss")]) for row in rows}
    assert losses["rate 0.001"] == race.session.runs.kept[0].record[-1].loss
    assert losses["current"] == race.session.runs.record[-1].loss


def test_the_table_is_saved_as_markdown_as_well(race, qtbot, tmp_path, monkeypatch):
    qtbot.keyClick(race, Qt.Key.Key_T, CTRL)
    target = tmp_path / "runs.md"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "runs"), "Markdown table (*.md)")
    )
    press(qtbot, race, "export_runs")
    assert target.read_text(encoding="utf-8").startswith("| run | method | settings |")
    assert "| rate 0.001 | Gradient descent |" in target.read_text(encoding="utf-8")


def test_a_point_of_the_sweep_becomes_the_rate(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_R, CTRL)
    window.comparing.sweep_dock.content.rate_requested.emit(0.0025)
    wait_until_trained(qtbot, window)
    assert child(window, "learning_rate").value() == 0.0025


def test_ctrl_k_keeps_the_run(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    assert [kept.name for kept in window.session.runs.kept] == ["rate 0.001"]


def test_ctrl_z_brings_a_removed_run_back_into_table_and_pictures(race, qtbot):
    qtbot.keyClick(race, Qt.Key.Key_T, CTRL)
    table = race.findChild(QTableView, "runs_table")
    qtbot.waitUntil(lambda: table.isVisible() and table.model().rowCount() == 2)
    legend = names(race.figure.loss_curve)
    table.setFocus()
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert table.model().rowCount() == 1
    assert names(race.figure.loss_curve) == legend[:-1]
    qtbot.keyClick(table, Qt.Key.Key_Z, CTRL)
    assert [table.model().index(row, 0).data() for row in range(2)] == ["current", "rate 0.001"]
    assert names(race.figure.loss_curve) == legend
    assert command(race, "Redo").text() == "&Redo remove “rate 0.001”"


def told(window):
    """Return what is known of the kept runs; short ones may have been trained anew."""
    kept = window.session.runs.kept
    return [(r.number, r.name, r.visible, r.experiment, r.record.rows.tolist()) for r in kept]


def test_delete_removes_several_runs_and_one_undo_brings_them_back(race, qtbot):
    press(qtbot, race, "keep")
    qtbot.keyClick(race, Qt.Key.Key_T, CTRL)
    table = race.findChild(QTableView, "runs_table")
    qtbot.waitUntil(lambda: table.isVisible() and table.model().rowCount() == 3)
    table.setFocus()
    table.selectAll()
    before = told(race)
    qtbot.keyClick(table, Qt.Key.Key_H)
    assert not any(run.visible for run in race.session.runs.kept)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert race.session.runs.kept == []
    for _ in range(2):
        qtbot.keyClick(table, Qt.Key.Key_Z, CTRL)
    assert told(race) == before

"""Runs that are kept stay in every picture, race the current one, and can be managed."""

import csv
import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QTableView
from support import child, press, type_into, wait_until_trained

from gdviz.core.descent.descent import Experiment, run
from gdviz.ui.running.session import MOST_KEPT, Session

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def race(window, qtbot):
    """Two runs: one that is kept, at 0.001, and the current one, at 0.002 and longer."""
    press(qtbot, window, "keep")
    type_into(qtbot, window, "learning_rate", "0.002")
    type_into(qtbot, window, "iterations", "200")
    return window


@pytest.fixture
def session(qapp, pizza, qtbot):
    session = Session(Experiment(pizza), qapp)
    qtbot.waitUntil(lambda: not session.training)
    yield session
    session.close()
    session.deleteLater()


def names(plot):
    return [entry.label for entry in plot.legend._entries]


def test_a_kept_run_stays_while_the_next_one_moves(race, pizza):
    kept = race.session.kept[0]
    expected = run(Experiment(pizza))[0].record
    assert kept.run.record.rows.tolist() == expected.rows.tolist()
    assert race.session.experiment.learning_rate == 0.002
    for plot in (race.figure.loss_curve, race.figure.data_fit, race.figure.loss_history):
        assert names(plot)[-1] == "rate 0.001"


def test_play_moves_all_runs_together(race):
    kept = race.session.kept[0].run.record
    for iteration in (3, 20, 150):
        race.session.seek(iteration)
        curve, history = race.figure.loss_curve, race.figure.loss_history
        row, other = race.session.row, kept.at(iteration)
        assert curve._hiker.points.tolist() == [[row.weight, row.loss]]
        assert curve._kept_markers[0][1].points.tolist() == [[other.weight, other.loss]]
        assert history._kept_markers[0][1].points.tolist() == [[min(iteration, 100), other.loss]]
        (_, x), *_ = race.figure.data_fit._kept_lines.points[:2].T
        assert x == race.figure.data_fit._view[0][1]


def test_the_race_lasts_as_long_as_its_longest_run(window, qtbot):
    type_into(qtbot, window, "iterations", "300")
    press(qtbot, window, "keep")
    type_into(qtbot, window, "iterations", "50")
    assert child(window, "where").text().endswith("of 300")
    press(qtbot, window, "to_end")
    assert child(window, "where").text() == "iteration 300 of 300"
    assert window.session.row.iteration == 50
    press(qtbot, window, "step_back")
    assert child(window, "where").text() == "iteration 299 of 300"


def test_a_run_is_kept_once_and_no_more_than_there_are_colours(window, qtbot):
    press(qtbot, window, "keep")
    assert not child(window, "keep").isEnabled()
    for index in range(MOST_KEPT + 1):
        type_into(qtbot, window, "iterations", str(10 + index))
        press(qtbot, window, "keep")
    assert len(window.session.kept) == MOST_KEPT
    assert sorted(kept.number for kept in window.session.kept) == list(range(MOST_KEPT))
    assert len({kept.name for kept in window.session.kept}) == MOST_KEPT
    assert not child(window, "keep").isEnabled()


def test_a_run_is_kept_while_it_goes_on(session, pizza, qtbot):
    session.change(Experiment(pizza, 300_000, 1e-7))
    assert session.training
    session.keep()
    kept = session.kept[0].run
    session.change(Experiment(pizza, 10))
    qtbot.waitUntil(lambda: not (session.training or kept.training))
    assert kept.record.newest == 300_000


def test_removing_frees_the_number_and_leaves_the_current_run(session, pizza, qtbot):
    session.keep()
    session.remove_kept(0)
    assert session.kept == []
    assert session.record.newest == 100
    session.keep()
    session.change(Experiment(pizza, 10))
    session.keep()
    session.remove_kept(0)
    qtbot.waitUntil(lambda: not session.training)
    session.change(Experiment(pizza, 20))
    session.keep()
    assert sorted(kept.number for kept in session.kept) == [0, 1]


def test_restoring_makes_the_same_run_the_current_one(session, pizza, qtbot):
    session.keep()
    first = session.run
    session.change(Experiment(pizza, 10))
    qtbot.waitUntil(lambda: not session.training)
    with qtbot.waitSignal(session.ended):
        session.restore_kept(0)
    assert session.run is first
    session.undo_stack.undo()
    assert session.experiment.iterations == 10
    assert first.record.newest == 100


def test_a_hidden_run_no_longer_holds_up_the_race(session, pizza, qtbot):
    session.change(Experiment(pizza, 500))
    session.keep()
    session.change(Experiment(pizza, 10))
    qtbot.waitUntil(lambda: not session.training)
    assert session.length == 500
    session.show_kept(0, False)
    assert session.length == 10
    session.rename_kept(0, "slow")
    assert (session.kept[0].name, session.kept[0].visible) == ("slow", False)


def test_kept_runs_are_run_anew_on_other_data(race, qtbot, tmp_path):
    (tmp_path / "other.csv").write_text("1 2\n3 4\n4 9\n")
    race.open_file(tmp_path / "other.csv")
    kept = race.session.kept[0]
    qtbot.waitUntil(lambda: not (race.session.training or kept.run.training))
    expected = run(kept.run.experiment)[0].record
    assert kept.run.experiment.dataset is race.session.experiment.dataset
    assert race.session.kept[0].run.record.rows.tolist() == expected.rows.tolist()
    assert kept.run.experiment.learning_rate == 0.001


def test_closing_while_kept_runs_go_on_leaves_nothing(window):
    window.set_settings(iterations=10**9, learning_rate=1e-9)
    window.session.keep()
    window.set_settings(learning_rate=2e-9)
    runs = [window.session.run, window.session.kept[0].run]
    window.close()
    newest = [run.record.newest for run in runs]
    QApplication.processEvents()
    assert [run.record.newest for run in runs] == newest


# The table and the sweep


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
    assert losses["rate 0.001"] == race.session.kept[0].run.record[-1].loss
    assert losses["current"] == race.session.record[-1].loss


def test_a_point_of_the_sweep_becomes_the_rate(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_R, CTRL)
    window.comparing.sweep.rate_requested.emit(0.0025)
    wait_until_trained(qtbot, window)
    assert child(window, "learning_rate").value() == 0.0025


def test_ctrl_k_keeps_the_run(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    assert [kept.name for kept in window.session.kept] == ["rate 0.001"]

"""The run of a log is kept like any other: in every picture, file and step of undo."""

import json
from itertools import product

import numpy as np
import pytest
from printed import log_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QTableView
from support import child, choose, command, press, type_into, wait_until_trained

from gdviz.core.check.importing import run_of
from gdviz.core.page.page import page
from gdviz.core.projects.reading import read_project
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.features.compare.runs_view import NO_SETTINGS
from gdviz.ui.features.export.frames import Stage
from gdviz.ui.theme import LIGHT

PICTURES = "loss_curve", "landscape", "data_fit", "loss_history"
AT = [0, 3, 10, 200]
WEIGHT, BIAS = [0.2, 0.6, 1.4, 1.5], [0.0, 2.0, 4.0, 9.0]


@pytest.fixture
def logged(window):
    """The window with a run of a log that leaves rows out, and goes on longer than the current."""
    choose(window, "Light")
    choose(window, "Landscape")
    log = log_of(WEIGHT, BIAS, iterations=AT)
    experiment, _ = run_of(log, window.session.runs.experiment.dataset, "log.txt")
    assert window.session.undo.keep_beside(experiment, "PyTorch")
    QApplication.processEvents()
    return window


def kept(window):
    return window.session.runs.kept[0]


def seen_of_kept(window):
    """Return in which pictures anything has the colour of the first kept run."""
    colour, found = LIGHT.colour("kept 0"), set()
    for name in PICTURES:
        picture = child(window, name).grab().toImage()
        places = product(range(picture.width()), range(picture.height()))
        if any(picture.pixelColor(x, y).name() == colour for x, y in places):
            found.add(name)
    return found


def test_it_is_in_every_picture_until_it_is_hidden_or_removed(logged):
    undo = logged.session.undo
    logged.session.playback.seek(10)
    assert seen_of_kept(logged) == set(PICTURES)
    for change, text in (
        (lambda: undo.show([0], False), "hide"),
        (lambda: undo.remove([0]), "rem"),
    ):
        change()
        assert undo.stack.undoText().startswith(text)
        assert seen_of_kept(logged) == set()
        undo.stack.undo()
        assert seen_of_kept(logged) == set(PICTURES)


def test_it_is_undone_done_again_and_renamed(logged):
    undo, runs = logged.session.undo, logged.session.runs
    before = kept(logged)
    assert undo.stack.undoText() == "keep “PyTorch”"
    undo.stack.undo()
    assert runs.kept == []
    undo.stack.redo()
    undo.rename(0, "mine")
    assert (kept(logged).name, undo.stack.undoText()) == ("mine", "rename “PyTorch”")
    assert kept(logged).record.rows.tobytes() == before.record.rows.tobytes()


def test_there_is_room_for_as_many_as_for_other_runs(logged):
    experiment, undo = kept(logged).experiment, logged.session.undo
    assert [undo.keep_beside(experiment, "again") for _ in range(6)] == [True] * 5 + [False]
    assert [run.name for run in logged.session.runs.kept[1:3]] == ["again", "again (2)"]


def test_a_name_is_one_that_can_be_shown(logged):
    logged.session.undo.keep_beside(kept(logged).experiment, "two\nlines\udcff")
    assert logged.session.runs.kept[1].name == "two\\nlines\\udcff"


def test_it_plays_together_with_the_others_and_waits_where_it_was_seen_last(logged):
    playback, figure = logged.session.playback, logged.figure
    for iteration, row in ((0, 0), (2, 0), (3, 1), (9, 1), (10, 2), (150, 2), (200, 3)):
        playback.seek(iteration)
        assert playback.iteration == (iteration if iteration <= 100 or row == 3 else 100)
        assert playback.row.iteration == min(iteration, 100)
        history = figure.loss_history._kept_markers[0][1].points
        assert history.tolist() == [[AT[row], kept(logged).record.loss[row]]]
        here = figure.landscape._kept_trails.ends.points[-1]
        assert here.tolist() == [WEIGHT[row], BIAS[row]]


def test_a_step_goes_to_what_any_run_has_recorded(logged, qtbot):
    where, seen = child(logged, "where"), []
    press(qtbot, logged, "step_forward")
    assert where.text() == "iteration 1 of 200"
    logged.session.playback.seek(99)
    for name in ("step_forward", "step_forward", "step_forward", "step_back", "step_back"):
        press(qtbot, logged, name)
        seen.append(int(where.text().split()[1]))
    assert seen == [100, 200, 200, 100, 99]


def test_its_path_in_pictures_has_a_corner_at_each_row(logged):
    logged.session.playback.to_end()
    places = np.column_stack((WEIGHT, BIAS)).tolist()
    assert logged.figure.landscape._kept_lines.points.tolist() == places
    choose(logged, "Surface")
    QApplication.processEvents()
    assert logged.figure.surface.kept[0].record.weight.tolist() == WEIGHT


def test_its_losses_are_those_of_the_data_as_they_are_edited(logged):
    data, undo = logged.session.runs.experiment.dataset, logged.session.undo
    before = kept(logged).record
    moved = Dataset(data.x, data.y + 1, data.x_name, data.y_name, "edited")
    logged.tuning.set_settings(dataset=moved)
    now = kept(logged).record
    assert now.weight.tolist() == WEIGHT
    np.testing.assert_allclose(now.loss, moved.bowl.loss(*np.array([WEIGHT, BIAS])))
    undo.stack.undo()
    assert kept(logged).record.loss.tolist() == before.loss.tolist()


def test_on_other_columns_it_goes_and_undo_brings_it_back(logged, qtbot, tmp_path):
    (tmp_path / "other.csv").write_text("a,b\n1,2\n3,4\n4,9\n")
    logged.opening.open_file(tmp_path / "other.csv")
    wait_until_trained(qtbot, logged)
    assert logged.session.runs.kept == []
    logged.session.undo.stack.undo()
    assert kept(logged).record.weight.tolist() == WEIGHT


def test_the_table_says_what_it_is_and_why_it_can_not_be_current(logged, qtbot):
    command(logged, "Runs").trigger()
    table = child(logged, "runs_table")
    assert isinstance(table, QTableView)
    model = table.model()
    row = next(r for r in range(model.rowCount()) if model.index(r, 0).data() == "PyTorch")
    said = [model.index(row, column).data() for column in range(4)]
    assert said == [
        "PyTorch", "From a log", "as printed in log.txt, 4 of 201 iterations · bias", "log ends",
    ]  # fmt: skip
    table.selectRow(row)
    restore = child(logged, "restore_run")
    assert (restore.isEnabled(), restore.toolTip()) == (False, NO_SETTINGS)
    current = logged.session.runs.experiment
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert logged.session.runs.experiment is current
    table.selectRow(1 - row)
    assert restore.toolTip() != NO_SETTINGS


def test_settings_move_beside_it(logged, qtbot):
    type_into(qtbot, logged, "learning_rate", "0.0002")
    assert kept(logged).record.weight.tolist() == WEIGHT


def test_a_project_holds_all_of_it(logged, tmp_path):
    path = tmp_path / "mine.gdviz"
    logged.projects.path = path
    assert logged.projects.save()
    told = json.loads(path.read_text(encoding="utf-8"))["kept"]
    assert told[0]["log"]["rows"] == [list(row) for row in zip(AT, WEIGHT, BIAS, strict=True)]
    assert read_project(path).kept[0].log == kept(logged).experiment.method
    before = kept(logged)
    logged.session.undo.remove([0])
    assert logged.projects.has_changed
    logged.session.undo.stack.undo()
    assert not logged.projects.has_changed
    logged.session.undo.remove([0])
    assert logged.projects.save()
    path.write_text(
        path.read_text(encoding="utf-8").replace('"kept": []', '"kept": ' + json.dumps(told))
    )
    assert logged.projects.open(path)
    after = kept(logged)
    assert (after.name, after.number, after.visible) == ("PyTorch", 0, True)
    assert after.record.rows.tobytes() == before.record.rows.tobytes()
    assert after.outcome == before.outcome


def test_its_trajectory_is_exported_with_the_iterations_that_were_printed(
    logged, qtbot, tmp_path, monkeypatch
):
    command(logged, "Runs").trigger()
    table, action = child(logged, "runs_table"), command(logged, "Export the trajectory of this")
    assert not action.isEnabled()
    model = table.model()
    table.selectRow(next(r for r in (0, 1) if model.index(r, 0).data() == "PyTorch"))
    for name in ("run.csv", "run.npz"):
        answer = (str(tmp_path / name), "")
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, answer=answer: answer)
        action.trigger()
        qtbot.waitUntil((tmp_path / name).exists)
    lines = (tmp_path / "run.csv").read_text().splitlines()
    assert lines[0] == "iteration,w,b,loss,w_gradient,b_gradient"
    assert [line.split(",")[0] for line in lines[1:]] == list(map(str, AT))
    with np.load(tmp_path / "run.npz") as arrays:
        assert arrays["iteration"].tolist() == AT
        assert json.loads(str(arrays["settings"])) == {"with_bias": True}


def test_a_page_and_a_film_show_it(logged):
    runs = logged.session.runs
    text = page(runs.current, runs.kept)
    assert "PyTorch" in text
    assert "as printed in log.txt, 4 of 201 iterations" in text
    frames = []
    for others in ([], runs.kept):
        stage = Stage(runs.current, others, "data_fit", logged.figure.theme)
        frames.append(stage.image(3.0))
        stage.close()
    assert frames[0] != frames[1]

"""A project is saved, and what was there is there again when it is opened."""

import json

import pytest
from on_desk import forget, look, notice, saved
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from support import child, choose, command, drop, press, wait_until_trained

from gdviz.core.descent.bowl import Point
from gdviz.core.projects import project as core
from gdviz.ui.plots.surface.camera import Camera

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
TABLE = "a,b,c\n1,2,3\n2,3,3\n4,6,1\n"


def make_busy(qtbot, window, table):
    """Make everything other than at first."""
    table.write_text(TABLE)
    window.opening.open_file(table)
    window.tuning.set_settings(iterations=50, learning_rate=0.02, with_bias=True, start=Point(1, 2))
    press(qtbot, window, "keep")
    window.tuning.set_settings(learning_rate=0.03)
    window.session.undo.release()
    press(qtbot, window, "keep")
    window.session.undo.rename(1, "mine")
    window.session.undo.remove([0])
    window.session.undo.release()
    window.tuning.set_settings(learning_rate=0.05)
    press(qtbot, window, "keep")
    window.session.undo.show([0], False)
    choose(window, "Surface")
    # Not the directions: their words stay where they are as long as that is good enough.
    for name in ("past_steps", "equation"):
        window.viewing.switches[name].setChecked(True)
    window.viewing.histories["logarithmic"].setChecked(True)
    window.viewing.set_residuals("squares")
    window.playing.transport.set_speed("1 per second")
    wait_until_trained(qtbot, window)
    window.session.playback.seek(7)
    window.figure.surface.view.take_sight(Camera(10.0, 50.0, 2.0))
    window.figure.landscape.view.scaleBy((0.5, 0.5))


def numbers(window):
    runs = window.session.runs
    kept = [(r.number, r.name, r.visible, r.record.rows.tolist()) for r in runs.kept]
    return runs.record.rows.tolist(), kept, window.session.playback.iteration


def test_a_project_opens_with_the_same_picture_and_numbers_and_is_the_same_file(
    new_window, qtbot, tmp_path
):
    window, path = new_window(), tmp_path / "mine.gdviz"
    make_busy(qtbot, window, tmp_path / "own.csv")
    told = saved(window, path)
    picture, known = look(window), numbers(window)
    window.close()
    again = new_window()
    assert numbers(again) != known
    assert again.projects.open(path)
    wait_until_trained(qtbot, again)
    assert numbers(again) == known
    assert look(again) == picture
    assert not again.session.runs.can_keep  # the current run is one of those kept
    assert again.playing.transport.speed.label == "1 per second"
    assert child(again, "x_column").isVisible()  # the table is known, too
    assert saved(again, path) == told


def test_a_run_that_diverges_and_one_that_takes_long_come_back(new_window, qtbot, tmp_path):
    window, path = new_window(), tmp_path / "mine.gdviz"
    window.tuning.set_settings(learning_rate=0.1)
    wait_until_trained(qtbot, window)
    diverged, picture = saved(window, path), look(window)
    assert window.figure.loss_history.scale == "logarithmic"
    window.tuning.set_settings(learning_rate=1e-7, iterations=300_000)
    wait_until_trained(qtbot, window)
    window.session.playback.seek(250_001)
    long = saved(window, tmp_path / "long.gdviz")
    window.close()
    again = new_window()
    for name, told in (("mine.gdviz", diverged), ("long.gdviz", long)):
        assert again.projects.open(tmp_path / name)
        wait_until_trained(qtbot, again)
        qtbot.waitUntil(lambda: again.projects._desk._awaited is None)
        if name == "mine.gdviz":
            assert look(again) == picture
        assert saved(again, tmp_path / name) == told


# Saving, and the title


def test_the_title_names_the_project_and_says_what_is_unsaved(window, qtbot, tmp_path, save_as):
    assert (window.windowTitle(), window.isWindowModified()) == ("pizza.txt — gdviz", False)
    save_as(tmp_path / "mine")
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL_SHIFT)
    assert (tmp_path / "mine.gdviz").is_file()
    assert window.windowTitle() == "mine.gdviz[*] — gdviz"
    assert notice(window) == f"Saved {tmp_path / 'mine.gdviz'}."
    window.session.playback.seek(30)
    assert not window.isWindowModified()  # to look elsewhere is no change
    window.tuning.set_settings(iterations=40)
    assert window.isWindowModified()
    command(window, "Undo").trigger()
    assert not window.isWindowModified()
    choose(window, "Landscape")
    assert window.isWindowModified()
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL_SHIFT)  # nothing is asked
    assert not window.isWindowModified()
    assert window.preferences.recent_files[0] == tmp_path / "mine.gdviz"


def test_data_changed_by_hand_are_saved_with_the_project(window, tmp_path):
    window.changing.add_point()
    told = json.loads(saved(window, tmp_path / "mine.gdviz"))
    assert len(told["rows"]) == 31
    assert told["data"]["source"] == "pizza.txt (changed)"
    assert "file" not in told["data"]
    assert window.close()  # nothing is asked


@pytest.mark.parametrize(("text", "closes", "is_saved"), [
    ("Save", True, True), ("Discard", True, False), ("Cancel", False, False),
])  # fmt: skip
def test_closing_asks_where_a_project_has_changed(window, tmp_path, answer, text, closes, is_saved):
    path = tmp_path / "mine.gdviz"
    before = saved(window, path)
    window.changing.add_point()
    asked = answer(text)
    assert window.close() is closes
    assert asked == ["mine.gdviz has changed. Save it?"]
    assert (path.read_bytes() != before) is is_saved


def test_closing_asks_nothing_without_a_project(window):
    window.tuning.set_settings(iterations=40)
    assert window.close()


def test_what_cant_be_written_is_said_and_stays_unsaved(window, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    saved(window, folder / "mine.gdviz")
    window.tuning.set_settings(iterations=40)
    folder.rename(tmp_path / "elsewhere")
    assert not window.projects.save()
    assert "mine.gdviz can't be written" in notice(window)
    assert window.isWindowModified()


@pytest.mark.parametrize(("text", "is_saved"), [("Replace it", True), ("Cancel", False)])
def test_what_another_window_saved_meanwhile_isnt_replaced_unasked(
    window, new_window, tmp_path, answer, text, is_saved
):
    path, other = tmp_path / "mine.gdviz", new_window()
    saved(window, path)
    assert other.projects.open(path)
    other.tuning.set_settings(iterations=60)
    assert other.projects.save()  # nothing is asked
    told = path.read_bytes()
    window.tuning.set_settings(iterations=40)
    asked = answer(text)
    assert window.projects.save() is is_saved
    assert asked == ["mine.gdviz isn't as this window saved or opened it. Replace it?"]
    assert (path.read_bytes() != told) is is_saved
    assert window.isWindowModified() is not is_saved
    path.unlink()
    assert window.projects.save()  # nothing is lost


def test_a_name_of_another_kind_is_refused(window, tmp_path, save_as):
    save_as(tmp_path / "mine.txt")
    assert not window.projects.save()
    assert "mine.txt: “.txt” is no kind of file" in notice(window)
    assert window.windowTitle() == "pizza.txt — gdviz"


# Opening


def choose_file(window, path):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        window.opening.choose_file()


@pytest.mark.parametrize("bring", [drop, choose_file])
def test_a_project_is_dropped_or_chosen_like_a_table(window, qtbot, tmp_path, bring):
    path = tmp_path / "mine.gdviz"
    window.tuning.set_settings(iterations=40)
    saved(window, path)
    forget(window)
    window.tuning.set_settings(iterations=60)
    bring(window, path)
    wait_until_trained(qtbot, window)
    assert window.session.runs.experiment.iterations == 40
    assert window.windowTitle() == "mine.gdviz[*] — gdviz"
    assert command(window, "Undo").text() == "&Undo open mine.gdviz"
    command(window, "Undo").trigger()
    assert window.session.runs.experiment.iterations == 60
    assert window.isWindowModified()


def test_what_is_wrong_is_said_and_nothing_changes(window, tmp_path):
    path = tmp_path / "mine.gdviz"
    told = saved(window, path)
    forget(window)
    before = window.session.runs.experiment
    path.write_bytes(told.replace(b'"seed": 0', b'"seed": -1'))
    assert not window.projects.open(path)
    assert notice(window).startswith("mine.gdviz, settings, seed: here belongs a whole number")
    assert not window.projects.open(tmp_path / "gone.gdviz")
    assert "gone.gdviz doesn't exist" in notice(window)
    assert window.session.runs.experiment is before
    assert window.windowTitle() == "pizza.txt — gdviz"


def test_another_project_isnt_opened_over_changes_unasked(window, tmp_path, answer):
    saved(window, tmp_path / "other.gdviz")
    saved(window, tmp_path / "mine.gdviz")
    window.tuning.set_settings(iterations=40)
    asked = answer("Cancel")
    assert not window.projects.open(tmp_path / "other.gdviz")
    assert asked == ["mine.gdviz has changed. Save it?"]
    assert window.projects.path == tmp_path / "mine.gdviz"


# The file that the data are from


@pytest.fixture
def linked(window, qtbot, tmp_path, monkeypatch):
    """A project whose rows are in their file, one folder up."""
    monkeypatch.setattr("gdviz.ui.features.project.projects.MOST_COPIED", 2)
    (tmp_path / "own.csv").write_text(TABLE)
    window.opening.open_file(tmp_path / "own.csv")
    window.opening._on_columns_requested(2, 1)
    wait_until_trained(qtbot, window)
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "mine.gdviz"
    told = json.loads(saved(window, path))
    assert "rows" not in told
    assert told["data"]["file"]["path"] == "../own.csv"
    window.opening.open_example()
    forget(window)
    return path


def data(window):
    dataset = window.session.runs.experiment.dataset
    return dataset.x.tolist(), dataset.y.tolist(), dataset.x_name


def test_rows_that_are_in_their_file_are_read_from_there(window, linked):
    told = linked.read_bytes()
    assert window.projects.open(linked)
    assert data(window) == ([3, 3, 1], [2, 3, 6], "c")
    assert not window.isWindowModified()
    assert saved(window, linked) == told


def test_a_file_that_has_changed_is_noticed(window, linked, tmp_path, answer):
    (tmp_path / "own.csv").write_text("a,b,c\n1,2,3\n2,3,3\n4,6,2\n")
    asked = answer("Cancel")
    assert not window.projects.open(linked)
    assert asked == ["own.csv has changed since the project was saved."]
    assert window.windowTitle() == "pizza.txt — gdviz"
    answer("Use what is there now")
    assert window.projects.open(linked)
    assert data(window) == ([3, 3, 2], [2, 3, 6], "c")
    assert window.isWindowModified()  # saved again, it says what is there now


def test_a_file_that_is_gone_can_be_looked_for(window, linked, tmp_path, answer, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    found = (tmp_path / "own.csv").rename(tmp_path / "elsewhere" / "own.csv")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(found), ""))
    asked = answer("Look for it…")
    assert window.projects.open(linked)
    assert asked == ["own.csv isn't where it was when the project was saved."]
    assert data(window) == ([3, 3, 1], [2, 3, 6], "c")
    assert json.loads(saved(window, linked))["data"]["file"]["path"] == "../elsewhere/own.csv"


def test_a_file_without_those_columns_is_no_use(window, linked, tmp_path, answer):
    (tmp_path / "own.csv").write_text("a,b\n1,2\n2,3\n")
    answer("Use what is there now")
    assert not window.projects.open(linked)
    assert notice(window) == "own.csv has no column “c” of numbers any more."


def test_rows_that_are_in_the_project_are_shown_whatever_became_of_their_file(
    window, qtbot, tmp_path
):
    (tmp_path / "own.csv").write_text(TABLE)
    window.opening.open_file(tmp_path / "own.csv")
    wait_until_trained(qtbot, window)
    saved(window, tmp_path / "mine.gdviz")
    (tmp_path / "own.csv").write_text("a,b,c\n9,9,9\n1,1,2\n")
    assert window.projects.open(tmp_path / "mine.gdviz")
    assert data(window) == ([1, 2, 4], [2, 3, 6], "a")
    said = "own.csv has changed since mine.gdviz was saved, which has its rows."
    assert notice(window) == said


def test_rows_of_a_file_that_has_changed_since_it_was_read_are_taken_along(
    window, qtbot, tmp_path, monkeypatch
):
    monkeypatch.setattr("gdviz.ui.features.project.projects.MOST_COPIED", 2)
    (tmp_path / "own.csv").write_text(TABLE)
    window.opening.open_file(tmp_path / "own.csv")
    wait_until_trained(qtbot, window)
    (tmp_path / "own.csv").write_text("a,b\n1,1\n")
    told = json.loads(saved(window, tmp_path / "mine.gdviz"))
    assert "file" not in told["data"]
    assert told["rows"] == [[1, 2], [2, 3], [4, 6]]
    monkeypatch.setattr("gdviz.ui.features.project.projects.MOST_ROWS", 2)
    assert not window.projects.save()
    assert notice(window).startswith("These 3 rows are too many for a project")


def test_rows_are_copied_up_to_ten_thousand():
    assert (core.MOST_COPIED, core.MOST_ROWS) == (10_000, 100_000)

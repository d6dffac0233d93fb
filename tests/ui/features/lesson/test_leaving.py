"""Leaving a lesson gives back all there was; what the learner made in it isn't lost at once."""

import numpy as np
import pytest
from learner import Learner
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication
from room import clipped
from support import child, choose, command, press, text, type_into, wait_until_trained

from gdviz.core.descent.bowl import Point
from gdviz.ui.plots.surface.camera import Camera
from gdviz.ui.shell.window import MainWindow

F1, CTRL = Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier
CAMERA = Camera(10.0, 50.0, 2.0)


def kept(window):
    """Return what is known of the kept runs; short ones may have been trained anew."""
    kept = window.session.runs.kept
    return [(r.number, r.name, r.visible, r.experiment, r.record.rows.tolist()) for r in kept]


def undo_text(window):
    return window.session.undo.stack.undoText()


def all_there_is(window):
    """Return whatever a lesson must give back."""
    session, figure, viewing = window.session, window.figure, window.viewing
    return {
        "experiment": session.runs.experiment,
        "kept": kept(window),
        "iteration": session.playback.iteration,
        "playing": session.playback.playing,
        "undo": (undo_text(window), session.undo.stack.index(), session.undo.stack.count()),
        "typed rates": dict(session.rates.typed),
        "speed": text_of_speed(window),
        "switches": {name: switch.isChecked() for name, switch in viewing.switches.items()},
        "history": (figure.loss_history.chosen, figure.loss_history.scale),
        "residuals": (figure.data_fit.residuals.kind, viewing.residuals.checkedAction().data()),
        "sights": {name: repr(sight) for name, sight in figure.sights.items()},
        "shown": figure.shown,
        "docks": [(d.isVisible(), d.is_in_front) for f in window.features for d in f.docks],
        "blank": window.playing.strip._blank,
        "pointed at": figure.data_fit.errors.pointed.number,
        "unseen": (figure.loss_curve.unseen, figure.landscape.unseen),
        "more settings": window.tuning.panel.more_settings.isChecked(),
        "recent": window.preferences.recent_files,
        "title": window.windowTitle(),
        "large": window.presenter.action.isChecked(),
    }


def text_of_speed(window):
    return child(window, "speed").currentText()


def visit_all(qtbot, window):
    """Go through all chapters, and into trouble in each."""
    qtbot.keyClick(window, F1)
    while True:
        wait_until_trained(qtbot, window)
        window.playing.transport.set_speed("100 per second")
        window.viewing.set_residuals("none")
        window.viewing.histories["above_minimum"].setChecked(True)
        window.comparing.runs_dock.close()
        window.comparing.sweep_dock.show()
        window.playing.strip.set_blank(("step", "weight"))
        window.figure.data_fit.point_at(3)
        window.figure.set_unseen(("tangent",))
        window.figure.data_fit.view.setRange(xRange=(0, 1), yRange=(0, 1))
        window.session.playback.toggle()
        if not child(window, "lesson_next").isEnabled():
            break
        press(qtbot, window, "lesson_next")


@pytest.fixture
def busy(window, qtbot, tmp_path):
    """A window in which everything is other than at first."""
    (tmp_path / "own.csv").write_text("a,b,c\n1,2,3\n2,3,3\n4,6,1\n")
    window.opening.open_file(tmp_path / "own.csv")
    window.tuning.set_settings(iterations=50, learning_rate=0.02, with_bias=True, start=Point(1, 2))
    press(qtbot, window, "keep")
    window.tuning.set_settings(learning_rate=0.03)
    window.session.undo.release()
    press(qtbot, window, "keep")
    window.session.undo.rename(1, "mine")
    window.session.undo.show([1], False)
    window.tuning.set_settings(learning_rate=0.05)
    window.session.undo.release()
    window.tuning.set_settings(iterations=60)
    choose(window, "Surface")
    for name in ("directions", "equation", "more_settings"):
        window.teaching._workplace._parts.switches[name].setChecked(True)
    window.viewing.histories["logarithmic"].setChecked(True)
    window.viewing.set_residuals("squares")
    window.playing.transport.set_speed("1 per second")
    window.comparing.runs_dock.show()
    wait_until_trained(qtbot, window)
    window.session.playback.seek(7)
    window.figure.surface.view.take_sight(CAMERA)
    window.figure.landscape.view.scaleBy((0.5, 0.5))
    window.session.undo.stack.undo()
    window.session.playback.seek(7)
    return window


def test_after_all_chapters_everything_is_as_it_was(busy, qtbot):
    before = all_there_is(busy)
    assert "surface" in before["sights"]
    assert "landscape" in before["sights"]
    visit_all(qtbot, busy)
    assert kept(busy) == []
    qtbot.keyClick(busy, F1)
    wait_until_trained(qtbot, busy)
    assert all_there_is(busy) == before
    busy.session.undo.stack.redo()
    assert busy.session.runs.experiment.iterations == 60
    while busy.session.undo.stack.canUndo():
        busy.session.undo.stack.undo()
    assert text(busy, "file_name") == "pizza.txt"
    assert kept(busy) == []


def test_a_window_closed_in_a_lesson_remembers_what_was_there_before(busy, qtbot):
    experiment = busy.session.runs.experiment
    visit_all(qtbot, busy)
    busy.close()
    again = MainWindow()
    qtbot.addWidget(again)
    again.show()
    wait_until_trained(qtbot, again)
    now = again.session.runs.experiment
    assert (now.learning_rate, now.iterations, now.start) == (
        experiment.learning_rate, 50, Point(1, 2),
    )  # fmt: skip
    assert text_of_speed(again) == "1 per second"
    assert again.figure.data_fit.residuals.kind == "squares"
    assert again.figure.loss_history.chosen == "logarithmic"
    assert again.viewing.switches["equation"].isChecked()
    assert [path.name for path in again.preferences.recent_files] == ["own.csv"]
    assert not again.comparing.sweep_dock.isVisible()


def test_in_a_chapter_there_is_nothing_to_undo_but_what_the_learner_does(busy, qtbot):
    qtbot.keyClick(busy, F1)
    wait_until_trained(qtbot, busy)
    assert not command(busy, "Undo").isEnabled()
    type_into(qtbot, busy, "start_weight", "3")
    assert undo_text(busy) == "start"
    press(qtbot, busy, "lesson_next")
    assert not command(busy, "Undo").isEnabled()


def keep_a_run(window, _):
    window.session.undo.keep()


def open_a_file(window, folder):
    (folder / "theirs.csv").write_text("u,v\n1,2\n2,4\n3,7\n")
    window.opening.open_file(folder / "theirs.csv")


def change_the_data(window, _):
    window.figure.data_fit.editing.point_added.emit(3.0, 4.0)


@pytest.mark.parametrize("make", [keep_a_run, open_a_file, change_the_data])
@pytest.mark.parametrize("way", ["leave", "next"])
def test_what_the_learner_made_goes_but_comes_back_with_undo(window, qtbot, tmp_path, make, way):
    window.tuning.set_settings(learning_rate=0.002)
    mine = window.session.runs.state
    qtbot.keyClick(window, F1)
    press(qtbot, window, "lesson_next")
    wait_until_trained(qtbot, window)
    make(window, tmp_path)
    wait_until_trained(qtbot, window)
    theirs = window.session.runs.state
    press(qtbot, window, f"lesson_{way}")
    assert window.session.runs.state != theirs
    if way == "leave":
        assert window.session.runs.state == mine
        assert undo_text(window) == "leave the lesson"
    for _ in range(5):
        window.session.undo.stack.undo()
        if window.session.runs.state == theirs:
            break
    assert window.session.runs.state == theirs
    if way == "leave":
        window.session.undo.stack.redo()
        assert window.session.runs.state == mine


def test_a_learner_who_made_nothing_undoes_the_own_last_change_after_the_lesson(window, qtbot):
    window.tuning.set_settings(learning_rate=0.002)
    qtbot.keyClick(window, F1)
    type_into(qtbot, window, "start_weight", "1.9")
    qtbot.keyClick(window, F1)
    assert undo_text(window) == "learning rate"
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert window.session.runs.experiment.learning_rate == 0.001


def test_every_chapter_begins_without_kept_runs(window, qtbot):
    press(qtbot, window, "keep")
    qtbot.keyClick(window, F1)
    assert kept(window) == []
    assert not window.teaching._facts("kept")
    window.session.undo.keep()
    press(qtbot, window, "lesson_next")
    assert kept(window) == []
    press(qtbot, window, "lesson_leave")
    assert [name for _, name, *_ in kept(window)] == ["rate 0.001"]


# In the middle of something


@pytest.mark.parametrize("handle", ["hiker", "point"])
@pytest.mark.usefixtures("quick_mouse")
def test_a_lesson_that_begins_in_a_drag_ends_it_first(window, qtbot, handle):
    plot = window.figure.loss_curve if handle == "hiker" else window.figure.data_fit
    dots = plot._hiker if handle == "hiker" else plot.editing._dots
    place = plot.mapFromScene(*np.array(dots.in_pixels(dots.points[:1]))[0].tolist())
    canvas, left = plot.viewport(), Qt.MouseButton.LeftButton
    qtbot.mousePress(canvas, left, pos=place)
    qtbot.mouseMove(canvas, place + QPoint(20, -10))
    qtbot.keyClick(window, F1)
    assert child(window, "lesson_chapter").count() > 0
    assert not window.session.undo.held
    qtbot.mouseMove(canvas, place + QPoint(30, -20))
    qtbot.mouseRelease(canvas, left, pos=place + QPoint(30, -20))
    wait_until_trained(qtbot, window)
    in_lesson = window.session.runs.experiment
    assert in_lesson.start == Point(0, 0)
    qtbot.keyClick(window, F1)
    wait_until_trained(qtbot, window)
    mine = window.session.runs.experiment
    assert mine.start != Point(0, 0) if handle == "hiker" else len(mine.dataset.x) == 30
    assert undo_text(window) == ("start" if handle == "hiker" else "move a point")


def test_leaving_in_the_middle_of_a_drag_waits_as_well(window, qtbot):
    qtbot.keyClick(window, F1)
    for _ in range(2):
        press(qtbot, window, "lesson_next")
    wait_until_trained(qtbot, window)
    plot = window.figure.loss_curve
    place = plot.mapFromScene(*plot._hiker.in_pixels(plot._hiker.points)[0].tolist())
    canvas, left = plot.viewport(), Qt.MouseButton.LeftButton
    qtbot.mousePress(canvas, left, pos=place)
    qtbot.mouseMove(canvas, place + QPoint(20, 0))
    qtbot.keyClick(window, F1)
    assert window.session.runs.experiment.start != Point(0, 0)
    qtbot.mouseMove(canvas, place + QPoint(30, 0))
    qtbot.mouseRelease(canvas, left, pos=place + QPoint(30, 0))
    wait_until_trained(qtbot, window)
    assert window.session.runs.experiment.start == Point(0, 0)
    assert not child(window, "lesson_dock").isVisible()
    qtbot.mouseMove(canvas, place + QPoint(40, 0))
    assert window.session.runs.experiment.start == Point(0, 0)


def test_a_window_closed_in_the_middle_of_a_drag_in_a_lesson_keeps_the_own_settings(window, qtbot):
    qtbot.keyClick(window, F1)
    window.session.undo.hold()
    window.close()
    assert window.session.runs.experiment.start == Point(0, 0)
    assert window.preferences.experiment(window.session.runs.experiment.dataset).iterations == 100


@pytest.mark.parametrize("into", [True, False])
def test_a_run_under_way_or_played_does_no_harm(window, qtbot, into):
    if not into:
        qtbot.keyClick(window, F1)
    window.tuning.set_settings(iterations=10**9, learning_rate=1e-9)
    window.session.undo.keep()
    window.session.playback.toggle()
    qtbot.keyClick(window, F1)
    if into:
        wait_until_trained(qtbot, window)
    assert not window.session.playback.playing
    assert kept(window) == []
    qtbot.keyClick(window, F1)
    assert not window.session.playback.playing
    if into:
        assert window.session.runs.training
        assert window.session.runs.experiment.iterations == 10**9
        assert len(kept(window)) == 1
    window.session.runs.stop()
    wait_until_trained(qtbot, window)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_lesson_that_is_put_into_a_window_of_its_own_goes_on(window, qtbot):
    qtbot.keyClick(window, F1)
    wait_until_trained(qtbot, window)
    press(qtbot, window, "keep")
    window.session.playback.seek(3)
    for floats in (True, False):
        window.teaching.dock.setFloating(floats)
        QApplication.processEvents()
        assert window.session.playback.iteration == 3
        assert len(kept(window)) == 1
    window.teaching.dock.close()
    assert kept(window) == []


def test_a_lesson_in_the_place_of_a_dock_that_it_closes_begins_once(window, qtbot, monkeypatch):
    lesson, explain = window.teaching.dock, window.explaining.dock
    explain.open()
    window.workspace.tabifyDockWidget(lesson, explain)
    workplace, begun, left = window.teaching._workplace, [], []
    clear, give_back = workplace.clear, workplace.give_back
    monkeypatch.setattr(workplace, "clear", lambda: begun.append(1) or clear())
    monkeypatch.setattr(workplace, "give_back", lambda place: left.append(1) or give_back(place))
    qtbot.keyClick(window, F1)
    assert not lesson.is_closed
    assert (begun, left) == ([1], [])
    assert child(window, "lesson_chapter").currentIndex() == 0
    qtbot.keyClick(window, F1)
    assert lesson.is_closed
    assert (begun, left) == ([1], [1])


def test_a_lesson_that_another_one_follows_is_left_once(window, monkeypatch):
    lesson, explain, teaching = window.teaching.dock, window.explaining.dock, window.teaching
    teaching.open_own()
    workplace, told = teaching._workplace, []
    clear, give_back = workplace.clear, workplace.give_back
    monkeypatch.setattr(workplace, "clear", lambda: told.append("begun") or clear())

    def come_to_the_front(place):
        told.append("left")
        give_back(place)
        # As where the room for docks changes.
        window.workspace.tabifyDockWidget(explain, lesson)
        lesson.visibilityChanged.emit(True)

    monkeypatch.setattr(workplace, "give_back", come_to_the_front)
    teaching.open_own()
    assert told == ["left", "begun"]
    teaching.close()
    assert told == ["left", "begun", "left"]


def test_what_was_guessed_in_one_chapter_is_no_guess_of_the_next(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    learner, guesses = Learner(qtbot, window), window.figure.loss_curve.aids.guesses
    learner.begin("the-curve-of-all-guesses")
    learner.predict("All over the place")
    learner.set("start_weight", "2")
    assert len(guesses.points) == 2
    learner.begin("a-hiker-in-the-dark")
    assert len(guesses.points) == 0


class OnceResized(QObject):
    """Does something from within the layout that gives a widget its next size."""

    def __init__(self, widget, act):
        super().__init__(widget)
        self._act = act
        widget.installEventFilter(self)

    def eventFilter(self, _widget, event):  # noqa: N802
        if event.type() is QEvent.Type.Resize and self._act is not None:
            act, self._act = self._act, None
            act()
        return False


@pytest.mark.parametrize("again", [1, 2])
def test_a_dock_that_comes_back_while_its_lesson_gives_back_begins_it_anew(window, qtbot, again):
    """As Qt may do where it puts docks behind each other; what is hidden isn't seen half."""
    dock = window.teaching.dock
    for _ in range(again):
        qtbot.keyClick(window, F1)
        qtbot.waitUntil(lambda: not child(window, "readout").isVisible())
        OnceResized(window.workspace, dock.show)
        qtbot.keyClick(window, F1)
        qtbot.waitUntil(lambda: window.teaching._before is not None)
        assert dock.isVisible()
        assert not clipped(window)
        assert not child(window, "readout").isVisible()
        qtbot.keyClick(window, F1)
    qtbot.waitUntil(lambda: child(window, "readout").isVisible())
    transport = child(window, "transport")
    assert transport.geometry().bottom() == window.centralWidget().rect().bottom()

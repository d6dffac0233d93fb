"""What a screen reader finds in the window, and what it is told."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QComboBox, QLabel, QTabBar, QWidget
from support import PIZZA, child, choose, press, type_into, wait_until_trained

from gdviz.core.format import Format
from gdviz.ui.features.data.raw_table import RawTable
from gdviz.ui.features.export.export_dialog import ExportDialog
from gdviz.ui.widgets.dock import Dock

Role, Text = QAccessible.Role, QAccessible.Text
# What nobody is told of, or what is told by what it holds.
SILENT = {
    Role.Client, Role.Border, Role.Grouping, Role.Splitter, Role.Grip, Role.ScrollBar,
    Role.MenuBar, Role.Window,
}  # fmt: skip
DIRECTLY = Qt.FindChildOption.FindDirectChildrenOnly


def nameless(window):
    """Return what can be seen and that a person would meet without learning its name."""
    return [w for w in (window, *window.findChildren(QWidget)) if w.isVisible() and not named(w)]


def named(widget):
    parent = widget.parentWidget()
    if isinstance(widget, QTabBar) and not widget.count():
        return True
    if isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget:
        return True
    if widget.objectName() in ("qt_spinbox_lineedit", "qt_msgboxex_icon_label"):
        return True
    face = QAccessible.queryAccessibleInterface(widget)
    assert face is not None
    if isinstance(widget, QComboBox):
        # There a name is what is chosen; what it is called is its label.
        labels = parent.findChildren(QLabel, options=DIRECTLY)
        return any(label.buddy() is widget and label.text() for label in labels)
    stops = widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
    return bool(face.text(Text.Name)) or (face.role() in SILENT and not stops)


def test_everything_in_the_window_has_a_name(qtbot, window):
    assert nameless(window) == []
    press(qtbot, window, "more_settings")
    child(window, "with_bias").click()
    child(window, "batches").setCurrentText("mini-batches")
    window.viewing.switches["surface"].setChecked(True)
    wait_until_trained(qtbot, window)
    assert nameless(window) == []
    child(window, "method").setCurrentText("Adam")
    window.notices.notice.say("Something.", "Details.", [("Mend it", lambda: None)])
    window.predicting.action.setChecked(True)
    wait_until_trained(qtbot, window)
    assert nameless(window) == []


def test_everything_in_the_docks_has_a_name(qtbot, window):
    child(window, "with_bias").click()
    window.session.runs.keep()
    wait_until_trained(qtbot, window)
    for dock in window.findChildren(Dock):
        dock.show()
        dock.raise_()
        qtbot.wait(1)
        assert nameless(window) == [], dock.windowTitle()


@pytest.mark.parametrize("command", ["Generate data", "Keyboard shortcuts", "Performance", "About"])
def test_everything_in_a_dialog_has_a_name(qtbot, window, command):
    choose(window, command)
    qtbot.waitUntil(lambda: window.focusWidget() is not None)
    dialogs = [w for w in window.findChildren(QWidget) if w.isWindow() and w.isVisible()]
    assert dialogs
    for dialog in dialogs:
        assert nameless(dialog) == []
        dialog.close()


def test_everything_in_the_import_dialog_has_a_name(qtbot, window):
    window.importing.show_options(RawTable(PIZZA))
    dialog = child(window, "import_dialog")
    qtbot.waitExposed(dialog)
    assert nameless(dialog) == []
    dialog.reject()


def test_what_is_wrong_with_a_choice_is_said(window, heard_by):
    window.importing.show_options(RawTable(PIZZA))
    box = child(window, "import_delimiter")
    said = heard_by(lambda: box.setCurrentText("comma"))
    assert "pizza.txt" in said
    child(window, "import_dialog").reject()


def test_everything_in_the_question_what_to_export_has_a_name(qtbot, window):
    views = {"figure": "All pictures"}
    dialog = ExportDialog(views, window.exporter.draft, "figure", Format())
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: nameless(dialog) == [])
    dialog.close_for_good()


def test_every_chapter_of_the_lesson_has_names(qtbot, window):
    choose(window, "Lesson")
    chapters = child(window, "lesson_chapter")
    for number in range(chapters.count()):
        window.teaching.view.chapter_requested.emit(number)
        wait_until_trained(qtbot, window)
        assert nameless(window) == [], chapters.itemText(number)


@pytest.fixture
def heard_by(qtbot, listening, window):
    """Return what is said of what a function does."""
    assert listening

    def told(do):
        with qtbot.waitSignal(window.speaking.said) as said:
            do()
        return said.args[0]

    return told


def test_pictures_say_where_the_hiker_is(window):
    window.session.playback.seek(3)
    face = QAccessible.queryAccessibleInterface(window.figure.loss_curve)
    assert face.role() is Role.Chart
    assert face.text(Text.Description).startswith(
        "Iteration 3 of 100: the hiker stands at w = 1.516, loss 92.65, slope"
    )
    strip = QAccessible.queryAccessibleInterface(child(window, "readout"))
    assert strip.text(Text.Name) == (
        "w equals 1.5157 minus 0.0010 times minus 143.5165 equals 1.6592, loss 92.6550"
    )
    for view in window.figure.views:
        assert view.account()
    window.predicting.action.setChecked(True)
    assert "equals a number to find" in strip.text(Text.Name)
    window.figure.set_fog(True)
    assert "minimum is at" not in window.figure.landscape.account()


def test_a_step_is_said_with_its_place(qtbot, window, heard_by):
    assert heard_by(lambda: press(qtbot, window, "step_forward")) == (
        "Iteration 1 of 100: w = 0.8068, loss 304.4."
    )


def test_of_many_steps_only_the_last_is_said(window, heard_by):
    def hurry():
        for _ in range(20):
            window.session.playback.step(1)

    assert heard_by(hurry).startswith("Iteration 20 of 100:")


def test_while_it_plays_not_every_frame_is_said(qtbot, window, listening):
    assert listening
    said = []
    window.speaking.said.connect(said.append)
    window.playing.transport.set_speed("10 per second")
    press(qtbot, window, "play")
    qtbot.waitUntil(lambda: window.session.playback.iteration >= 5)
    press(qtbot, window, "play")
    qtbot.waitUntil(lambda: any("Paused" in text for text in said))
    assert said[0].startswith("Playing.")
    assert "Paused. Iteration " in said[-1]
    assert len(said) <= 3


def test_nothing_is_composed_where_nobody_listens(qtbot, window):
    said = []
    window.speaking.said.connect(said.append)
    press(qtbot, window, "step_forward")
    window.session.runs.keep()
    assert not window.speaking._waiting
    assert not said


def test_how_a_run_ended_is_said(qtbot, window, heard_by):
    said = heard_by(lambda: type_into(qtbot, window, "tolerance", "0.5"))
    assert said.startswith("Stopped at iteration 13: the slope is smaller than 0.5.")
    said = heard_by(lambda: type_into(qtbot, window, "learning_rate", "0.1"))
    assert "The run diverged: at iteration" in said
    assert "Diverged:" not in said


def test_kept_runs_are_said(window, heard_by):
    runs = window.session.runs
    assert "Kept: rate 0.001." in heard_by(runs.keep)
    assert heard_by(lambda: runs.show(0, False)) == "Hidden: rate 0.001."
    assert heard_by(lambda: runs.remove(0)) == "Removed: rate 0.001."


def test_points_and_undo_are_said(qtbot, window, heard_by):
    picture = window.figure.data_fit
    assert heard_by(lambda: qtbot.keyClick(picture, Qt.Key.Key_PageDown)) == (
        "Chosen: row 6, x = 1, y = 16."
    )
    control, stack = Qt.KeyboardModifier.ControlModifier, window.session.undo.stack
    said = heard_by(lambda: qtbot.keyClick(picture, Qt.Key.Key_Up, control))
    assert said.startswith("Moved: row 6, x = 1, y = 1")
    assert heard_by(stack.undo).startswith("Undone: move a point. Moved: row 6, x = 1, y = 16.")
    assert heard_by(stack.redo).startswith("Done again: move a point. Moved: row 6")


def test_a_message_is_said(window, heard_by):
    assert heard_by(lambda: window.notices.notice.say("Could not be read.")) == (
        "Could not be read."
    )


def test_the_lesson_is_said(window, heard_by):
    window.session.undo.keep()
    said = heard_by(lambda: choose(window, "Lesson"))
    assert "Guess a weight." in said
    assert "Undone" not in said
    task = window.teaching.view.task
    assert "Is wrong." in heard_by(lambda: task.question.set_verdict("Is wrong."))
    assert "Too far." in heard_by(lambda: task.set_hint("Too far."))
    done = heard_by(lambda: task.set_done("That is it.", "Long step."))
    assert done.startswith("That is it. Keep: Long step.")


def test_what_a_symbol_means_is_said(window, heard_by):
    choose(window, "Explain this step")
    line = window.explaining.dock.content.lines[0]
    assert "prediction: What the line says y is" in heard_by(
        lambda: line.setFocus(Qt.FocusReason.TabFocusReason)
    )

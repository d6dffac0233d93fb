"""What nobody expected is told in a dialog, once, with a report that names nothing of the user."""

import re
import threading
from pathlib import Path

import forked
import pytest
from PySide6.QtCore import Qt, QThread, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit
from room import clipped
from support import PIZZA, child, choose, heard, press, text, type_into, wait_until_trained

from gdviz.ui.running.worker import Worker
from gdviz.ui.shell.fault_dialog import FaultDialog
from gdviz.ui.shell.faults import Faults
from gdviz.ui.shell.last_actions import MOST, LastActions
from gdviz.ui.shell.report import fault_of, report
from gdviz.versions import versions

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


@pytest.fixture
def faults(window):
    """The window as the program has it: told of all that is raised."""
    faults = Faults(window, LastActions(window, window.session.undo))
    faults.install()
    yield faults
    faults.remove()
    for dialog in dialogs(window):
        dialog.close()


def dialogs(window):
    return [dialog for dialog in window.findChildren(FaultDialog) if dialog.isVisible()]


def shown(window):
    (dialog,) = dialogs(window)
    return dialog


def fail(kind=IndexError, said="index 4 is out of bounds for axis 0 with size 4"):
    raise kind(said)


def fail_in_a_slot(error=fail):
    QTimer.singleShot(0, error)
    for _ in range(3):
        QApplication.processEvents()


@pytest.mark.usefixtures("faults")
def test_a_dialog_says_it_and_the_window_stays_usable(window, qtbot):
    fail_in_a_slot()
    dialog = shown(window)
    assert "IndexError in test_faults.py, line " in text(dialog, "fault_text")
    assert not dialog.isModal()
    type_into(qtbot, window, "iterations", "7")
    assert window.session.runs.experiment.iterations == 7
    press(qtbot, dialog, "fault_go_on")
    assert not dialogs(window)
    window.activateWindow()


@pytest.mark.usefixtures("faults")
def test_the_same_again_is_counted_and_another_one_is_told(window, qtbot):
    for _ in range(5):
        fail_in_a_slot()
    dialog = shown(window)
    assert "the last of 5" in text(dialog, "fault_text")
    assert "(seen 5 ×)" in dialog.findChild(QPlainTextEdit).toPlainText()  # noqa: RUF001
    press(qtbot, dialog, "fault_go_on")
    fail_in_a_slot()
    assert not dialogs(window)
    fail_in_a_slot(lambda: 1 / 0)
    dialog = shown(window)
    assert "ZeroDivisionError" in text(dialog, "fault_text")
    assert "(seen 6 ×)" in dialog.findChild(QPlainTextEdit).toPlainText()  # noqa: RUF001


@pytest.mark.usefixtures("faults", "listening")
def test_it_is_used_by_keys_and_heard(window, qtbot):
    fail_in_a_slot()
    dialog = shown(window)
    dialog.activateWindow()
    assert heard(dialog) == (QAccessible.Role.Dialog, "Something went wrong")
    face = QAccessible.queryAccessibleInterface(dialog)
    assert "You can go on" in face.text(QAccessible.Text.Description)
    assert dialog.focusWidget().objectName() == "fault_go_on"
    names = set()
    for _ in range(4):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        names.add(dialog.focusWidget().objectName())
    assert {"fault_report", "fault_copy", "fault_go_on"} <= names
    child(dialog, "fault_copy").setFocus()
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
    copied = QGuiApplication.clipboard().text()
    assert copied == dialog.findChild(QPlainTextEdit).toPlainText()
    assert versions() in copied
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialogs(window)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.usefixtures("faults")
def test_all_of_it_has_room(window, theme):
    window.appearance.choose(theme)
    fail_in_a_slot()
    assert not clipped(shown(window))


class Failing(QThread):
    def run(self):
        fail()


@pytest.mark.usefixtures("faults")
def test_it_is_told_of_threads_too(window, qtbot):
    thread = threading.Thread(target=fail, args=(KeyError, "price"))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(dialogs(window)))
    assert "KeyError" in text(shown(window), "fault_text")
    worker = Failing(window)
    worker.start()
    qtbot.waitUntil(lambda: "IndexError" in text(shown(window), "fault_text"))
    worker.wait()


class Broken(Worker):
    def _work(self):
        fail()


class TooLarge(Worker):
    def _work(self):
        raise MemoryError


@pytest.mark.usefixtures("faults")
def test_it_is_told_of_what_a_worker_says_itself(window, qtbot):
    for kind in (TooLarge, Broken):
        worker = kind(window)
        with qtbot.waitSignal(worker.failed):
            worker.start()
        worker.wait()
    qtbot.waitUntil(lambda: bool(dialogs(window)))
    assert "IndexError" in text(shown(window), "fault_text")
    assert "last of" not in text(shown(window), "fault_text")


@pytest.mark.usefixtures("faults")
def test_it_can_be_closed_over_a_dialog_that_waits(window, qtbot):
    waiting = QDialog(window)
    QTimer.singleShot(0, fail)

    def go_on():
        press(qtbot, shown(window), "fault_go_on")
        waiting.accept()

    QTimer.singleShot(200, go_on)
    assert waiting.exec() == QDialog.DialogCode.Accepted
    assert not dialogs(window)


@pytest.mark.usefixtures("faults")
def test_the_report_has_the_last_actions_and_nothing_of_the_user(window, qtbot, tmp_path):
    secret = tmp_path / "Geheim-4711.csv"
    secret.write_text("Umsatz;Gewinn\n12345;6789\n22345;7789\n")
    window.opening.open_file(secret)
    window.opening.open_example()
    recent = next(a for a in window.opening._recent.actions() if "Geheim" in a.text())
    recent.trigger()
    wait_until_trained(qtbot, window)
    type_into(qtbot, window, "iterations", "54321")
    press(qtbot, window, "keep")
    window.session.undo.rename(window.session.runs.kept[0].number, "Mein Lauf")
    choose(window, "Undo")
    choose(window, "Dark")

    def fail_with_names():
        try:
            secret.joinpath("x").read_text()
        except OSError as error:
            raise ValueError(
                f"could not convert string to float: 'Umsatz' {secret} 12345.5"
            ) from error

    fail_in_a_slot(fail_with_names)
    told = shown(window).findChild(QPlainTextEdit).toPlainText()
    for known in (
        "Geheim",
        "Umsatz",
        "12345",
        "54321",
        "Mein Lauf",
        str(tmp_path),
        str(Path.cwd()),
    ):
        assert known not in told
    assert "NotADirectoryError" in told
    assert "ValueError: could not convert string to float: …" in told
    actions = re.findall(r"^ *\d+\. (.*)$", told.partition("Last actions:")[2], re.MULTILINE)
    assert actions == [
        "change: open", "change: iterations", "change: keep", "press keep", "change: rename",
        "Edit: Undo", "Colours: Dark",
    ]  # fmt: skip


def test_no_more_than_the_last_actions_are_known(window, faults):
    for _ in range(MOST):
        for name in ("To the start", "To the end"):
            choose(window, name)
    actions = list(faults._actions)
    assert len(actions) == MOST == 20
    assert actions[-2:] == ["Play: To the start", "Play: To the end"]


@pytest.mark.usefixtures("qapp")
def test_a_recursion_without_end_has_a_short_report():
    def recur():
        recur()

    try:
        recur()
    except RecursionError as error:
        fault = fault_of(error)
    assert len(report([(fault, 1)], []).splitlines()) < 60


PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from gdviz import cli
from gdviz.ui.shell import app
from gdviz.ui.shell.fault_dialog import FaultDialog

open_window = app.open_window

def fail():
    raise IndexError("nothing there")

def open_and_fail(*arguments):
    application, window = open_window(*arguments)

    def look():
        print([dialog.isVisible() for dialog in window.findChildren(FaultDialog)])
        {last}
        window.close()

    QTimer.singleShot(0, fail)
    QTimer.singleShot(300, look)
    return application, window

app.open_window = open_and_fail
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("", ""),
        ("window.preferences.save = lambda: 1 / 0", "gdviz made a mistake: ZeroDivisionError"),
    ],
)
def test_the_program_shows_it_in_place_of_a_traceback(last, said):
    done = forked.run(PROGRAM.format(last=last), PIZZA)
    assert (done.returncode, done.stdout) == (0, "[True]\n")
    errors = done.stderr.replace("This plugin does not support propagateSizeHints()\n", "")
    assert said in errors
    assert bool(said) == bool(errors)
    assert "Traceback" not in errors

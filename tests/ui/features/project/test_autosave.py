"""What isn't saved is copied, and offered once after a crash; a kill never leaves half a file."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import projects
import pytest
from PySide6.QtWidgets import QPushButton
from support import child, choose, wait_until_trained

from gdviz.core.projects.reading import read_project
from gdviz.ui.features.project.autosave import Autosave

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such kill")

TESTS = str(Path(projects.__file__).parent)
UNTIL_IT_IS_KILLED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from gdviz.ui.features.project import autosave
from gdviz.ui.shell import app
from gdviz.ui.shell.app import open_window

autosave.EVERY_MS = 10

def open_and_change(*arguments):
    application, window = open_window(*arguments)

    def change():
        if len(sys.argv) > 1:
            window.projects.path = Path(sys.argv[1])
            window.projects.save()
        window.tuning.set_settings(iterations=77)
        copy = window.preferences.path.with_name("unsaved") / "0.gdviz"
        timer = QTimer(window, interval=5)
        timer.timeout.connect(lambda: copy.exists() and print("copied", flush=True))
        timer.start()

    QTimer.singleShot(0, change)
    return application, window

app.open_window = open_and_change
app.run(None, {})
"""
# Copies and saves over and over, in a process that is killed at another moment each time.
KILLS = 50
OVER_AND_OVER = f"""
import itertools, os, signal, sys, time
from dataclasses import replace
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QObject
from projects import LEAST
from gdviz.core.projects.project import Project
from gdviz.core.projects.reading import read_project
from gdviz.core.projects.writing import project_text
from gdviz.ui.features.project.autosave import Autosave
from gdviz.ui.widgets.saving import save_text

app = QCoreApplication([])
folder = Path(sys.argv[1])
texts = [project_text(replace(LEAST, rows=LEAST.rows * 200, position=k)) for k in range(50)]
save_text(texts[0], folder / "mine.gdviz")

def go_on():
    count = itertools.count()
    autosave = Autosave(folder, lambda: next(count), lambda _: texts[next(count) % 50], app)
    autosave.begin()
    os.write(told, b".")
    while True:
        autosave.write()
        save_text(texts[next(count) % 50], folder / "mine.gdviz")

heard, told = os.pipe()
for number in range({KILLS}):
    child = os.fork()
    if child == 0:
        go_on()
    os.read(heard, 1)
    time.sleep(number * 0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    for path in folder.glob("*.gdviz"):
        read_project(path)
os._exit(0)
"""


def environment(**others):
    path = os.pathsep.join([TESTS, *sys.path])
    return {**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen", **others}


def crash(*arguments):
    """Open a window in another process, change something, and kill it once that is copied."""
    with subprocess.Popen(
        [sys.executable, "-c", UNTIL_IT_IS_KILLED, *map(str, arguments)],
        env=environment(), stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "copied\n"
        process.send_signal(signal.SIGKILL)


def offer(window):
    """Return what is offered at the start, and the button for it."""
    window.projects.keep_copies()
    notice = child(window, "notice")
    buttons = [b for b in notice.findChildren(QPushButton) if b.isVisible()]
    restore = next((b for b in buttons if b.text().replace("&", "") == "Restore it"), None)
    return child(window, "notice_text").text() if notice.isVisible() else "", restore


def test_what_was_lost_in_a_crash_is_offered_once(window, qtbot):
    crash()
    said, restore = offer(window)
    assert said == "gdviz ended before you closed it. What wasn't saved can be restored."
    restore.click()
    wait_until_trained(qtbot, window)
    assert window.session.runs.experiment.iterations == 77
    assert window.windowTitle() == "pizza.txt[*] — gdviz"
    assert window.isWindowModified()
    window.projects.close()
    assert offer(window) == ("", None)


def test_the_copy_of_a_project_is_restored_under_its_name_and_harms_nothing(
    window, qtbot, tmp_path
):
    path = tmp_path / "mine.gdviz"
    crash(path)
    assert read_project(path).settings["iterations"] == 100
    offer(window)[1].click()
    wait_until_trained(qtbot, window)
    assert (window.projects.path, window.isWindowModified()) == (path, True)
    assert window.projects.save()
    assert read_project(path).settings["iterations"] == 77
    assert read_project(path).copy_of == ""


def test_a_project_that_was_saved_after_the_crash_isnt_replaced_unasked(
    window, qtbot, tmp_path, answer
):
    path = tmp_path / "mine.gdviz"
    crash(path)
    restore = offer(window)[1]
    path.write_bytes(path.read_bytes())
    restore.click()
    wait_until_trained(qtbot, window)
    asked = answer("Cancel")
    assert not window.projects.save()
    assert asked == ["mine.gdviz isn't as this window saved or opened it. Replace it?"]
    answer("Replace it")
    assert window.projects.save()


def test_a_kill_at_any_moment_leaves_whole_files(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", OVER_AND_OVER, str(tmp_path)],
        env=environment(), capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "mine.gdviz").is_file()
    assert list(tmp_path.glob("*[0-9].gdviz")), "there was nothing to harm"


def copies(window):
    folder = window.preferences.path.with_name("unsaved")
    return sorted(path.name for path in folder.iterdir() if path.suffix == ".gdviz")


def test_nothing_is_copied_but_what_would_be_lost(window, qtbot, tmp_path):
    autosave = window.projects._autosave
    window.projects.keep_copies()
    autosave.write()
    assert copies(window) == []
    window.tuning.set_settings(iterations=40)
    assert autosave._timer.isActive()
    autosave.write()
    qtbot.waitUntil(lambda: copies(window) == ["0.gdviz"])
    choose(window, "Undo")
    autosave.write()
    assert copies(window) == []
    window.tuning.set_settings(iterations=40)
    autosave.write()
    window.projects.path = tmp_path / "mine.gdviz"
    assert window.projects.save()
    assert copies(window) == []
    window.tuning.set_settings(iterations=41)
    autosave.write()
    window.projects.path = None
    window.close()
    assert copies(window) == []


def test_each_window_has_a_place_of_its_own(qapp, tmp_path):
    unsaved = partial(time.monotonic)
    one, other = (Autosave(tmp_path, unsaved, lambda _: None, qapp) for _ in range(2))
    assert one.begin() is None
    (tmp_path / "0.gdviz").write_text("one")
    assert other.begin() is None  # the first one's is no crash
    one.forget()
    for each in (one, other):
        each.close()
    assert not list(tmp_path.glob("*.gdviz"))


def test_without_a_folder_nothing_is_copied_and_nothing_fails(window, tmp_path):
    (tmp_path / "file").write_text("")
    autosave = Autosave(tmp_path / "file" / "unsaved", lambda: 1, lambda _: None, window)
    assert autosave.begin() is None
    autosave.note()
    autosave.write()
    autosave.close()

"""Ctrl+C in the terminal ends the window as a person would, whatever goes on."""

import os
import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a signal is sent as POSIX has it")

PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from gdviz import cli
from gdviz.ui.shell import app

open_window = app.open_window

def say(text):
    print(text, flush=True)

def look(window):
    {act}

def open_and_look(*arguments):
    application, window = open_window(*arguments)
    QTimer.singleShot(0, lambda: look(window))
    return application, window

app.open_window = open_and_look
status = cli.main(sys.argv[1:])
say(f"ended {{status}}")
sys.exit(status)
"""
CHANGE = (
    "window.changing._on_point_added(1.0, 2.0); "
    "watch = QTimer(window, interval=5); "
    "watch.timeout.connect(lambda: QApplication.activeModalWidget() and "
    "(watch.stop(), say('asked'))); watch.start(); say('ready')"
)
DIALOG = "QTimer.singleShot(50, lambda: say('ready')); window.opening.choose_file()"


# The offscreen platform says this of every dialog.
OFFSCREEN = "This plugin does not support propagateSizeHints()\n"


class Program:
    def __init__(self, folder, act, *words):
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM.format(act=act), *words],
            env={**os.environ, "XDG_CONFIG_HOME": str(folder)},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def line(self):
        return self.process.stdout.readline().strip()

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)

    def ended(self):
        out, errors = self.process.communicate(timeout=60)
        return self.process.returncode, out.strip(), errors.replace(OFFSCREEN, "")


@pytest.fixture
def start(own_settings):
    """Return what starts gdviz, which does something when its window is there."""
    started = []

    def start(*words):
        started.append(Program(own_settings, *words))
        return started[-1]

    yield start
    for program in started:
        program.process.kill()
        program.process.communicate()


@pytest.mark.parametrize(
    "words",
    [("say('ready')",), ("say('ready')", "--iterations", "1000000000"), (DIALOG,)],
    ids=["paused", "training", "choosing a file"],
)
def test_it_closes_the_window(start, own_settings, words):
    program = start(*words)
    assert program.line() == "ready"
    program.interrupt()
    assert program.ended() == (130, "ended 130", "")
    assert "geometry" in own_settings.joinpath("gdviz", "gdviz.conf").read_text()


def test_changed_data_are_asked_about_and_a_second_time_is_an_answer(start):
    program = start(CHANGE)
    assert program.line() == "ready"
    program.interrupt()
    assert program.line() == "asked"
    program.interrupt()
    assert program.ended() == (130, "ended 130", "")


def test_who_would_rather_stay_stays(start):
    program = start(
        CHANGE.replace(
            "say('asked')",
            "QApplication.activeModalWidget().close(), "
            "QTimer.singleShot(0, lambda: say(window.isVisible()))",
        )
    )
    assert program.line() == "ready"
    program.interrupt()
    assert program.line() == "True"
    assert program.process.poll() is None


def test_it_may_come_before_the_window(start):
    program = start("say('ready')")
    assert program.line() == "ready"
    for _ in range(3):
        program.interrupt()
    assert program.ended() == (130, "ended 130", "")

"""gdviz as a program of its own in a real window, with key presses that come from the X server."""

import os
import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication, QImage

from gdviz.ui.shell.window import MainWindow

SPEED = "[General]\nspeed=all in 5 seconds\ninvited=true\n"
START_S = 20_000
PLAY_MS = 15_000


def xdotool(*words):
    return subprocess.run(["xdotool", *words], check=True, capture_output=True, text=True).stdout


def focus(title):
    """Wait for a window and give it the keyboard: Xvfb has no window manager to do so."""
    found = xdotool("search", "--sync", "--onlyvisible", "--name", title).split()[0]
    xdotool("windowfocus", "--sync", found)
    return found


def part_of_screen(window):
    """Return where a window is on the screen, as slices of rows and columns."""
    lines = xdotool("getwindowgeometry", "--shell", window).split()
    place = {name: int(value) for name, _, value in (line.partition("=") for line in lines)}
    top, left = place["Y"], place["X"]
    return slice(top, top + place["HEIGHT"]), slice(left, left + place["WIDTH"])


def screenshot(path):
    """Return the whole screen as an array of red, green and blue."""
    QGuiApplication.primaryScreen().grabWindow(0).save(str(path))
    return pixels(QImage(str(path)))


def pixels(image):
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


@pytest.fixture
def program(own_settings):
    """gdviz started without arguments."""
    own_settings.joinpath("gdviz").mkdir(parents=True)
    own_settings.joinpath("gdviz", "gdviz.conf").write_text(SPEED)
    process = subprocess.Popen(
        [sys.executable, "-m", "gdviz"],
        env={**os.environ, "XDG_CONFIG_HOME": str(own_settings)},
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def test_start_play_export_and_quit_with_the_keyboard(qtbot, program, tmp_path):
    """pizza.txt is there, Space plays it to the end, Ctrl+E exports what is seen, Ctrl+Q quits."""
    window = focus("pizza.txt")
    start = screenshot(tmp_path / "start.png")

    def changes_from(before):
        return np.abs(screenshot(tmp_path / "now.png") - before).sum() > 0

    xdotool("key", "space")
    qtbot.waitUntil(lambda: changes_from(start), timeout=START_S)

    # Playing ends by itself: then the button offers to play again, and nothing moves any more.
    seen = []

    def stands_still():
        seen.append(screenshot(tmp_path / "now.png"))
        return len(seen) > 8 and all(np.array_equal(seen[-1], old) for old in seen[-8:])

    qtbot.waitUntil(stands_still, timeout=PLAY_MS)
    end = seen[-1]
    xdotool("key", "End")
    assert np.array_equal(screenshot(tmp_path / "now.png"), end)

    target = tmp_path / "figure.png"
    xdotool("key", "ctrl+e")
    focus("^Export$")
    xdotool("key", "Return")
    focus("Export the picture")
    xdotool("key", "ctrl+a")
    xdotool("type", "--delay", "5", str(target))
    xdotool("key", "Return")
    qtbot.waitUntil(target.exists, timeout=START_S)
    assert_looks_like(QImage(str(target)), end[part_of_screen(window)])

    focus("pizza.txt")
    xdotool("key", "ctrl+q")
    assert program.wait(timeout=10) == 0
    assert program.stderr.read() == ""


def assert_looks_like(exported, window):
    """The picture, at half its size and without its caption, is the right part of the window."""
    half = pixels(exported.scaled(exported.size() / 2))[:-30]
    height, width, _ = half.shape
    differences = [
        np.abs(window[top : top + height, -width:] - half).mean()
        for top in range(60)
        if top + height <= len(window)
    ]
    # Scaling softens edges, and the buttons in the corners are not part of the picture.
    assert min(differences) < 4


def test_the_size_of_the_window_comes_back(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.resize(1100, 700)
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    again.show()
    qtbot.waitExposed(again)
    assert (again.width(), again.height()) == (1100, 700)

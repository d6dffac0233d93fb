"""Help ▸ Performance: live numbers while something moves, and none of the processor at rest."""

import mmap
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from room import clipped
from support import child, choose, press, text, wait_until_trained

from gdviz.ui.features.performance import memory
from gdviz.ui.features.performance.memory import memory_mb


@pytest.fixture
def view(qtbot, window):
    wait_until_trained(qtbot, window)
    choose(window, "Performance")
    dialog = child(window, "performance")
    qtbot.waitExposed(dialog)
    yield dialog
    dialog.close()


def shown(window):
    """Return what is said of each measure."""
    names = "frame_time", "slow_frames", "steps", "rows", "memory"
    return [text(window, f"performance_{name}") for name in names]


def test_at_rest_it_says_that_nothing_goes_on(window, view):
    frame, slow, steps, rows, memory_told = shown(window)
    assert (frame, slow, steps, rows) == ("—", "—", "no training", "—")
    assert re.fullmatch(r"[\d,]+ MB", memory_told)
    assert 20 < int(memory_told.split()[0].replace(",", "")) < 20_000
    assert not view.isModal()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_in_large_type_all_is_read(window, view):
    choose(window, "Full screen")
    for _ in range(10):
        QApplication.processEvents()
    assert clipped(view) == []


@pytest.mark.usefixtures("view")
def test_frames_are_measured_while_it_plays_and_then_no_longer(qtbot, window):
    press(qtbot, window, "play")
    qtbot.waitUntil(lambda: shown(window)[0] != "—")
    frame, slow = (float(told.removesuffix(" ms")) for told in shown(window)[:2])
    assert 0 < frame <= slow
    assert re.fullmatch(r"\d+\.\d ms", shown(window)[0])
    press(qtbot, window, "play")
    qtbot.waitUntil(lambda: not timers(window))
    last = shown(window)
    qtbot.wait(500)
    assert shown(window) == last
    assert timers(window) == []


def timers(window):
    """Return the timers of measuring and of playing that still run."""
    parts = window.performing, window.session.playback
    found = [timer for part in parts for timer in part.findChildren(QTimer)]
    return [timer for timer in found if timer.isActive()]


@pytest.mark.usefixtures("view")
def test_steps_are_counted_while_a_run_goes_on(qtbot, window):
    window.tuning.set_settings(iterations=10**9, learning_rate=1e-9)
    qtbot.waitUntil(lambda: "million a second" in shown(window)[2], timeout=10_000)
    steps = float(shown(window)[2].split()[0])
    assert 0.1 < steps < 10_000
    window.session.runs.stop()
    qtbot.waitUntil(lambda: shown(window)[2] == "no training")
    assert timers(window) == []


@pytest.mark.parametrize("opened", ["many.csv", "."])
@pytest.mark.usefixtures("view")
def test_a_table_says_how_many_rows_a_second_it_took(qtbot, window, tmp_path, opened):
    path = Path(tmp_path, "many.csv")
    path.write_text("x,y\n" + "1,2\n3,5\n" * 5001, encoding="utf-8")
    window.opening.open_file(tmp_path / opened)
    qtbot.waitUntil(lambda: shown(window)[3].endswith(" a second"))


def test_it_goes_with_the_window(window, view):
    assert view.isVisible()
    window.close()
    assert not view.isVisible()


def test_while_it_is_closed_nothing_is_measured(qtbot, window, view):
    qtbot.mouseClick(
        view.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close),
        Qt.MouseButton.LeftButton,
    )
    assert not view.isVisible()
    press(qtbot, window, "play")
    with qtbot.waitSignal(window.session.playback.moved):
        pass
    press(qtbot, window, "play")
    qtbot.waitUntil(lambda: not timers(window))
    choose(window, "Performance")
    assert view.isVisible()
    assert shown(window)[0] == "—"


def test_memory_is_that_of_the_process():
    before = memory_mb()
    # Pages of its own: what was freed before would be taken again.
    with mmap.mmap(-1, 64 * 2**20) as block:
        block.write(b"x" * len(block))
        assert 40 < memory_mb() - before < 200


def test_memory_is_known_or_not_on_other_systems(monkeypatch, tmp_path):
    monkeypatch.setattr(memory, "STATM", tmp_path / "none")
    monkeypatch.setattr(memory.sys, "platform", "win32")
    assert memory_mb() is None
    monkeypatch.setattr(memory.sys, "platform", "freebsd")
    assert memory_mb() > 20

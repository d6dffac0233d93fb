"""A long text is written in a thread: the window stays quick, can cancel, and waits to close."""

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QProgressBar
from silence import SILENCE_S, Listener
from support import child, text, wait_until_trained

from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.reading import read_table
from gdviz.ui.widgets import saving

LONG = 300_000
OLD = "what was there before"


@pytest.fixture
def target(tmp_path, monkeypatch):
    """Answer the dialogs that ask for a file."""
    target = tmp_path / "out.csv"
    target.write_text(OLD)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    return target


@pytest.fixture
def long(window, qtbot, monkeypatch):
    """The window with data that take seconds to be written; that is told soon."""
    monkeypatch.setattr(saving, "HEAD_START_MS", 60)
    x = np.random.default_rng(0).normal(size=LONG)
    session = window.session
    session.restart(session.on_new(Dataset(x, 3 * x + 1)))
    wait_until_trained(qtbot, window)
    return window


def in_the_meantime(window, act):
    """Do something as soon as the dialog is seen."""
    timer = QTimer(window, interval=1)

    def look():
        dialog = window.findChild(QDialog, "writing")
        if dialog is not None and dialog.isVisible():
            timer.stop()
            act(dialog)

    timer.timeout.connect(look)
    timer.start()


def press_cancel(dialog):
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel).click()


def test_long_data_are_saved_without_a_silence_and_with_progress(long, target):
    seen = []

    def look(dialog):
        bar = dialog.findChild(QProgressBar)
        bar.valueChanged.connect(lambda value: seen.append(value / bar.maximum()))

    in_the_meantime(long, look)
    assert Listener().longest_s(long.changing.save_as, lambda: True, 3) < SILENCE_S
    assert seen == sorted(seen)
    assert len(seen) > 3
    assert text(long, "notice_text") == f"Saved {target}."
    again, _ = read_table(target).dataset()
    np.testing.assert_array_equal(again.y, long.session.runs.experiment.dataset.y)


def test_cancelled_it_leaves_the_file_as_it_was(long, target):
    in_the_meantime(long, press_cancel)
    assert not long.changing.save_as()
    assert target.read_text() == OLD
    assert list(target.parent.iterdir()) == [target]
    assert text(long, "notice_text") == f"Cancelled: nothing was saved, {target} is as it was."


def test_the_window_closes_when_it_is_saved(long, target, qtbot):
    said = []

    def close(dialog):
        assert not long.close()
        said.append(text(dialog, "writing_text"))

    in_the_meantime(long, close)
    assert long.changing.save_as()
    assert said == ["Saving out.csv… The window closes when it is saved."]
    qtbot.waitUntil(lambda: not long.isVisible())
    assert target.read_text().count("\n") == LONG + 1


def test_who_cancels_then_goes_on_with_the_window(long, target, qtbot):
    def close(dialog):
        long.close()
        press_cancel(dialog)

    in_the_meantime(long, close)
    assert not long.changing.save_as()
    qtbot.wait(0)
    assert long.isVisible()
    assert target.read_text() == OLD


def test_what_is_short_needs_no_dialog(window, target):
    in_the_meantime(window, lambda _: pytest.fail("a dialog for a few rows"))
    assert window.changing.save_as()
    assert child(window, "notice").isVisible()
    assert target.read_text().count("\n") == 31


def test_a_trajectory_is_saved_so_as_well(window, target, qtbot):
    box = child(window, "iterations")
    box.setValue(200_000)
    wait_until_trained(qtbot, window)
    in_the_meantime(window, lambda _: None)
    assert Listener().longest_s(window.exporter.export_trajectory, lambda: True, 3) < SILENCE_S
    assert target.read_text().count("\n") == len(window.session.runs.record) + 1


def test_a_fault_is_a_sentence(long, target):
    def fill(_):
        raise_full(target)

    in_the_meantime(long, fill)
    assert not long.changing.save_as()
    assert text(long, "notice_text").startswith(f"{target} could not be saved: ")
    assert "Traceback" not in text(long, "notice_text")


def raise_full(target):
    """Put a folder where the file is to go."""
    target.unlink()
    target.mkdir()

"""Tables are read beside the window: it goes on, says how far reading is, and takes a cancel."""

import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from support import child, press, text, wait_until_trained

from gdviz.ui.features.data import reader
from gdviz.ui.features.data.raw_table import RawTable
from gdviz.ui.features.data.reader import Reader

ROWS = 400_000


@pytest.fixture
def long(tmp_path):
    """A file that takes a moment to be read: every other row is looked at cell by cell."""
    path = tmp_path / "long.csv"
    path.write_text("a,b\n" + "1,2\n3,<4\n" * (ROWS // 2))
    return path


@pytest.fixture
def slow(monkeypatch):
    """Have reading wait for an event in the middle, as it would for a drive far away."""
    event, read = threading.Event(), RawTable.table

    def wait(raw, choices, largest, progress):
        def slowly(done, size):
            progress(done, size)
            while not event.wait(0.001):
                progress(2 * size, 5 * size)

        return read(raw, choices, largest, slowly)

    monkeypatch.setattr(RawTable, "table", wait)
    yield event
    event.set()


def table(path, *rows):
    path.write_text("".join(f"{x},{y}\n" for x, y in rows))
    return path


def in_the_meantime(window, act, says="Reading"):
    """Do something as soon as the notice tells how far reading is."""
    timer, notice = QTimer(window, interval=1), child(window, "notice")

    def look():
        if notice.isVisible() and says in notice.text:
            timer.stop()
            act()

    timer.timeout.connect(look)
    timer.start()


def test_a_long_file_is_shown_once_it_is_read(window, qtbot, long):
    said = []
    in_the_meantime(window, lambda: said.append(text(window, "file_name")))
    assert window.opening.open_file(long)
    wait_until_trained(qtbot, window)
    assert said == ["pizza.txt"]
    assert text(window, "file_name") == "long.csv"
    assert len(window.session.runs.experiment.dataset) == ROWS // 2
    assert "Reading" not in text(window, "notice_text")


def test_the_notice_says_how_much_is_read_and_the_window_goes_on(window, slow, tmp_path):
    path, seen = table(tmp_path / "far.csv", (1, 2), (2, 4)), []

    def step():
        seen.append(text(window, "notice_text"))
        window.session.playback.step(1)
        seen.append(window.session.playback.iteration)
        slow.set()

    in_the_meantime(window, step, "%")
    assert window.opening.open_file(path)
    assert seen == ["Reading far.csv, 40 %…", 1]
    assert not child(window, "notice").isVisible() or "far" not in text(window, "notice_text")


def test_a_cancel_leaves_all_as_it_was(window, qtbot, slow, tmp_path):
    path = table(tmp_path / "far.csv", (1, 2), (2, 4))
    in_the_meantime(window, lambda: press(qtbot, window, "notice_action"))
    assert not window.opening.open_file(path)
    assert text(window, "notice_text") == "Cancelled: far.csv was not read."
    assert text(window, "file_name") == "pizza.txt"
    assert QApplication.overrideCursor() is None
    slow.set()


def test_a_second_file_cancels_the_first(window, qtbot, slow, tmp_path):
    first = table(tmp_path / "first.csv", (1, 2), (2, 4))
    second = table(tmp_path / "second.csv", (5, 2), (6, 4))
    opened = []

    def open_second():
        slow.set()
        opened.append(window.opening.open_file(second))

    in_the_meantime(window, open_second)
    assert not window.opening.open_file(first)
    wait_until_trained(qtbot, window)
    assert opened == [True]
    assert text(window, "file_name") == "second.csv"
    assert window.session.runs.experiment.dataset.x.tolist() == [5, 6]


@pytest.mark.usefixtures("slow")
def test_a_window_that_is_closed_ends_reading(window, tmp_path):
    path = table(tmp_path / "far.csv", (1, 2), (2, 4))
    in_the_meantime(window, window.close)
    assert not window.opening.open_file(path)
    assert not window.isVisible()


@pytest.mark.usefixtures("slow")
def test_what_it_waits_for_is_said(window, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(reader, "WAITING_S", -1)
    path = table(tmp_path / "far.csv", (1, 2), (2, 4))
    in_the_meantime(window, lambda: press(qtbot, window, "notice_action"), "Waiting for more of")
    assert not window.opening.open_file(path)


def test_a_closed_notice_stays_closed(window, qtbot, slow, tmp_path):
    path = table(tmp_path / "far.csv", (1, 2), (2, 4))

    def close():
        press(qtbot, window, "notice_close")
        QTimer.singleShot(3 * reader.REFRESH_MS, look)

    def look():
        shown.append(child(window, "notice").isVisible())
        slow.set()

    shown = []
    in_the_meantime(window, close)
    assert window.opening.open_file(path)
    assert shown == [False]


def test_what_can_be_heard_is_not_each_percent(window, slow, tmp_path):
    path, heard = table(tmp_path / "far.csv", (1, 2), (2, 4)), []
    child(window, "notice").said.connect(heard.append)
    in_the_meantime(window, lambda: QTimer.singleShot(3 * reader.REFRESH_MS, slow.set))
    assert window.opening.open_file(path)
    assert len([sentence for sentence in heard if "far.csv" in sentence]) == 1


def test_what_goes_wrong_is_raised_to_who_asked(window):
    mine = Reader(child(window, "notice"), window)
    with pytest.raises(ZeroDivisionError):
        mine.read("a", lambda _: 1 / 0)
    assert mine.read("b", lambda _: 13) == 13


def test_a_lesson_waits_without_taking_input(window, slow, tmp_path):
    """What is set up next must find its table; the window is painted meanwhile."""
    path = table(tmp_path / "far.csv", (1, 2), (2, 4))
    QTimer.singleShot(50, slow.set)
    assert window.opening.read_for_lesson(path).source == "far.csv"
    assert text(window, "file_name") == "pizza.txt"
    assert path.name not in text(window, "notice_text")

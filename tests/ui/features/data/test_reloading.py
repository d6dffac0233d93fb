"""A file is read again as it was read; one that changes on the disk offers it, once."""

import os

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from support import child, choose, press, text, wait_until_trained

from gdviz.core.tables.choices import Choices
from gdviz.ui.features.data.raw_table import RawTable
from gdviz.ui.features.data.remembered import Manner

BEFORE = "a,b,c\n1,2,30\n2,4,20\n3,6,10\n"
AFTER = "a,b,c\n1,2,30\n2,4,20\n3,6,10\n4,8,5\n"


@pytest.fixture
def path(window, qtbot, tmp_path):
    path = tmp_path / "measured.csv"
    path.write_text(BEFORE)
    assert window.opening.open_file(path)
    wait_until_trained(qtbot, window)
    return path


def replaced(path, content):
    """Put another file in its place, as many editors do."""
    other = path.with_suffix(".new")
    other.write_text(content)
    other.replace(path)


def rewritten(path, content):
    path.write_text(content)
    later = path.stat().st_mtime_ns + 10**9
    os.utime(path, ns=(later, later))


def rows(window):
    return len(window.session.runs.experiment.dataset)


def notice(window):
    """Return what the notice says of a file."""
    said = text(window, "notice_text") if child(window, "notice").isVisible() else ""
    return "" if said.startswith("A rate of 0.001 would") else said


def come_back(window):
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))


def test_reload_keeps_choices_and_columns_and_can_be_undone(window, qtbot, path):
    manner = Manner(Choices(delimiter=",", header=1), "b", "c")
    window.opening.show(RawTable(path), manner)
    rewritten(path, AFTER)
    choose(window, "Reload")
    wait_until_trained(qtbot, window)
    data = window.session.runs.experiment.dataset
    assert (data.x_name, data.y_name, len(data)) == ("b", "c", 4)
    assert window.opening.table_of(data).asked == manner.choices
    stack = window.session.undo.stack
    assert stack.undoText() == "reload measured.csv"
    stack.undo()
    assert rows(window) == 3


@pytest.mark.parametrize("change", [replaced, rewritten])
def test_a_file_that_changes_offers_it_once(window, qtbot, path, change):
    change(path, AFTER)
    qtbot.waitUntil(lambda: "measured.csv has changed" in notice(window))
    press(qtbot, window, "notice_close")
    come_back(window)
    change(path, AFTER + "5,10,3\n")
    come_back(window)
    assert notice(window) == ""
    choose(window, "Reload")
    assert rows(window) == 5
    change(path, BEFORE)
    qtbot.waitUntil(lambda: "measured.csv has changed" in notice(window))
    assert text(window, "notice_action") == "Read it again"
    press(qtbot, window, "notice_action")
    assert rows(window) == 3
    assert notice(window) == ""


def test_who_comes_back_is_told_at_once(window, path):
    rewritten(path, AFTER)
    come_back(window)
    assert "has changed since it was read" in notice(window)


def test_a_file_that_is_gone_says_so_and_may_come_back(window, qtbot, path):
    away = path.with_suffix(".away")
    path.rename(away)
    qtbot.waitUntil(lambda: "measured.csv is gone" in notice(window))
    assert rows(window) == 3
    away.rename(path)
    qtbot.waitUntil(lambda: notice(window) == "")
    path.unlink()
    choose(window, "Reload")
    assert "measured.csv doesn't exist" in notice(window)
    assert rows(window) == 3


def test_only_the_file_that_is_looked_at_tells(window, qtbot, path):
    other = path.with_name("other.csv")
    other.write_text(BEFORE)
    window.opening.open_file(other)
    wait_until_trained(qtbot, window)
    rewritten(path, AFTER)
    come_back(window)
    assert notice(window) == ""
    window.session.undo.stack.undo()
    assert "measured.csv has changed" in notice(window)


def test_a_file_that_became_unreadable_leaves_the_data(window, path):
    path.write_text("nothing")
    choose(window, "Reload")
    assert "measured.csv" in notice(window)
    assert text(window, "notice_action") == "Import with options…"
    assert rows(window) == 3


def test_columns_that_are_gone_are_told(window, qtbot, path):
    window.opening.show(RawTable(path), Manner(x="b", y="c"))
    path.write_text("a,b,d\n1,2,3\n2,4,5\n")
    choose(window, "Reload")
    wait_until_trained(qtbot, window)
    assert "has no column “c” of numbers any more" in notice(window)
    assert window.session.runs.experiment.dataset.x_name == "b"


def test_data_without_a_file_say_so(window, qtbot):
    QApplication.clipboard().setText("1 2\n2 3\n")
    window.opening.paste()
    choose(window, "Reload")
    assert "were pasted" in notice(window)
    choose(window, "Generate data")
    press(qtbot, window, "generate_ok")
    choose(window, "Reload")
    assert "were made here" in notice(window)


def test_the_example_can_be_reloaded(window):
    choose(window, "Reload")
    assert rows(window) > 0
    assert notice(window) == ""

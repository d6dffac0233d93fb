"""Opening: by dialog, drop and paste; what can't be used is told."""

import os
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox
from support import child, choose, press, text, wait_until_trained

from gdviz.ui.features.export.pictures import export_picture


def test_open_by_dialog(window, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "shoes.csv"
    path.write_text("size,price\n1,2\n2,4\n3,6\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    wait_until_trained(qtbot, window)
    assert text(window, "file_name") == "shoes.csv"
    assert child(window, "data_fit").bottom.labelText == "size"
    assert child(window, "data_fit").left.labelText == "price"
    assert not child(window, "x_column").isVisible()


def test_cancelling_the_dialog_changes_nothing(window, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    window.opening.choose_file()
    assert text(window, "file_name") == "pizza.txt"
    assert not child(window, "notice").isVisible()


# Qt 6.12 deprecates the only constructor that 6.11 has.
@pytest.mark.filterwarnings("ignore:Function. 'QDragEnterEvent:DeprecationWarning")
def test_open_by_drop(window, tmp_path):
    path = tmp_path / "dropped.txt"
    path.write_text("1 2\n2 3\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    for event in (
        QDragEnterEvent(
            QPoint(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        ),
        QDropEvent(
            QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        ),
    ):  # fmt: skip
        event.ignore()
        QApplication.sendEvent(window, event)
        assert event.isAccepted()
    assert text(window, "file_name") == "dropped.txt"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "empty"),
        ("words.csv", b"a,b\nx,y\n", "x"),
        ("one.txt", b"5\n6\n", "two columns"),
    ],
)
def test_an_unusable_file_says_why_and_leaves_the_data(window, tmp_path, name, content, says):
    path = tmp_path / name
    path.write_bytes(content)
    assert not window.opening.open_file(path)
    assert child(window, "notice").isVisible()
    assert name in text(window, "notice_text")
    assert says in text(window, "notice_text")
    assert text(window, "file_name") == "pizza.txt"
    assert len(window.session.runs.record) == 101


def test_a_missing_file_and_a_directory_say_so(window, tmp_path):
    assert not window.opening.open_file(tmp_path / "gone.txt")
    assert "gone.txt" in text(window, "notice_text")
    assert not window.opening.open_file(tmp_path)
    assert text(window, "file_name") == "pizza.txt"


def test_rows_that_cant_be_used_are_listed(window, qtbot, tmp_path):
    path = tmp_path / "holes.csv"
    path.write_text("a,b\n" + "1,oops\n" * 25 + "1,2\n" * 30)
    assert window.opening.open_file(path)
    wait_until_trained(qtbot, window)
    details = child(window, "notice_details").toPlainText()
    assert child(window, "notice").isVisible()
    assert "line 2" in details
    assert "oops" in details
    assert "25" in details
    assert details.count("oops") == 20
    press(qtbot, window, "notice_close")
    assert not child(window, "notice").isVisible()


def test_more_columns_can_be_chosen(window, qtbot, tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text("name,a,b,c\nx,1,2,3\ny,2,4,9\n")
    window.opening.open_file(path)
    wait_until_trained(qtbot, window)
    chooser = child(window, "y_column")
    assert chooser.isVisible()
    assert [chooser.itemText(i) for i in range(chooser.count())] == ["a", "b", "c"]
    chooser.setCurrentText("c")
    wait_until_trained(qtbot, window)
    assert window.session.runs.experiment.dataset.y.tolist() == [3, 9]
    assert child(window, "data_fit").left.labelText == "c"


def recent(window):
    """Return the names of the files that the menu offers."""
    menus = {menu.title().replace("&", ""): menu for menu in window.findChildren(QMenu)}
    menus["File"].aboutToShow.emit()
    return [Path(action.text()).name for action in menus["Open recent"].actions()]


def test_recent_files_come_newest_first_each_once_and_no_more_than_eight(window, tmp_path):
    names = [f"{number}.txt" for number in range(10)]
    for name in names:
        tmp_path.joinpath(name).write_text("1 2\n2 3\n")
        assert window.opening.open_file(tmp_path / name)
    assert recent(window) == names[:1:-1]
    window.opening.open_file(tmp_path / "5.txt")
    assert recent(window) == [f"{number}.txt" for number in (5, 9, 8, 7, 6, 4, 3, 2)]
    choose(window, str(tmp_path / "7.txt"))
    assert text(window, "file_name") == "7.txt"
    assert recent(window)[:2] == ["7.txt", "5.txt"]


@pytest.fixture
def answer(monkeypatch):
    """Answer the question whether a very large file is to be read; return what was asked."""
    asked = []

    def answer(button):
        def exec_(box):
            asked.append(box.text())
            return QMessageBox.StandardButton[button]

        monkeypatch.setattr(QMessageBox, "exec", exec_)
        return asked

    return answer


@pytest.mark.parametrize("button", ["Open", "Cancel"])
def test_a_very_large_file_is_asked_about(window, qtbot, tmp_path, answer, button):
    path, asked = tmp_path / "large.csv", answer(button)
    path.write_text("1 2\n2 3\n")
    assert window.opening.show_file(path, 4) is (button == "Open")
    wait_until_trained(qtbot, window)
    assert asked == ["large.csv is very large: 8 bytes. Open it?"]
    assert text(window, "file_name") == ("large.csv" if button == "Open" else "pizza.txt")
    assert QApplication.overrideCursor() is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("pipe", "pipe is a named pipe"),
        ("loop", "it is a link that leads back to itself"),
        ("/dev/zero", "zero is a device"),
        ("x" * 5000, "this name is too long for a file"),
    ],
)
def test_what_is_no_file_is_refused_at_once(window, tmp_path, name, says):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert not window.opening.open_file(tmp_path / name)
    assert says in text(window, "notice_text")
    assert text(window, "file_name") == "pizza.txt"


def test_control_characters_in_names_are_made_visible_where_they_come_in(window, qtbot, tmp_path):
    path = tmp_path / "a\x01\x1b[2Jb.csv"
    path.write_text("# x\n" * 2000 + 'size\x01\x1b,"price\t\x7f"\n1,2\n2,4\n')
    assert window.opening.open_file(path)
    wait_until_trained(qtbot, window)
    dataset = window.session.runs.experiment.dataset
    assert (dataset.x_name, dataset.y_name) == ("size\\x01\\x1b", "price \\x7f")
    assert dataset.source == "a\\x01\\x1b[2Jb.csv"
    export_picture(window.figure, tmp_path / "out.svg", caption=dataset.source)
    texts = [part.strip() for part in ElementTree.parse(tmp_path / "out.svg").getroot().itertext()]
    assert {"size\\x01\\x1b", "price \\x7f", dataset.source} <= set(texts)

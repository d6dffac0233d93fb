"""Opening: by dialog, drop and paste; what can't be used is told."""

import os
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from room import clipped
from support import child, choose, drop, press, text, wait_until_trained

from gdviz.core.tables.choices import Choices, Remark
from gdviz.ui.features.data.raw_table import RawTable
from gdviz.ui.features.data.remembered import Manner
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


def image():
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(0)
    return picture


def mime(**contents):
    """Return what programs put on the clipboard, or drop."""
    data = QMimeData()
    if "image" in contents:
        data.setImageData(contents["image"])
    if "text" in contents:
        data.setText(contents["text"])
    if "html" in contents:
        data.setHtml(contents["html"])
    if "urls" in contents:
        data.setUrls(contents["urls"])
    if "other" in contents:
        data.setData("application/x-color", contents["other"])
    return data


WEB = QUrl("https://example.org/table.csv")
UNUSABLE = {
    "nothing": (mime(), "is empty"),
    "blank": (mime(text=" \n\t"), "is empty"),
    "an image": (mime(image=image()), "an image"),
    "an image of a page": (mime(image=image(), text=WEB.toString()), "an image"),
    "an address": (mime(text=f" {WEB.toString()}\n"), "a web address"),
    "a link": (mime(urls=[WEB]), "a web address"),
    "a colour": (mime(other=b"1234"), "a file"),
}


def paste(window, data):
    QApplication.clipboard().setMimeData(data)
    window.opening.paste()


@pytest.mark.parametrize("how", [paste, drop])
@pytest.mark.parametrize("kind", UNUSABLE)
def test_what_is_no_table_is_told_in_a_sentence(window, how, kind):
    data, says = UNUSABLE[kind]
    how(window, copied(data))
    assert says in text(window, "notice_text")
    begins = {paste: "The clipboard ", drop: "What was dropped "}[how]
    assert text(window, "notice_text").startswith(begins)
    assert text(window, "file_name") == "pizza.txt"


def test_a_clipboard_that_was_cleared_is_empty(window):
    QApplication.clipboard().clear()
    window.opening.paste()
    assert "is empty" in text(window, "notice_text")


def copied(data):
    """Return the same, for whoever takes it over."""
    result = QMimeData()
    for kind in data.formats():
        if kind == "application/x-qt-image":
            result.setImageData(data.imageData())
        else:
            result.setData(kind, data.data(kind))
    return result


@pytest.mark.parametrize("how", [paste, drop])
@pytest.mark.parametrize("contents", [{}, {"image": image()}, {"html": "<table></table>"}])
def test_a_text_with_numbers_is_read_whatever_else_there_is(window, how, contents):
    how(window, mime(text="1 2\n2 3\n", **contents))
    assert text(window, "file_name") == "Pasted text"


@pytest.mark.parametrize("how", [paste, drop])
def test_files_that_are_copied_or_dropped_are_opened(window, how, tmp_path):
    paths = [tmp_path / f"{number}.txt" for number in range(3)]
    for path in paths:
        path.write_text("1 2\n2 3\n")
    how(window, mime(urls=[QUrl.fromLocalFile(str(path)) for path in paths]))
    assert text(window, "file_name") == "0.txt"
    assert "2 other files are not opened" in text(window, "notice_text")
    how(window, mime(urls=[QUrl.fromLocalFile(str(tmp_path))]))
    assert text(window, "file_name") == "0.txt and 2 more files"
    assert text(window, "rows").startswith("6 rows\n")


DECIMALS = Remark("The commas are read as thousands.", "Read as decimals", Choices(decimal=","))
DAY = Remark("The month is read first.", "The day first", Choices(dates="dmy"))
PLAIN = Remark("Two rows have no name.")


@pytest.fixture
def with_remarks(monkeypatch):
    """Have every table read with some remarks."""

    def give(*remarks):
        read = RawTable.table
        monkeypatch.setattr(
            RawTable, "table",
            lambda raw, choices, *rest: replace(
                read(raw, choices, *rest), remarks=() if choices != Choices() else remarks
            ),
        )  # fmt: skip

    return give


def test_remarks_are_told_with_their_offers(window, qtbot, tmp_path, with_remarks):
    path = tmp_path / "prices.csv"
    path.write_text("a;b\n1,5;2\n2,5;4\n")
    with_remarks(PLAIN, DECIMALS, DAY)
    assert window.opening.open_file(path)
    wait_until_trained(qtbot, window)
    said = text(window, "notice_text")
    assert said.startswith(f"prices.csv: {DECIMALS.text} {DAY.text}")
    assert child(window, "notice_details").toPlainText() == PLAIN.text
    actions = [text(window, f"notice_action{name}") for name in ("", "_2", "_3")]
    assert actions == ["Read as decimals", "The day first", "Import with options…"]
    press(qtbot, window, "notice_action")
    wait_until_trained(qtbot, window)
    table = window.opening.table_of(window.session.runs.experiment.dataset)
    assert table.asked == Choices(decimal=",")
    stack = window.session.undo.stack
    assert (stack.count(), stack.undoText()) == (2, "open prices.csv")
    stack.undo()
    dataset = window.session.runs.experiment.dataset
    assert window.opening.table_of(dataset).asked == Choices()


def test_options_are_offered_with_remarks(window, qtbot, tmp_path, with_remarks):
    path = tmp_path / "prices.csv"
    path.write_text("a b\n1 2\n2 4\n")
    with_remarks(PLAIN)
    window.opening.open_file(path)
    assert not child(window, "notice_action_2").isVisible()
    press(qtbot, window, "notice_action")
    assert child(window, "import_dialog").windowTitle() == "Import prices.csv"
    press(qtbot, window, "import_cancel")


@pytest.mark.parametrize("size", [(1024, 640), (880, 560)], ids=str)
def test_many_remarks_crowd_nothing(window, qtbot, tmp_path, with_remarks, size):
    window.resize(*size)
    path = tmp_path / "prices.csv"
    path.write_text("a,b,c\n1,2,3\n2,4,9\noops,1,2\n")
    with_remarks(*[DECIMALS, DAY, PLAIN] * 3)
    window.opening.open_file(path)
    wait_until_trained(qtbot, window)
    for _ in range(10):
        QApplication.processEvents()
    assert clipped(window) == []
    assert child(window, "notice").height() < 0.45 * window.height()


def test_why_these_columns_is_said_as_long_as_they_are_shown(window, qtbot, tmp_path, monkeypatch):
    read = RawTable.table
    why = "b and c: “a” only numbers the rows."
    monkeypatch.setattr(
        RawTable, "table", lambda *args: replace(read(*args), suggested=(1, 2), why=why)
    )
    path = tmp_path / "wide.csv"
    path.write_text("a,b,c\n1,2,3\n2,4,9\n")
    window.opening.open_file(path)
    wait_until_trained(qtbot, window)
    assert window.session.runs.experiment.dataset.x_name == "b"
    assert child(window, "columns_why").isVisible()
    assert text(window, "columns_why") == why
    for _ in range(5):
        QApplication.processEvents()
    assert clipped(window) == []
    child(window, "x_column").setCurrentText("a")
    wait_until_trained(qtbot, window)
    assert not child(window, "columns_why").isVisible()
    window.session.undo.stack.undo()
    assert child(window, "columns_why").isVisible()
    monkeypatch.undo()
    window.opening.open_example()
    assert not child(window, "columns_why").isVisible()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "empty"),
        ("words.csv", b"a,b\nx,y\n", "x"),
        ("letter.txt", b"Dear all,\nhello.\n", "two columns"),
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


@pytest.mark.parametrize("button", ["Summarise", "Keep all rows", "Cancel"])
def test_a_very_large_file_is_asked_about(window, qtbot, tmp_path, button):
    path, asked = tmp_path / "large.csv", []
    path.write_text("1 2\n2 3\n")

    def answer():
        box = child(window, "large_file")
        asked.append(box.text())
        qtbot.mouseClick(
            next(each for each in box.buttons() if each.text().replace("&", "") == button),
            Qt.MouseButton.LeftButton,
        )

    QTimer.singleShot(300, answer)
    opened = window.opening._read(RawTable(path), Manner(), largest=4)
    assert opened is (button != "Cancel")
    wait_until_trained(qtbot, window)
    assert asked == ["large.csv is very large: 8 bytes. Open it?"]
    assert text(window, "file_name") == ("large.csv" if opened else "pizza.txt")
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

"""A spreadsheet is dragged in from another program, and read otherwise: the picture follows."""

import subprocess
import sys

import openpyxl
import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtWidgets import QDialog, QPushButton
from support import child, wait_until_trained

from gdviz.ui.features.data.telling import OPTIONS

# Where the other program's window is, beside that of gdviz.
SOURCE = 1500, 900
# Any program that lets a file be dragged out, as file managers do.
SOURCE_PROGRAM = f"""
import sys
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel

class File(QLabel):
    def mouseMoveEvent(self, event):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(sys.argv[1])])
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.actionChanged.connect(lambda action: print(action.name, flush=True))
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction)

app = QApplication([])
file = File("book.xlsx")
file.setGeometry({SOURCE[0]}, {SOURCE[1]}, 200, 100)
file.show()
print("ready", flush=True)
app.exec()
"""
SPRING = [("day", "visits"), (1, 10), (2, 14), (3, 19)]
# Texts, as a program exports them that knows no numbers.
AUTUMN = [("width", "price"), ("1,250", "2,500"), ("2,500", "4,250"), ("3,750", "8,125")]


@pytest.fixture
def book(tmp_path):
    book = openpyxl.Workbook()
    for sheet, rows in ((book.active, SPRING), (book.create_sheet(), AUTUMN)):
        for row in rows:
            sheet.append(row)
    book.worksheets[0].title, book.worksheets[1].title = "Spring", "Autumn"
    path = tmp_path / "book.xlsx"
    book.save(path)
    return path


@pytest.fixture
def source(book, qtbot):
    """Another program, and what it has said so far."""
    process, said = QProcess(), bytearray()
    process.readyReadStandardOutput.connect(lambda: said.extend(process.readAllStandardOutput()))
    process.start(sys.executable, ["-c", SOURCE_PROGRAM, str(book)])
    qtbot.waitUntil(lambda: b"ready" in said, timeout=20_000)
    yield said
    process.kill()
    process.waitForFinished()


def xdotool(*words):
    subprocess.run(["xdotool", *map(str, words)], check=True, capture_output=True)


def point_at(widget):
    place = widget.mapToGlobal(widget.rect().center())
    xdotool("mousemove", "--sync", place.x(), place.y())


def drag_in(window, qtbot, said):
    """Drag the other program's file to the middle of the window, and let go where it may fall."""
    x, y = (at + 50 for at in SOURCE)
    xdotool("mousemove", "--sync", x, y, "mousedown", 1)
    for _ in range(4):
        x, y = x - 8, y - 8
        xdotool("mousemove", "--sync", x, y)
    point_at(window)

    def may_fall():
        xdotool("mousemove_relative", "--", 1, 0)
        return b"CopyAction" in said

    qtbot.waitUntil(may_fall)
    xdotool("mouseup", 1)


def seen(window):
    """Return what the picture of the data shows: its points and the titles of its axes."""
    picture = window.figure.data_fit
    return (
        [tuple(point) for point in picture.marks["points"].points.tolist()],
        (picture.bottom.labelText, picture.left.labelText),
    )


def read_otherwise(window, qtbot, name, entry, title):
    """Choose an entry of a box of the dialog; the preview follows at once, the picture after it."""
    texts = {button: button.text() for button in window.findChildren(QPushButton)}
    point_at(next(button for button, text in texts.items() if text == OPTIONS))
    xdotool("click", 1)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "import_dialog") is not None)
    dialog = child(window, "import_dialog")
    qtbot.waitExposed(dialog)
    box = child(dialog, f"import_{name}")
    while box.currentText() != entry:
        qtbot.keyClick(box, Qt.Key.Key_Down)
    rows = child(dialog, "import_preview").model()
    assert title in [rows.headerData(column, Qt.Orientation.Horizontal) for column in range(2)]
    said = child(dialog, "import_message").text()
    point_at(child(dialog, "import_open"))
    xdotool("click", 1)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "import_dialog") is None)
    wait_until_trained(qtbot, window)
    return said


def test_a_spreadsheet_is_dragged_in_and_the_picture_follows_each_choice(window, qtbot, source):
    drag_in(window, qtbot, source)
    qtbot.waitUntil(lambda: child(window, "file_name").text() == "book.xlsx")
    wait_until_trained(qtbot, window)
    assert seen(window) == ([(1, 10), (2, 14), (3, 19)], ("day", "visits"))
    assert "Autumn" in child(window, "notice_text").text()

    said = read_otherwise(window, qtbot, "sheet", "Autumn", "y: price")
    assert "thousands" in said
    assert seen(window) == ([(1250, 2500), (2500, 4250), (3750, 8125)], ("width", "price"))

    said = read_otherwise(window, qtbot, "decimal", "comma", "y: price")
    assert "thousands" not in said
    assert seen(window) == ([(1.25, 2.5), (2.5, 4.25), (3.75, 8.125)], ("width", "price"))
    picture = window.figure.data_fit
    (left, right), (bottom, top) = picture.view.viewRange()
    assert left <= 1.25 < 3.75 <= right < 10
    assert bottom <= 2.5 < 8.125 <= top < 20

"""The dialog shows at once what a table will be; what is chosen there is how it is read."""

import math
import time

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from room import clipped
from shiboken6 import isValid
from support import PIZZA, child, choose, press, text, wait_until_trained

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.head import Head
from gdviz.ui.features.data.import_dialog import ImportDialog
from gdviz.ui.features.data.preview import Kind, ground, ink
from gdviz.ui.features.data.raw_table import RawTable
from gdviz.ui.features.data.remembered import Manner
from gdviz.ui.theme import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, contrast

MIXED = "# taken in spring\nname;hours;score\np0;0,5;12\np1;1;many\np2;1,5;15\np3;2;18,5\n"
Role = Qt.ItemDataRole


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "mixed.csv"
    path.write_text(MIXED)
    return path


@pytest.fixture
def dialog(qtbot, window, path):
    window.importing.show_options(RawTable(path))
    dialog = child(window, "import_dialog")
    qtbot.waitExposed(dialog)
    yield dialog
    if isValid(dialog):
        dialog.reject()


def kinds(dialog):
    """Return what the cells will be, line by line."""
    model = child(dialog, "import_preview").model()
    return [
        [model.kind(row, column).value for column in range(len(line.cells))]
        for row, line in enumerate(model.lines)
    ]


def titles(dialog):
    model = child(dialog, "import_preview").model()
    across = range(model.columnCount())
    return [model.headerData(column, Qt.Orientation.Horizontal) for column in across]


def dataset(window):
    return window.session.runs.experiment.dataset


def test_the_menu_asks_for_a_file_and_shows_it(window, qtbot, path, monkeypatch):
    asked = []
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *args: (asked.append(args), (str(path), ""))[1]
    )
    choose(window, "Import with options")
    assert "*.xlsx" in asked[0][-1]
    assert child(window, "import_dialog").windowTitle() == "Import mixed.csv"
    press(qtbot, window, "import_open")
    wait_until_trained(qtbot, window)
    assert text(window, "file_name") == "mixed.csv"
    assert dataset(window).x.tolist() == [0.5, 1.5, 2]


def test_every_cell_says_what_it_will_be(dialog):
    assert titles(dialog) == ["name", "x: hours", "y: score"]
    left_out = ["left out"] * 3
    used = ["left out", "x", "y"]
    assert kinds(dialog) == [["skipped or comment"], ["names"] * 3, used, left_out, used, used]
    model = child(dialog, "import_preview").model()
    assert model.data(model.index(2, 1), Role.AccessibleTextRole) == "0,5, x"
    assert model.data(model.index(3, 2), Role.ToolTipRole) == "Line 4, left out: many"
    legend = {label.text() for label in child(dialog, "import_legend").findChildren(QLabel)}
    assert legend == {kind.value for kind in Kind}


@pytest.mark.parametrize("theme", [LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST], ids=str)
def test_all_cells_can_be_read(theme):
    for kind in Kind:
        assert contrast(ink(kind, theme).name(), ground(kind, theme).name()) >= theme.readable


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_x_has_the_colour_of_the_data_and_y_that_of_the_line(theme):
    for kind, own, other in (
        (Kind.X, theme.data, theme.hiker),
        (Kind.Y, theme.hiker, theme.data),
    ):
        assert far(ground(kind, theme), own) < far(ground(kind, theme), other)


def far(one, other):
    """Return how far a colour is from another one."""
    return math.dist(one.getRgb()[:3], QColor(other).getRgb()[:3])


def test_the_preview_takes_the_colours_of_the_theme(window, dialog):
    model = child(dialog, "import_preview").model()
    for theme in ("Dark", "Light"):
        choose(window, theme)
        found = model.data(model.index(2, 1), Role.BackgroundRole)
        assert found == ground(Kind.X, {"Dark": DARK, "Light": LIGHT}[theme])
        assert found != QColor(DARK.button)


def test_what_is_found_is_said_in_the_boxes(dialog):
    assert child(dialog, "import_delimiter").currentText() == "Automatic (semicolon)"
    assert child(dialog, "import_decimal").currentText() == "Automatic (comma)"
    assert child(dialog, "import_encoding").currentText() == "Automatic (UTF-8)"
    assert child(dialog, "import_x").currentText() == "Automatic (hours)"
    assert not child(dialog, "import_sheet").isVisible()


@pytest.mark.parametrize(
    ("name", "content", "seen"),
    [
        ("a.csv", "t,v\n1,2\n", ["encoding", "comment", "delimiter"]),
        ("a.json", '[{"t": 1, "v": 2}]', ["encoding"]),
        ("no.json", "{}", ["encoding", "comment", "delimiter"]),
    ],
)
def test_what_a_file_does_not_have_is_not_asked(window, dialog, tmp_path, name, content, seen):
    dialog.reject()
    path = tmp_path / name
    path.write_text(content)
    window.importing.show_options(RawTable(path))
    shown = next(each for each in window.findChildren(ImportDialog) if each is not dialog)
    boxes = {name: child(shown, f"import_{name}") for name in ("encoding", "comment", "delimiter")}
    assert [name for name, box in boxes.items() if box.isVisible()] == seen
    assert child(shown, "import_skip").isVisible()
    shown.reject()


def test_every_change_shows_at_once(dialog):
    model = child(dialog, "import_preview").model()
    child(dialog, "import_skip").setValue(2)
    assert kinds(dialog)[:2] == [["skipped or comment"]] * 2
    child(dialog, "import_skip").setValue(-1)
    child(dialog, "import_header").setCurrentText("none")
    assert not any("names" in line for line in kinds(dialog))
    child(dialog, "import_header").setCurrentIndex(0)
    child(dialog, "import_decimal").setCurrentText("point")
    assert text(dialog, "import_message") == "Of the first 4 rows, none can be used."
    assert kinds(dialog)[2] == ["left out"] * 3
    child(dialog, "import_decimal").setCurrentIndex(0)
    child(dialog, "import_x").setCurrentText("score")
    assert titles(dialog) == ["name", "y: hours", "x: score"]
    assert model.columnCount() == 3


def test_a_choice_that_fails_says_so_in_the_dialog(window, qtbot, dialog):
    said = []
    window.importing.said.connect(said.append)
    child(dialog, "import_delimiter").setCurrentText("tab")
    assert "mixed.csv" in text(dialog, "import_message")
    assert said == [text(dialog, "import_message")]
    assert child(dialog, "import_message").isVisible()
    assert not child(dialog, "import_open").isEnabled()
    assert not child(window, "notice").isVisible()
    child(dialog, "import_delimiter").setCurrentText("semicolon")
    assert text(dialog, "import_message") == "Of the first 4 rows, 3 can be used."
    press(qtbot, dialog, "import_open")
    assert text(window, "file_name") == "mixed.csv"


@pytest.mark.parametrize(("typed", "meant"), [("~", "~"), ("semicolon", ";"), ("", None)])
def test_a_separator_can_be_typed(qtbot, dialog, typed, meant):
    box = child(dialog, "import_delimiter")
    box.lineEdit().selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    qtbot.keyClicks(box, typed)
    assert dialog.manner.choices.delimiter == meant


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("dose growth\n1 2.5 4.1\n2 3.5 5.9\n3 6 9.8\n", ("", "dose", "growth")),
        ("Data: y x\n18.6 0\n28.0 1\n37.2 2\n47.3 3\n", ("y", "x")),
        ("a,b\n1,2\n2,5\n", ("a", "b")),
    ],
)
def test_names_stand_above_their_columns(window, path, content, names):
    path.write_text(content)
    window.importing.show_options(RawTable(path))
    dialog = child(window, "import_dialog")
    assert child(dialog, "import_preview").model().lines[0].cells == names
    dialog.reject()


def test_it_shows_where_the_table_begins(window, qtbot, path):
    path.write_text(
        "A word about what was measured, and when.\n" * 60 + "a,b\n" + "1,2\n2,4\n" * 30
    )
    window.importing.show_options(RawTable(path))
    dialog = child(window, "import_dialog")
    qtbot.waitExposed(dialog)
    preview = child(dialog, "import_preview")
    assert preview.visualRect(preview.model().index(60, 0)).top() < preview.viewport().height() / 2
    dialog.reject()


def test_by_keys_alone(window, qtbot, dialog):
    qtbot.keyClick(dialog, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is child(dialog, "import_decimal")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_P)
    assert dialog.manner.choices == Choices(decimal=".")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Home)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert text(window, "file_name") == "mixed.csv"


@pytest.mark.parametrize("how", ["button", "escape", "window"])
def test_cancel_changes_nothing(window, qtbot, dialog, how):
    child(dialog, "import_header").setCurrentText("none")
    if how == "button":
        press(qtbot, dialog, "import_cancel")
    elif how == "escape":
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        assert window.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(dialog)
    assert dataset(window).source == "pizza.txt"
    assert not window.session.undo.stack.canUndo()


def test_it_is_one_step_to_undo(window, qtbot, dialog):
    press(qtbot, dialog, "import_open")
    wait_until_trained(qtbot, window)
    stack = window.session.undo.stack
    assert (stack.count(), stack.undoText()) == (1, "open mixed.csv")
    stack.undo()
    assert text(window, "file_name") == "pizza.txt"


def test_it_begins_with_what_the_current_table_was_read_with(window, qtbot, dialog, path):
    child(dialog, "import_decimal").setCurrentText("comma")
    child(dialog, "import_x").setCurrentText("score")
    press(qtbot, dialog, "import_open")
    wait_until_trained(qtbot, window)
    window.importing.show_options(RawTable(path))
    again = child(window, "import_dialog")
    assert again.manner.choices == Choices(decimal=",")
    assert (again.manner.x, again.manner.y) == ("score", "hours")
    again.reject()


@pytest.mark.parametrize(
    "choices",
    [
        Choices(), Choices(thousands="", comment=""), Choices(thousands=" ", decimal=","),
        Choices(skip=0, header=0), Choices(skip=7, header=2), Choices(delimiter="\t"),
        Choices(delimiter="~", comment="REM", missing="-1"), Choices(delimiter="fixed"),
        Choices(encoding="cp1252", dates="none", missing="-999"),
        # What only this file has, or only the command line knows.
        Choices(sheet="Autumn"), Choices(encoding="cp850"),
    ],
    ids=str,
)  # fmt: skip
def test_it_ends_with_what_it_begins_with(qtbot, choices):
    table = RawTable(PIZZA).table(Choices(), 10**6, lambda *_: None)
    head = Head((), table, sheets=("Spring", "Autumn"))
    dialog = ImportDialog(lambda _: head, "pizza.txt", Manner(choices, "Pizzas", "Reservations"))
    qtbot.addWidget(dialog)
    assert dialog.manner == Manner(choices, "Pizzas", "Reservations")


@pytest.mark.parametrize("content", ["no\nnumbers\n", "a;b\nx;y\n", ""])
def test_every_refused_file_offers_it(window, qtbot, tmp_path, content):
    path = tmp_path / "refused.csv"
    path.write_text(content)
    assert not window.opening.open_file(path)
    assert text(window, "notice_action") == "Import with options…"
    press(qtbot, window, "notice_action")
    assert "refused.csv" in text(window, "import_message")
    assert not child(window, "import_open").isEnabled()
    press(qtbot, window, "import_cancel")


def test_what_is_not_there_offers_nothing(window, tmp_path):
    for path in (tmp_path, tmp_path / "gone.csv"):
        assert not window.opening.open_file(path)
        assert not child(window, "notice_action").isVisible()


def test_a_refused_paste_offers_it_too(window, qtbot):
    QApplication.clipboard().setText("a;b\nx;y\n")
    window.opening.paste()
    press(qtbot, window, "notice_action")
    assert child(window, "import_dialog").windowTitle() == "Import Pasted text"
    press(qtbot, window, "import_cancel")


@pytest.fixture
def dated(window, path):
    path.write_text("day,score\n2024-01-01,1\n2024-01-08,2\n2024-01-15,4\n")
    assert window.opening.open_file(path)
    return path


def test_dates_are_counted_as_is_chosen_and_remembered(window, qtbot, dated):
    assert dataset(window).x.tolist() == [0, 7, 14]
    window.importing.show_options(RawTable(dated))
    dialog = child(window, "import_dialog")
    qtbot.waitExposed(dialog)
    assert child(dialog, "import_unit").currentText() == "Automatic (days)"
    assert child(dialog, "import_origin").currentText() == "Automatic (the first row)"
    child(dialog, "import_unit").setCurrentText("weeks")
    origin = child(dialog, "import_origin")
    origin.lineEdit().selectAll()
    qtbot.keyClicks(origin, "soon")
    assert "x can't be counted since “soon”" in text(dialog, "import_message")
    assert not child(dialog, "import_open").isEnabled()
    origin.lineEdit().selectAll()
    qtbot.keyClicks(origin, "2023-12-25")
    assert child(dialog, "import_open").isEnabled()
    press(qtbot, dialog, "import_open")
    wait_until_trained(qtbot, window)
    assert dataset(window).x.tolist() == [1, 2, 3]
    choose(window, "Reload")
    assert dataset(window).x.tolist() == [1, 2, 3]
    window.opening.open_example()
    window.opening.open_file(dated)
    assert dataset(window).x.tolist() == [1, 2, 3]


def test_how_dates_are_counted_beside_the_columns_is_remembered(window, dated):
    unit = child(window, "x_unit")
    unit.setCurrentText("weeks")
    unit.activated.emit(unit.currentIndex())
    assert dataset(window).x.tolist() == [0, 1, 2]
    choose(window, "Reload")
    assert dataset(window).x.tolist() == [0, 1, 2]
    window.opening.open_example()
    window.opening.open_file(dated)
    assert dataset(window).x.tolist() == [0, 1, 2]


def test_another_y_is_over_the_same_dates(window, path):
    path.write_text("day,a,b\n2024-01-01,1,3\n2024-01-08,2,5\n2024-01-15,4,6\n")
    window.opening.open_file(path)
    unit = child(window, "x_unit")
    unit.setCurrentText("weeks")
    unit.activated.emit(unit.currentIndex())
    child(window, "y_column").setCurrentText("b")
    assert dataset(window).y_name == "b"
    assert dataset(window).x.tolist() == [0, 1, 2]


def test_a_change_reads_only_the_first_lines(window, qtbot, tmp_path):
    path = tmp_path / "long.csv"
    # To find out the encoding takes a look at all of it, but only once.
    path.write_bytes(b"gr\xf6\xdfe;b;c\n" + b"1,5;2;3\n" * 300_000)
    window.importing.show_options(RawTable(path))
    dialog = child(window, "import_dialog")
    qtbot.waitExposed(dialog)
    before = time.process_time()
    for index in (1, 2, 0, 1, 2, 0):
        child(dialog, "import_decimal").setCurrentIndex(index)
        QApplication.processEvents()
    # 50 ms each; the machine may be busy.
    assert time.process_time() - before < 6 * 0.1
    assert len(child(dialog, "import_preview").model().lines) <= 200
    dialog.reject()


@pytest.mark.parametrize("is_large", [False, True], ids=["usual type", "large type"])
def test_all_of_it_is_seen(window, path, is_large):
    window.resize(1024, 640)
    if is_large:
        choose(window, "Full screen")
    for _ in range(10):
        QApplication.processEvents()
    window.importing.show_options(RawTable(path))
    dialog = child(window, "import_dialog")
    for delimiter in ("comma", "semicolon"):
        child(dialog, "import_delimiter").setCurrentText(delimiter)
        for _ in range(10):
            QApplication.processEvents()
        assert not clipped(dialog)
    assert dialog.width() <= 1024
    assert dialog.height() <= 640
    dialog.reject()

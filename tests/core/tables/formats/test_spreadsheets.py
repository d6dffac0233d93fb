"""Spreadsheets: what stands in their cells, which sheet is read, and what can't be."""

import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from gdviz.core.tables.table import LargeTableError

FILES = Path(__file__).parent / "files"
WHEN = datetime.datetime(2024, 3, 1, 12, 30, 15)


def book(**sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return made


def saved(made):
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1, "0.1"),
        (1 / 3, repr(1 / 3)),
        (-5e-324, "-5e-324"),
        (1e300, "1e+300"),
        (2019, "2019"),
        (-3.0, "-3"),
        (123456789012345, "123456789012345"),
        (True, "TRUE"),
        ("1,5", "1,5"),
        (" word\nword ", " word\nword "),
        ("a\x7fb", "a\x7fb"),
        (WHEN.date(), "2024-03-01"),
        (WHEN, "2024-03-01T12:30:15"),
        (WHEN.time(), "12:30:15"),
        (datetime.timedelta(hours=30, seconds=5), "30:00:05"),
        (datetime.timedelta(seconds=1, milliseconds=500), "00:00:01.500000"),
        ("#N/A", ""),
        (None, ""),
    ],
)
def test_cells(rows, value, text):
    assert rows(saved(book(a=[[1, value, "end"]]))) == (None, [["1", text, "end"]])


def test_empty_rows_and_columns_around_a_table(content):
    made = book(a=[])
    for place, value in {"C3": "t", "D3": "v", "C4": 1, "D4": 2, "C6": 3, "F6": 4}.items():
        made.active[place] = value
    made.active.merge_cells("C8:D9")
    made.active["C8"] = 5
    cells = content(saved(made))
    assert cells.rows[:] == [
        *(["t", "v", "", ""], ["1", "2", "", ""], ["3", "", "", "4"], ["5", "", "", ""])
    ]
    assert list(cells.lines) == [3, 4, 6, 8]
    assert (cells.sheets, cells.remarks, cells.found.sheet) == ((), (), None)
    assert (cells.found.decimal, cells.found.thousands) == (".", "")


def test_texts_with_commas_leave_open_how_numbers_are_written(content):
    assert content(saved(book(a=[["1,5", 2]]))).found.decimal is None


def test_the_first_sheet_with_numbers_is_read_and_others_are_offered(content):
    written = saved(
        book(**{"Read me": [["Made in"], [2024]], "Größe": [[1, 2], [3, 4]], "c": [[5], [6]]})
    )
    cells = content(written)
    assert (cells.found.sheet, cells.rows[0]) == ("Größe", ["1", "2"])
    assert cells.sheets == ("Read me", "Größe", "c")
    assert [remark.text for remark in cells.remarks] == [
        "It has 3 sheets: “Größe” is read, not “Read me”.",
        "“c” isn't read, either.",
    ]
    other = content(written, sheet=cells.remarks[1].choices.sheet)
    assert (other.rows[:], other.remarks, other.found.sheet) == ([["5"], ["6"]], (), "c")


def test_hidden_sheets_come_last(content):
    made = book(a=[[1], [2]], b=[[3], [4]])
    made["a"].sheet_state = "hidden"
    made.active = 1
    assert content(saved(made)).sheets == ("b", "a")


def test_a_sheet_without_anything(content):
    assert content(saved(book(a=[]))).rows[:] == []
    assert content(saved(book(a=[], b=[["only", "words"]]))).sheets == ("a", "b")


@pytest.mark.parametrize("name", ["table.xls", "table", "table.csv"])
def test_other_formats_by_their_content(content, name):
    cells = content((FILES / "length-and-time.ods").read_bytes(), name)
    assert cells.rows[:2] == [["Weg", "Zeit"], ["0.5", "1.21"]]
    cells = content((FILES / "two-sheets.xls").read_bytes(), name)
    assert (cells.found.sheet, cells.sheets) == ("Fall", ("Notes", "Fall"))
    assert cells.rows[:2] == [["day", "t (s)", "h (m)"], ["2024-05-01", "0.1", "3"]]


def test_no_such_sheet(refusal):
    sentence = refusal(saved(book(a=[[1]], Größe=[[2]])), sheet="\0\n")
    assert sentence == "table has no sheet “\\x00\\n”. There is: “a”, “Größe”."


def test_cells_far_apart_end_no_program(refusal):
    made = book(a=[[1]])
    made.active["XFD1048576"] = 2
    assert "has cells very far apart. Save the table as CSV" in refusal(saved(made))


def test_what_unpacks_to_too_much_is_asked_about(content):
    written = io.BytesIO(saved(book(a=[[1, 2]])))
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", bytes(6_000_000))
    with pytest.raises(LargeTableError):
        content(written.getvalue())


def test_what_is_locked_by_a_password(refusal):
    start = (FILES / "two-sheets.xls").read_bytes()
    locked = start + "EncryptedPackage".encode("utf-16-le")
    assert "is locked by a password" in refusal(locked)

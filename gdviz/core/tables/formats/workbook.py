"""A program of its own that reads a spreadsheet, and writes its rows as JSON, one a line.

Two cells far from each other are a small file, and more memory than there is: the library that
reads them makes room for all between, and ends its process where it can't. It isn't gdviz's.
"""

import io
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import python_calamine as calamine

# A sheet of notes may hold one number, too.
FEW_ROWS = 2
# Whole numbers up to here are written as such: a year as 2019, and not as 2019.0.
MOST_WHOLE = 1e15
LOCKED = "EncryptedPackage".encode("utf-16-le")


def main(memory: int, wanted: str | None) -> None:
    """Read a spreadsheet from the standard input: one sheet, or the first with numbers."""
    _limit_memory(memory)
    content = sys.stdin.buffer.read()
    if LOCKED in content:
        print(json.dumps({"is_locked": True}))
        return
    book = calamine.load_workbook(io.BytesIO(content))
    sheets = _sheets(book)
    sheet = _first_with_numbers(book, [name for name in sheets if wanted in (None, name)])
    if sheet is None:
        print(json.dumps({"sheets": sheets, "sheet": "", "width": 0}))
        return
    print(json.dumps({"sheets": sheets, "sheet": sheet.name, "width": sheet.width}))
    for row in _rows(sheet):
        print(json.dumps(_without_empty_end(list(map(_text, row)))))


def _sheets(book: calamine.CalamineWorkbook) -> list[str]:
    """Return the names of the sheets, those that are hidden last."""
    visible = calamine.SheetVisibleEnum.Visible
    ordered = sorted(book.sheets_metadata, key=lambda sheet: sheet.visible != visible)
    return [sheet.name for sheet in ordered if sheet.typ == calamine.SheetTypeEnum.WorkSheet]


def _first_with_numbers(
    book: calamine.CalamineWorkbook, names: list[str]
) -> calamine.CalamineSheet | None:
    """Return the first such sheet, or the first at all."""
    for name in names:
        sheet = book.get_sheet_by_name(name)
        with_numbers = (row for row in _rows(sheet) if any(map(_is_number, row)))
        if len(names) == 1 or len(list(islice(with_numbers, FEW_ROWS))) == FEW_ROWS:
            return sheet
    return book.get_sheet_by_name(names[0]) if names else None


def _rows(sheet: calamine.CalamineSheet) -> Iterator[list[Any]]:
    return sheet.iter_rows() if sheet.start is not None else iter(())


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float | date | time | timedelta) and not isinstance(cell, bool)


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < MOST_WHOLE else repr(cell)
    if isinstance(cell, date | datetime | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        whole, fraction = divmod(abs(cell), timedelta(seconds=1))
        clock = f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
        sign = "-" if cell < timedelta() else ""
        return f"{sign}{clock}.{fraction.microseconds:06}".removesuffix(".000000")
    return str(cell)


def _without_empty_end(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def _limit_memory(most: int) -> None:
    try:
        import resource
    except ImportError:  # on Windows, which refuses what is too much
        return
    with suppress(ValueError, OSError):  # where there is less already, or no such limit
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    main(*json.loads(sys.argv[1]))

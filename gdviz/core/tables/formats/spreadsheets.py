"""Spreadsheets: the cells of one sheet, which a process of its own reads."""

import json
import os
import subprocess
import sys
import zipfile
from array import array
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.formats.cells import Cells, Rows, numbers_as_python, sheet_of
from gdviz.core.tables.formats.stream import Tick, ticking
from gdviz.core.tables.table import DataFileError

# What holds an .xls, and anything that is locked by a password.
# What the process may take: something for itself, and more than a table of so many bytes needs.
MEMORY, MEMORY_A_BYTE = 1 << 29, 20

_PROGRAM = Path(__file__).with_name("workbook.py")


def is_spreadsheet(head: bytes, archive: zipfile.ZipFile) -> bool:
    """Return whether an archive that begins so is a spreadsheet: .xlsx, .xlsb or .ods."""
    # OpenDocument says first, and without packing it, what it is.
    is_open = b"opendocument.spreadsheet" in head[:100]
    return is_open or any(name.startswith("xl/") for name in archive.namelist())


def cells_of_spreadsheet(
    file: IO[bytes], size: int, path: Path, choices: Choices, tick: Tick
) -> Cells:
    """Return the rows of the sheet that was chosen, or the first with numbers.

    Parameters
    ----------
    size : int
        Its bytes when it is unpacked.
    tick : callable
        Is called now and then; what it raises ends the reading.

    Raises
    ------
    DataFileError
        If it is damaged or locked, or there is no such sheet.
    """
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    with _started(file, MEMORY + MEMORY_A_BYTE * size, choices.sheet) as process:
        try:
            first, rows, lines = _read(process.stdout, tick)
        except BaseException:
            process.kill()
            raise
    if first.get("is_locked"):
        advice = "Open it where it was made, and save it without."
        raise DataFileError(path, f" is locked by a password. {advice}")
    if process.returncode or not first:
        reason = (
            " can't be read as a spreadsheet: it is damaged, locked, or has cells very far apart."
        )
        raise DataFileError(path, f"{reason} Save the table as CSV, and open that.")
    sheets = tuple(first["sheets"])
    sheet, remarks = sheet_of(path, choices, sheets, first["sheet"], "sheet")
    found = numbers_as_python(rows)
    if len(sheets) <= 1:
        return Cells(rows, lines, None, found)
    return Cells(rows, lines, None, replace(found, sheet=sheet), remarks, sheets)


def _started(file: IO[bytes], memory: int, sheet: str | None) -> subprocess.Popen[str]:
    asked = json.dumps((memory, sheet))
    return subprocess.Popen(
        # -P: what lies beside the program are modules of gdviz, and not Python's.
        [sys.executable, "-P", str(_PROGRAM), asked],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="ascii",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _read(output: IO[str] | None, tick: Tick) -> tuple[dict[str, Any], Rows, Sequence[int]]:
    """Return what the process says first, the rows that hold something, and their numbers."""
    rows, lines = Rows(), array("q")
    written = iter(output or ())
    first = json.loads(next(written, "{}"))
    for number, line in enumerate(ticking(written, tick), 1):
        if row := json.loads(line):
            rows.append(row + [""] * (first["width"] - len(row)))
            lines.append(number)
    return first, rows, lines

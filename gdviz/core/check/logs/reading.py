"""Reading a log: anything that a beginner's loop prints becomes columns, and these a `Log`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gdviz.core.check.logs.log import ROLES, Log, LogError, Printed
from gdviz.core.check.logs.log_file import MOST_BYTES
from gdviz.core.check.logs.numerals import can_count, printed, taken_apart
from gdviz.core.check.logs.roles import roles_of
from gdviz.core.check.logs.rows import Cells, cells_of

# Longer texts aren't logs, either.
MOST_LINES = 1_000_000
# Twenty thousand losses, printed as a list, have room in it.
LONGEST_LINE = 500_000
# So much is kept of a line, and so many numbers of a column are shown.
LONGEST, SAMPLE = 200, 3

_LINE_END = re.compile(r"\r\n?")
# What colours a terminal's text, and what isn't text at all.
_COLOURS = re.compile(r"\x1b\[[0-9;?]{0,20}[A-Za-z]")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_HINT = "Paste what your program printed, such as “Iteration 3 => Loss: 71.4753”."


@dataclass(frozen=True, eq=False)
class Column:
    """Numbers that stand at the same place in each line.

    Attributes
    ----------
    name : str
        The word that stands before the numbers, or above them; empty if there is none.
    sample : tuple of str
        Its first few numbers, as printed.
    role : str
        The one of `ROLES` that it seems to be; empty if none.
    """

    name: str
    sample: tuple[str, ...]
    role: str = ""


@dataclass(frozen=True, eq=False)
class Sheet:
    """The columns that were found in a text, and what each of them seems to be."""

    columns: tuple[Column, ...]
    _lines: NDArray[np.int64] = field(repr=False)
    _texts: tuple[str, ...] = field(repr=False)
    _printed: tuple[Printed, ...] = field(repr=False)

    def log(self, roles: Mapping[int, str] | None = None) -> Log:
        """Return what was printed, with the roles of columns (by number) as found, or as told.

        A role that is told to a column is no longer that of the column it was found in.

        Raises
        ------
        LogError
            If nothing says weight, bias or loss, two columns are told one role, or iterations
            don't count.
        """
        columns = self._by_role(dict(roles or {}))
        if not columns.keys() & {"weight", "bias", "loss"}:
            named = ", ".join(f"“{each.name}”" for each in self.columns if each.name)
            raise LogError(
                "No column seems to be a weight, a bias or a loss"
                f"{f' (there are {named})' * bool(named)}: say which one is, or print their names."
            )
        counted = columns.pop("iteration", None)
        rows = np.arange(len(self._lines)) if counted is None else np.flatnonzero(counted.said)
        lines = self._lines[rows]
        parts = {
            role: Printed(each.values[rows], each.precision[rows], each.said[rows])
            for role, each in columns.items()
        }
        return Log(
            lines,
            tuple(self._texts[row] for row in rows.tolist()),
            None if counted is None else _iterations(counted.values[rows], lines),
            parts.get("weight"),
            parts.get("bias"),
            parts.get("loss"),
        )

    def _by_role(self, told: dict[int, str]) -> dict[str, Printed]:
        for number, role in told.items():
            if not 0 <= number < len(self.columns) or role not in ("", *ROLES):
                raise LogError(f"There is no column {number + 1} that could be “{role}”.")
        for role in ROLES:
            same = [str(number + 1) for number, each in sorted(told.items()) if each == role]
            if len(same) > 1:
                raise LogError(f"Columns {' and '.join(same)} can't both be the {role}.")
        found = {
            number: column.role for number, column in enumerate(self.columns)
            if column.role not in told.values()
        }  # fmt: skip
        return {role: self._printed[number] for number, role in (found | told).items() if role}


def _iterations(values: NDArray[np.float64], lines: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what counts the iterations, if it does."""
    wrong = np.flatnonzero(~can_count(values))
    if len(wrong):
        line, value = int(lines[wrong[0]]), values[wrong[0]]
        raise LogError(f"Line {line}: {value:g} is no number of an iteration.")
    back = np.flatnonzero(np.diff(values) < 0)
    if len(back):
        line = int(lines[back[0] + 1])
        raise LogError(
            f"In line {line} the iterations begin again: check one run at a time, without the "
            "lines of others."
        )
    return values.astype(np.int64)


def read_sheet(text: str) -> Sheet:
    """Return the columns of a text.

    Raises
    ------
    LogError
        If there are no numbers that repeat from line to line.
    """
    text = _clean(text)
    shape, numbers = taken_apart(text)
    if not numbers:
        raise LogError(f"There are no numbers in this text. {_HINT}")
    cells = cells_of(shape, numbers)
    if cells is None:
        raise LogError(f"No line of this text has numbers with a name or a place. {_HINT}")
    return _sheet(cells, text.split("\n"))


def _clean(text: str) -> str:
    """Return a text with one kind of line end, and nothing but text in it."""
    if len(text) > MOST_BYTES:
        raise LogError("This text is longer than 50 MB. Print less: every 100th line is enough.")
    if "\0" in text or len(_CONTROLS.findall(text[:10_000])) > 100:
        raise LogError(f"This isn't text. {_HINT}")
    text = _LINE_END.sub("\n", text.removeprefix("\ufeff"))
    if text.count("\n") > MOST_LINES:
        raise LogError(
            f"This text has more than {MOST_LINES:,} lines. Print less: every 100th is enough."
        )
    if not text.strip():
        raise LogError(f"There is nothing in this text. {_HINT}")
    if max(map(len, text.split("\n"))) > LONGEST_LINE:
        raise LogError(f"A line of this text has more than {LONGEST_LINE:,} letters. {_HINT}")
    return _CONTROLS.sub(" ", _COLOURS.sub("", text))


def _sheet(cells: Cells, lines: list[str]) -> Sheet:
    columns = tuple(printed(column) for column in cells.columns)
    roles = roles_of(cells.names, [each.values[each.said] for each in columns])
    samples = (tuple(filter(None, column[: 100 * SAMPLE]))[:SAMPLE] for column in cells.columns)
    return Sheet(
        tuple(map(Column, cells.names, samples, roles)),
        cells.lines + 1,
        tuple(lines[line][:LONGEST].strip() for line in cells.lines.tolist()),
        columns,
    )

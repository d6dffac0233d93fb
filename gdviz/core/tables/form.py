"""Form: what separates the cells of a table, how its numbers are written, and has it names."""

import csv
import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from gdviz.core.files import quoted
from gdviz.core.tables.cutting import MOST_COLUMNS
from gdviz.core.tables.names import column_names

MINUS = "\N{MINUS SIGN}"
# Not "\d+\.?\d*": a long cell could be divided between the two in as many ways as it has digits.
NUMBERS = {
    ".": re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*"),
    # No points: in such a file 1.234 may well be a thousand.
    ",": re.compile(r"\s*[+-]?\d+(,\d+)?([eE][+-]?\d+)?\s*"),
}


class Form(NamedTuple):
    """How a file writes its rows."""

    delimiter: str  # a space stands for any white space
    decimal: str

    @property
    def loadtxt_delimiter(self) -> str | None:
        """What separates cells, as `numpy.loadtxt` and `str.split` are told."""
        return None if self.delimiter == " " else self.delimiter

    def split(self, line: str, most: int = MOST_COLUMNS) -> list[str]:
        """Return the cells of a line, and the rest of it after so many."""
        if '"' in line:
            return [cell.strip() for cell in self._split_quoted(line)]
        if self.delimiter == " ":
            return line.split(None, most)
        return [cell.strip() for cell in line.split(self.delimiter, most)]

    def _split_quoted(self, line: str) -> list[str]:
        if self.delimiter == " ":
            line = re.sub(r"\s+", " ", line).strip()
        # One line at a time: a quote that is never closed ends with its line.
        reader = csv.reader([line], delimiter=self.delimiter, skipinitialspace=True)
        try:
            return next(reader)
        except csv.Error:  # a field beyond csv's limit
            return line.split(self.delimiter)

    def number(self, cell: str) -> float:
        """Return the number that a cell holds, or NaN; only finite ones count."""
        plain = cell.replace(MINUS, "-")
        if not NUMBERS[self.decimal].fullmatch(plain):
            return math.nan
        value = float(plain.replace(",", "."))
        return value if math.isfinite(value) else math.nan

    def problem(self, cell: str) -> str:
        """Return what is wrong with a cell that holds no number."""
        if not cell:
            return "the value is missing"
        if math.isfinite(_float(cell)):
            return f"{quoted(cell)} has a decimal point in a file with decimal commas"
        if math.isinf(_float(cell)) or cell.lower().lstrip("+-") == "nan":
            return f"{quoted(cell)} is not a finite number"
        return f"{quoted(cell)} is not a number"


# In the order in which ties are decided.
_FORMS = tuple(Form(delimiter, decimal) for decimal in ".," for delimiter in "\t;, ")


class _Fit(NamedTuple):
    """How well a form explains a sample of lines; the greatest is the best."""

    rows: int  # lines of the expected width with two numbers or more
    lines: int  # lines of the expected width
    share: float  # of the cells, those that are numbers
    width: int

    @classmethod
    def of(cls, form: Form, sample: Sequence[str]) -> "_Fit":
        rows = [form.split(line) for line in sample]
        used = [len(without_empty_end(cells)) for cells in rows]
        # A row may end in missing values, and every row may end in a delimiter.
        most, _ = max(Counter(map(len, rows)).items(), key=lambda item: (item[1], item[0]))
        width = min(most, max(used))
        fits = [least <= width <= len(cells) for least, cells in zip(used, rows, strict=True)]
        numbers = [sum(not math.isnan(form.number(cell)) for cell in cells) for cells in rows]
        pairs = sum(fit and count >= 2 for fit, count in zip(fits, numbers, strict=True))
        return cls(pairs, sum(fits), sum(numbers) / sum(map(len, rows)), width)


def recognised(sample: Sequence[str]) -> tuple[Form, tuple[str, ...], bool]:
    """Return the form that explains lines best, the names of the columns, and if they are given."""
    fits = {form: _Fit.of(form, sample) for form in _FORMS}
    form = max(_FORMS, key=fits.__getitem__)
    first = form.split(sample[0])
    has_header = all(math.isnan(form.number(cell)) for cell in first)
    width = fits[form].width
    given = without_empty_end(first, width) if has_header else []
    return form, column_names(given, width), has_header


def without_empty_end(cells: list[str], least: int = 1) -> list[str]:
    """Return at least so many cells, without the empty ones at the end of the line."""
    used = len(cells)
    while used > least and not cells[used - 1]:
        used -= 1
    return cells[:used]


def _float(text: str) -> float:
    """Return a number, or NaN; Python would also take 1_000, which no table means as one."""
    try:
        return math.nan if "_" in text else float(text)
    except ValueError:
        return math.nan

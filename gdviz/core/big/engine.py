"""Engine: PyArrow reads lines of nothing but numbers, many times as fast as gdviz's own reader."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gdviz.core.big.blocks import BLOCK
from gdviz.core.big.written import Written
from gdviz.core.tables.formats.parquet import floats
from gdviz.core.tables.layouts.layout import Layout
from gdviz.core.tables.notations.columns import Notation
from gdviz.core.tables.notations.numerals import FACTORS, NumberNotation

if TYPE_CHECKING:
    from pyarrow.csv import ConvertOptions

# What stands for a missing value in most tables.
_MISSING = ["", "NA", "NaN", "nan", "null", "NULL", "None", "N/A", "n/a", "-", "#N/A"]
# Of other words so many are learnt.
MOST_WORDS = 100


class Engine:
    """Reads blocks of lines where that reads what is meant; told once how they are written.

    Raises
    ------
    ImportError
        If PyArrow isn't installed.
    """

    def __init__(self, written: Written, layout: Layout) -> None:
        import pyarrow as pa
        from pyarrow import csv

        self._pa, self._csv = pa, csv
        self._columns = [str(column) for column in written.columns]
        self._width = len(layout.names)
        number = next(iter(_numbers(written)))
        self._decimal = number.decimal
        self._words = [word for word in _MISSING if word in number.missing]
        self._comment = None
        if layout.comment:
            sign = re.escape(layout.comment.encode())
            self._comment = re.compile(rb"(?:^|\n)[ \t]*" + sign)
            self._sign = layout.comment.encode()
        self._quote = layout.quote.encode()
        blank = re.escape(layout.delimiter.encode()) + rb" \t"
        self._blank = re.compile(rb"(?:^|\n)[%b]*\r?(?:\n|$)" % blank)
        self._reading = csv.ReadOptions(
            use_threads=False,
            block_size=64 * BLOCK,
            column_names=list(map(str, range(self._width))),
        )
        self._delimiter, self._quoted = layout.delimiter, layout.quote
        self._converting = self._options()

    def learn(self, words: Iterable[str]) -> None:
        """Take words for missing values from now on: they are no numbers, and no news."""
        new = set(words) - set(self._words)
        if new and len(self._words) < MOST_WORDS:
            self._words += sorted(new)[: MOST_WORDS - len(self._words)]
            self._converting = self._options()

    def columns(self, block: bytes) -> list[NDArray[np.float64]] | None:
        """Return the columns of some lines, NaN where a value is missing; None if it can't."""
        if self._comment and self._sign in block and self._comment.search(block):
            return None
        has_quotes = bool(self._quote) and self._quote in block
        parsing = self._csv.ParseOptions(
            delimiter=self._delimiter,
            quote_char=self._quoted if has_quotes else False,
            newlines_in_values=has_quotes,
        )
        try:
            table = self._csv.read_csv(
                self._pa.BufferReader(block), self._reading, parsing, self._converting
            )
        except (self._pa.ArrowException, ValueError):
            return None
        read = [floats(column.combine_chunks()) for column in table.columns]
        if all(column.null_count for column in table.columns):
            # A row in which nothing stands is no row.
            nothing = np.logical_and.reduce([np.isnan(values) for values in read])
            if nothing.any() and self._blank.search(block):
                return None
        return read

    def _options(self) -> "ConvertOptions":
        return self._csv.ConvertOptions(
            include_columns=self._columns,
            column_types=dict.fromkeys(self._columns, self._pa.float64()),
            null_values=self._words,
            strings_can_be_null=True,
            decimal_point=self._decimal,
            check_utf8=False,
        )


def engine_of(written: Written) -> Engine | None:
    """Return the engine, if it is installed and can read what is written so."""
    layout = written.layout
    if layout is None or not layout.plain or not layout.delimiter.isascii():
        return None
    numbers = _numbers(written)
    if len(numbers) < len(written.columns) or len({each.decimal for each in numbers}) > 1:
        return None
    if not all(map(_is_plain, numbers)) or numbers[0].decimal == layout.delimiter:
        return None
    try:
        return Engine(written, layout)
    except ImportError:
        return None


def _numbers(written: Written) -> Sequence[NumberNotation]:
    needed: list[Notation] = [written.notations[column] for column in written.columns]
    return [each for each in needed if isinstance(each, NumberNotation)]


def _is_plain(notation: NumberNotation) -> bool:
    return not notation.missing.numbers and notation.affix not in FACTORS

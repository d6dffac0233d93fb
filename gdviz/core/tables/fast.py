"""Fast: lines of nothing but numbers, and gaps between them, are read by NumPy."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from gdviz.core.tables.faults import Faults
from gdviz.core.tables.layouts.layout import Layout
from gdviz.core.tables.notations.columns import Notation
from gdviz.core.tables.notations.numerals import NumberNotation

# NumPy takes four bytes for each letter of a line, and more for its cells.
MOST_AT_ONCE = 450_000
# To look for each of them takes a moment.
MOST_GAPS, MOST_LOOKS = 12, 100
_OF_NUMBERS = b"0123456789.eE+-nan"


class FastLines:
    """Reads lines with NumPy where that reads what is meant.

    Attributes
    ----------
    lines : int
        How many have been read last.
    """

    def __init__(self, layout: Layout, notations: Sequence[Notation], faults: Faults) -> None:
        self._layout, self._faults = layout, faults
        self._delimiter, self._width = layout.delimiter, len(layout.names)
        self._has_commas = self._delimiter != "," and all(map(_is_plain_with_points, notations))
        is_plain = self._has_commas or all(notation.plain for notation in notations)
        self._is_plain = layout.plain and is_plain
        # What stands for a missing value, with what is around it, and a NaN in its place.
        self._gaps: dict[str, str] = {}
        self.lines = 0

    def values(self, text: str) -> NDArray[np.float64] | None:
        """Return the rows of some lines, or None if anything in them is unusual."""
        if not self._is_plain or not text.isascii() or len(text) > MOST_AT_ONCE:
            return None
        plain = self._as_numpy_has_it(text)
        values = None if plain is None else self._regular(plain)
        if values is None and plain is not None:
            values = self._irregular(plain)
        return values if values is not None and self._is_usable(values) else None

    def rows_of_numbers(self, text: str) -> tuple[str, NDArray[np.bool_]] | None:
        """Return the lines that hold all numbers of a row, and no comment, and which these are.

        Nothing if they can't be told apart.
        """
        comment = self._layout.comment
        if not self._is_plain or len(text) > MOST_AT_ONCE or self._layout.quote in text:
            return None
        text = self._filled(text).removesuffix("\n")
        lines = text.split("\n")
        if comment and comment in text:  # at the end of a line it can mark a footnote
            lines = [
                each if each.endswith(comment) else each.split(comment, 1)[0] for each in lines
            ]
            text = "\n".join(lines)
        of_numbers = _OF_NUMBERS.replace(b".", b",") if self._has_commas else _OF_NUMBERS
        between = text.encode("utf-8", "replace").translate(None, of_numbers + b" ").split(b"\n")
        if self._delimiter == " " or self._width == 1:
            are_plain = [
                not each.strip() and len(line.split()) == self._width
                for each, line in zip(between, lines, strict=True)
            ]
        else:
            usual = self._delimiter.encode() * (self._width - 1)
            are_plain = [each == usual for each in between]
        return "\n".join(compress(lines, are_plain)) + "\n", np.array(are_plain)

    def note_missing(self, bad: NDArray[np.int64], cells: Sequence[str]) -> None:
        """Learn from some cells, of whole rows, what stands for missing values."""
        for index in bad[:MOST_LOOKS].tolist() if self._is_plain else ():
            word, column = cells[index], index % self._width
            before = self._delimiter if column else "\n"
            after = self._delimiter if column < self._width - 1 else "\n"
            is_shown = bool(word) or self._delimiter != " "
            if len(self._gaps) < MOST_GAPS and is_shown and word in self._faults.missing:
                self._gaps[f"{before}{word}{after}"] = f"{before}nan{after}"

    def _as_numpy_has_it(self, text: str) -> str | None:
        """Return lines with points and NaN, or None where these would be mistaken."""
        if self._has_commas:
            if any(each in text for each in (".", f",{self._delimiter}", ",\n")):
                return None
            text = text.replace(",", ".")
        return self._filled(text)

    def _filled(self, text: str) -> str:
        """Return lines with NaN where a value is missing."""
        if self._gaps:
            text = f"\n{text}"
            for gap, filled in self._gaps.items():
                text = text.replace(gap, filled)
                if gap[0] == gap[-1]:  # those that share it with the one before
                    text = text.replace(gap, filled)
            text = text[1:]
        return text

    def _regular(self, text: str) -> NDArray[np.float64] | None:
        """Return rows with one delimiter between their cells.

        NumPy is quicker with all of them in one line.
        """
        width = self._width
        between = text.encode().translate(None, _OF_NUMBERS)
        end, count = between[:width], len(between) // width
        is_whole = end[-1:] == b"\n" == text[-1:].encode()
        if not is_whole or b"\n" in end[:-1] or between != end * count:
            return None
        line = text[:-1].replace("\n", self._delimiter)
        values = self._loaded([line])
        self.lines = count
        return values.reshape(count, width) if values.size == count * width else None

    def _irregular(self, text: str) -> NDArray[np.float64] | None:
        if text[0] == "\n" or (self._layout.comment and self._layout.comment in text):
            return None  # perhaps nothing at all is in them, of which NumPy would warn
        self.lines = text.count("\n")
        return self._loaded(io.StringIO(text))

    def _loaded(self, lines: Iterable[str]) -> NDArray[np.float64]:
        delimiter = None if self._delimiter == " " else self._delimiter
        comment = self._layout.comment or None
        try:
            return np.loadtxt(lines, delimiter=delimiter, comments=comment, ndmin=2)
        except ValueError:
            return np.empty((0, 0))

    def _is_usable(self, values: NDArray[np.float64]) -> bool:
        """Tell whether these are whole rows, and count what is missing in them."""
        if values.shape[1] != self._width:
            return False
        bad = np.flatnonzero(~np.isfinite(values))
        if not len(bad):
            return True
        columns = bad % self._width
        if np.isinf(values.flat[bad]).any() or self._faults.would_list(columns):
            return False
        self._faults.add_missing(columns)
        return True


def _is_plain_with_points(notation: Notation) -> bool:
    """Tell whether NumPy reads numbers alike once their decimal commas are points."""
    if not isinstance(notation, NumberNotation) or notation.decimal != ",":
        return False
    return replace(notation, decimal=".").plain

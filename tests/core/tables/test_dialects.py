"""What pandas and csv write in any dialect reads back to the same numbers, or asks."""

import csv
import math
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.tables.reading import read_table

pandas = pytest.importorskip("pandas")


class Dialect(NamedTuple):
    """How a program writes its tables."""

    delimiter: str = ","
    decimal: str = "."
    thousands: str = ""
    quoting: int = csv.QUOTE_MINIMAL
    has_names: bool = True
    has_index: bool = False
    encoding: str = "utf-8"
    newline: str = "\n"
    missing: str = ""

    def cell(self, value):
        """Return a number as it is written."""
        if math.isnan(value):
            return self.missing
        text = f"{value:,}" if self.thousands else repr(value)
        marks = {",": self.thousands, ".": self.decimal}
        return "".join(marks.get(sign, sign) for sign in text)


DIALECTS = {
    "plain": Dialect(),
    "German": Dialect(";", ",", ".", encoding="cp1252", newline="\r\n"),
    "Unicode text": Dialect("\t", ",", encoding="utf-16", newline="\r\n"),
    "American, quoted": Dialect(",", ".", ",", csv.QUOTE_ALL, encoding="utf-8-sig"),
    "French": Dialect(";", ",", "\u202f", newline="\r\n"),
    "Swiss": Dialect(";", ".", "'", has_index=True, encoding="latin-1"),
    "spaces": Dialect(" ", ".", "", csv.QUOTE_NONNUMERIC, missing="NA"),
    "pipes": Dialect("|", missing="NULL"),
    "tabs without names": Dialect("\t", ",", has_names=False, missing="-"),
    "commas in quotes": Dialect(",", ",", "", csv.QUOTE_ALL, missing="n/a"),
    "rows without names": Dialect(",", has_names=False, has_index=True, newline="\r\n"),
    "old": Dialect(";", ",", has_index=True, encoding="cp1252", newline="\r"),
}

NAMES = "width", "height (cm)", "Größe", "a, b; c", "Temp. °C", "x", "net_weight"
DECIMAL = st.builds(
    lambda whole, places: whole / 10**places, st.integers(-(10**7), 10**7), st.integers(0, 4)
)
FLOAT = st.floats(-1e12, 1e12).map(lambda value: value + 0.0)
WHOLE = st.integers(-(10**9), 10**9).map(float)


@st.composite
def tables(draw):
    """Draw names and rows; in each row something stands, and in the first everything."""
    width = draw(st.integers(2, 4))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=width, max_size=width, unique=True))
    kinds = draw(st.lists(st.sampled_from((DECIMAL, FLOAT, WHOLE)), min_size=width, max_size=width))
    rows = draw(st.lists(st.tuples(*kinds), min_size=1, max_size=12))
    values = np.array(rows)
    if draw(st.booleans()):
        places = st.tuples(st.integers(0, len(values) - 1), st.integers(1, width - 1))
        for row, column in draw(st.lists(places, max_size=4)):
            if row:
                values[row, column] = math.nan
    return names, values


def written_by_csv(path, dialect, names, values):
    with path.open("w", encoding=dialect.encoding, newline="") as file:
        writer = csv.writer(file, delimiter=dialect.delimiter, quoting=dialect.quoting,
                            lineterminator=dialect.newline)  # fmt: skip
        if dialect.has_names:
            writer.writerow([""] * dialect.has_index + names)
        for number, row in enumerate(values.tolist()):
            writer.writerow([str(number)] * dialect.has_index + list(map(dialect.cell, row)))


def written_by_pandas(path, dialect, names, values):
    # What has no sign between thousands of its own is told how numbers are to be written.
    written = np.vectorize(dialect.cell, otypes=[object])(values) if dialect.thousands else values
    pandas.DataFrame(written, columns=names).to_csv(
        path, sep=dialect.delimiter, decimal=dialect.decimal, quoting=dialect.quoting,
        header=dialect.has_names, index=dialect.has_index, encoding=dialect.encoding,
        lineterminator=dialect.newline, na_rep=dialect.missing,
    )  # fmt: skip


@pytest.mark.parametrize("write", [written_by_csv, written_by_pandas])
@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
@given(table=tables())
@settings(max_examples=25)
def test_what_is_written_reads_back_or_a_question_is_asked(tmp_path_factory, write, dialect, table):
    names, values = table
    path = tmp_path_factory.getbasetemp() / "written.csv"
    write(path, dialect, names, values)
    read = read_table(path)
    if any(remark.choices for remark in read.remarks):
        return
    first = int(dialect.has_index)
    np.testing.assert_array_equal(read.values[:, first : first + len(names)], values)
    if dialect.has_names:
        assert read.names[first : first + len(names)] == tuple(names)

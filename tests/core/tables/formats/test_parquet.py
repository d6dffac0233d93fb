"""Parquet: the types of columns, and what it says where PyArrow isn't."""

import gzip
import sys

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdviz.core.tables.formats.parquet import floats
from gdviz.core.tables.table import LargeTableError

TYPES = """SELECT * FROM (VALUES
  (1::TINYINT, 2.5::DECIMAL(9, 3), true, DATE '1970-01-03', TIMESTAMP '1970-01-02 12:00:00',
   TIMESTAMPTZ '1970-01-02 12:00:00+06', TIME '00:01:02.5', INTERVAL 30 HOURS,
   'x', [1, 2], 'nan'::FLOAT),
  (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
) AS t(i, "d e""c", b, day, moment, zone, clock, span, s, l, n)"""


@pytest.fixture
def parquet(tmp_path):
    """Write the answer to a query as Parquet."""

    def written(query):
        path = tmp_path / "written.parquet"
        duckdb.sql(query).write_parquet(str(path))
        return path.read_bytes()

    return written


def test_types(content, parquet):
    columns = content(parquet(TYPES), "odd [name]*'?.parquet")
    assert columns.names == (
        "i",
        'd e"c',
        "b",
        "day",
        "moment",
        "zone",
        *("clock", "span", "s", "l", "n"),
    )
    assert columns.kinds == (
        *("number", "number", "number", "date", "date", "date", "time", "time", "text", "text"),
        "number",
    )
    first, second = zip(*(column.tolist() for column in columns.values), strict=True)
    assert first[:8] == (1, 2.5, 1, 2, 1.5, 1.25, 62.5, 108_000)
    assert np.isnan([*first[8:], *second]).all()


def test_in_an_archive(refusal, parquet):
    packed = gzip.compress(parquet("SELECT 1 AS a, 2 AS b"))
    assert refusal(packed).endswith("is a Parquet file in an archive. Unpack it, and open that.")


def test_no_numbers(refusal, parquet):
    assert "without a column of numbers" in refusal(parquet("SELECT 'a' AS a"))


def test_a_billion_rows_in_some_kilobytes_are_not_even_begun(content, parquet):
    with pytest.raises(LargeTableError):
        content(parquet("SELECT 1 AS a FROM range(1000000)"))


def test_without_pyarrow_it_says_what_to_install(refusal, parquet, monkeypatch):
    written = parquet("SELECT 1 AS a, 2 AS b")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert 'pip install "gdviz[big]"' in refusal(written)


@given(st.lists(st.none() | st.floats(), max_size=70), st.data())
def test_doubles_are_those_of_the_file_and_none_where_nothing_stands(values, data):
    first = data.draw(st.integers(0, len(values)))
    last = data.draw(st.integers(first, len(values)))
    column = pa.array(values, pa.float64())[first:last]
    expected = [np.nan if value is None else value for value in values[first:last]]
    assert np.array_equal(floats(column), expected, equal_nan=True)

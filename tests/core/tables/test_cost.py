"""What it costs to read a table is bounded by its size, whatever stands in it."""

import os
import tracemalloc

import pytest
from support import loadtxt_call

from gdviz.core.tables.reading import read_table
from gdviz.core.tables.table import DataFileError, summary

# Memory for each byte of a file, beside what a piece of it needs meanwhile.
MOST_MEMORY, FOR_A_PIECE = 10, 10_000_000
# What was seen of a column, and its name.
FOR_A_COLUMN = 3_000
SIZE = 500_000
# More rows than those by which a table is recognised.
GOOD = b"13,33\n" * 400


def filled(start, line):
    """Return a file of about the size of these tests."""
    return start + line * ((SIZE - len(start)) // len(line))


FILES = {
    "short lines": filled(b"", b"13 33\n"),
    "10,000 columns": filled(b"", b"1.5," * 9_999 + b"2\n"),
    "10,000 columns of text": filled(b"", b"ab," * 9_999 + b"2\n"),
    "10,000 names": filled(b",".join([b"name"] * 10_000) + b"\n", b"1.5," * 9_999 + b"2\n"),
    "commas in one line": b"," * SIZE,
    "commas in a later line": filled(GOOD, b","),
    "numbers in one line": filled(GOOD, b"12,"),
    "words in one line": filled(b"13 33\n" * 400, b"12 "),
    "a bad cell every 5,000 lines": filled(b"", b"13 33\n" * 4_999 + b"13 x\n"),
    "a bad cell every other line": filled(b"13 33\n", b"13 33\n13 x\n"),
    "rows too long": filled(GOOD, b"1,2,3\n"),
    "rows too short": filled(b"1,2,3\n" * 400, b"1,3\n"),
    "a column of names": filled(b"name,a,b\n", b"Ada,1,2\n"),
    "quotes": filled(b"", b'"13","33"\n'),
    "a rare letter": filled(b"# \xf0\x9f\x98\x80\n", b"13 33\n"),
    "empty lines": filled(GOOD, b"\n"),
    "signs of comments": filled(GOOD, b"#"),
}


def outcome(path):
    try:
        dataset, left_out = read_table(path).dataset()
        return f"{len(dataset)} rows. {summary(left_out)}"
    except DataFileError as error:
        return str(error)


@pytest.mark.parametrize("name", FILES)
def test_memory_for_a_file_is_bounded_by_its_size(tmp_path, name):
    path = tmp_path / "table.csv"
    path.write_bytes(FILES[name])
    tracemalloc.start()
    try:
        said = outcome(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(said) < 2_000
    columns = FILES[name].split(b"\n", 1)[0].count(b",") + 1 if name.startswith("10,000") else 2
    assert peak < MOST_MEMORY * SIZE + FOR_A_PIECE + FOR_A_COLUMN * columns


def test_a_bomb_of_short_lines_is_refused_before_memory_is_full(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes((b"1," * 999 + b"1\n") * 400 + b"1\n" * 20_000)
    assert outcome(path).startswith(
        "table.csv can't be read: most lines hold far less than the 1,000 values of the first"
    )


def test_a_table_of_too_many_columns_says_so(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes((b"1," * 20_000 + b"1\n") * 2)
    assert outcome(path) == (
        "table.csv has more than 20,000 columns. Keep the columns that you need, and open those."
    )


def test_all_rows_left_out_are_counted_and_the_first_of_them_told(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(FILES["rows too long"])
    rows = FILES["rows too long"].count(b"\n") - 400
    lines = outcome(path).split("\n")
    assert lines[0] == f"400 rows. {rows:,} rows were left out:"
    assert lines[1] == "line 401: 3 values where 2 were expected"
    assert lines[-1] == f"… and {rows - 20:,} more, {rows:,} in all"


def test_a_file_that_fills_the_memory_gets_a_sentence(tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    path.write_bytes(GOOD)

    def full(*_, **__):
        raise MemoryError

    monkeypatch.setattr("numpy.loadtxt", full)
    assert outcome(path) == "table.csv needs more memory than there is. Take a part of it."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_program_for_a_file_that_has_become_a_pipe_waits_for_nobody(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(GOOD)
    table = read_table(path)
    dataset, _ = table.dataset()
    assert loadtxt_call(table, dataset) is not None
    path.unlink()
    os.mkfifo(path)
    assert loadtxt_call(table, dataset) is None

"""What was saved opens with identical numbers, whatever the columns are called."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gdviz.core.tables.calendar import Calendar, days_of
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.reading import read_table
from gdviz.core.tables.writing import DELIMITERS, PIECE_ROWS, dataset_text

# Magnitudes of which every single one can be squared.
VALUES = st.floats(-1e140, 1e140).filter(lambda v: v == 0 or abs(v) >= 1e-140)
ROWS = st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=60)
LETTERS = st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" ")
NAMES = st.text(LETTERS, min_size=1, max_size=12).filter(str.strip)


def reopened(data, kind):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"saved{kind}")
        path.write_bytes("".join(dataset_text(data, kind)).encode())
        return read_table(path).dataset()


@pytest.mark.parametrize("kind", DELIMITERS)
@settings(derandomize=True, deadline=None)
@given(ROWS, NAMES, NAMES)
@example([(1.0, 2.0)], "3.5", "7")
@example([(1.5, -0.0)], 'the "best", x; # one', "y")
@example([(1.5, 2.0)], "1,5", "2")
def test_every_number_comes_back(kind, rows, x_name, y_name):
    data = Dataset(*zip(*rows, strict=True), x_name, y_name)
    again, bad = reopened(data, kind)
    assert again.x.tolist() == data.x.tolist()
    assert again.y.tolist() == data.y.tolist()
    assert not bad


@pytest.mark.parametrize("kind", DELIMITERS)
def test_names_with_spaces_and_signs_come_back(kind):
    names = "Number of guests, in #", 'the "true" y; sold'
    again, _ = reopened(Dataset([1, 2], [3, 5], *names), kind)
    assert (again.x_name, again.y_name) == names


def test_whole_numbers_are_written_as_such():
    text = dataset_text(Dataset([13, 0.1], [33, 1e22], "a b", "c"), ".csv")
    assert "".join(text).splitlines() == ['"a b",c', "13,33", "0.1,1e+22"]


def test_a_long_text_comes_in_as_many_pieces_as_it_says():
    for rows in (1, PIECE_ROWS, PIECE_ROWS + 1, 1000):
        text = dataset_text(Dataset(range(rows), range(rows)), ".csv")
        pieces = list(text)
        assert len(pieces) == len(text)
        assert "".join(pieces).splitlines() == ["x,y", *(f"{row},{row}" for row in range(rows))]


FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "'=1", "''-x", "\uff1d1"]


@pytest.mark.parametrize("kind", DELIMITERS)
@pytest.mark.parametrize("name", FORMULAS)
def test_a_name_is_no_formula_to_a_spreadsheet_and_comes_back(kind, name):
    data = Dataset([1, 2], [3, 5], name, "y")
    cell = "".join(dataset_text(data, kind)).lstrip('"')
    assert cell.startswith("'")
    again, _ = reopened(data, kind)
    assert (again.x_name, again.y_name) == (name, "y")


@pytest.mark.parametrize("name", ["'a", "'", "a=b", "x'=y"])
def test_other_names_are_written_as_they_are(name):
    text = "".join(dataset_text(Dataset([1], [3], name, "y"), ".csv"))
    assert text.startswith(f"{name},y\n")


@pytest.mark.parametrize(
    ("kind", "origin", "cells"),
    [
        ("date", days_of(2024), ["2024-01-01", "2024-01-01T12:00", "2024-02-01"]),
        ("time", 0.0, ["00:00:00", "00:00:00.5", "00:00:31"]),
    ],
)
def test_dates_and_times_are_written_as_such(kind, origin, cells):
    data = Dataset([0, 0.5, 31], [1, 2, 3], calendar=Calendar.since(kind, origin))
    text = "".join(dataset_text(data, ".txt"))
    assert [line.split()[0] for line in text.splitlines()] == ["x", *cells]

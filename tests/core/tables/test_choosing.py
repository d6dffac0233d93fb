"""The two columns that a careful person would take are taken, and what was passed over is told."""

import time

import numpy as np
import pytest

from gdviz.core.tables.choosing import chosen, says_id, says_number
from gdviz.core.tables.faults import Faults
from gdviz.core.tables.notations.numerals import NumberNotation
from gdviz.core.tables.table import Table

NAN = np.nan
# Two columns that anyone would fit.
A, B = [5.5, 2, 7.1, 3], [10, 12.5, 9, 12.5]


def choice(columns, **kinds):
    """Choose from columns by name; a name that stands for none is empty."""
    names = [name or f"column {number}" for number, name in enumerate(columns, 1)]
    values = np.array(list(columns.values()), dtype=float).T
    kinds = [kinds.get(name, "number") for name in names]
    return chosen(names, values, kinds, range(len(names)))


def xy(found):
    return tuple(found.names[index] for index in found.columns)


def told(found):
    return " ".join(remark.text for remark in found.remarks)


# Passed over


@pytest.mark.parametrize(
    "name",
    ["id", "ID", "Id", "customer_id", "PassengerId", "customerID", "User ID", "sample-id", "uuid",
     "id_station", "ID der Probe"],
)  # fmt: skip
def test_an_id_is_passed_over_and_told_though_it_counts_nothing(name):
    found = choice({name: [17, 4, 4, 90], "a": A, "b": B})
    assert xy(found) == ("a", "b")
    assert f"“{name}” looks like an id" in told(found)
    assert name in found.why


@pytest.mark.parametrize(
    "name",
    ["", "Unnamed: 0", "rownames", "row.names", "no", "No.", "Nr", "nr.", "S.No", "#", "Sample #",
     "index", "idx", "№", "Obs", "row", "...1", "Unnamed: 0.1", "Serial No.", "sampleNo"],
)  # fmt: skip
@pytest.mark.parametrize("values", [[0, 1, 2, 3], [1, 2, 3, 4], [1, 2, NAN, 4]])
def test_row_numbers_are_passed_over_without_a_word(name, values):
    found = choice({name: values, "a": A, "b": B})
    assert (xy(found), found.remarks) == (("a", "b"), [])


@pytest.mark.parametrize("name", ["", "Unnamed: 0", "nr", "index"])
def test_rows_that_were_shuffled_keep_their_numbers(name):
    found = choice({name: [812, 3, 77, 5], "a": A, "b": B})
    assert xy(found) == ("a", "b")
    assert "an id or a row number" in told(found)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("year", [2015, 2016, 2017, 2018]),
        ("month", [1, 2, 3, 4]),
        ("t", [0, 1, 2, 3]),
        ("dose", [1, 2, 3, 4]),
        ("humid", [41, 44, 40, 39]),
        ("acid", [3, 1, 2, 4]),
        ("Id", [0.012, 0.033, 0.05, 0.1]),
        ("NO", [14, 3, 14, 8]),
        ("index", [101.5, 99, 103.2, 104]),
        ("price index", [101, 99, 103, 104]),
        ("1990", [12, 11, 14, 19]),
        ("v1", [12, 11, 14, 19]),
        ("", [12, 12, 14, 19]),
        ("", [0.5, 1, 1.5, 2]),
    ],
)
def test_a_quantity_is_no_row_number_even_where_it_counts(name, values):
    found = choice({name: values, "a": A, "b": B})
    assert (xy(found), told(found)) == ((name or "column 1", "a"), "")


@pytest.mark.parametrize(
    ("first", "x"),
    [
        ([0, 1, 2, 3], "column 2"),
        ([1, 2, 3, 4], "column 2"),
        ([2, 3, 4, 5], "column 1"),
        ([3, 1, 2, 9], "column 1"),
        ([0, 2, 4, 6], "column 1"),
    ],
)
def test_without_any_names_only_counting_numbers_rows(first, x):
    names = "column 1", "column 2", "column 3"
    found = chosen(names, np.array([first, A, B]).T, ["number"] * 3, (0, 1, 2))
    assert xy(found) == (x, "column 3" if x == "column 2" else "column 2")


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ([52.5, 52.5, 52.5, 52.5], "“place” never changes"),
        ([52.5, NAN, 52.5, 52.5], "“place” never changes"),
        ([NAN, 3, NAN, NAN], "“place” is mostly missing"),
        ([NAN, 3, NAN, NAN, 4], "“place” is mostly missing"),
    ],
)
def test_columns_without_much_to_see_are_passed_over_and_told(values, says):
    more = [1.5] * (len(values) - 4)
    found = choice({"place": values, "a": A + more, "b": B + more})
    assert xy(found) == ("a", "b")
    assert says in told(found)


def test_of_what_stands_behind_them_nothing_is_told():
    found = choice({"a": A, "b": B, "id": [1, 2, 2, 3], "zone": [1, 1, 1, 1]})
    assert (xy(found), found.remarks) == (("a", "b"), [])
    assert found.why == "First two columns of numbers."


def test_columns_with_the_same_flaw_are_told_together():
    found = choice({"lat": [1] * 4, "a": A, "lon": [2] * 4, "b": B})
    assert told(found) == "“lat” and “lon” never change, so other columns are shown first."
    assert found.why == "First two columns of numbers, but for “lat” and “lon”."


def test_of_many_only_some_are_named():
    found = choice({**{f"c{n}": [n] * 4 for n in range(50)}, "a": A, "b": B})
    assert told(found).startswith("“c0”, “c1”, “c2” and 47 more never change, so other")


def test_a_column_that_changes_late_changes():
    rows = 50_000
    late = np.zeros(rows)
    late[rows - 7] = 1
    values = np.column_stack((late, np.arange(rows) % 7, np.arange(rows) % 5))
    assert chosen("abc", values, ["number"] * 3, range(3)).columns == (0, 1)


def test_what_is_missing_in_steps_is_not_taken_for_all():
    rows = 70_000
    values = np.column_stack([np.arange(rows) % 11.0 for _ in range(3)])
    values[::7, 0] = NAN
    values[np.arange(rows) % 7 > 0, 1] = NAN
    assert chosen("abc", values, ["number"] * 3, range(3)).columns == (0, 2)


# Where nothing better is left


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"": [0, 1, 2, 3], "a": A}, ("column 1", "a")),
        ({"Sample #": [1, 2, 3, 4], "a": A}, ("Sample #", "a")),
        ({"a": A, "id": [4, 9, 1, 2]}, ("a", "id")),
        ({"id": [4, 9, 1, 2], "nr": [1, 2, 3, 4]}, ("id", "nr")),
        ({"id": [4, 9, 1, 2], "lat": [1] * 4, "a": A}, ("id", "a")),
        ({"lat": [1] * 4, "a": A}, ("lat", "a")),
        ({"a": A, "b": [NAN, NAN, 1, NAN]}, ("a", "b")),
        ({"": [0, 1, 2, 3], "b": [1] * 4}, ("column 1", "b")),
    ],
)  # fmt: skip
def test_the_second_best_is_taken(columns, expected):
    assert xy(choice(columns)) == expected


def test_over_equal_numbers_no_line_is_the_best():
    found = choice({"x": [5, 5, 5], "y": [1, 2, 3]})
    assert xy(found) == ("x", "y")
    assert "“x” is the same in every row" in told(found)
    assert not choice({"a": [5], "b": [1]}).remarks  # a single row says nothing


# Names that say it


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("y x", ("x", "y")),
        ("t x y", ("x", "y")),
        ("Y a X", ("X", "Y")),
        ("id y x", ("x", "y")),
        ("x a b", ("x", "a")),
        ("a y b", ("a", "y")),
    ],
)
def test_x_and_y_are_x_and_y(names, expected):
    found = choice(dict(zip(names.split(), ([3, 1.5, 2], [4, 6.5, 5], [9, 8, 7.5]), strict=False)))
    assert xy(found) == expected


def test_names_are_told_apart():
    assert not any(map(says_id, ("grid", "Humid", "paid", "identity", "kid", "solid", "", "i d")))
    assert not any(map(says_number, ("north", "casino", "norm", "number of rooms", "NO2", "", "x")))
    assert not says_id("id " * 10_000)


# Dates


def test_a_date_goes_on_x_and_the_other_wish_is_told():
    found = choice({"date": [19723, 19724, 19727], "a": A[:3], "b": B[:3]}, date="date")
    assert xy(found) == ("date", "a")
    assert found.why == "Date and first column of numbers."
    assert "“b” over “a” is possible" in told(found)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"a": A, "date": [1, 2, 3, 4]}, ("date", "a")),
        ({"date": [1, 2, 3, 4], "time": [9.5, 2, 7, 1], "a": A}, ("date", "a")),
        ({"nr": [1, 2, 3, 4], "date": [1, 2, 3, 4], "a": A}, ("date", "a")),
        ({"date": [7, 7, 7, 7], "a": A, "b": B}, ("a", "b")),
        ({"date": [1, 2, 3, 4], "id": [9, 8, 7, 7]}, ("date", "id")),
        ({"a": A, "date": [1, 2, 3, 4], "b": B}, ("a", "b")),
    ],
)
def test_a_date_is_never_y(columns, expected):
    assert xy(choice(columns, date="date", time="date")) == expected


# Asking for one of them


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (None, None, ("date", "a")),
        ("b", None, ("b", "a")),
        ("a", None, ("a", "b")),
        (None, "b", ("date", "b")),
        (None, "date", ("a", "date")),
    ],
)
def test_what_is_not_asked_for_is_what_was_suggested(tmp_path, x, y, expected):
    found = choice({"date": [1, 2, 3, 4], "a": A, "b": B}, date="date")
    faults = Faults([NumberNotation()] * 3, found.names)
    table = Table(
        tmp_path / "t.csv", found.names, found.values, found.numeric, faults,
        suggested=found.columns,
    )  # fmt: skip
    dataset, _ = table.dataset(x, y)
    assert (dataset.x_name, dataset.y_name) == expected


# Cost


@pytest.mark.parametrize(("rows", "columns"), [(2_000_000, 3), (1_000, 5_000), (30, 20_000)])
def test_to_choose_costs_little(rows, columns):
    values = np.ones((rows, columns))
    values[:, -2:] = np.arange(rows)[:, None] % 7
    names = [f"c{number}x" for number in range(columns)]
    began = time.process_time()
    found = chosen(names, values, ["number"] * columns, range(columns))
    assert time.process_time() - began < 2
    assert found.columns == (columns - 2, columns - 1)

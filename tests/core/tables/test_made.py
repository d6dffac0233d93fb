"""A table gets a column for x where it lacks one: row numbers, and dates with their times."""

import numpy as np
import pytest

from gdviz.core.tables.choosing import chosen
from gdviz.core.tables.faults import Faults
from gdviz.core.tables.made import made_column
from gdviz.core.tables.notations.numerals import NumberNotation
from gdviz.core.tables.table import Table

NAN = np.nan
HOUR = 3600.0
NAMES, KINDS = ("day", "hour", "level"), ("date", "time", "number")


def xy(found):
    return tuple(found.names[index] for index in found.columns)


def made(days, hours, order=(0, 1, 2)):
    """Return what is made of days, times and numbers that stand in some order."""
    columns = [days, hours, range(len(days))]
    values = np.array([columns[index] for index in order], dtype=float).T
    names, kinds = ([of[index] for index in order] for of in (NAMES, KINDS))
    return made_column(names, values, kinds, (0, 1, 2))


# Dates with their times


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 0, 1)])
def test_a_date_and_the_time_beside_it_are_one(order):
    found = made([10, 10, 11, NAN, 11], [0, 12 * HOUR, 0, HOUR, NAN], order)
    np.testing.assert_array_equal(found.values, [10, 10.5, 11, NAN, NAN])
    assert (found.name, found.kind) == ("day hour", "date")
    assert found.of == (order.index(0), order.index(1))
    assert found.remark == "“day” and “hour” are read as one date."


@pytest.mark.parametrize(
    ("days", "times"),
    [
        ([10, 11, 12], [0, 0, HOUR]), ([10, 10.5, 10], [0, 0, HOUR]),
        ([10, 10, 11], [0, 30 * HOUR, HOUR]), ([10, 10, 11], [-HOUR, 0, HOUR]),
    ],
)  # fmt: skip
def test_other_dates_and_times_stay_apart(days, times):
    assert made(days, times) is None


def test_columns_that_are_no_neighbours_stay_apart():
    assert made([10, 10], [0, HOUR], (0, 2, 1)) is None


def test_they_go_on_x_before_the_date_alone():
    values = np.array([[10, 0, 5.5], [10, HOUR, 7], [11, 0, 6]])
    found = chosen(NAMES, values, KINDS, range(3))
    assert (xy(found), found.made, found.kinds[3]) == (("day hour", "level"), {3: (0, 1)}, "date")
    assert found.why == "Date and first column of numbers."


# One column


def test_a_single_column_goes_over_the_number_of_the_row():
    values = np.array([[NAN, 4.5], [NAN, NAN], [NAN, 6.5]])
    found = chosen(("name", "height"), values, ["number"] * 2, (1,))
    assert (xy(found), found.numeric, found.made) == (("row", "height"), (2, 1), {2: ()})
    assert found.values[:, 2].tolist() == [1, 2, 3]
    assert "“height” is the only column of numbers" in found.remarks[0].text
    assert found.why == "Row number and only column of numbers."


def test_a_column_may_be_called_row():
    found = chosen(("row", "height"), np.array([[NAN, 4.5]]), ["number"] * 2, (1,))
    assert found.names == ("row", "height", "row (3)")


def test_rows_left_out_beside_a_column_that_was_made_are_told_by_its_own(tmp_path):
    names, values = ("name", "height"), np.array([[NAN, 4.5], [NAN, NAN], [NAN, NAN], [NAN, 5]])
    faults = Faults([NumberNotation()] * 2, names)
    faults.add_cells(
        np.array([0, 1, 3, 6]), ["a", "b", "c", "oops", "", "", "d", "5"], [2, 3, 5, 6]
    )
    faults.add_too_long(4, "7", 3)
    found = chosen(names, values, ["number"] * 2, (1,))
    table = Table(
        tmp_path / "t.csv", found.names, found.values, found.numeric, faults,
        suggested=found.columns, made=found.made,
    )  # fmt: skip
    dataset, left_out = table.dataset()
    assert (dataset.x_name, dataset.x.tolist(), dataset.y.tolist()) == ("row", [1, 4], [4.5, 5])
    assert (left_out.rows, left_out.cells) == (2, 2)

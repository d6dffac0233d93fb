"""Dates and times of day in two columns are read as one, if only both put rows in order."""

import numpy as np
import pytest

from gdviz.core.tables.apart import join_times

NAMES = "place", "day", "hour", "level"
KINDS = "number", "date", "time", "number"
HOUR = 3600.0


def test_times_are_added_to_the_days_beside_them():
    values = np.array([[1, 10, 0, 5], [2, 10, 12 * HOUR, 6], [3, 11, 0, 7], [4, 11, np.nan, 8]])
    remarks = join_times(NAMES, KINDS, values)
    assert values[:3, 1].tolist() == [10, 10.5, 11]
    assert np.isnan(values[3, 1])
    assert values[:3, 2].tolist() == [0, 12 * HOUR, 0]
    assert [remark.text for remark in remarks] == [
        "“day” and “hour” were read as one: “day” is a date with its time of day."
    ]


@pytest.mark.parametrize(
    ("days", "times"),
    [
        ([10, 11, 12], [0, 0, HOUR]), ([10, 10.5, 10], [0, 0, HOUR]),
        ([10, 10, 11], [0, 30 * HOUR, HOUR]), ([10, 10, 11], [-HOUR, 0, HOUR]),
    ],
)  # fmt: skip
def test_other_columns_stay_apart(days, times):
    values = np.column_stack((days, times)).astype(float)
    before = values.copy()
    assert join_times(NAMES[1:3], KINDS[1:3], values) == []
    assert np.array_equal(values, before)


def test_columns_that_are_no_neighbours_stay_apart():
    values = np.array([[10, 1, 0.0], [10, 2, HOUR]])
    assert join_times("abc", ("date", "number", "time"), values) == []

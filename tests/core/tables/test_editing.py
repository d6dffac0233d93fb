"""Edited data are new data: the ones before never change, and nothing unusable comes out."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.tables.calendar import Calendar, days_of
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.editing import added, moved, recounted, removed

VALUES = st.floats(-1e6, 1e6, allow_subnormal=False).filter(lambda v: v == 0 or abs(v) > 1e-6)
ROWS = st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=12)


def dataset(rows):
    return Dataset(*zip(*rows, strict=True), "a", "b", "rows.txt")


def rows_of(data):
    return list(zip(data.x.tolist(), data.y.tolist(), strict=True))


@settings(derandomize=True, deadline=None)
@given(ROWS, st.data(), VALUES, VALUES)
def test_editing_is_editing_a_list(rows, data, x, y):
    before = dataset(rows)
    index = data.draw(st.integers(0, len(rows) - 1))
    expected = [*rows[:index], (x, y), *rows[index + 1 :]]
    assert rows_of(moved(before, index, x, y)) == expected
    assert rows_of(added(before, x, y)) == [*rows, (x, y)]
    if len(rows) > 1:
        assert rows_of(removed(before, [index])) == rows[:index] + rows[index + 1 :]
    assert rows_of(before) == rows


def test_a_move_moves_the_optimum_as_lstsq_says(pizza):
    data = moved(pizza, 3, 5.0, 60.0)
    columns = np.column_stack((data.x, np.ones(len(data))))
    assert data.bowl.optimum == pytest.approx(np.linalg.lstsq(columns, data.y)[0])


def test_names_stay_and_the_source_says_once_that_it_is_changed():
    data = removed(added(moved(dataset([(1, 2), (3, 4)]), 0, 5, 6), 7, 8), [0])
    assert (data.x_name, data.y_name, data.source) == ("a", "b", "rows.txt (changed)")


def test_several_rows_go_at_once():
    assert rows_of(removed(dataset([(1, 2), (3, 4), (5, 6)]), [2, 0, 2])) == [(3, 4)]


@pytest.mark.parametrize(("edit", "words"), [
    (lambda data: removed(data, [0, 1]), "at least one point"),
    (lambda data: removed(data, [2]), "no row 3"),
    (lambda data: moved(data, -1, 0, 0), "no row 0"),
    (lambda data: moved(data, 0, 1e200, 0), "reaches 1e\\+200"),
    (lambda data: added(data, 0, math.nan), "no number"),
])  # fmt: skip
def test_what_can_not_be_fitted_is_refused(edit, words):
    with pytest.raises(ValueError, match=words):
        edit(dataset([(1, 2), (3, 4)]))


def test_dates_stay_dates(dated):
    for data in (moved(dated, 0, 5, 1), added(dated, 40, 1), removed(dated, [0])):
        assert data.calendar == dated.calendar


def test_dates_are_counted_otherwise(dated, pizza):
    weeks = Calendar("date", days_of(2024, 2), "weeks")
    data = recounted(dated, weeks)
    assert (data.x * 7).tolist() == pytest.approx([-31, -30, -29, 0])
    assert data.x_counts == "date in weeks since 2024-02-01"
    assert recounted(data, dated.calendar).x == pytest.approx(dated.x)
    assert recounted(dated, dated.calendar) is dated
    assert recounted(pizza, weeks) is pizza

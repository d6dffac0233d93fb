"""A dataset holds two columns that nothing can change, or says why it can't."""

import dataclasses

import numpy as np
import pytest

from gdviz.core.tables.dataset import Dataset


def test_columns_are_floats_with_names_and_a_source():
    data = Dataset([1, 2, 3], (4, 5, 6), x_name="hours", y_name="euros", source="rent.csv")
    assert data.x.dtype == data.y.dtype == np.float64
    assert (data.x.tolist(), data.y.tolist(), len(data)) == ([1, 2, 3], [4, 5, 6], 3)
    assert (data.x_name, data.y_name, data.source) == ("hours", "euros", "rent.csv")


@pytest.mark.parametrize("column", ["x", "y"])
def test_columns_are_copies(column):
    given = {"x": np.ones(3), "y": np.ones(3)}
    data = Dataset(**given)
    given[column][0] = 7
    assert getattr(data, column).tolist() == [1, 1, 1]


@pytest.mark.parametrize("column", ["x", "y"])
def test_columns_are_read_only(column):
    data = Dataset([1], [2])
    with pytest.raises(ValueError, match="read-only"):
        getattr(data, column)[0] = 7
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(data, column, np.ones(1))


def test_the_quadratic_is_summed_up_once():
    data = Dataset([1, 2], [2, 4])
    assert data.quadratic is data.quadratic
    assert data.quadratic.optimum == 2


def test_the_bowl_is_summed_up_once():
    data = Dataset([1, 2, 4], [3, 5, 9])
    assert data.bowl is data.bowl
    assert data.bowl.optimum == pytest.approx((2, 1), rel=1e-14)


@pytest.mark.parametrize("offset", [0, -40, 1e8])
def test_standardised_x_have_mean_0_and_standard_deviation_1(offset):
    data = Dataset([offset + 1, offset + 2, offset + 6], [4, 5, 9], "hours", "euros", "rent.csv")
    scaled = data.standardised
    assert scaled is data.standardised
    assert scaled.x.mean() == pytest.approx(0, abs=1e-15)
    assert scaled.x.std() == pytest.approx(1, rel=1e-14)
    assert scaled.y.tolist() == [4, 5, 9]
    assert scaled.x_name == "hours (standardised)"
    assert (scaled.y_name, scaled.source) == ("euros", "rent.csv")


@pytest.mark.parametrize("x", [[5.0], [0.1, 0.1, 0.1], [0.0, 0.0]])
def test_x_that_are_all_equal_standardise_to_zeros(x):
    assert not Dataset(x, np.ones(len(x))).standardised.x.any()


@pytest.mark.parametrize("column", ["x", "y"])
@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([], "“reservations” needs at least one row of numbers"),
        (5.0, "“reservations” needs at least one row of numbers"),
        ([[1, 2]], "“reservations” needs at least one row of numbers"),
        ([1, np.nan], "“reservations” reaches nan"),
        ([1, -np.inf], "“reservations” reaches inf"),
        ([1, -1e141], "“reservations” reaches 1e\\+141.* another unit"),
        ([0, 1e-141], "“reservations” reaches 1e-141.* another unit"),
        (["two", 3], "could not convert"),
    ],
)
def test_an_unusable_column_is_named(column, values, sentence):
    columns = {"x": [1, 2], "y": [1, 2], column: values}
    with pytest.raises(ValueError, match=sentence):
        Dataset(**columns, **{f"{column}_name": "reservations"})


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="“x” has 2 values and “y” has 1: each x needs one y"):
        Dataset([1, 2], [3])


@pytest.mark.parametrize("size", [0, 1e-140, 1, -1e140])
def test_sizes_whose_squares_are_numbers_are_accepted(size):
    quadratic = Dataset([size, size / 2], [size, -size]).quadratic
    assert np.isfinite([quadratic.optimum, quadratic.minimum, quadratic.curvature]).all()

"""A dataset holds two columns that nothing can change, or says why it can't."""

import dataclasses

import numpy as np
import pytest

from gdviz.core.descent.bowl import Bowl
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
        (5.0, "“reservations” must be one column, not an array of shape \\(\\)"),
        ([[1, 2]], "“reservations” must be one column, not an array of shape \\(1, 2\\)"),
        ([1, np.nan], "“reservations” holds a value that is no number, or infinite"),
        ([1, -np.inf], "“reservations” holds a value that is no number, or infinite"),
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


@pytest.mark.parametrize("offset", [0, -40, 1e4, 1e8])
def test_the_loss_on_standardised_x_is_told_from_that_on_x(offset):
    """To the last digits of a sum over the rows."""
    rng = np.random.default_rng(0)
    x = offset + rng.normal(size=50)
    data = Dataset(x, 0.7 * x + rng.normal(size=50))
    told, summed = data.standardised_bowl, Bowl.of(data.standardised.x, data.y)
    assert told.optimum == pytest.approx(summed.optimum, rel=1e-13)
    assert told.minimum == pytest.approx(summed.minimum, rel=1e-12)
    assert (told.sd_x, told.mean_x) == pytest.approx((summed.sd_x, summed.mean_x), abs=1e-13)


def test_the_loss_on_x_that_are_all_equal_is_level_when_standardised():
    data = Dataset([0.1, 0.1, 0.1], [1, 2, 6])
    assert data.standardised_bowl == Bowl.of(np.zeros(3), data.y)


def test_columns_that_nobody_can_change_are_not_copied():
    x = np.arange(1.0, 5.0)
    assert Dataset(x, x).x is not x
    x.flags.writeable = False
    assert Dataset(x, x).x is x
    x = np.arange(1.0, 5.0)
    seen = x[:]
    seen.flags.writeable = False
    assert not np.shares_memory(Dataset(seen, seen).x, x)


def test_the_same_rows_have_the_same_fingerprint_and_others_another():
    one, same = Dataset([1, 2, 4], [3, 5, 9]), Dataset([1, 2, 4], [3, 5, 9], "a", "b")
    assert one.fingerprint == same.fingerprint
    assert one.fingerprint != Dataset([1, 2, 4], [3, 5, 9.0000001]).fingerprint
    assert one.fingerprint != Dataset([1, 2, 4, 1, 2, 4], [3, 5, 9, 3, 5, 9]).fingerprint


def test_it_says_what_x_counts(dated, pizza):
    assert dated.x_counts == "date in days since 2024-01-01"
    assert pizza.x_counts == pizza.shown.x

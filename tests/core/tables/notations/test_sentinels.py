"""Numbers that stand for missing values are named, if they lie far from all others."""

import numpy as np
import pytest

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.notations.sentinels import sentinels

NAN = float("nan")


def said(*columns, **choices):
    return sentinels(
        "abcd"[: len(columns)], np.column_stack(columns).astype(float), Choices(**choices)
    )


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ([11.2, -999, 10.4, -999], "-999"),
        ([11.2, -9999, 10.4, NAN], "-9999"),
        ([31, 42, -99, 27], "-99"),
        ([-4.5, 3.1, -999.9], "-999.9"),
        ([-999, -998.5, 12, -9999], "-9999"),
        ([11.2, 9999, 10.4], "9999"),
        ([1, 2, 3, 999.9], "999.9"),
        ([0, 1, 1, -888, -999], "-999;-888"),
        ([12.5, 1e20], "1e+20"),
        ([3, 4, -32768], "-32768"),
    ],
)
def test_what_lies_far_off_is_offered_to_be_left_out(values, missing):
    (remark,) = said(values)
    assert remark.choices == Choices(missing=missing)
    assert remark.text.endswith("may stand for missing values.")
    assert remark.offer.startswith("Leave ")


@pytest.mark.parametrize(
    "values",
    [
        [11.2, 10.4, NAN],
        [-999, -998, -1001],
        [-999, 500, -700],
        [1, 450, 998, 999],
        [15, 300, 999],
        [1990, 2020, 9999],
        [-999, -999],
        [999],
        [NAN, NAN],
        [],
        [-1, 5],
    ],
)
def test_what_may_well_be_measured_is_not(values):
    assert said(values) == []


def test_all_columns_are_told_at_once():
    (remark,) = said([1, -999], [2, -999], [1, 2], [-99, 0.5], missing="none yet")
    assert remark.text == (
        "\N{MINUS SIGN}999 in “a” and “b” and \N{MINUS SIGN}99 in “d” may stand for missing values."
    )
    assert remark.offer == "Leave \N{MINUS SIGN}999 and \N{MINUS SIGN}99 out"
    assert remark.choices == Choices(missing="none yet;-999;-99")

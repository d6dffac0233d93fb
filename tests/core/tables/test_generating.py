"""Generated data hold the secret they are documented to hold."""

import numpy as np
import pytest

from gdviz.core.tables.generating import KINDS, generate


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rows", [1, 2, 3, 50])
def test_the_same_seed_gives_the_same_rows_and_another_others(kind, rows):
    first, again, other = (generate(kind, rows, 2.0, seed) for seed in (7, 7, 8))
    assert len(first) == rows
    assert first.x.tolist() == again.x.tolist()
    assert first.y.tolist() == again.y.tolist()
    assert first.x.tolist() != other.x.tolist()
    assert ((first.x >= 2) & (first.x <= 26)).all()
    assert first.source == kind.capitalize()


def residuals(data):
    return data.y - (8 + 1.5 * data.x)


def test_clean_rows_lie_on_the_line_whatever_the_noise():
    assert residuals(generate("clean", 100, 50.0, 1)) == pytest.approx(np.zeros(100), abs=1e-12)


def test_noise_has_the_size_that_was_chosen():
    assert np.std(residuals(generate("noisy", 20_000, 3.0, 1))) == pytest.approx(3, rel=0.03)


def test_one_row_in_twenty_is_an_outlier():
    far = residuals(generate("outlier", 100, 1.0, 1)) > 25
    assert far.sum() == 5
    assert (residuals(generate("outlier", 3, 0.0, 1)) > 25).sum() == 1


def test_a_curve_is_a_parabola():
    data = generate("curved", 200, 0.0, 1)
    assert np.polyfit(data.x, data.y, 2) == pytest.approx([0.07, 0, 8], abs=1e-9)


def test_unequal_variance_grows_with_x():
    data = generate("unequal variance", 20_000, 2.0, 1)
    rest, right = residuals(data), data.x > 20
    assert np.std(rest[right]) == pytest.approx(2 * 23 / 14, rel=0.06)
    assert np.std(rest[data.x < 8]) < np.std(rest[right]) / 3


def test_two_groups_fall_each_and_rise_together():
    data = generate("two groups", 101, 0.5, 1)
    left = data.x < 14
    assert left.sum() == 51
    assert np.polyfit(data.x[left], data.y[left], 1)[0] < 0
    assert np.polyfit(data.x[~left], data.y[~left], 1)[0] < 0
    assert np.polyfit(data.x, data.y, 1)[0] > 0


@pytest.mark.parametrize(("wrong", "words"), [
    (("round", 5, 1.0, 0), "no kind of data"),
    (("clean", 0, 1.0, 0), "rows"),
    (("clean", 5, -1.0, 0), "noise"),
    (("clean", 5, float("nan"), 0), "noise"),
    (("clean", 5, 1.0, -1), "seed"),
])  # fmt: skip
def test_what_makes_no_data_is_refused_with_a_sentence(wrong, words):
    with pytest.raises(ValueError, match=words):
        generate(*wrong)

"""A sample is as likely to hold any row, and the same however a table was split."""

import itertools

import numpy as np
import pytest

from gdviz.core.summary.sample import LOW_BITS, SAMPLE_ROWS, Sample, finished, mixed

N_ROWS = 60_000
X = np.arange(N_ROWS) + 0.25
MASK = 2**64 - 1


def sample_of(first, last, seed=0):
    return Sample.of(X[first:last], -X[first:last], first, seed)


def rows_of(sample):
    return sample.rows.tolist(), sample.x.tolist(), sample.y.tolist()


def splitmix(row, seed):
    """Return the key of a row, as the generator is published."""
    z = (seed + (row + 1) * 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def test_splitmix_is_the_published_one():
    # The first numbers of java.util.SplittableRandom's generator from the state 1234567.
    assert splitmix(0, 1234567) == 6457827717110365317
    assert splitmix(1, 1234567) == 3203168211198807973


@pytest.mark.parametrize("seed", [0, 7, 2**63 + 1])
@pytest.mark.parametrize("first_row", [0, 2**40])
def test_it_holds_the_rows_with_the_least_keys(seed, first_row):
    keys = [splitmix(first_row + row, seed) for row in range(N_ROWS)]
    expected = np.sort(np.argsort(keys)[:SAMPLE_ROWS])
    sample = Sample.of(X, -X, first_row, seed)
    assert (sample.rows - first_row).tolist() == expected.tolist()
    assert sample.x.tolist() == X[expected].tolist()
    assert sample.y.tolist() == (-X[expected]).tolist()


def test_few_rows_are_all_there():
    assert sample_of(0, 300).rows.tolist() == list(range(300))


def test_every_part_of_the_table_has_its_share():
    counts = np.bincount(sample_of(0, N_ROWS).rows * 20 // N_ROWS, minlength=20)
    share = SAMPLE_ROWS / 20
    # Chi-squared with 19 degrees of freedom is below 43.8 in 999 of 1,000 cases.
    assert ((counts - share) ** 2 / share).sum() < 43.8


@pytest.mark.parametrize("seed", range(5))
def test_any_split_in_any_order_gives_the_same_rows(seed):
    rng = np.random.default_rng(seed)
    ends = [0, *np.sort(rng.integers(0, N_ROWS, 6)).tolist(), N_ROWS]
    parts = [sample_of(first, last) for first, last in itertools.pairwise(ends)]
    rng.shuffle(parts)
    while len(parts) > 1:
        pick = int(rng.integers(len(parts) - 1))
        parts[pick : pick + 2] = [parts[pick] + parts[pick + 1]]
    assert rows_of(parts[0]) == rows_of(sample_of(0, N_ROWS))


def test_another_seed_draws_other_rows():
    assert rows_of(sample_of(0, N_ROWS, 1)) != rows_of(sample_of(0, N_ROWS, 2))


def test_different_seeds_do_not_mix():
    with pytest.raises(ValueError, match="different seeds, 1 and 2"):
        sample_of(0, 10, 1) + sample_of(10, 20, 2)


def test_rows_with_the_same_number_come_in_any_order_to_the_same():
    one, other, third = (Sample.of(side * X, X) for side in (1, -1, 2))
    together = rows_of(one + other + third)
    assert together == rows_of(third + one + other) == rows_of(other + (third + one))
    # The last of them is there once or twice, not thrice.
    assert len(together[0]) == SAMPLE_ROWS


def test_the_last_step_makes_no_key_smaller_than_what_is_looked_for():
    before = mixed(np.arange(100_000, dtype=np.uint64))
    assert (before <= (finished(before) | np.uint64(LOW_BITS))).all()

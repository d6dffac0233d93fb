"""The diagnosis of wrong and right programs: a few of ``python -m faulty 500``."""

import pytest
from faulty.correct import correct_run
from faulty.scoring import judged, long_run, score, told

ENOUGH = 0.95


def test_what_is_wrong_is_found():
    table = score(range(8, 24))
    assert sum(one.right for one in table["ALL"]) >= ENOUGH * len(table["ALL"]), told(table)


def test_nobody_who_is_right_is_accused():
    table = score(range(30), correct_run)
    assert all(one.right for one in table["right"]), told(table)


@pytest.mark.parametrize("seed", [20, 22])
def test_long_logs_take_a_moment(seed):
    one = judged(long_run(seed))
    assert one.right, one
    # It is a second on a machine that does nothing else.
    assert one.seconds < 4

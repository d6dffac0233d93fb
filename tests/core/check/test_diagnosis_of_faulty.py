"""The diagnosis of wrong and right programs: a few of ``python -m faulty 500``."""

import pytest
from faulty.correct import correct_run
from faulty.mistakes import MISTAKES
from faulty.runs import faulty_run
from faulty.scoring import judged, long_run, score, told


def test_what_is_wrong_is_found():
    table = score(range(60))
    assert sum(one.right for one in table["ALL"]) >= 0.95 * len(table["ALL"]), told(table)


def test_nobody_who_is_right_is_accused():
    table = score(range(40), correct_run)
    assert all(one.right for one in table["right"]), told(table)


@pytest.mark.parametrize("kind", [one.name for one in MISTAKES])
def test_every_kind_of_mistake_is_found_alone(kind):
    one = judged(faulty_run(1, (kind,)))
    assert one.right, one


@pytest.mark.parametrize("seed", [0, 22, 34])
def test_long_logs_take_a_moment(seed):
    one = judged(long_run(seed))
    assert one.right, one
    # It is a second on a machine that does nothing else.
    assert one.seconds < 4

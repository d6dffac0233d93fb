"""Where a film stands in each of its frames."""

import numpy as np
import pytest

from gdviz.core.descent.timing import Timing


@pytest.mark.parametrize("early", [True, False])
@pytest.mark.parametrize(("first", "last"), [(0, 0), (0, 1), (0, 3), (0, 100), (7, 90), (0, 10**9)])
def test_a_film_goes_from_the_first_iteration_to_the_last_and_never_back(first, last, early):
    timing = Timing(first, last, early=early)
    places = timing.positions()
    assert len(places) == len(timing.ends) == timing.frames == 100
    assert (places[0], places[-1]) == (first, last)
    assert (np.diff(places) >= 0).all()


def test_the_end_is_held():
    ends = Timing(0, 10, fps=10, seconds=2, hold=3).ends
    assert ends == pytest.approx([*np.arange(1, 20) / 10, 5])


@pytest.mark.parametrize("first", [0, 500])
def test_early_steps_get_time_and_are_walked(first):
    early, even = (Timing(first, first + 2000, early=each).positions() for each in (True, False))
    assert sum(place < first + 20 for place in early) > 20 * sum(p < first + 20 for p in even)
    assert any(place % 1 for place in early[:10])
    assert even == pytest.approx([first + 2000 * frame / 99 for frame in range(100)], abs=1)


def test_a_short_run_takes_just_the_time_that_there_is():
    early, even = (Timing(0, 8, early=each).positions() for each in (True, False))
    assert early == even
    assert early[50] == pytest.approx(4, abs=0.5)


def test_where_rows_are_left_out_nobody_walks():
    assert all(place % 1 == 0 for place in Timing(0, 4000).positions(stride=4))

"""The frames of the last seconds."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdviz.ui.features.performance.frame_times import LAST_S, FrameTimes


def test_before_any_frame_nothing_is_known():
    assert FrameTimes().percentile(50) is None


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=60))
def test_the_median_is_that_of_exact_arithmetic(times):
    frames = FrameTimes()
    for number, took in enumerate(times):
        frames.add(number * LAST_S / 100, took)
    ordered, half = sorted(map(Fraction, times)), len(times) // 2
    median = ordered[half] if len(times) % 2 else (ordered[half - 1] + ordered[half]) / 2
    assert frames.percentile(50) == pytest.approx(float(median))


def test_frames_of_long_ago_no_longer_count():
    frames = FrameTimes()
    frames.add(0.0, 1000.0)
    for number in range(10):
        frames.add(LAST_S + 0.1 * number + 0.1, 2.0)
    assert frames.percentile(99) == 2.0

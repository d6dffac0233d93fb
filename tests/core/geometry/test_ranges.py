"""Ranges end at round numbers, and so do the steps in them."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gdviz.core.geometry.ranges import next_nice_step, nice_range, ticks, wider_range

quickly = settings(derandomize=True, deadline=None, max_examples=100)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ((0, 10), (0, 10)),
        ((-0.65, 4.34), (-1, 4)),
        ((0.13, 0.97), (0.2, 1.0)),
        ((-103, 98), (-100, 100)),
        ((1e-9, 6e-9), (1e-9, 6e-9)),
        ((-3e200, 3e200), (-3e200, 3e200)),
    ],
)
def test_nice_ranges(asked, given):
    assert nice_range(*asked) == pytest.approx(given, rel=1e-9)


@quickly
@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_a_nice_range_has_about_five_steps_and_moves_its_ends_by_half_a_step(low, size):
    high = low + size
    assume(high - low > 1e-9 * abs(low))
    nice_low, nice_high = nice_range(low, high)
    steps = [m * 10.0**e for e in range(-8, 8) for m in (1, 2, 5)]
    fitting = [step for step in steps if 3 <= (high - low) / step <= 8]
    assert any(
        abs(nice_low - low) <= 0.501 * step and abs(nice_high - high) <= 0.501 * step
        for step in fitting
    )
    assert nice_low < nice_high


@quickly
@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_a_wider_range_holds_what_is_asked_and_hardly_more(low, size):
    left, right = wider_range(low, low + size)
    assert left <= low + 1e-9 * abs(low)
    assert right >= low + size - 1e-9 * abs(low)
    assert right - left <= 1.7 * size


@pytest.mark.parametrize(
    ("size", "step"), [(1, 1), (1.1, 2), (0.03, 0.05), (51, 100), (0, float("inf"))]
)
def test_the_next_step_up(size, step):
    assert next_nice_step(size) == pytest.approx(step)


@pytest.mark.parametrize(
    ("ends", "texts"),
    [
        ((-1.0, 4.0), ["\N{MINUS SIGN}1", "0", "1", "2", "3", "4"]),
        ((0.0, 0.05), ["0", "0.01", "0.02", "0.03", "0.04", "0.05"]),
        ((0.0, 5e8), ["0", "1e8", "2e8", "3e8", "4e8", "5e8"]),
    ],
)
def test_ticks_are_round(ends, texts):
    assert [text for _, text in ticks(ends)] == texts

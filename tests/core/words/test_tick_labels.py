# ruff: noqa: RUF001  (signs as axes show them)
"""Labels along an axis are short, differ from each other, and say exactly what they stand for."""

import re
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gdviz.core.words.tick_labels import (
    ROOM,
    labels_of,
    labels_of_decades,
    level_text,
)

LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
# The largest of these numbers is still a double.
powers = st.integers(-300, 292)
counts = st.tuples(
    st.integers(-(10**15), 10**15) | st.integers(-30, 30), st.integers(1, 40),
    st.sampled_from((1, 2, 5)),
).map(lambda drawn: [drawn[2] * (drawn[0] + k) for k in range(drawn[1])])  # fmt: skip


def number(text):
    """Return what a text says, exactly."""
    text = text.replace(",", "").replace("\N{MINUS SIGN}", "-").replace("+", "").strip()
    if match := re.fullmatch(r"(-?)(?:(.*?) ?× )?10([⁻⁰¹²³⁴-⁹]+)", text):
        sign, digits, power = match.groups()
        return Fraction(f"{sign}{digits or 1}") * Fraction(10) ** int(power.translate(LOWERED))
    return Fraction(text)


def value(text, common):
    """Return what a label says on its axis."""
    factor, offset = re.fullmatch(r"(×\s10\S+)?\s*([+\N{MINUS SIGN}].*)?", common).groups()
    read = number(text) * (number(f"1 {factor}") if factor else 1)
    return read + (number(offset.replace(" ", "", 1)) if offset else 0)


@given(counts, powers)
@example([-999999999999991], 0)
def test_a_label_and_what_all_share_make_the_number(counts, power):
    texts, common = labels_of(counts, power)
    exact = [count * Fraction(10) ** power for count in counts]
    assert [value(text, common) for text in texts] == exact


@given(counts, powers)
def test_labels_are_short_and_differ(counts, power):
    texts, _ = labels_of(counts, power)
    assert len(set(texts)) == len(counts)
    assert all(len(text) <= ROOM for text in texts), texts
    assert not any("e" in text or "-" in text for text in texts)


@pytest.mark.parametrize(
    ("counts", "power", "texts", "common"),
    [
        ([-1, 0, 1, 2], 0, "−1 0 1 2", ""),
        ([5, 10, 15], -1, "0.5 1.0 1.5", ""),
        ([188, 190, 192], 1, "1880 1900 1920", ""),
        ([0, 5, 10], 3, "0 5,000 10,000", ""),
        ([0, 1, 2], 5, "0 100 200", "× 10³"),
        ([0, 1, 2], 9, "0 1 2", "× 10⁹"),
        ([-5, 0, 5], -10, "−500 0 500", "× 10⁻¹²"),
        ([161698, 161699, 161700], 7, "80 90 100", "× 10⁶ + 1.6169 × 10¹²"),
        ([-161698, -161697], 7, "20 30", "× 10⁶ − 1.617 × 10¹²"),
        ([-999999999999991], 0, "9", "− 10¹⁵"),
        ([123456001, 123456002], -3, "0.001 0.002", "+ 123,456"),
    ],
)
def test_these_labels(counts, power, texts, common):
    labels = labels_of(counts, power)
    assert (" ".join(labels.texts), labels.common) == (texts, common)


def test_powers_of_ten_are_written_out_near_one():
    texts = labels_of_decades([-300, -5, -2, 0, 3, 4, 9]).texts
    assert texts == ["10⁻³⁰⁰", "10⁻⁵", "0.01", "1", "1000", "10,000", "10⁹"]


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [(4e9, 1e9, "4 × 10⁹"), (-2.5e-7, 5e-8, "−2.5 × 10⁻⁷"), (0.25, 0.05, "0.25"), (0, 1e9, "0")],
)
def test_a_number_that_stands_alone_has_its_own_power(value, step, text):
    assert level_text(value, step) == text

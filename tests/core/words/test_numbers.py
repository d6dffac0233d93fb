"""A number that is shown keeps its sign and its size, however little room there is."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gdviz.core.words.numbers import (
    MINUS,
    MORE,
    count_text,
    in_decimals,
    number_in_steps,
    number_text,
    number_typed,
    raised,
    short_number,
    text_in_steps,
    typed_in_room,
    typed_number,
)

SIZES = st.floats(1e-300, 1e300) | st.floats(-1e300, -1e-300) | st.just(0.0)
PLAIN = st.floats(-1e7, 1e7)
# 0.807 as it is written in Arabic.
NATIVE = "\u0660\u066b\u0668\u0660\u0667"
LEAST_ROOM = len("-1e-300")


def signed(text):
    """Return a text with a true minus sign, as numbers have it."""
    return text.replace("-", MINUS)


def read(text):
    """Return the number a text stands for."""
    return float(text.replace(MINUS, "-").replace(",", ""))


def last_digit(text):
    """Return what a unit of the last digit that a text shows is worth."""
    mantissa, _, power = text.replace(MINUS, "-").replace(",", "").partition("e")
    return 10.0 ** (int(power or 0) - len(mantissa.partition(".")[2]))


def assert_rounded(text, value):
    """Check that a text shows nothing but the value, rounded to the digits that it has."""
    unit = last_digit(text)
    assert abs(read(text) - value) <= unit * (0.5 + 1e-9) + abs(value) * 1e-14
    assert (value < 0) is text.startswith(MINUS)
    assert value == 0 or read(text) != 0


@given(SIZES | PLAIN, st.integers(1, 17))
def test_a_number_shows_at_least_the_digits_asked_for(value, digits):
    for padded in (False, True):
        text = number_text(value, digits, padded=padded)
        assert_rounded(text, value)
        assert read(text) == pytest.approx(value, rel=0.51 * 10.0 ** (1 - digits))


@given(SIZES | PLAIN, st.integers(0, 4))
def test_room_can_be_measured_otherwise_than_in_characters(value, decimals):
    widths = {"1": 4.0, ".": 2.0, MINUS: 9.0, "e": 6.0}

    def measure(text):
        return sum(widths.get(one, 7.0) for one in text)

    room = measure(f"{MINUS}0e{MINUS}000")
    text = number_text(value, decimals=decimals, room=room, measure=measure)
    assert measure(text) <= room
    assert_rounded(text, value)


@given(SIZES | PLAIN, st.integers(LEAST_ROOM, 20), st.none() | st.integers(0, 6), st.booleans())
@example(-21185.9912, LEAST_ROOM, 4, False)
@example(999999.99999, LEAST_ROOM, 4, False)
@example(-9.99999e-5, LEAST_ROOM, None, False)
def test_a_number_fits_its_room_and_is_what_it_says(value, room, decimals, grouped):
    text = number_text(value, 17, decimals=decimals, room=room, grouped=grouped)
    assert len(text) <= room
    if decimals is None:
        assert_rounded(text, value)
    else:  # it was rounded to those decimals first
        assert read(text) == pytest.approx(value, abs=last_digit(text) * 0.51 + 10.0**-decimals / 2)
        assert (value < 0) is text.startswith(MINUS)


@given(SIZES | PLAIN, st.integers(LEAST_ROOM, 20), st.none() | st.integers(0, 6))
def test_more_room_shows_no_less(value, room, decimals):
    narrow, wide = (number_text(value, 17, decimals=decimals, room=r) for r in (room, room + 1))
    assert abs(read(wide) - value) <= abs(read(narrow) - value)


@given(SIZES | PLAIN)
def test_the_exact_text_is_read_back_bit_for_bit(value):
    assert float(typed_number(value)) == value
    assert short_number(value) == signed(typed_number(value))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.0000"), (-0.0, "0.0000"), (1.6592, "1.6592"), (-80.71368, "-80.7137"),
        (-21185.9912, "-21185.9912"), (0.001, "0.0010"), (0.00094, "9.400e-4"),
        (1_234_567.8, "1.235e6"), (999_999.99999, "1.000e6"), (-1e-300, "-1.000e-300"),
        (math.inf, "∞"), (-math.inf, "-∞"), (math.nan, "?"),
    ],
)  # fmt: skip
def test_numbers_in_one_place_have_four_decimals_or_a_power_of_ten(value, text):
    assert number_text(value, decimals=4) == signed(text)


@pytest.mark.parametrize(
    ("room", "text"),
    [(11, "-21185.9912"), (10, "-21185.991"), (8, "-21186.0"), (7, "-21186"), (6, "-21186"),
     (5, "-2e4"), (1, "-2e4")],
)  # fmt: skip
def test_digits_go_before_the_number_does(room, text):
    assert number_text(-21185.9912, decimals=4, room=room) == signed(text)


def test_fewer_digits_are_those_of_the_number_and_not_of_its_rounding():
    value = -262144.64999867
    assert number_text(value, decimals=4) == signed("-262144.6500")
    assert number_text(value, decimals=4, room=9) == signed("-262144.6")


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(7890.0, 3, "7890"), (123_456.0, 3, "123456"), (1e6, 3, "1e6"), (0.0001234, 2, "0.00012"),
     (-0.000012, 2, "-1.2e-5"), (2.0, 5, "2"), (99.9999, 3, "100")],
)  # fmt: skip
def test_whole_digits_are_never_rounded_away(value, digits, text):
    assert number_text(value, digits) == signed(text)


def test_thousands_are_grouped_where_asked():
    assert number_text(-7890.4, 3, grouped=True) == signed("-7,890")


@pytest.mark.parametrize(
    ("number", "text"),
    [(100.0, "100"), (12_000.0, "12,000"), (1.5e6, "1.5 million"), (2e9, "2 billion"),
     (3.14e12, "3.1e12"), (math.inf, "∞")],
)  # fmt: skip
def test_counts_are_words_from_a_million_on(number, text):
    assert count_text(number) == text


def test_powers_of_ten_are_raised_in_formulas():
    assert raised(signed("-4.2e-9")) == signed("-4.2×10⁻⁹")  # noqa: RUF001  (a true times sign)
    assert raised("12.5") == "12.5"


@pytest.mark.parametrize(
    ("value", "step", "spare", "text"),
    [(1022.8, 1000.0, 1, "1023"), (25.84, 3.0, 1, "25.8"), (22.943, 0.1, 1, "22.94"),
     (1.02e121, 1e121, 1, "1.0e121"), (3e-200, 1e-200, 1, "3.0e-200"), (0.4, 0.2, 0, "0.4"),
     (-1.0, 0.5, 0, "-1.0"), (0.0, 0.5, 0, "0"), (1e-9, 10.0, 0, "1e-9")],
)  # fmt: skip
def test_a_number_has_just_the_digits_that_tell_it_from_its_neighbours(value, step, spare, text):
    assert text_in_steps(value, step, spare) == signed(text)


@given(
    st.integers(-(10**6), 10**6).filter(bool), st.sampled_from([1, 2, 5]), st.integers(-200, 200)
)
def test_multiples_of_a_step_stay_apart(count, first, power):
    step = first * 10.0**power
    low, high = (text_in_steps(k * step, step) for k in (count, count + 1))
    assert low != high
    assert read(low) == pytest.approx(count * step, rel=1e-9)


@given(SIZES, st.integers(len("-1…e-300"), 30))
def test_a_number_with_little_room_shows_nothing_but_its_first_digits(value, room):
    text = typed_in_room(value, lambda text: len(text) <= room)
    assert len(text) <= room
    if MORE not in text:
        assert float(text) == value
        return
    unit = last_digit(text.replace(MORE, ""))
    shown = float(text.replace(MORE, ""))
    assert math.copysign(1, shown) == math.copysign(1, value)
    # The sum itself is rounded, by a thousandth of the last of so many digits.
    assert abs(shown) < abs(value) < abs(shown) + unit * (1 + 1e-2)


@pytest.mark.parametrize(
    ("value", "room", "text"),
    [
        (0.001, 10, "0.001"), (1e12, 10, "1e12"), (-5, 10, "-5"), (0, 10, "0"),
        (1 / 7, 10, "0.1428571…"), (-1e-4 / 3, 10, "-3.333…e-5"), (1e4 / 3, 10, "3333.3333…"),
        (1e9 / 7, 10, "1.42857…e8"), (1e-300 / 7, 12, "1.4285…e-301"),
        (1.0000000001, 10, "1.0000000…"), (-1e-300 / 7, 9, "-1…e-301"),
    ],
)  # fmt: skip
def test_dots_stand_for_digits_that_have_no_room(value, room, text):
    assert typed_in_room(value, lambda text: len(text) <= room) == text


@given(PLAIN, st.floats(1e-9, 1e6))
@example(4194304.8057189835, 1e-9)
def test_a_number_in_steps_is_what_its_text_says(value, step):
    rounded = number_in_steps(value, step)
    assert abs(rounded - value) <= step / 2 * (1 + 1e-9) + math.ulp(value)
    assert number_in_steps(rounded, step) == rounded
    assert read(text_in_steps(rounded, step)) == pytest.approx(rounded, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0,807", 0.807), (" +0.5 ", 0.5), (f"{MINUS}1e-3", -0.001), (".5", 0.5), (NATIVE, 0.807),
        ("२.५", 2.5), ("1e400", math.inf), ("", None), (".", None), ("e5", None), ("1e", None),
        ("nan", None), ("1_0", None), ("0x1", None), ("1,2,3", None), ("a lot", None),
    ],
)  # fmt: skip
def test_a_number_is_typed_in_any_language(text, number):
    assert number_typed(text) == number


# In the lesson's lines


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (812.86666666666667, 10, "812.8666666667"),
        (-1.5, 10, "-1.5000000000"),
        (0.0, 10, "0.0000000000"),
        (0.00025, 10, "0.0002500000"),
        (1.0e-5, 10, "0.0000100000"),
        (9.1234567890123e-10, 10, "9.1234567890e-10"),
        (-8e-6, 10, "-8.0000000000e-6"),
        (1e12, 10, "1000000000000.0000000000"),
        (1.25e200, 10, "1.2500000000e200"),
        (34.7901, 2, "34.79"),
        (0.5, 2, "0.50"),
        (-0.00123, 2, "-1.23e-3"),
        (0.0, 2, "0.00"),
        (math.inf, 2, "inf"),
    ],
)
def test_ten_decimals_where_they_say_it_and_else_a_power_of_ten(value, decimals, text):
    assert in_decimals(value, decimals) == text


@given(SIZES | PLAIN)
def test_of_a_number_with_decimals_enough_digits_are_left(value):
    assert float(in_decimals(value, 10)) == pytest.approx(value, rel=1e-5)

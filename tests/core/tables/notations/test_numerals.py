"""The values of a column of numbers, and what is wrong with the cells that hold none."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.notations import number_shapes
from gdviz.core.tables.notations.numerals import NumberEvidence, NumberNotation

NAN = math.nan


def read(cells, decimal=".", affix="", **choices):
    return NumberNotation.of(decimal, affix, Choices(**choices)).values(cells).tolist()


def seen(cells):
    evidence = NumberEvidence()
    evidence.add(cells)
    return evidence


@pytest.mark.parametrize(
    ("decimal", "cells", "values"),
    [
        (".", ["1", "-2.5", "1e3", "+4", " 5 ", ".5", "5."], [1, -2.5, 1000, 4, 5, 0.5, 5]),
        (".", ["1,200", "1,248,709", "1,20,000", "-1,200.5"], [1200, 1248709, 120000, -1200.5]),
        (".", ["1 200", "1\xa0200", "1\u202f200.5", "1'200", "1\u2019200"],
         [1200, 1200, 1200.5, 1200, 1200]),
        (",", ["1,5", "1.200", "1.200,5", "1 200,5", ",5"], [1.5, 1200, 1200.5, 1200.5, 0.5]),
        (",", ["1,5", "2.5", "1.2345", "12.00"], [1.5, NAN, NAN, NAN]),
        (".", ["1.5", "2,5", "1,2345", "0,200"], [1.5, NAN, NAN, NAN]),
        (".", ["(200)", "200-", "\u22125", "\u20135", "-0.0"], [-200, -200, -5, -5, -0.0]),
        (".", ["1.5D+03", "2.5d0", "1.5Q-2", "1e\u22122"], [1500, 2.5, 0.015, 0.01]),
        (".", ['="2.5"', "'2.5", "=3", "2.1 \xb1 0.2", "10.2*"], [2.5, 2.5, 3, 2.1, 10.2]),
        (".", ["\u0661\u0662\u066b\u0665", "\uff11\uff12", "\u0967\u0968"], [12.5, 12, 12]),
        (".", ["1.5\xd710^3", "1.5 x 10^-3", "2*10^6", "3\xb710\u2074",
               "4 \xd7 10\u207b\xb2", "5 \xd7 10^\u22121"],
         [1500, 0.0015, 2e6, 3e4, 0.04, 0.5]),
        (",", ["1,5 \xd7 10^3", "1,500 \xd7 10^3", "0,5\xb710\xb2"], [1500, 1500, 50]),
        (".", ["1.5 \xd7 20^3", "5 x 1000", "5*10", "5*10-3"], [NAN] * 4),
        (".", ["1_000", "0x10", "1e", "infinity", "nan", "1e999", "--5"], [NAN] * 7),
        (".", ["5 kg", "5%", "$5", "5 * 3"], [NAN] * 4),
        (".", ["1\n5", "5\n", "\n"], [NAN, 5, NAN]),
        (".", [], []),
    ],
)  # fmt: skip
def test_values(decimal, cells, values):
    got = read(cells, decimal)
    assert np.array_equal(got, values, equal_nan=True)
    assert [math.copysign(1, value) for value in got if value == 0] == [
        math.copysign(1, value) for value in values if value == 0
    ]


@pytest.mark.parametrize(
    ("affix", "cells", "values"),
    [
        ("%", ["12%", "25 %", "(3%)", "7", "5 kg"], [12, 25, -3, 7, NAN]),
        ("$", ["$1,200", "-$5", "5", "\u20ac5"], [1200, -5, 5, NAN]),
        ("kg", ["12 kg", "12kg", "12 kgg", "12 g", "12 KG"], [12, 12, NAN, NAN, NAN]),
        ("k", ["1.2k", "950"], [1.2, NAN]),
        ("m2", ["5 m2", "5 m3", "5"], [5, NAN, 5]),
        ("th", ["1st", "22nd", "5th"], [1, 22, 5]),
    ],
)
def test_values_without_what_their_cells_share(affix, cells, values):
    assert np.array_equal(read(cells, affix=affix), values, equal_nan=True)


@pytest.mark.parametrize(
    ("choices", "cells", "values"),
    [
        ({"thousands": ""}, ["1,200", "1 200", "1200"], [NAN, NAN, 1200]),
        ({"thousands": " "}, ["1,200", "1 200", "1\u202f200"], [NAN, 1200, 1200]),
        ({"thousands": "\u2019"}, ["1'200", "1\u2019200", "1 200"], [1200, 1200, NAN]),
        ({"missing": "-999"}, ["-999", "-999.0", "-999,", "5"], [NAN, NAN, NAN, 5]),
        ({"missing": "-99;none yet"}, ["-99", "none yet", "5"], [NAN, NAN, 5]),
        ({"missing": "-999"}, ["-999 *", "(999)", "999"], [NAN, NAN, 999]),
    ],
)
def test_values_as_chosen(choices, cells, values):
    assert np.array_equal(read(cells, **choices), values, equal_nan=True)


@pytest.mark.parametrize(
    ("decimal", "affix", "cell", "problem"),
    [
        (".", "", "abc", "“abc” is not a number"),
        (".", "", "12 kg", "“12 kg” is not a number"),
        (".", "kg", "12 kgg", "“12 kgg” is not a number in “kg”"),
        (".", "m2", "12 m3", "“12 m3” is not a number in “m2”"),
        (".", "kg", "heavy", "“heavy” is not a number"),
        (",", "", "1.5", "“1.5” has a decimal point in a column with decimal commas"),
        (".", "", "1,5", "“1,5” has a decimal comma in a column with decimal points"),
        (".", "", "-inf", "“-inf” is not a finite number"),
        (".", "", "1e999", "“1e999” is not a finite number"),
        (",", "", "1,5e999", "“1,5e999” is not a finite number"),
        (".", "", "9" * 500, f"“{'9' * 40}…” is not a finite number"),
    ],
)
def test_problems(decimal, affix, cell, problem):
    notation = NumberNotation.of(decimal, affix, Choices())
    assert np.isnan(notation.values([cell]))
    assert notation.problem(cell) == problem


@pytest.mark.parametrize(
    ("cells", "affix"),
    [
        (["1 kg", "2 kg"], "kg"),
        (["1 kg", "2kg", "3"], "kg"),
        (["12 kg", *map(str, range(600))], "kg"),
        (["12%", "5", "6"], "%"),
        (["12 kg", "13 kg", "14 kg", "5 g"], "kg"),
        (["12 kg", "13 g", "14", "5"], ""),
        (["12", "13a", "15"], ""),
        (["12a", "13b", "14a"], "a"),
        (["950", "1.2k", "800"], ""),
        (['5"', "3", "4"], ""),
        (['5"', '3"'], '"'),
        ([f"{n} {word}" for n, word in enumerate("abcdefgh")], ""),
        (["1st", "2nd", "3rd", "4th"], "th"),
    ],
)
def test_what_the_cells_of_a_column_share(cells, affix):
    assert seen(cells).affix == affix


@pytest.mark.parametrize("decimal", [".", ","])
@pytest.mark.parametrize("affix", ["", "kg"])
def test_what_numpy_reads_alike(decimal, affix):
    assert NumberNotation.of(decimal, affix, Choices()).plain is (decimal == ".")
    assert not NumberNotation.of(decimal, "k", Choices()).plain
    assert not NumberNotation.of(decimal, affix, Choices(missing="-999")).plain
    assert NumberNotation.of(".", affix, Choices(missing="none yet")).plain


def test_notations_are_equal_whatever_they_have_read():
    one, other = NumberNotation(), NumberNotation()
    one.values(["1,200"])
    assert one == other
    assert hash(one) == hash(other)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False)), st.sampled_from(".,"))
def test_floats_are_read_exactly(values, decimal):
    cells = [repr(value).replace(".", decimal) for value in values]
    for given_cells in (cells, [*cells, "(1)"]):
        got = read(given_cells, decimal)[: len(values)]
        assert got == values
        assert np.array_equal(np.signbit(got), np.signbit(values))


@given(st.lists(st.text(max_size=12) | st.from_regex(r"[-+(]?[0-9.,' ]{1,9}[%a-z)*]{0,3}")))
def test_any_cells_have_a_value_or_a_problem(cells):
    evidence = seen(cells)
    assert evidence.numbers + evidence.missing + evidence.texts == len(cells)
    notation = NumberNotation.of(evidence.shown or ".", evidence.affix, Choices())
    together = notation.values(cells)
    one_by_one = [notation.values([cell])[0] for cell in cells]
    assert np.array_equal(together, one_by_one, equal_nan=True)
    for cell in cells:
        assert notation.problem(cell)


@pytest.mark.parametrize(
    "kind", ["{0}", "{0}{1}{2} 5", "5 {0}{1}{2}", "{0}5{1}{2}", "1{0},{1},{2}"]
)
def test_hardly_any_text_is_looked_at_by_itself(monkeypatch, kind):
    looks = []
    parse = number_shapes._parsed
    monkeypatch.setattr(number_shapes, "_parsed", lambda shape: looks.append(shape) or parse(shape))
    letters = "abcdefghijklmnopqrstuvwxyzäöüßéàçñ"
    cells = [kind.format(a, b, c) for a in letters for b in letters for c in letters]
    evidence, notation = NumberEvidence(), NumberNotation()
    for first in range(0, len(cells), 1000):
        evidence.add(cells[first : first + 1000])
        notation.values(cells[first : first + 1000])
    assert len(looks) < len(cells) / 5
    assert len(evidence.traits) < 50

"""What the columns of a table show of how their numbers are written, and what is said of it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.notations.columns import Evidence, listed, notations

NAN = math.nan


def read(*columns, is_comma_file=False, **choices):
    """Return the values of columns, with names from a to z, and the remarks."""
    seen = []
    for cells in columns:
        evidence = Evidence()
        for first in range(0, len(cells), 3):
            evidence.add(cells[first : first + 3])
        seen.append(evidence)
    names = "abcdefgh"[: len(columns)]
    found, remarks = notations(seen, names, Choices(**choices), is_comma_file)
    values = [
        notation.values(cells).tolist() for notation, cells in zip(found, columns, strict=True)
    ]
    return values, remarks


def texts(remarks):
    return [remark.text for remark in remarks]


DECIMALS = (
    "Points in “a” are read as decimal signs. If they stand between thousands, “{cell}” is {value}."
)


@pytest.mark.parametrize(
    ("columns", "values"),
    [
        # Two marks in a number.
        ([["1,200.5", "950"]], [[1200.5, 950]]),
        ([["1.200,5", "1.500"]], [[1200.5, 1500]]),
        ([["1 200,125", "1,500"]], [[1200.125, 1.5]]),
        # A mark that comes twice.
        ([["1,248,709", "1,200"]], [[1248709, 1200]]),
        ([["1.248.709", "1.200"]], [[1248709, 1200]]),
        ([["1,20,000", "9,500"]], [[120000, 9500]]),
        # A group without three digits.
        ([["1,5", "1,234"]], [[1.5, 1.234]]),
        ([["1.5", "1.234"]], [[1.5, 1.234]]),
        ([["1234,567", "1,234"]], [[1234.567, 1.234]]),
        ([["1,5000", "1,234"]], [[1.5, 1.234]]),
        # A zero before the mark.
        ([["0,435", "1,286"]], [[0.435, 1.286]]),
        ([["-0,435", "1,286"]], [[-0.435, 1.286]]),
        ([["0.435", "1.286"]], [[0.435, 1.286]]),
        # An exponent, an uncertainty.
        ([["1,234e3", "1,286"]], [[1234, 1.286]]),
        ([["1,234 \xb1 0,01", "1,286 \xb1 0,02"]], [[1.234, 1.286]]),
        # Money has no three decimals.
        ([["$1,234", "$5,678"]], [[1234, 5678]]),
        ([["1.234 \u20ac", "5.678 \u20ac"]], [[1234, 5678]]),
        ([["1,459 \u20ac", "0,899 \u20ac"]], [[1.459, 0.899]]),
        # The other columns show it.
        ([["1,234", "5,678"], ["0,5", "1,5"]], [[1.234, 5.678], [0.5, 1.5]]),
        ([["1,234", "5,678"], ["1,234,567", "5"]], [[1234, 5678], [1234567, 5]]),
        ([["1.234", "5.678"], ["0.5", "1.5"]], [[1.234, 5.678], [0.5, 1.5]]),
        ([["1.125", "2", "3.375"], ["0.5", "1.5", "2"]], [[1.125, 2, 3.375], [0.5, 1.5, 2]]),
        ([["1,234", "5,678"], ["$1,234", "$5"]], [[1234, 5678], [1234, 5]]),
        # Nothing to decide.
        ([["1", "2"], ["3", "4"]], [[1, 2], [3, 4]]),
        ([["1 200", "1\u202f200"], ["1'200", "5"]], [[1200, 1200], [1200, 5]]),
        ([["1\u066c200", "5"]], [[1200, 5]]),
    ],
)
def test_what_is_plain_is_not_asked(columns, values):
    got, remarks = read(*columns)
    assert got == values
    assert not any(remark.offer for remark in remarks)
    assert not any("read as" in remark.text for remark in remarks)


@pytest.mark.parametrize(
    ("columns", "values", "text", "other"),
    [
        # Others have no mark at all: decimals would have been written 950,000.
        ([["950", "1,200"]], [950, 1200], "Commas in “a” are read as thousands: “1,200” is 1200.",
         [NAN, 1.2]),
        ([["560", "1.020"]], [560, 1020], "Points in “a” are read as thousands: “1.020” is 1020.",
         [560, 1.02]),
        # Thousands would have been written 1.200.
        ([["1200", "1.020"]], [1200, 1.02], DECIMALS.format(cell="1.020", value=1020),
         [1200, 1020]),
        # Nothing decides.
        ([["1.234", "5.678"]], [1.234, 5.678],
         DECIMALS.format(cell="1.234", value=1234), [1234, 5678]),
        ([["1,234", "5,678"]], [1234, 5678],
         "Commas in “a” are read as thousands: “1,234” is 1234.", [1.234, 5.678]),
        # Another column is in doubt as well.
        ([["1.234", "5.678"], ["560", "1.020"]], [1234, 5678],
         "Points in “a” and “b” are read as thousands: “1.234” is 1234.", [1.234, 5.678]),
        # Another column has other decimals.
        ([["1,234", "5,678"], ["0.5", "1.5"]], [1234, 5678],
         "Commas in “a” are read as thousands: “1,234” is 1234.", [1.234, 5.678]),
        ([["1.234", "5.678"], ["0,5", "1,5"]], [1234, 5678],
         "Points in “a” are read as thousands: “1.234” is 1234.", [1.234, 5.678]),
    ],
)  # fmt: skip
def test_where_two_readings_are_possible_the_other_is_offered(columns, values, text, other):
    got, (remark, *others) = read(*columns)
    assert (got[0], remark.text, others) == (values, text, [])
    assert remark.offer == f"Read as {'thousands' if 'as decimal signs' in text else 'decimals'}"
    changed, _ = read(*columns, decimal=remark.choices.decimal, thousands=remark.choices.thousands)
    if other[0] == other[0]:
        assert changed[0] == other
        # The columns that are plain stay as they are.
        assert changed[1:] == (got[1:] if "Commas" in text or "0,5" in columns[-1] else changed[1:])


def test_where_commas_separate_the_cells_a_point_is_hardly_a_thousand():
    columns = [["560", "1.020"], ["7", "8"]]
    values, (remark,) = read(*columns, is_comma_file=True)
    assert values[0] == [560, 1.02]
    assert remark.text == DECIMALS.format(cell="1.020", value=1020)
    assert read(["560", "1,020"], is_comma_file=True)[0] == [[560, 1020]]
    assert read(["1.234.567", "1.020"], is_comma_file=True)[0] == [[1234567, 1020]]


def test_text_and_dates_have_no_say():
    words = ["1,5", "abc", "def", "ghi"]
    values, _ = read(["1,234", "5,678"], words, ["2,3 kg", "x", "y"])
    assert values[0] == [1234, 5678]
    values, remarks = read(["2024-01-30", "2024-01-31"], ["1.5", "2.5"])
    assert values == [[19752, 19753], [1.5, 2.5]]
    assert remarks == []


@pytest.mark.parametrize("cells", [["1", "2", "5"], ["10", "20"], ["5", "6", "NA"], ["7"] * 2500])
def test_whole_numbers_are_no_times(cells):
    values, remarks = read(cells)
    assert np.array_equal(values[0], [NAN if cell == "NA" else float(cell) for cell in cells], True)
    assert remarks == []


@pytest.mark.parametrize(
    ("choices", "columns", "values"),
    [
        ({"decimal": ","}, [["1,234", "5"], ["1.5", "7"]], [[1.234, 5], [NAN, 7]]),
        ({"decimal": "."}, [["1,234", "5"], ["1,5", "7"]], [[1234, 5], [NAN, 7]]),
        ({"thousands": "."}, [["1.234", "5"], ["1,5", "7"]], [[1234, 5], [1.5, 7]]),
        ({"thousands": ","}, [["1,234", "5"], ["1.5", "7"]], [[1234, 5], [1.5, 7]]),
        ({"thousands": ""}, [["1,234", "5"], ["1.5", "7"]], [[1.234, 5], [1.5, 7]]),
        ({"thousands": ""}, [["1,234,567", "5"]], [[NAN, 5]]),
        ({"thousands": " "}, [["1.234", "1 234"]], [[1.234, 1234]]),
        ({"thousands": "'"}, [["1,234", "1'234"]], [[1.234, 1234]]),
        ({"decimal": ",", "thousands": ""}, [["1.234", "1,5"]], [[NAN, 1.5]]),
        ({"missing": "-999"}, [["-999", "5"]], [[NAN, 5]]),
        ({"dates": "none"}, [["20240130", "20240131"]], [[20240130, 20240131]]),
    ],
)
def test_choices_bind(choices, columns, values):
    got, remarks = read(*columns, **choices)
    for column, wanted in zip(got, values, strict=True):
        assert np.array_equal(column, wanted, equal_nan=True)
    assert not any(remark.offer for remark in remarks)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ([["12%", "25%"]], ["Percent signs are taken off “a”: “12%” is 12."]),
        ([["12%", "25", "1"]],
         ["Percent signs are taken off “a”: “12%” is 12 (2 cells had none)."]),
        ([["10 cm", "20 cm"], ["1.2 kg", "2 kg"]],
         ["“cm” is taken off “a”: “10 cm” is 10.", "“kg” is taken off “b”: “1.2 kg” is 1.2."]),
        ([["$5", "$6"], ["$1,000", "$7"]], ["“$” is taken off “a” and “b”: “$5” is 5."]),
        ([["5 m2", "6 m2"]], ["“m2” is taken off “a”: “5 m2” is 5."]),
        ([["(200)", "5"]], ["Parentheses mean a minus in “a”: “(200)” is \N{MINUS SIGN}200."]),
        ([["200-", "5"]],
         ["The minus stands behind the number in “a”: “200-” is \N{MINUS SIGN}200."]),
        ([["2.1 \xb1 0.2", "5 \xb1 1"]],
         ["Uncertainties are left off in “a”: “2.1 \xb1 0.2” is 2.1."]),
        ([["10.2*", "5"], ["3 \u2020", "4"]],
         ["Marks of footnotes are left off in “a” and “b”: “10.2*” is 10.2."]),
        ([["1,5", "2,5"], ["3.2", "4.1"]],
         ["Each column is read as it is written: “b” with decimal points, “a” with decimal "
          "commas."]),
        ([["(5) g", "3 kg", "4 kg", "5 kg"]],
         ["Parentheses mean a minus in “a”: “(5) g” is no number.",
          "“kg” is taken off “a”: “3 kg” is 3."]),
        ([["1.500%", "2.500%"]],
         ["Points in “a” are read as decimal signs. If they stand between thousands, “1.500%” is "
          "1500.", "Percent signs are taken off “a”: “1.500%” is 1.5."]),
        ([["1.5", "2"], ["-3", "4e5"], ["NA", "1"]], []),
    ],
)  # fmt: skip
def test_what_is_said(columns, said):
    assert texts(read(*columns)[1]) == said


def test_one_cell_that_disagrees_is_left_out():
    assert np.array_equal(read(["1,5", "2,5", "3.5"])[0], [[1.5, 2.5, NAN]], equal_nan=True)
    assert np.array_equal(read(["1.5", "2.5", "3,5"])[0], [[1.5, 2.5, NAN]], equal_nan=True)


@pytest.mark.parametrize(
    ("names", "said"),
    [("a", "“a”"), ("ab", "“a” and “b”"), ("abc", "“a”, “b” and “c”"),
     ("abcdef", "“a”, “b”, “c” and 3 more")],
)  # fmt: skip
def test_lists_of_columns(names, said):
    assert listed(names) == said


SPACES = [" ", "\xa0", "\u202f", "\u2009"]
AFFIXES = [
    "{}",
    "{}%",
    "{} %",
    "${}",
    "{} \u20ac",
    "\u20ac{}",
    "CHF {}",
    "{} kg",
    "{}*",
    "{} [1]",
    '="{}"',
]


@st.composite
def written_tables(draw):
    """Return columns of numbers, and how a person somewhere would write them."""
    decimal = draw(st.sampled_from(".,"))
    thousands = draw(st.sampled_from(["", "", ".", ",", "'", "\u2019", *SPACES]))
    if thousands == decimal:
        thousands = ""
    minus, after = draw(st.sampled_from([("-", ""), ("\u2212", ""), ("(", ")"), ("", "-")]))
    numbers, cells, in_doubt = [], [], False
    for _ in range(draw(st.integers(1, 3))):
        # A single digit with a minus behind it is a mark in school.
        affix, decimals = draw(st.sampled_from(AFFIXES)), draw(st.integers(int(after == "-"), 6))
        size = draw(st.sampled_from([10, 1000, 1e6]))
        column = draw(st.lists(st.floats(-size, size), min_size=2, max_size=8))
        digits = [
            f"{abs(number):,.{decimals}f}".translate({44: thousands, 46: decimal})
            for number in column
        ]
        cells.append(
            [
                affix.format(f"{minus}{text}{after}" if math.copysign(1, number) < 0 else text)
                for text, number in zip(digits, column, strict=True)
            ]
        )
        numbers.append([float(f"{number:.{decimals}f}") for number in column])
        in_doubt |= decimals == 3 and (affix[0] in "$C\u20ac" or affix[-1] == "\u20ac")
    return numbers, cells, in_doubt


@given(written_tables(), st.booleans())
def test_what_a_person_writes_is_read_back_or_asked(written, is_comma_file):
    numbers, cells, has_money_with_three_decimals = written
    values, remarks = read(*cells, is_comma_file=is_comma_file)
    is_asked = any("read as" in remark.text for remark in remarks)
    assert values == numbers or is_asked or has_money_with_three_decimals

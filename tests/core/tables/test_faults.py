"""Faults are named as their column is written, and the one that is almost a number first."""

import numpy as np
import pytest

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.faults import SHOWN_CELLS, BadCell, Faults, LeftOut
from gdviz.core.tables.notations.numerals import NumberNotation


def faults(*rows, missing=None):
    """Return the faults of rows, all of whose cells are bad."""
    names = "abc"[: len(rows[0])]
    choices = Choices(missing=missing)
    points, commas = (NumberNotation.of(*how, choices) for how in ((".", ""), (",", "kg")))
    found = Faults([points, commas, points][: len(names)], names)
    cells = [cell for row in rows for cell in row]
    found.add_cells(np.arange(len(cells)), cells, range(2, 2 + len(rows)))
    return found


def test_each_column_has_its_own_notation():
    first = faults(("1,5", "1.5 kg")).first([0, 1])
    assert [cell.problem for cell in first] == [
        "“1,5” has a decimal comma in a column with decimal points",
        "“1.5 kg” has a decimal point in a column with decimal commas",
    ]


@pytest.mark.parametrize(
    ("rows", "nearest"),
    [
        ([("Ada", "12 kgg")], "line 2, column 2 (b): “12 kgg” is not a number in “kg”"),
        ([("Room 5", "x"), ("Room 6", "5 g")],
         "line 3, column 2 (b): “5 g” is not a number in “kg”"),
        ([("", "Ada"), ("NA", "Bob")], "line 2, column 2 (b): “Ada” is not a number"),
        ([("Ada", ""), ("Bob", "x"), ("Cy", "")], "line 3, column 2 (b): “x” is not a number"),
        ([("", "NA")], "line 2, column 1 (a): the value is missing"),
        ([("Ada", "<0.5")], "line 2, column 2 (b): “<0.5” is not a number"),
    ],
)  # fmt: skip
def test_the_fault_that_is_almost_a_number(rows, nearest):
    assert str(faults(*rows).nearest([0, 1])) == nearest


def test_columns_without_faults_have_none():
    assert faults(("x", "y")).nearest([]) is None
    assert faults(("x", "y")).nearest([2]) is None


def test_words_for_missing_values_are_no_texts():
    found = faults(("NA", "-"), ("-999", "#N/A"), ("abc", "-999,0"), missing="-999")
    assert found.texts.tolist() == [1, 0]
    assert faults(("-999", "none")).texts.tolist() == [1, 0]


def test_what_parts_of_a_table_lack_adds_up_in_any_order():
    cells = [BadCell(line, 1, "a", "?", "“?” is not a number") for line in range(3 * SHOWN_CELLS)]
    parts = [LeftOut(20, 30, tuple(cells[first::3])) for first in range(3)]
    whole = LeftOut(60, 90, tuple(cells[:SHOWN_CELLS]))
    assert parts[0] + parts[1] + parts[2] == whole
    assert parts[2] + (parts[1] + parts[0]) == whole
    assert LeftOut() + parts[0] == parts[0]
    assert not LeftOut() + LeftOut()

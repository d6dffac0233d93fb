"""Words for missing values, and how far other cells are from numbers."""

import numpy as np
import pytest

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.notations.missing import Missing, distance
from gdviz.core.tables.notations.numerals import NumberEvidence, NumberNotation

WORDS = [
    "", "  ", "NA", "N/A", "n/a", "n.a.", "NaN", "null", "NULL", "None", "nil", "-", "--",
    "-----", "\u2013", ":", "///", "****", "\u2026", "\uff0d", "_", "$ -", "No data", "Unknown",
    ".", "..", "?", "*", "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NUM!", "#NAME?", "#NULL!",
    "#NV", "#WERT!", "#N/D",
    "#\xa1VALOR!", "#\xbfNOMBRE?", "#\xa1DIV/0!",
    "Err:502", "<NA>", "\\N", "NaT", "1.#IND", "-1.#IND", " NA ",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_words_for_missing_values(word):
    assert word in Missing()
    evidence = NumberEvidence()
    evidence.add([word, "5"])
    assert (evidence.numbers, evidence.missing, evidence.texts) == (1, 1, 0)
    assert np.array_equal(NumberNotation().values([word, "5"]), [np.nan, 5], equal_nan=True)
    problem = NumberNotation().problem(word)
    shown = word and not word.isspace()
    assert problem == (f"“{word}” stands for a missing value" if shown else "the value is missing")


@pytest.mark.parametrize(
    "word", ["a", "-5", "<0.5", "0", "inf", "no", "x", "1.#INF", "n", "#5", "#1!", "# x!", "#a"]
)
def test_other_words(word):
    assert word not in Missing()


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [("12 kgg", "Ada"), ("12 kgg", "A 12"), ("A 12", "Ada"), ("<0.5", "Room 5"), ("Ada", "NA"),
     ("1.2.3", "Ada"), ("12:30", "q1")],
)  # fmt: skip
def test_how_far_cells_are_from_numbers(nearer, farther):
    assert distance(nearer) < distance(farther)


@pytest.mark.parametrize(
    ("chosen", "cells", "others"),
    [
        ("-999", ["-999", "-999.0", "-999,00", "-9.99e2", "NA"], ["999", "-99", "x"]),
        ("none yet", ["none yet", "None Yet ", "-"], ["yet", "0"]),
        ("-99;x", ["-99", "X"], ["-999"]),
    ],
)
def test_what_was_chosen_is_missing_too(chosen, cells, others):
    missing = Missing.of(Choices(missing=chosen))
    assert all(cell in missing for cell in cells)
    assert not any(cell in missing for cell in others)

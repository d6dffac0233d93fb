"""What a cell looks like at a glance, and a row of units."""

import pytest

from gdviz.core.tables.layouts.kinds import DATE, MEASURE, MISSING, NUMBER, WORD, kind_of
from gdviz.core.tables.layouts.units import are_units

CELLS = {
    NUMBER: ["1", "-2.5", "+3", ".5", "12.", "1e-3", "1,5", "1.234,5", "1,200", "1'200",
             "1,23,456", "1.0D+01", "2.5E+1", "0,435", "\u22123", "(35)", "(1,200)", "1 200"],
    MEASURE: ["12 kg", "1.2kg", "12%", "61.5 %", "$1,200", "-$5", "1.200,00 €", "<0.5", "10.2*",
              "25 m/s^2", "1.0 ± 0.1", "1.234(5)", "CHF 12", "20 °C", "1.4 p"],
    DATE: ["2024-01-05", "2024-01", "5.1.2024", "03/04/24", "3 Feb 2024", "3. März 2024",
           "Feb 2024", "Feb 3, 2024", "3-Feb-24", "10:05", "10:05:30.25", "9:30 PM", "2024Q1",
           "2024-01-05 10:00", "2024-01-05T10:00:00Z", "01/05/24 10:00:00 AM"],
    MISSING: ["", " ", "NA", "n/a", "NaN", "null", "None", "-", "--", ".", "?", "*", "***", "#N/A",
              "#DIV/0!", r"\N", ":"],
    WORD: ["a", "Norfell", "Sample #", "2 Mill Lane", "Rate 10", "1.5 NaN", "5 Observations",
           "1_000", "1-2-3-4", "1.0,2.0", "a" * 100, "1" * 100,
           "3 Foo 2024", "Delta_X", "#ff0000", "13,"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "kind"), [(cell, kind) for kind, cells in CELLS.items() for cell in cells]
)
def test_kinds(cell, kind):
    assert kind_of(cell)[0] == kind


@pytest.mark.parametrize(
    "cells",
    [["s", "m"], ["[s]", "[V]"], ["(s)", ""], ["-", "mV"], ["°C", "%"], ["m/s", "m/s^2"],
     ["kg·m²", "ms"], ["int", "float64"], ["<dbl>", "<chr>"], ["degC", "days", "mm"]],
)  # fmt: skip
def test_units(cells):
    assert are_units(cells)


@pytest.mark.parametrize(
    "cells", [["t", "h"], ["Time", "Height"], ["x", "y"], ["s", "voltage"], []]
)
def test_names_are_no_units(cells):
    assert not are_units(cells)

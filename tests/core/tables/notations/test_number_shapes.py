"""The number in a cell, whatever stands beside it; and cells that hold none."""

import pytest

from gdviz.core.tables.notations.number_shapes import (
    LONGEST,
    MOST_NEW,
    Patience,
    shapes_of,
    written,
)

LETTERS = "abcdefghijklmnopqrst"


def read(cell):
    """Return sign, digits and affix of the number in a cell."""
    how = written(shapes_of([cell])[0])
    return how and (f"{'-' * how.is_negative}{cell[how.start : how.stop]}", how.affix)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("5", "5"),
        ("+5", "5"),
        ("  5\t", "5"),
        (".5", ".5"),
        (",5", ",5"),
        ("5.", "5."),
        ("-5", "-5"),
        ("\N{MINUS SIGN}5", "-5"),
        ("\u20135", "-5"),
        ("- 5", "-5"),
        ("200-", "-200"),
        ("1.234,56-", "-1.234,56"),
        ("(200)", "-200"),
        ("(1,234.50)", "-1,234.50"),
        ("( 200 )", "-200"),
        ("1,200", "1,200"),
        ("1,20,000", "1,20,000"),
        ("1 200", "1 200"),
        ("1\u202f200,50", "1\u202f200,50"),
        ("1'200.50", "1'200.50"),
        ("1\u2019200", "1\u2019200"),
        ("1.5D+03", "1.5D+03"),
        ("2.5d0", "2.5d0"),
        ("1.5E-3", "1.5E-3"),
        ("1e\N{MINUS SIGN}5", "1e\N{MINUS SIGN}5"),
        ('="2.5"', "2.5"),
        ("=2.5", "2.5"),
        ("'2.5", "2.5"),
        ("'2.5'", "2.5"),
        ('"2.5"', "2.5"),
        ("2.1 \xb1 0.2", "2.1"),
        ("2.1\xb10.2", "2.1"),
        ("2.1 +/- 0.2", "2.1"),
        ("2.1 +- 0.2", "2.1"),
        ("1.234(5)", "1.234"),
        ("10.2*", "10.2"),
        ("10.2 **", "10.2"),
        ("10.2\u2020", "10.2"),
        ("10.2[a]", "10.2"),
        ("10.2 [12]", "10.2"),
        ("10.2 (b)", "10.2"),
        ("10.2\u1d43", "10.2"),
        ("\u0663\u066b\u0665", "\u0663\u066b\u0665"),
        ("\uff11\uff12", "\uff11\uff12"),
    ],
)
def test_numbers(cell, number):
    assert read(cell) == (number, "")


@pytest.mark.parametrize(
    ("cell", "number", "affix"),
    [
        ("12%", "12", "%"),
        ("12 %", "12", "%"),
        ("(12%)", "-12", "%"),
        ("12 \u2030", "12", "\u2030"),
        ("$1,200", "1,200", "$"),
        ("-$5", "-5", "$"),
        ("$-5", "-5", "$"),
        ("($5)", "-5", "$"),
        ("$(5)", "-5", "$"),
        ("(5) \u20ac", "-5", "\u20ac"),
        ("5\u20ac", "5", "\u20ac"),
        ("\u20ac 5", "5", "\u20ac"),
        ("US$5", "5", "US$"),
        ("R$ 1.234,50", "1.234,50", "R$"),
        ("CHF 1'234.50", "1'234.50", "CHF"),
        ("Rs. 1,20,000", "1,20,000", "Rs."),
        ("1 234 z\u0142", "1 234", "z\u0142"),
        ("5 USD", "5", "USD"),
        ("1,200\u5186", "1,200", "\u5186"),
        ("$5/kg", "5", "$/kg"),
        ("10 cm", "10", "cm"),
        ("10cm", "10", "cm"),
        ("1e3 eV", "1e3", "eV"),
        ("5 eV", "5", "eV"),
        ("5 m/s", "5", "m/s"),
        ("5 m\xb2", "5", "m\xb2"),
        ("5 m2", "5", "m0"),
        ("5 W/m^2", "5", "W/m^0"),
        ("5 kg\xb7m\u207b\xb3", "5", "kg\xb7m\u207b\xb3"),
        ("21.5 \xb0C", "21.5", "\xb0C"),
        ("5 sq ft", "5", "sq ft"),
        ("(2.1 \xb1 0.2) kg", "2.1", "kg"),
        ("12%*", "12", "%"),
        ("1st", "1", "th"),
        ("22nd", "22", "th"),
        ("12 apples", "12", "apples"),
    ],
)
def test_numbers_with_something_beside_them(cell, number, affix):
    assert read(cell) == (number, affix)


@pytest.mark.parametrize(
    "cell",
    [
        "", "abc", "A1", "item 3", "<0.5", ">5", "~5", "ca. 5", "5,", "5..", "1_000", "0x10", "0x1",
        "12:30", "1/2", "10-20", "3x4", "1920x1080", "1 2 3", "12 34", "1,2,3", "1.2.3",
        "1,2000,000", "1.234.56", "1,234,5", "0.5.5",
        "1'2", "(5", "5)", "((5))", "1\xbd", "5\u4e07", "10\xb2",
        "2024-01-30", "192.168.0.1", "12 Jan 2020", "5 m 20", "5 cm x 3 cm", "--5", "+-5",
        "2-", "e5", "=", "=A1+5", "12 (34%)", "(555) 123-4567", "\xb15", "5 \xb1", f"5 {'x' * 30}",
        "9" * LONGEST + "9", "1,200.500.000", "1.200'500,5", "1e5.5",
    ],
)  # fmt: skip
def test_cells_without_a_number(cell):
    assert read(cell) is None


@pytest.mark.parametrize(
    ("cell", "marks"),
    [
        ("950", ("", "", "")),
        ("1.5", ("", ".", "")),
        ("12,50", ("", ",", "")),
        ("1,200", ("", "", ",")),
        ("123.456", ("", "", ".")),
        ("1234.567", ("", ".", "")),
        ("1,2345", ("", ",", "")),
        (".500", ("", ".", "")),
        ("1,200e5", ("", ",", "")),
        ("1,200.5", (",", ".", "")),
        ("1.200,500", (".", ",", "")),
        ("1,200,300", (",", "", "")),
        ("1 200,500", (" ", ",", "")),
        ("1\u2019200", ("'", "", "")),
        ("1\u066c200\u066b5", ("\u066c", "\u066b", "")),
    ],
)
def test_what_marks_between_digits_can_be(cell, marks):
    how = written(shapes_of([cell])[0])
    assert how is not None
    assert how.marks == marks


@pytest.mark.parametrize("cells", [["1\n2", "3"], ["", "\n"], [], ["12", "5"]])
def test_there_is_a_shape_for_every_cell(cells):
    assert list(map(len, shapes_of(cells))) == list(map(len, cells))


@pytest.mark.parametrize(
    "text",
    [
        "0" * 400, "0," * 200, "0 " * 200, "0 kg" * 100, "$" * 400, "(" * 400, "0" + "[a" * 100,
        "0" + "* " * 200, "0 " + "m " * 200,
    ],
)  # fmt: skip
def test_no_cell_takes_long(text):
    written(text[:LONGEST])
    written(f"{text[: LONGEST - 1]}!")


def test_patience_ends_and_rises():
    patience = Patience()
    asked = [patience.written(f"0 {a}{b}{c}") for a in LETTERS for b in LETTERS for c in LETTERS]
    assert all(asked[: MOST_NEW // 2])
    assert not any(asked[-100:])
    patience.rise(10_000)
    assert patience.written("0 anew")

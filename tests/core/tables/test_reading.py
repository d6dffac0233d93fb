"""Tables of all usual kinds are read; what can't be used is named by line, column and text."""

import contextlib
import os
import struct
import zlib
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gdviz.core.tables.fast import FastLines
from gdviz.core.tables.faults import BadCell, LeftOut
from gdviz.core.tables.reading import read_table
from gdviz.core.tables.rows import PIECE_LETTERS
from gdviz.core.tables.table import DataFileError

PIZZA = [[13.0, 33.0], [2.0, 16.0], [14.0, 32.0]]
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II5B", 9, 9, 8, 2, 0, 0, 0)
ZIP = b"PK\x03\x04\x14\0\0\0\x08\0" + zlib.compress(b"13 33\n" * 99)


@pytest.fixture
def error(table):
    """Write a file that can't be read; return the error."""

    def read(content):
        with pytest.raises(DataFileError) as caught:
            table(content)
        return caught.value

    return read


def rows(table):
    return [[None if np.isnan(value) else value for value in row] for row in table.values]


def sentences(table):
    return [str(cell) for cell in bad(table)]


def bad(table):
    return table.faults.first(table.numeric)


# Forms


@pytest.mark.parametrize(
    "content",
    [
        "13 33\n2 16\n14 32\n",
        "13 33\n2 16\n14 32",
        "  13 \t 33\n2\t16\n14    32  \n",
        "13\t33\n2\t16\n14\t32\n",
        "13,33\n2,16\n14,32\n",
        "13, 33\n2, 16\n14, 32\n",
        "13 , 33\n2 , 16\n14 , 32\n",
        "13;33\n2;16\n14;32\n",
        "13;33;\n2;16;\n14;32;\n",
        "13,33,,\n2,16\n14,32,\n",
        "# 3 tables\n\n13 33\n   \n2 16 # a party of 2\n14 32 #\n\n",
        '# say "cheese\n13;33\n2;16 # "\n14;32\n',
        '"13","33"\n"2","16"\n"14","32"\n',
        '"13" "33"\n"2" 16\n14 "32"\n',
        "1.3e1 +33\n2.0 16.\n14 32E0\n",
        "13\u00a033\n2 16\n14\u200332\n",
    ],
)
def test_forms_without_header(table, content):
    read = table(content)
    assert (rows(read), read.names, read.numeric, bad(read)) == (PIZZA, ("x", "y"), (0, 1), ())


def test_a_column_of_nothing_is_passed_over(table):
    dataset, left_out = table("13\t\t33\n2\t\t16\n14\t\t32\n").dataset()
    assert (dataset.x.tolist(), dataset.y.tolist()) == ([13, 2, 14], [33, 16, 32])
    assert not left_out


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("Reservations  Pizzas", ("Reservations", "Pizzas")),
        ("Reservations Pizzas # by day", ("Reservations", "Pizzas")),
        ('"Booked tables" "Pizzas #1"', ("Booked tables", "Pizzas #1")),
        ("'a b", ("'a", "b")),
    ],
)
def test_headers_of_whitespace_files(table, header, names):
    read = table(f"{header}\n13 33\n2\t16\n14  32\n")
    assert (rows(read), read.names, bad(read)) == (PIZZA, names, ())


@pytest.mark.parametrize("delimiter", ["\t", ",", ";"])
@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("Reservations|Pizzas", ("Reservations", "Pizzas")),
        ("Booked tables|Pizzas sold", ("Booked tables", "Pizzas sold")),
        ('"a | b" | "the ""best"" # c"', ("a {} b", 'the "best" # c')),
        ("a||", ("a", "column 2")),
        ("|b", ("column 1", "b")),
        ("a|", ("a", "column 2")),
        ("a|a", ("a", "a (2)")),
        ("NA|nan", ("NA", "nan")),
    ],
)
def test_headers_of_delimited_files(table, header, names, delimiter):
    lines = [header, "13|33", "2|16", "14|32"]
    read = table("\n".join(lines).replace("|", delimiter))
    assert (rows(read), bad(read)) == (PIZZA, ())
    assert read.names == tuple(" ".join(name.format(delimiter).split()) for name in names)


def test_names_made_unique_stay_clear_of_given_ones(table):
    assert table("a (3),a,a,,column 4\n1,2,3,4,5\n").names == (
        "a (3)",
        "a",
        "a (3) (3)",
        "column 4 (4)",
        "column 4",
    )


def test_a_first_line_that_is_nothing_like_a_row_holds_names(table):
    read = table("2019 sales\n13 33\n2 16\n14 32\n")
    assert (rows(read), read.names, bad(read)) == (PIZZA, ("2019", "sales"), ())


def test_a_first_line_of_numbers_is_a_row(table):
    assert table("2019 14\n13 33\n2 16\n14 32\n").names == ("x", "y")


@pytest.mark.parametrize(
    "content",
    [
        "1,5;2,7\n3;-4,25\n",
        "1,5 2,7\n3 -4,25\n",
        "1,5\t2,7\n3\t-4,25\n",
        '"1,5","2,7"\n"3","-4,25"\n',
        "a;b\n1,5;2,7\n+3;\N{MINUS SIGN}4,25\n",
        "a b\n1,5 2,7\n3 -42,5e-1\n",
        "1,5 ; 2,7 # so 1.5\n3;-4,25\n",
    ],
)
def test_decimal_commas(table, content):
    read = table(content)
    assert (rows(read), bad(read)) == ([[1.5, 2.7], [3.0, -4.25]], ())


def test_a_decimal_comma_stands_before_digits(table):
    read = table("1,5;2,7\n,5;2,\n1,2,3;4\n1,5;2\n")
    assert rows(read) == [[1.5, 2.7], [0.5, None], [None, 4.0], [1.5, 2.0]]
    assert sentences(read) == [
        "line 2, column 2 (y): “2,” is not a number",
        "line 3, column 1 (x): “1,2,3” is not a number",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_and_line_ends(table, end, encoding):
    text = end.join(["Größe;Preis in €", "13;33", "2;abc", "14;32", ""])
    read = table(text.encode(encoding))
    assert read.names == ("Größe", "Preis in €")
    assert rows(read) == [[13.0, 33.0], [2.0, None], [14.0, 32.0]]
    assert sentences(read) == ["line 3, column 2 (Preis in €): “abc” is not a number"]


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_marks_of_utf_16(table, mark):
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert rows(table(mark + "13\t33\r\n2\t16\r\n14\t32\r\n".encode(encoding))) == PIZZA


def test_windows_letters(table):
    assert table("Größe Preis\n13 33\n".encode("cp1252")).names == ("Größe", "Preis")


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_only_line_ends_end_lines(table, sign):
    read = table(f"a,b\n1,2{sign}\nabc,4\n5,6\n")
    assert sentences(read) == ["line 3, column 1 (a): “abc” is not a number"]


# Cells and rows that can't be used


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("", "the value is missing"),
        ("  ", "the value is missing"),
        ('""', "the value is missing"),
        ("NA", "“NA” stands for a missing value"),
        ("nan", "“nan” stands for a missing value"),
        ("-NaN", "“-NaN” stands for a missing value"),
        ("inf", "“inf” is not a finite number"),
        ("-Infinity", "“-Infinity” is not a finite number"),
        ("1e999", "“1e999” is not a finite number"),
        ("abc", "“abc” is not a number"),
        ('"two words"', "“two words” is not a number"),
        ("1_000", "“1_000” is not a number"),
        ("0x10", "“0x10” is not a number"),
        ('"1,5"', "“1,5” has a decimal comma in a column with decimal points"),
        ("a\x1b[2Jb", "“a\\x1b[2Jb” is not a number"),
        ("a\u202eb", "“a\\u202eb” is not a number"),
        ("x" * 40, f"“{'x' * 40}” is not a number"),
        ("x" * 41, f"“{'x' * 40}…” is not a number"),
    ],
)
def test_cells_that_are_no_numbers(table, cell, problem):
    # The escape stands far enough down not to look like a binary file.
    filler = "1.5,2.5\n" * 600
    read = table(f"Tables,Pizzas\n{filler}13,{cell}\n14,32\n")
    assert sentences(read) == [f"line 602, column 2 (Pizzas): {problem}"]
    assert rows(read)[-2:] == [[13.0, None], [14.0, 32.0]]
    dataset, left = read.dataset()
    assert (len(dataset), dataset.x[-1], [cell.line for cell in left.first]) == (601, 14, [602])


@pytest.mark.parametrize("cell", ["\N{MINUS SIGN}5.5", "-5.5", "-55e-1", '"-5.5"'])
def test_cells_that_are_numbers(table, cell):
    assert rows(table(f"13,33\n2,{cell}\n")) == [[13.0, 33.0], [2.0, -5.5]]


def test_a_bad_cell_tells_where_it_stands(table):
    (cell,) = bad(table("a b\n13 33\n\n# comment\n2 abc\n"))
    assert cell == BadCell(5, 2, "b", "abc", "“abc” is not a number")


@pytest.mark.parametrize("delimiter", [" ", "\t", ",", ";"])
def test_rows_too_short_and_too_long(table, delimiter):
    lines = ["a|b", "13|33", "2", "14|32", "1|2|3", "5|6", "1|2|3|4"]
    read = table("\n".join(lines).replace("|", delimiter))
    assert sentences(read) == [
        "line 3, column 2 (b): the value is missing",
        "line 5: 3 values where 2 were expected",
        "line 7: 4 values where 2 were expected",
    ]
    dataset, left = read.dataset()
    assert dataset.x.tolist() == [13, 14, 5]
    assert left == LeftOut(3, 3, bad(read))
    assert [(cell.column, cell.text) for cell in left.first] == [(2, ""), (3, "3"), (3, "3")]


def test_a_missing_value_moves_no_other_into_its_column(table):
    read = table("A\tB\tC\n1\t2\t3\n4\t\t6\n7\t\t9\n")
    assert rows(read) == [[1.0, 2.0, 3.0], [4.0, None, 6.0], [7.0, None, 9.0]]


def test_missing_values_at_the_end_are_no_narrower_table(table):
    read = table("a,b,c\n1,2,\n3,4,\n5,6,\n7,8,9\n")
    assert rows(read)[2:] == [[5.0, 6.0, None], [7.0, 8.0, 9.0]]
    assert len(bad(read)) == 3
    assert not read.dataset()[1]


@pytest.mark.parametrize("quote", ['"33', '3"3', '"33 "" ', '"'])
def test_an_open_quote_ends_with_its_line(table, quote):
    read = table(f"a,b\n13,{quote}\n2,16\n14,32\n9,9 # fine\n")
    assert rows(read)[1:] == [[2.0, 16.0], [14.0, 32.0], [9.0, 9.0]]
    assert {cell.line for cell in bad(read)} <= {2}


def test_an_inch_sign_hides_no_comment(table):
    read = table('1 2\n5" 3 # note\n3 4\n')
    assert [cell.line for cell in bad(read)] == [2]
    assert rows(read)[::2] == [[1.0, 2.0], [3.0, 4.0]]


@pytest.mark.parametrize("field", ["x" * 200_000, '"' + "x" * 200_000 + '"'])
@pytest.mark.parametrize("delimiter", [" ", ",", "\t"])
def test_very_long_fields(table, field, delimiter):
    read = table(f"13 33\n2 {field}\n14 32\n".replace(" ", delimiter))
    (sentence,) = sentences(read)
    assert sentence.startswith("line 2, column 2 (y): “")
    assert sentence.endswith("xxx…” is not a number")
    assert len(sentence) < 100


# Files that are no tables


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", " is empty. gdviz needs two columns of numbers, such as “13 33” on each line."),
        ("\ufeff", " is empty. gdviz needs"),
        ("\n \n", " is empty. gdviz needs"),
        ("Tables Pizzas\n", " has names but no rows below them. gdviz needs"),
        ("Booked tables,Pizzas", " has names but no rows below them. gdviz needs"),
        ("Name,Town\nAda,London\n", ", line 2, column 1 (Name): “Ada” is not a number. gdviz"),
        (PNG, " is not a text file but an image. Save the table as CSV or plain text, and"),
        (ZIP, " is a damaged archive. Get it again, or save the table as CSV."),
        (bytes(100), " is not a text file."),
        (b"\xff\xfe1\0 \0002", " is not a text file."),  # cut off in the middle of a letter
    ],
)
def test_files_that_are_no_tables(error, content, sentence):
    assert str(error(content)).startswith(f"pizza.csv{sentence}")


def test_an_error_tells_where_what_is_almost_a_number_stands(error, tmp_path):
    caught = error("town a\nYork 13..2\nBath y")
    assert (caught.line, caught.column, caught.text) == (2, 2, "13..2")
    assert caught.path == tmp_path / "pizza.csv"


@pytest.mark.parametrize(
    "content",
    ["Pizzas\n13\n2\n", "Town Pizzas\nYork 13\nBath 2", "13,\n2,\n", "a,b\n13,\n2,x\n"],
)
def test_a_single_column_stands_over_the_number_of_the_row(table, content):
    dataset, left_out = table(content).dataset()
    assert (dataset.x_name, dataset.x.tolist(), dataset.y.tolist()) == ("row", [1, 2], [13, 2])
    assert not left_out


@pytest.mark.parametrize("given", [str, lambda path: path])
def test_paths_that_cant_be_read(tmp_path, given):
    with pytest.raises(DataFileError, match=r"is a folder\. Choose a file in it\.$"):
        read_table(given(tmp_path))
    with pytest.raises(DataFileError) as caught:
        read_table(given(tmp_path / "gone.csv"))
    assert str(caught.value) == f"gone.csv doesn't exist (looked in {tmp_path})."
    for name in ("pizza.csv/within", "a\0b", "n" * 999):
        (tmp_path / "pizza.csv").touch()
        with pytest.raises(DataFileError, match=r"can't be read: .+\.$"):
            read_table(given(tmp_path / name))


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may read all files"
)
def test_a_file_without_permission(tmp_path):
    path = tmp_path / "secret.csv"
    path.write_text("13 33\n")
    path.chmod(0)
    with pytest.raises(DataFileError, match=r"^secret\.csv can't be read: Permission denied\.$"):
        read_table(path)


def test_a_name_is_shown_without_control_characters(tmp_path):
    with pytest.raises(DataFileError, match=r"^a\\nb\.csv doesn't exist"):
        read_table(tmp_path / "a\nb.csv")


# NumPy's reader and ours


def test_a_long_file_counts_its_lines(table):
    lines = [f"{n} {2 * n}" for n in range(12_000)]
    lines[4_999], lines[5_000], lines[11_999] = "a 1", "5000", "1 2 3"
    lines[6_000] = "# a comment"
    read = table("\n".join(["x y", *lines]))
    assert [(cell.line, cell.text) for cell in bad(read)] == [
        (5001, "a"),
        (5002, ""),
        (12_001, "3"),
    ]
    dataset, _ = read.dataset()
    assert len(dataset) == 12_000 - 4
    assert np.array_equal(dataset.y, 2 * dataset.x)


def test_a_piece_of_nothing_but_comments(table):
    read = table("1 2\n" + "# nothing\n\n" * PIECE_LETTERS + "3 4\n")
    assert rows(read) == [[1.0, 2.0], [3.0, 4.0]]


FORMS = MappingProxyType({
    "tab": ("\t", "."), "semicolon": (";", "."), "comma": (",", "."), "space": (" ", "."),
    "tab, decimal comma": ("\t", ","), "semicolon, decimal comma": (";", ","),
    "space, decimal comma": (" ", ","), "quoted": ('","', ","),
})  # fmt: skip
# Both ends of what a file may hold; zero's sign is kept too.
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def written(values, form, header, end):
    """Return a table as text; every number ends in the digits that read back exactly."""
    delimiter, decimal = FORMS[form]
    lines = [[repr(value).replace(".", decimal) for value in row] for row in values]
    lines = [header[: len(values[0])], *lines] if header else lines
    edge = '"' if form == "quoted" else ""
    return "".join(f"{edge}{delimiter.join(cells)}{edge}{end}" for cells in lines)


@st.composite
def tables(draw):
    width = draw(st.integers(2, 4))
    return draw(st.lists(st.lists(NUMBERS, min_size=width, max_size=width), min_size=1))


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=tables(),
    header=st.sampled_from([None, ["a", "b", "ü", "d_1"]]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
)
@example(values=[[1.5, -0.0], [5e-324, 1.7976931348623157e308]], header=None, end="\n",
         encoding="utf-8")  # fmt: skip
def test_tables_read_back_exactly(table, form, values, header, end, encoding):
    read = table(written(values, form, header, end).encode(encoding))
    width = len(values[0])
    assert np.array_equal(read.values, values)
    assert np.array_equal(np.signbit(read.values), np.signbit(values))
    assert bad(read) == ()
    assert len(read.names) == width
    if header:
        assert read.names == tuple(header[:width])


CELLS = st.one_of(
    st.integers(-99, 9999).map(str),
    st.floats().map(repr),
    st.sampled_from(["", "1,5", "-0,25", "1.", ".5", "1,", "abc", '"2"', '"', "1_0", "nan", "# 3"]),
    st.text(max_size=4),
)


def assert_both_agree(outcome, monkeypatch):
    """See that cells read one by one come to what NumPy reads."""
    both = outcome()
    with monkeypatch.context() as careful:
        careful.setattr(FastLines, "values", lambda _lines, _text: None)
        assert outcome() == both


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.lists(CELLS, max_size=4), max_size=6),
    delimiter=st.sampled_from(["\t", ";", ",", " "]),
)
def test_both_readers_agree_on_any_lines(table, monkeypatch, lines, delimiter):
    content = "\n".join(delimiter.join(cells) for cells in lines).encode()

    def outcome():
        try:
            read = table(content)
            return (
                read.names,
                rows(read),
                read.numeric,
                bad(read),
                list(map(read.faults.of, range(9))),
                read.remarks,
            )
        except DataFileError as error:
            return str(error)

    assert_both_agree(outcome, monkeypatch)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=6),
    delimiter=st.sampled_from(["\t", ";", ",", " "]),
    row=st.sampled_from(["7", "7.5,8", "7,5;8", "7.5\t8\t9"]),
)
@example([["#N/A", "3"], [""], ["1", "2 # a"], ["1", "2#"]], ",", "7.5,8")
@example([["x"], ["", "2"], ["1", "2", "3"], ["1.5", "2"]], ";", "7,5;8")
def test_both_readers_agree_on_odd_lines_far_down(table, monkeypatch, lines, delimiter, row):
    odd = [delimiter.join(cells) for cells in lines]
    plain = [row] * (PIECE_LETTERS // len(row))
    content = "\n".join([*plain, *(line for each in odd for line in (each, row))]).encode()

    def outcome():
        try:
            read = table(content)
            return rows(read), read.kinds, bad(read), list(map(read.faults.of, range(9)))
        except DataFileError as error:
            return str(error)

    assert_both_agree(outcome, monkeypatch)


@pytest.mark.parametrize("odd", ["1,25;3", "12%;3", "2024-01-05;3", "a;3"])
def test_a_line_in_twenty_decides_nothing(table, odd):
    plain = ["1.25;3"] * 19
    read = table("\n".join([*plain, odd] * 2_000))
    assert read.kinds == ("number", "number")
    assert read.found.decimal == "."
    assert np.count_nonzero(read.values[:, 0] == 1.25) >= 38_000


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=60))
def test_any_bytes_are_a_table_or_an_error(table, content):
    with contextlib.suppress(DataFileError):
        table(content).dataset()

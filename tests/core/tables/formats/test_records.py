"""JSON in all the ways in which tables are written in it; and what is none."""

import json

import pandas as pd
import pytest

from gdviz.core.tables.formats.content import TextContent

FALL = pd.DataFrame({"t": [0.5, 1.25, 3.0], "v": [1.2, None, -4e-30]})
NAMES, ROWS = ("t", "v"), [["0.5", "1.2"], ["1.25", ""], ["3.0", "-4e-30"]]
LABELLED = [[str(number), *row] for number, row in enumerate(ROWS)]


@pytest.mark.parametrize(
    ("orient", "lines", "expected"),
    [
        ("records", True, (NAMES, ROWS)),
        ("records", False, (NAMES, ROWS)),
        ("split", False, (NAMES, ROWS)),
        ("values", False, (None, ROWS)),
        ("columns", False, (("", *NAMES), LABELLED)),
        ("index", False, (("", *NAMES), LABELLED)),
    ],
)
def test_what_pandas_writes(rows, orient, lines, expected):
    written = FALL.to_json(orient=orient, lines=lines, double_precision=15)
    names, read = rows(written)
    numbers = [[cell and float(cell) for cell in row] for row in read]
    wanted = [[cell and float(cell) for cell in row] for row in expected[1]]
    assert (names, numbers) == (expected[0], wanted)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"a": 1, "b": 2}, {"b": 3, "c": "x"}]', (("a", "b", "c"), [["1", "2"], ["", "3", "x"]])),
        ('{"a": [1, 2], "b": [3, 4]}', (("a", "b"), [["1", "3"], ["2", "4"]])),
        ('{"a": [1, 2], "b": [3]}', (("a", "b"), [["1", "3"], ["2", ""]])),
        ('{"status": "ok", "data": [{"a": 1, "b": 2}]}', (("a", "b"), [["1", "2"]])),
        ('{"a": 1, "b": 2}', (("a", "b"), [["1", "2"]])),
        ("[[1, 2], [3, 4]]", (None, [["1", "2"], ["3", "4"]])),
        ('[["a", "b"], [3, 4.50]]', (None, [["a", "b"], ["3", "4.50"]])),
        ("[1, 2.5, -3e2]", (None, [["1"], ["2.5"], ["-3e2"]])),
        ("[1, 2]\n[3, 4]\n", (None, [["1", "2"], ["3", "4"]])),
        ('\n{"a": 1}\n\n{"a": true}\r\n', (("a",), [["1"], ["true"]])),
        ('[{"a": 1234567890123456789.5}]', (("a",), [["1234567890123456789.5"]])),
        ('[{"a": 1, "b": NaN}]', (("a", "b"), [["1", ""]])),
        ('[{"a": 1, "b": 2, "at": {"x": 1}}]', (("a", "b", "at"), [["1", "2", "{…}"]])),
        ('\ufeff[{"a": 1, "ü": 2}]', (("a", "ü"), [["1", "2"]])),
        ('{"Close": {"2024-01-01": 3}, "n": {"2024-01-01": 4}}',
         (("", "Close", "n"), [["2024-01-01", "3", "4"]])),
    ],
)  # fmt: skip
def test_tables(rows, text, expected):
    assert rows(text) == expected


def test_rows_know_their_lines(content):
    assert list(content('[\n{"a": 1},\n\n{"a":\n 2}]').lines) == [2, 4]
    assert list(content('{"a": 1}\n\n{"a": 2}\n').lines) == [1, 3]


def test_a_line_that_is_cut_off_is_one_bad_row(rows):
    assert rows('{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n{"a": 5, "b')[1][-1] == ['{"a": 5, "b']


def test_points_are_known_to_be_decimal_unless_a_text_has_commas(content):
    found = content('[{"a": 1.234, "b": 2}]').found
    assert (found.decimal, found.thousands, found.encoding) == (".", "", "utf-8")
    assert content('[{"a": "1,234", "b": 2}]').found.decimal is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"type": "F", "features": [{"geometry": {"x": [1, 2]}}]}', "its values are nested"),
        ('{"name": "gdviz", "tags": ["a"]}', "its values are nested"),
        ('[{"a": "x"}, {"a": "y"}]', "no values are numbers"),
        ('{"a": 1\n "b": 2}', "cut off, or written wrong at line 2"),
        ('[{"a": 1},\n{"a":', "cut off, or written wrong at line 2"),
        ('[{"a": 1}] and more', "cut off, or written wrong"),
        ("{}", "no values are numbers"),
        ('[{"a":' * 100_000, "cut off, or written wrong"),
        ("[" + ",".join(f'{{"{n}": 1}}' for n in range(3000)) + "]", "different names"),
        ('{"a": 1}\n' + '{"a"\n' * 9000, "cut off, or written wrong at line"),
    ],
)
def test_json_that_is_no_table(refusal, text, words):
    sentence = refusal(text)
    assert sentence.startswith("table is JSON")
    assert words in sentence


@pytest.mark.parametrize(
    "text",
    ["[[0.5 1.2]\n [1.5 2.4]]", "[1 2; 3 4]", "[1, 2; 3, 4]", "[main]\nx = 1", "[" * 9999, "{x}"],
)
def test_what_only_begins_like_json_is_a_text(content, text):
    read = content(text)
    assert isinstance(read, TextContent)
    assert read.file.read() == text


def test_names_of_many_records_cost_no_more_than_they_hold(content):
    records = [{"id": n, f"only {n % 50}": n} for n in range(2000)]
    assert len(content(json.dumps(records)).names) == 51

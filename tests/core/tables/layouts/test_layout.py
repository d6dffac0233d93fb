"""How a table stands in a text: where it begins, what its columns are called, how cells part."""

import random
import time
import tomllib
from pathlib import Path

import pytest

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.layouts.layout import Layout, recognised, recognised_cells

TABLES = tomllib.loads(Path(__file__).with_name("layouts.toml").read_text(encoding="utf-8"))
FOUR = "0.0 2.10\n0.1 2.04\n0.2 1.91\n0.3 1.65\n"
COMMAS = FOUR.replace(" ", ",")
BLANK_PLACE = "Site    t    v\nA       1    2\nB            3\nC       2    5\n"
NUMBERED = ("column 1", "column 2", "column 3", "column 4")


def read(text, **choices):
    """Return the layout of a text and its rows, those that hold anything."""
    lines = text.splitlines(keepends=True)
    layout, _ = recognised(lines, Choices(**choices))
    return layout, [row for row in layout.rows(lines[layout.first :]) if row]


def remarks(text, **choices):
    return recognised(text.splitlines(keepends=True), Choices(**choices))[1]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_tables(table):
    layout, rows = read(table["text"])
    assert list(layout.names) == table["names"]
    assert [rows[0], rows[-1]] == table["rows"] if rows else not table["rows"]
    assert len(rows) == table["count"]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_what_was_found_leads_to_the_same(table):
    lines = table["text"].splitlines(keepends=True)
    layout, _ = recognised(lines, Choices())
    again, _ = recognised(lines, layout.found)
    assert again.names == layout.names
    assert again.rows(lines[again.first :]) == layout.rows(lines[layout.first :])


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_a_last_line_may_lack_its_end(table):
    assert read(table["text"].rstrip("\n"))[1] == read(table["text"])[1]


@pytest.mark.parametrize("above", [60, 250])
def test_names_far_down(above):
    prose = [
        f"Note {n}: {'moved north' if n % 3 % 2 else 'cleaned'}, page {n}\n" for n in range(above)
    ]
    layout, rows = read("".join(prose) + "depth,temp\n" + COMMAS)
    assert layout.names == ("depth", "temp")
    assert len(rows) == 4


# ---- Choices ----


@pytest.mark.parametrize(
    ("text", "choices", "names", "first"),
    [
        ("a,b\n1,2\n", {"delimiter": ";"}, ("a,b",), ["1,2"]),
        ("a|b\n1|2\n", {"delimiter": "|"}, ("a", "b"), ["1", "2"]),
        ("a&b\n1&2\n", {"delimiter": "&"}, ("a", "b"), ["1", "2"]),
        ("a::b\n1::2\n", {"delimiter": "::"}, ("a", "b"), ["1", "2"]),
        ("1,5 2,5\n", {"delimiter": ","}, NUMBERED[:3], ["1", "5 2", "5"]),
        ("a,b\n1,2\n", {"header": 0}, ("x", "y"), ["1", "2"]),
        ("a,b\n1,2\n", {"header": 0, "skip": 0}, ("x", "y"), ["a", "b"]),
        ("1,2\n3,4\n5,6\n", {"header": 1}, ("1", "2"), ["3", "4"]),
        ("1,2\n3,4\n5,6\n", {"skip": 1}, ("x", "y"), ["3", "4"]),
        ("1,2\n3,4\n5,6\n", {"skip": 1, "header": 1}, ("3", "4"), ["5", "6"]),
        ("p,q\nr,s\n1,2\n3,4\n", {"skip": 0, "header": 1}, ("p", "q"), ["r", "s"]),
        ("p,q\nr,s\n1,2\n3,4\n", {"header": 2}, ("p r", "q s"), ["1", "2"]),
        ("#1,2\n#3,4\n5,6\n", {"comment": "", "header": 0}, ("x", "y"), ["#1", "2"]),
        ("!1,2\n3,4\n5,6\n", {"comment": "!"}, ("x", "y"), ["3", "4"]),
        ("x,y\n1,5,2,5\n3,5,4,5\n", {"decimal": "."}, ("x", "y", *NUMBERED[2:]), list("1525")),
        ("1,5,2,5\n3,5,4,5\n", {"delimiter": ",", "decimal": ","}, ("x", "y"), ["1,5", "2,5"]),
        ("1,5\n3,5\n", {"delimiter": ",", "decimal": ","}, ("column 1",), ["1,5"]),
        ("1,5 2,5\n3,5 4,5\n", {"decimal": ","}, ("x", "y"), ["1,5", "2,5"]),
        ("ab  1\ncd  2\n", {"delimiter": "fixed"}, ("x", "y"), ["ab", "1"]),
        ("t,1,2,3\nv,2,3,4\n", {"header": 0}, NUMBERED, list("t123")),
    ],
)  # fmt: skip
def test_what_was_chosen_binds(text, choices, names, first):
    layout, rows = read(text, **choices)
    assert (layout.names, rows[0]) == (names, first)
    for choice, value in choices.items():
        assert getattr(layout.found, choice) == value


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("t;h\n0,1;2\n", Choices(skip=0, header=1, delimiter=";", comment="#")),
        (FOUR, Choices(skip=0, header=0, delimiter=" ", comment="#")),
        ("% by me\n% t h\n" + FOUR, Choices(skip=1, header=1, delimiter=" ", comment="%")),
        ("Title\n\nt,h\ns,m\n" + COMMAS, Choices(skip=2, header=1, delimiter=",", comment="#")),
        ("x,y\n1,5,2,5\n", Choices(skip=0, header=1, delimiter=",", comment="#", decimal=",")),
    ],
)
def test_found(text, choices):
    assert read(text)[0].found == choices


# ---- Remarks ----


@pytest.mark.parametrize(
    ("text", "said", "names"),
    [
        ("x,y\n1,5,2,5\n3,5,4,5\n", "every other comma is", ("x", "y", *NUMBERED[2:])),
        ("Height\n1,62\n1,75\n", "every other comma is", ("Height", "column 2")),
        ("t,1,2,3\nv,2,3,4\n", "the table was turned", tuple("t123")),
        ("Region,1990,2000\nA,1,2\nB,3,4\n", "numbers in line 1 are read as names", NUMBERED[:3]),
        (BLANK_PLACE, "told apart by their place", ("Site", "t", "v")),
    ],
)  # fmt: skip
def test_another_reading_is_offered(text, said, names):
    (remark,) = remarks(text)
    assert said in remark.text
    assert remark.offer
    lines = text.splitlines(keepends=True)
    other, _ = recognised(lines, remark.choices)
    assert other.names == names
    assert other.rows(lines[other.first :]) != read(text)[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"a" "b"\n"1" 2 3\n"2" 3 4\n', "There are 2 names in line 1 for 3 columns"),
        ("a,b\n1.5,2,3\n2.5,3,4\n", "There are 2 names in line 1 for 3 columns"),
        ("a,b,c\n1,2\n3,4\n", "There are 3 names in line 1, but rows have 2 values"),
        ("Time s Height\n1 2\n3 4\n", "The words in line 1 aren't taken as names"),
        ("a,b\n1,2,3,4,5\n3,4,5,6,7\n", "There are 2 names in line 1, but rows have 5 values"),
    ],
)
def test_other_counts_of_names_are_told(text, said):
    assert [remark.text for remark in remarks(text) if said in remark.text]


@pytest.mark.parametrize("text", [FOUR, COMMAS, "# t h\n" + FOUR, "Title\nt,h\n" + COMMAS])
def test_nothing_is_said_where_nothing_was_decided(text):
    assert remarks(text) == []


# ---- Rows ----


def test_rows_stay_as_long_as_they_are():
    layout = Layout(names=("a", "b"), delimiter=",")
    assert layout.rows(["1\n", "1,2\n", "1,2,3,4\n", "\n", ",\n"]) == [
        ["1"], ["1", "2"], ["1", "2", "3", "4"], [], [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("1,2 # note", ["1", "2"]),
        ("1,2# a, b", ["1", "2"]),
        ("1,2,# note", ["1", "2"]),
        ("# 1,2", []),
        (" #1,2", []),
        ("1,#2", ["1", "#2"]),
        ("1 # note", ["1 # note"]),
        ("#N/A,2", ["#N/A", "2"]),
        ("#00ff00,2", ["#00ff00", "2"]),
        ('1,"2 # 3"', ["1", "2 # 3"]),
        ('"a, # b",2 # c', ["a, # b", "2"]),
    ],
)
def test_comments_begin_lines_or_follow_whole_rows(line, cells):
    assert Layout(names=("a", "b"), delimiter=",").rows([line + "\n"]) == [cells]


QUOTED = ['1,"a\n', "b\n", 'c"\n', "2,d\n", '3,"e\n', 'f",4\n']


def test_a_row_over_several_lines_belongs_to_the_first():
    rows = Layout(names=("a", "b"), delimiter=",").rows(QUOTED)
    assert rows == [["1", "a\nb\nc"], [], [], ["2", "d"], ["3", "e\nf", "4"], []]


@pytest.mark.parametrize("count", range(len(QUOTED) + 1))
def test_what_is_unfinished_is_read_with_what_follows(count):
    layout = Layout(names=("a", "b"), delimiter=",")
    left = layout.unfinished(QUOTED[:count])
    whole = count - left
    assert layout.rows(QUOTED[:whole]) + layout.rows(QUOTED[whole:]) == layout.rows(QUOTED)


@pytest.mark.parametrize("line", ['"1,2\n', '1,"2\n', '1,"a"b"\n', '1,5" 6" 7"\n'])
def test_a_quote_that_is_never_closed_takes_no_other_line(line):
    layout = Layout(names=("a", "b"), delimiter=",")
    rows = layout.rows([line, *["3,4\n"] * 300])
    assert rows[1:] == [["3", "4"]] * 300
    assert layout.unfinished([line, *["3,4\n"] * 300]) == 0


def test_words_that_leave_their_place_are_cut_at_blanks():
    layout, _ = read(BLANK_PLACE)
    assert layout.rows(["D  1000000  7\n"]) == [["D", "1000000", "7"]]


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        (FOUR, True), (COMMAS, True), ("t;h\n1;2\n", True), ("# t h\n" + FOUR, True),
        ("|a|b|\n|1|2|\n", False), ("[[1 2]\n[3 4]]\n", False), ("t: 1 h: 2\nt: 2 h: 3\n", False),
        ("x,y\n1,5,2,5\n", False), ("t,1,2,3\nv,2,3,4\n", False), ("a b  1\nc d  2\n", False),
    ],
)  # fmt: skip
def test_plain(text, is_plain):
    assert read(text)[0].plain == is_plain


# ---- Cells ----


@pytest.mark.parametrize(
    ("text", "names", "first"),
    [
        ("t,h/0,2.1", ("t", "h"), 1),
        ("0,2.1/1,2.0", ("x", "y"), 0),
        ("Tide,/,/Day,Level (m)/2024-02-03,1.2", ("Day", "Level (m)"), 3),
        (",,/,t,h/,0,2.1", ("column 1", "t", "h"), 2),
        ("t,h/s,m/0,2.1", ("t (s)", "h (m)"), 2),
        ("Load,,Temp/1m,5m,cpu/1,2,3/2,4,5", ("Load 1m", "Load 5m", "Temp cpu"), 2),
        ("Region,1990,2000/A,1,2/B,3,4", ("Region", "1990", "2000"), 1),
        ("Station: North sea; buoy 4,/t,h/0,2.1", ("t", "h"), 2),
    ],
)
def test_cells(text, names, first):
    rows = [row.split(",") for row in text.split("/")]
    layout, _ = recognised_cells(rows, Choices())
    assert (layout.names, layout.first) == (names, first)
    again, _ = recognised_cells(rows, layout.found)
    assert (again.names, again.first) == (names, first)


def test_cells_of_one_row_a_variable():
    rows = [["t", "1", "2", "3", "4"], ["h", "2", "3", "5", "7"]]
    layout, (remark,) = recognised_cells(rows, Choices())
    assert layout.names == ("t", "h")
    assert layout.arranged(rows[layout.first :])[:2] == [["1", "2"], ["2", "3"]]
    assert recognised_cells(rows, remark.choices)[0].names == ("t", "1", "2", "3", "4")


def test_what_was_chosen_binds_for_cells():
    rows = [["t", "h"], ["0", "2.1"], ["1", "2"]]
    layout, _ = recognised_cells(rows, Choices(skip=1, header=1))
    assert (layout.names, layout.first) == (("0", "2.1"), 2)


@pytest.mark.parametrize("rows", [[], [[]], [["", ""]]])
def test_no_cells(rows):
    layout, _ = recognised_cells(rows, Choices())
    assert layout.names == ()


# ---- Whatever stands there ----


def _mutilated(seed):
    """Return a text of a table after some accidents."""
    rng = random.Random(seed)
    text = list(rng.choice(list(TABLES.values()))["text"])
    for _ in range(rng.randrange(12)):
        place = rng.randrange(len(text))
        sign = rng.choice("\0\n\t ,;|:#%\"'=[](){}+-._0123456789abé\u00a0\u202f±/\\")
        text[place : place + rng.randrange(3)] = [sign] * rng.choice((1, 1, 1, 5))
    return "".join(text)


@pytest.mark.parametrize("seed", range(8))
def test_any_text_has_a_layout(seed):
    for each in range(100):
        text = _mutilated(100 * seed + each)
        lines = text.splitlines(keepends=True)
        layout, _ = recognised(lines, Choices())
        rows = layout.rows(lines[layout.first :])
        assert len(set(layout.names)) == len(layout.names)
        assert layout.is_transposed or len(rows) == len(lines) - layout.first
        recognised(lines, layout.found)


HOSTILE = {
    "one long line": "1," * 500_000,
    "one long word": "1" * 1_000_000,
    "blanks": " " * 1_000_000,
    "tabs": "1" + "\t" * 1_000_000,
    "quotes": '"' * 1_000_000,
    "open quotes": ',"' * 500_000,
    "doubled quotes": ',"""x,""y' * 100_000,
    "lines with an open quote": '"1,2\n' * 200_000,
    "lines in quotes": '"1\n2",3\n' * 100_000,
    "comments": "1,2 # 3\n" * 100_000,
    "signs of comments": "#" * 1_000_000,
    "brackets": "[" * 1_000_000,
    "labels": "a:1 " * 250_000,
    "letters before a colon": "a" * 1_000_000 + ":1",
    "±": "1" + " " * 500_000 + "x ± 2" * 1000,
    "formulas": ',="1"' * 200_000,
    "empty lines": "\n" * 1_000_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_takes_long(text):
    lines = text.splitlines(keepends=True)
    start = time.process_time()
    layout, _ = recognised(lines[:300], Choices())
    for first in range(0, len(lines), 1000):
        layout.rows(lines[first : first + 1000])
        layout.unfinished(lines[first : first + 1000])
    assert time.process_time() - start < 2

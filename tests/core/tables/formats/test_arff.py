"""ARFF: names, missing values, quotes."""

import pytest

HEAD = """% vans
@RELATION vans

@attribute kind {small, 'very large'}
@ATTRIBUTE 'gross w' numeric
"""


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("small,1.6", ["small", "1.6"]),
        ("small , ?", ["small", "?"]),
        ("'very large',3", ["very large", "3"]),
        ("'it\\'s, so', 3", ["it's, so", "3"]),
        ('"a, b",3', ["a, b", "3"]),
        ("small", ["small"]),
        ("'open,3", ["open,3"]),
    ],
)
def test_rows(content, line, row):
    cells = content(f"{HEAD}@data\n% a comment\n\n{line}\n")
    assert (cells.names, cells.rows[:], list(cells.lines)) == (("kind", "gross w"), [row], [9])


@pytest.mark.parametrize(
    ("text", "words"),
    [(HEAD, "no line “@data”"), (f"{HEAD}@data\n{{1 5}}\n", "is a sparse ARFF file (line 7)")],
)
def test_what_is_no_table(refusal, text, words):
    assert words in refusal(text)

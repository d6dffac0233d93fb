"""Tables as they come: of any form, some of them broken, read or refused in a sentence.

What was read can be saved and read again, and is the same.
"""

import random
import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from support import OWN_TABLES, PIZZA

from gdviz.core.tables.reading import parsed_table, read_table
from gdviz.core.tables.table import DataFileError, Table, summary
from gdviz.core.tables.writing import DELIMITERS, dataset_text

TABLES = [path.read_text(encoding="utf-8") for path in (PIZZA, *OWN_TABLES)]
MOST_LINES = 30

NAME = "table.csv"
SEPARATORS = (
    *(" ", "\t", ",", ";") * 4, "  ", " \t", ", ", " ; ", "|", ":", "\N{NO-BREAK SPACE}",
)  # fmt: skip
NUMBERS = (
    "", "0", "-0", "+1", "1.", ".5", "1e5", "1E-5", "1e999", "-1e308", "1e141", "1e-141", "5e-324",
    "nan", "inf", "-Infinity", "NA", "n/a", "null", "-", "?", "1,5", "1.234,5", "1,234.5", "1 234",
    "1_000", "0x1F", "\N{MINUS SIGN}3", "\N{ARABIC-INDIC DIGIT THREE}", "1\N{NO-BREAK SPACE}000",
    "$5", "50%", "2024-05-17", "17.5.2024", "12:30", "TRUE", "1e", "--1", "9" * 400,
)  # fmt: skip
WORDS = (
    "x", "y", "a name", '"', '""', '"quoted"', '"half', "=1+1", "@now", "<b>bold</b>", "# comment",
    "\N{SNOWMAN}", "\N{RIGHT-TO-LEFT OVERRIDE}", "e\N{COMBINING ACUTE ACCENT}", "\ufeff", "'", "\\",
    "\x1b[31m", "\x0b", "\x85", "\u2028", "\x7f", "long" * 300, "long " * 9, ",", ";", "\t", "  ",
    "B", "b (2)", "7 up", "E5", "none", "Größe", "\N{PILE OF POO}", "/", "a,b;c d", "x" * 39,
)  # fmt: skip
ENDINGS = ("\n", "\r\n", "\r", "\n\n", "\n\r", "\x0b", "\u2028", "")
ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1",
    "mac-roman", "shift-jis", "utf-7",
)  # fmt: skip

Rows = list[list[str]]


def one(random: random.Random) -> None:
    """Read a table that was changed by chance."""
    content = _changed_bytes(_written(_changed_rows(_rows(random), random), random), random)
    with TemporaryDirectory() as folder:
        path = Path(folder, NAME)
        path.write_bytes(content)
        try:
            table = read_table(path)
            _check(table, lines=len(content) + 1)
            _check_datasets(table, random)
        except DataFileError as error:
            _check_error(error)


# Making one


def _rows(random: random.Random) -> Rows:
    """Return the cells of an ordinary table, or of one by chance."""
    if random.random() < 0.3:
        width, length = random.randint(1, 5), random.randint(0, MOST_LINES)
        if random.random() < 0.05:
            width, length = random.randint(1, 200), random.randint(0, 5)
        return [[_number(random) for _ in range(width)] for _ in range(length)]
    lines = random.choice(TABLES).splitlines()
    start = 0 if random.random() < 0.7 else random.randrange(len(lines))
    return [re.split(r"[,\s]+", line.strip()) for line in lines[start : start + MOST_LINES]]


def _number(random: random.Random) -> str:
    return repr(random.choice((random.gauss(0, 100), random.randint(-99, 999))))


def _changed_rows(rows: Rows, random: random.Random) -> Rows:
    for _ in range(random.choice((0, 1, 1, 2, 3, 10))):
        if rows:
            random.choice(CHANGES)(rows, random)
    return rows


def _change_cell(rows: Rows, random: random.Random) -> None:
    row = random.choice(rows)
    if row:
        row[random.randrange(len(row))] = random.choice(random.choice((NUMBERS, WORDS)))


def _change_column(rows: Rows, random: random.Random) -> None:
    column = random.randrange(max(map(len, rows)) or 1)
    change: Callable[[str], str] = random.choice((
        lambda cell: cell.replace(".", ","), lambda cell: f'"{cell}"', lambda _: "",
        lambda cell: f" {cell} ", lambda cell: f"{cell}e150", lambda cell: f"{cell}e-170",
        lambda _: random.choice(NUMBERS), lambda _: random.choice(WORDS), lambda _: "7",
    ))  # fmt: skip
    for row in rows[random.randint(0, 1) :]:
        if column < len(row):
            row[column] = change(row[column])


def _remove(rows: Rows, random: random.Random) -> None:
    row = random.choice(rows)
    if row and random.random() < 0.6:
        del row[random.randrange(len(row))]
    else:
        rows.remove(row)


def _insert(rows: Rows, random: random.Random) -> None:
    row = random.choice(rows)
    if random.random() < 0.6:
        row.insert(random.randint(0, len(row)), random.choice(random.choice((NUMBERS, WORDS))))
    else:
        width = random.randint(0, 4)
        rows.insert(random.randint(0, len(rows)), random.choices(WORDS, k=width))


def _shuffle(rows: Rows, random: random.Random) -> None:
    random.shuffle(random.choice((rows, random.choice(rows))))


CHANGES = (_change_cell, _change_cell, _change_column, _remove, _insert, _shuffle)


def _written(rows: Rows, random: random.Random) -> bytes:
    """Return rows as a file, whose separators, endings and encoding are more or less usual."""
    separator, ending = random.choice(SEPARATORS), random.choice((*ENDINGS[:2] * 5, *ENDINGS))
    text = "".join(f"{separator.join(row)}{ending}" for row in rows)
    if random.random() < 0.2:
        place = random.randint(0, len(text))
        text = text[:place] + random.choice((*WORDS, *SEPARATORS, *ENDINGS)) + text[place:]
    if random.random() < 0.1:
        text = text.rstrip(ending)
    return text.encode(random.choice(("utf-8",) * 9 + ENCODINGS), errors="replace")


def _changed_bytes(content: bytes, random: random.Random) -> bytes:
    """Return a file that was, now and then, damaged on its way."""
    how = random.random()
    if how < 0.8 or not content:
        return content
    place = random.randrange(len(content))
    if how < 0.9:
        return content[:place] + random.randbytes(random.randint(1, 4)) + content[place + 1 :]
    return content[:place] if how < 0.95 else content[place:]


# Looking at what came of it


def _check(table: Table, lines: int) -> None:
    """Look whether a table is one."""
    assert len(set(table.names)) == len(table.names) == table.values.shape[1]
    assert len(table.values)
    assert not np.isinf(table.values).any()
    assert len(table.numeric) >= 2
    columns = range(len(table.names))
    assert {*table.numeric} <= {*columns}
    first = table.faults.first(columns)
    assert list(first) == sorted(first, key=lambda cell: (cell.line, cell.column))
    for cell in filter(None, (*first, *map(table.faults.of, columns))):
        assert 1 <= cell.line <= lines
        assert cell.problem


def _check_datasets(table: Table, random: random.Random) -> None:
    """Take two of its columns, save them, and read them again."""
    columns = [None, None] if random.random() < 0.5 else random.choices(table.names, k=2)
    dataset, left_out = table.dataset(*columns)
    _check_text(summary(left_out).replace("\n", " "))
    assert np.isfinite([dataset.x, dataset.y]).all()
    kind = random.choice(sorted(DELIMITERS))
    text = "".join(dataset_text(dataset, kind))
    again, bad = parsed_table(text, Path(f"saved{kind}")).dataset()
    assert not bad
    assert np.array_equal(again.x, dataset.x)
    assert np.array_equal(again.y, dataset.y)
    for name, before in ((again.x_name, dataset.x_name), (again.y_name, dataset.y_name)):
        if re.fullmatch(r"[^\W\d]\w*", before) and dataset.x_name != dataset.y_name:
            assert name == before


def _check_error(error: DataFileError) -> None:
    """Look whether it is a sentence that says where."""
    text = str(error)
    assert text.startswith(NAME), text
    assert text[len(NAME)] in " ,:", text
    assert text.endswith((".", "…")), text
    assert len(text) < 1_000, text
    if error.line is not None:
        assert f"line {error.line}" in text, text
    _check_text(text)


def _check_text(text: str) -> None:
    assert text.isprintable(), repr(text)

"""Tables as they come: of any form, some of them broken, read or refused in a sentence.

What was read can be saved and read again, and is the same; another reading that is offered can be
had. Nothing takes longer than a second, or more memory than ten times the file.
"""

import random
import re
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from support import MEMORY, OWN_TABLES, PIZZA

from fuzz.forms import ENCODINGS, Rows, written
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.layouts.kinds import WORD, kind_of
from gdviz.core.tables.reading import parsed_table, read_table
from gdviz.core.tables.table import DataFileError, Table, summary
from gdviz.core.tables.writing import DELIMITERS, dataset_text

TABLES = [path.read_text(encoding="utf-8") for path in (PIZZA, *OWN_TABLES)]
MOST_LINES = 30
# One of so many is long, and its memory is measured; what is loaded on first use doesn't count.
LONG_ONE_OF, LONG_LETTERS = 500, 300_000
LONGEST_S = 1.0
MOST_TIMES, SPARE_BYTES = 10, 4_000_000

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
DATES = (
    "2024-05-17T10:30", "17/05/2024", "5/17/24", "1 May 2024", "2024-05", "20240517", "10:30:15",
    "1715900000", "1715900000123", "2024-13-45", "31.02.2024", "24:00", "99:99", "Mai 2024",
)  # fmt: skip
MARKED = (
    "1,234", "1.234", "1'234", "1\N{NARROW NO-BREAK SPACE}234", "1,23,456", "0,5", "12 kg", "12kg",
    "$1,200.50", "1.200,50 €", "(12.5)", "12.5*", "1.5 ± 0.1", "2.5D+01", '="2.5"', "#N/A", "#REF!",
    "<0.5", ">1", "--", "n.a.", "None", "-999", "1/2", "½", "٣", "1e5 m", "50 %", "+-1",
)  # fmt: skip
CELLS = NUMBERS, WORDS, DATES, MARKED
# What may be chosen in the dialog and on the command line, whatever the file is like.
CHOSEN = {
    "encoding": ENCODINGS, "sheet": ("S", "a.csv", "b", ""), "skip": (0, 1, 5, 10**9),
    "header": (0, 1, 2, 10**9), "comment": ("#", "%", "//", ""),
    "delimiter": (" ", "\t", ",", ";", "|", ":", "fixed", "ab"), "decimal": (".", ","),
    "thousands": (",", ".", "'", " ", ""), "dates": ("ymd", "dmy", "mdy", "s", "ms", "none"),
    "missing": ("-999", "7", "x", ""),
}  # fmt: skip


def one(random: random.Random) -> None:
    """Read a table that was changed by chance."""
    is_long = random.randrange(LONG_ONE_OF) == 0
    rows = _changed_rows(_rows(random), random)
    if is_long:
        rows *= max(1, LONG_LETTERS // sum(len(cell) + 1 for row in [*rows, [""]] for cell in row))
    name, content, lines = written(rows, random)
    content, choices = _changed_bytes(content, random), _choices(random)
    with TemporaryDirectory(dir=MEMORY) as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        try:
            # In a wrong encoding all of it is one line of strange letters.
            measured = is_long and choices.encoding is None
            table = _read(path, choices, max(lines, len(content) + 1) if measured else 0)
            _check(table, lines=max(lines, len(content) + 1))
            _check_datasets(table, random)
            for remark in table.remarks:
                if remark.choices is not None:
                    _read(path, remark.choices.or_else(choices))
        except DataFileError as error:
            _check_error(error, name)


def _read(path: Path, choices: Choices, measured: int = 0) -> Table:
    """Read a table in time, and where its size is given in so much memory."""
    began = time.process_time()
    try:
        return read_table(path, choices)
    finally:
        taken = time.process_time() - began
        assert taken <= LONGEST_S, f"{taken:.1f} s"
        if measured:
            peak = _peak(path, choices)
            assert peak <= MOST_TIMES * measured + SPARE_BYTES, f"{peak:,} bytes of memory"


def _peak(path: Path, choices: Choices) -> int:
    """Return how many bytes are taken to read a file once more."""
    tracemalloc.start()
    try:
        with suppress(DataFileError):
            read_table(path, choices)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _choices(random: random.Random) -> Choices:
    """Return how to read a file: mostly as it is."""
    asked = random.choice((0, 0, 1, 2, 5))
    names = random.sample([field.name for field in fields(Choices)], asked)
    return Choices(**{name: random.choice(CHOSEN[name]) for name in names})


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
        row[random.randrange(len(row))] = random.choice(random.choice(CELLS))


def _change_column(rows: Rows, random: random.Random) -> None:
    column = random.randrange(max(map(len, rows)) or 1)
    change: Callable[[str], str] = random.choice((
        lambda cell: cell.replace(".", ","), lambda cell: f'"{cell}"', lambda _: "",
        lambda cell: f" {cell} ", lambda cell: f"{cell}e150", lambda cell: f"{cell}e-170",
        lambda _: random.choice(NUMBERS), lambda _: random.choice(WORDS), lambda _: "7",
        lambda _: random.choice(DATES), lambda _: random.choice(MARKED), _as_date, _in_thousands,
    ))  # fmt: skip
    for row in rows[random.randint(0, 1) :]:
        if column < len(row):
            row[column] = change(row[column])


def _as_date(cell: str) -> str:
    return f"2024-{len(cell) % 12 + 1:02}-{_sum_of(cell) % 28 + 1:02}"


def _in_thousands(cell: str) -> str:
    return f"{1000 + _sum_of(cell) % 10**6:,}"


def _sum_of(cell: str) -> int:
    """Return a number that is the same for the same cell, every time."""
    return sum(map(ord, cell)) * 7919


def _remove(rows: Rows, random: random.Random) -> None:
    row = random.choice(rows)
    if row and random.random() < 0.6:
        del row[random.randrange(len(row))]
    else:
        rows.remove(row)


def _number_rows(rows: Rows, random: random.Random) -> None:
    first, name = random.choice((0, 1)), random.choice(("", "id", "#", "Unnamed: 0", "no"))
    for number, row in enumerate(rows):
        row.insert(0, str(number - 1 + first) if number else name)


def _insert(rows: Rows, random: random.Random) -> None:
    row = random.choice(rows)
    if random.random() < 0.6:
        row.insert(random.randint(0, len(row)), random.choice(random.choice(CELLS)))
    else:
        width = random.randint(0, 4)
        rows.insert(random.randint(0, len(rows)), random.choices(WORDS, k=width))


def _shuffle(rows: Rows, random: random.Random) -> None:
    random.shuffle(random.choice((rows, random.choice(rows))))


CHANGES = (_change_cell, _change_cell, _change_column, _remove, _insert, _shuffle, _number_rows)


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
    assert {*(table.suggested or ())} <= {*table.numeric}
    _check_text(table.why)
    for remark in table.remarks:
        assert remark.text.endswith((".", "?", "…")), remark
        _check_text(remark.text + remark.offer)
    first = table.faults.first(columns)
    assert list(first) == sorted(first, key=lambda cell: (cell.line, cell.column))
    for cell in filter(None, (*first, *map(table.faults.of, columns))):
        assert 1 <= cell.line <= lines
        assert cell.problem


def _check_datasets(table: Table, random: random.Random) -> None:
    """Take two of its columns, save them, and read them again."""
    columns = [None, None] if random.random() < 0.5 else random.sample(table.names, k=2)
    dataset, left_out = table.dataset(*columns)
    _check_text(summary(left_out).replace("\n", " "))
    assert np.isfinite([dataset.x, dataset.y]).all()
    if table.kinds[table.columns(*columns)[1]] != "number":
        return  # a date is no y by itself
    kind = random.choice(sorted(DELIMITERS))
    text = "".join(dataset_text(dataset, kind))
    saved = parsed_table(text, Path(f"saved{kind}"))
    if any(remark.choices for remark in saved.remarks):
        return  # two readings are possible, and a person is asked
    again, bad = saved.dataset(1, 2)
    assert not bad
    assert np.array_equal(again.x, dataset.x)
    assert np.array_equal(again.y, dataset.y)
    names = dataset.x_name, dataset.y_name
    if all(kind_of(name)[0] == WORD and name.isalnum() for name in names) and len({*names}) == 2:
        assert (again.x_name, again.y_name) == names


def _check_error(error: DataFileError, name: str) -> None:
    """Look whether it is a sentence that says where."""
    text = str(error)
    assert text.startswith(name), text
    assert text[len(name)] in " ,:", text
    assert text.endswith((".", "…")), text
    assert len(text) < 1_000, text
    if error.line is not None:
        assert f"line {error.line}" in text, text
    _check_text(text)


def _check_text(text: str) -> None:
    assert text.isprintable(), repr(text)

"""Streaming: one pass gives what the whole table gives, in whatever way its rows are written."""

import bz2
import gzip
import lzma
import math
import random

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.big import streaming
from gdviz.core.big.reading import TextReader
from gdviz.core.big.streaming import streamed
from gdviz.core.summary.sums import Sums
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.reading import read_table
from gdviz.core.tables.table import DataFileError


def lines(row, header="x,y,group\n", count=400):
    """Return a text of numbers, some of which need all their digits."""
    chance = random.Random(7)
    rows = (row % (chance.gauss(3, 2), chance.gauss(0, 1e3), chance.randrange(9))
            for _ in range(count))  # fmt: skip
    return header + "".join(rows)


PLAIN = lines("%.17g,%.4f,%d\n")
TEXTS = {
    "commas": PLAIN,
    "no header": lines("%.4f,%.4f,%d\n", ""),
    "semicolons and decimal commas": PLAIN.replace(",", ";").replace(".", ","),
    "tabs": PLAIN.replace(",", "\t"),
    "one space": PLAIN.replace(",", " "),
    "aligned with spaces": lines("%9.4f %12.4f %3d\n", "        x            y group\n"),
    "CRLF": PLAIN.replace("\n", "\r\n"),
    "old Mac": PLAIN.replace("\n", "\r"),
    "no end of line": PLAIN.rstrip("\n"),
    "blank lines": PLAIN.replace("\n", "\n\n\n"),
    "comments": PLAIN.replace("3\n", "3\n# 1,2,3\n").replace("4\n", "4\n  # of,such,kind\n"),
    "lines above": f"# made by hand\n#\n\n{PLAIN}",
    "quotes": lines('"%.4f","%.4f","%d"\n'),
    "rows of several lines": lines('"%.4f","%.4f","%d\n,of\nthem"\n', count=200),
    "dollars": lines("%.4f,$%.2f,%d\n"),
    "thousands": "x,y\n" + "".join(f'{i},"{i:,}.5"\n' for i in range(900, 1200)),
    "dates": "".join(f"2024-{1 + i % 12:02}-{1 + i % 28:02},{i}\n" for i in range(300)),
    "dates and times": "date,time,y\n"
    + "".join(f"2024-01-{1 + i // 24:02},{i % 24:02}:30,{i}\n" for i in range(300)),
}  # fmt: skip
FAULTS = {
    "missing": PLAIN.replace("3\n", "3\n,5,\n").replace("8\n", "8\n7,NA,1\n"),
    "a text": PLAIN.replace("5\n", "5\noops,5,1\n"),
    "infinite": PLAIN.replace("5\n", "5\ninf,5,1\n").replace("1\n", "1\n2,-nan,5\n"),
    "nothing in a row": PLAIN.replace("5\n", "5\n,,\n").replace("1\n", "1\n , ,\n"),
    "two in a row": PLAIN.replace("5\n", "5\nNA,NA,1\n"),
    "short": PLAIN.replace("5\n", "5\n4\n"),
    "long": PLAIN.replace("5\n", "5\n4,4,4,4\n"),
    "a quote left open": PLAIN.replace("55\n", '55\n"4,4,4\n'),
    "a text elsewhere": PLAIN.replace("5\n", "5\n4,4,oops\n"),
    "too large": PLAIN.replace("5\n", "5\n1e999,4,1\n"),
    "other letters": PLAIN.replace("5\n", "5\n4,4,Żółć\n4,é,1\n"),
    "first many, then nothing in a row": PLAIN.replace("\n", "\nNA,NA,1\n", 100)
    + ",,\n4,4,4\n" * 99
    + "4,4,4\n" * 99,
    "first many, then other things": PLAIN.replace("\n", "\nNA,NA,1\n", 100)
    + "inf,1,2\n2,-nan,2\noops,1,2\n" * 99,
    "underscores": PLAIN.replace("5\n", "5\n1_000,5,1\n"),
}


def assert_same(table, path, choices=None, x=None, y=None):
    """Compare one pass with the table that is read whole: rows, sums, what is left out."""
    dataset, left_out = read_table(path, choices or Choices()).dataset(x, y)
    assert table.summary.sums == Sums.of(dataset.x, dataset.y)
    assert (table.summary.x_range, table.summary.y_range) == (dataset.x_range, dataset.y_range)
    assert table.left_out == left_out
    data = table.dataset()
    assert (data.x_name, data.y_name) == (dataset.x_name, dataset.y_name)
    assert data.calendar == dataset.calendar
    # All rows are in the sample of so few, in their order.
    assert data.x.tolist() == dataset.x.tolist()
    assert data.y.tolist() == dataset.y.tolist()


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("engine", [True, False])
@pytest.mark.parametrize("kind", [*TEXTS, *FAULTS])
def test_one_pass_gives_what_the_whole_table_gives(kind, engine, written, request):
    if not engine:
        request.getfixturevalue("without_engine")
    path = written({**TEXTS, **FAULTS}[kind])
    assert_same(streamed([path]), path)


CELLS = st.sampled_from(["1", "-2.5", "1e3", "", "NA", "oops", " 7", "+4", "inf", '"8"', '"9,5"',
                         "0x1", "1_0", "#3", ".", "-", "3 ", "Ł"])  # fmt: skip


@settings(max_examples=40)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=30))
def test_whatever_stands_in_later_rows(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("any") / "table.csv"
    later = "".join(f"{','.join(row)}\n" for row in rows)
    path.write_text("x,y,group\n" + "1.5,2,3\n4,5.25,6\n7,8,9\n" * 50 + later, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gdviz.core.big.blocks.BLOCK", 64)
        patch.setattr("gdviz.core.big.parts.GROUP", 256)
        assert_same(streamed([path]), path)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("packed", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_texts_are_unpacked_as_they_are_read(packed, written):
    path = written(packed(FAULTS["a text"].encode()), "table.csv.packed")
    assert_same(streamed([path]), path)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp1252"])
def test_encodings(encoding, written):
    path = written(PLAIN.replace("group", "größe").encode(encoding))
    assert_same(streamed([path]), path)


@pytest.mark.usefixtures("small")
def test_a_comment_that_looks_like_a_row_is_none(written):
    path = written(PLAIN.replace("5\n", "5\n# 1,2,3\n"))
    assert_same(streamed([path], x="y", y="group"), path, None, "y", "group")


@pytest.mark.usefixtures("small")
def test_what_stands_for_no_number_is_learnt_and_does_not_slow_it_down(written, monkeypatch):
    read = []
    own = TextReader._own
    monkeypatch.setattr(TextReader, "_own", lambda *asked: read.append(1) or own(*asked))
    path = written("x,y\n" + "1,2\n2,broken\n3,4\n" * 3000)
    table = streamed([path])
    assert table.left_out.rows == table.left_out.cells == 3000
    # There are some hundred blocks.
    assert len(read) < 60


@pytest.mark.usefixtures("small")
def test_choices_and_columns(written):
    path = written(PLAIN.replace("3\n", "3\n-999,1,2\n"))
    choices = Choices(missing="-999")
    table = streamed([path], choices, "group", 1)
    assert_same(table, path, choices, "group", 1)


PARQUET = """SELECT i + 0.5 AS x, i * i AS y, 'a' AS s, DATE '2024-01-01' + i::INT AS day,
  CASE WHEN i % 7 = 3 THEN NULL ELSE i END AS holes, {'a': 1, 'b': 2} AS pair, i::DECIMAL(9, 2) AS d
  FROM range(5000) AS t(i)"""


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("columns", [("x", "y"), ("day", "holes"), ("d", "x"), (None, None)])
def test_parquet(columns, tmp_path):
    path = tmp_path / "table.parquet"
    duckdb.sql(PARQUET).write_parquet(str(path), row_group_size=2048)
    table = streamed([path], Choices(), *columns)
    dataset, left_out = read_table(path).dataset(*columns)
    assert table.summary.sums == Sums.of(dataset.x, dataset.y)
    assert table.left_out == left_out
    assert table.dataset().x.tolist() == dataset.x.tolist()


@pytest.mark.usefixtures("small")
def test_files_add_up_and_faults_name_theirs(written):
    first = written(PLAIN, "part-1.csv")
    second = written(FAULTS["a text"], "part-2.csv")
    table = streamed([first, second])
    whole = written(PLAIN + FAULTS["a text"].partition("\n")[2], "whole.csv")
    dataset, left_out = read_table(whole).dataset()
    assert table.summary.sums == Sums.of(dataset.x, dataset.y)
    assert table.title == "part-1.csv and 1 more file"
    assert len(set(table.summary.sample.rows.tolist())) == len(table.summary)
    assert (table.left_out.rows, table.left_out.cells) == (left_out.rows, left_out.cells)
    expected = read_table(second).dataset()[1].first
    assert [str(cell) for cell in table.left_out.first] == [f"part-2.csv, {c}" for c in expected]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("other", "sentence"), [
    ("x,y,z\n1,2,3\n4,5,6\n", "part-2.csv has a column “z” where part-1.csv has “group”"),
    ("x,y\n1,2\n4,5\n", "part-2.csv has 2 columns, where part-1.csv has 3"),
])  # fmt: skip
def test_a_file_with_another_header_is_named(other, sentence, written):
    files = [written(PLAIN, "part-1.csv"), written(other, "part-2.csv")]
    with pytest.raises(DataFileError, match=sentence):
        streamed(files)


@pytest.mark.usefixtures("small")
def test_progress_rises_to_the_whole_and_pictures_fill_in(written):
    files = [written(PLAIN, "part-1.csv"), written(PLAIN, "part-2.csv")]
    told, shown = [], []
    table = streamed(files, progress=lambda *done: told.append(done), shown=shown.append)
    size = 2 * len(PLAIN)
    assert {whole for _, whole in told} == {size}
    done = [each for each, _ in told]
    assert done == sorted(done)
    assert done[-1] == size
    rows = [len(each.summary) for each in shown]
    assert rows == sorted(rows)
    assert 5 < len(rows) <= streaming.SHOWN_TIMES + 1
    assert 0 < rows[0] < len(table.summary) / 5


class StoppedError(Exception):
    pass


@pytest.mark.usefixtures("small")
def test_what_progress_raises_ends_it(written):
    path = written(PLAIN)

    def progress(done, size):
        if 2 * done > size:
            raise StoppedError

    with pytest.raises(StoppedError):
        streamed([path], progress=progress)


@pytest.mark.usefixtures("small")
def test_without_a_row_it_says_so(written):
    path = written("x,y,z\n" + "1,,3\n,2,3\n" * 300)
    with pytest.raises(DataFileError, match="no row with a number in both “x” and “y”: line 2"):
        streamed([path])


@pytest.mark.parametrize(("content", "sentence"), [
    (b"PK\x03\x04" + b"x" * 99, "a zip archive or a spreadsheet"),
    (b"\x93NUMPY" + b"x" * 99, "an array of NumPy"),
    (b'[{"x": 1, "y": 2}, {"x": 2, "y": 3}]', "is JSON"),
    (b"1\n2\n3\n4\n", "too many rows to number them"),
    (b"", "is empty"),
    (b"PAR1" + b"x" * 99, "is a damaged Parquet file"),
    (b"x,1,2,3,4,5,6\ny,2,3,4,5,6,7\n", "has a variable in each line"),
])  # fmt: skip
def test_what_cannot_be_read_in_pieces_is_told(content, sentence, written):
    with pytest.raises(DataFileError, match=sentence) as caught:
        streamed([written(content)])
    assert str(caught.value).startswith("table.csv")


def test_a_line_without_an_end_does_not_fill_the_memory(written, monkeypatch):
    monkeypatch.setattr("gdviz.core.big.blocks.LONGEST_LINE", 1 << 12)
    monkeypatch.setattr("gdviz.core.big.blocks.BLOCK", 1 << 12)
    with pytest.raises(DataFileError, match=r"has a line of more than 4\.1 kB"):
        streamed([written("x,y\n" + "1,2\n" * 999 + "7" * 20_000)])


def test_the_sample_of_many_rows_is_that_of_all_parts(written):
    values = np.random.default_rng(3).normal(size=(30_000, 2))
    path = written("x,y\n" + "".join(f"{x!r},{y!r}\n" for x, y in values.tolist()))
    table = streamed([path])
    sample = table.summary.sample
    assert len(sample) == 10_000
    pairs = set(map(tuple, values.tolist()))
    assert set(zip(sample.x.tolist(), sample.y.tolist(), strict=True)) <= pairs
    assert math.isclose(sample.x.mean(), values[:, 0].mean(), abs_tol=0.05)
    assert table.dataset().n_rows == 30_000


@pytest.mark.parametrize(("value", "says"), [("1e200", "reaches 1e\\+200"), ("1e-150", "1e-150")])
def test_what_cannot_be_squared_is_a_sentence(written, value, says):
    with pytest.raises(
        DataFileError, match=f"“y” reaches {says.removeprefix('reaches ')}; its squ"
    ):
        streamed([written(f"x,y\n1,{value}\n2,0\n")])

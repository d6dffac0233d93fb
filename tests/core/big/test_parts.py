"""Parts: read by anyone, in any order, they add up to what one pass gives, to the last bit."""

import gzip
import pickle
import random

import duckdb
import numpy as np
import pytest

from gdviz.core.big import parts
from gdviz.core.big.parts import parts_of, summary_of
from gdviz.core.big.streaming import streamed
from gdviz.core.summary.summary import Summary
from gdviz.core.tables.table import DataFileError

pytestmark = pytest.mark.usefixtures("small")


def text(seed, rows=12_000):
    values = np.random.default_rng(seed).normal(3, 2, (rows, 2)).tolist()
    return "x,y\n" + "".join(f"{x:.3f},{y!r}\n" for x, y in values)


@pytest.fixture
def files(request, tmp_path):
    """Write the same 24,000 rows in two files of some kind."""
    paths = []
    for number in (1, 2):
        path = tmp_path / f"part-{number}.{request.param}"
        if request.param == "parquet":
            source = tmp_path / "source.csv"
            source.write_text(text(number))
            duckdb.sql(f"FROM read_csv('{source}')").write_parquet(str(path), row_group_size=2048)
        else:
            content = text(number).replace("3\n", "3\n1.5,oops\n").encode()
            path.write_bytes(gzip.compress(content) if request.param == "csv.gz" else content)
        paths.append(path)
    return paths


def assert_equal(a, b):
    assert (a.sums, a.x_range, a.y_range, a.first) == (b.sums, b.x_range, b.y_range, b.first)
    assert (a.left_out.rows, a.left_out.cells) == (b.left_out.rows, b.left_out.cells)
    for name in ("x", "y", "rows"):
        assert np.array_equal(getattr(a.sample, name), getattr(b.sample, name))
    assert np.array_equal(a.grid.counts, b.grid.counts)


@pytest.mark.parametrize(("files", "fewest"), [("csv", 20), ("csv.gz", 2), ("parquet", 6)],
                         indirect=["files"])  # fmt: skip
def test_parts_of_any_size_in_any_order_add_up_to_one_pass(files, fewest, monkeypatch):
    monkeypatch.setattr("gdviz.core.big.blocks.BLOCK", 1 << 11)
    monkeypatch.setattr(parts, "GROUP", 1 << 13)
    whole = streamed(files).summary
    assert len(whole) > 20_000
    for part_bytes in (1, 50_000):
        some = pickle.loads(pickle.dumps(parts_of(files, part_bytes=part_bytes)))
        assert len(some) >= (fewest if part_bytes == 1 else 2)
        random.Random(5).shuffle(some)
        assert_equal(sum(map(summary_of, some), Summary()), whole)


@pytest.mark.parametrize("files", ["csv"], indirect=True)
def test_a_part_tells_how_far_it_is_and_where_its_faults_are(files, monkeypatch):
    monkeypatch.setattr("gdviz.core.big.blocks.BLOCK", 1 << 11)
    monkeypatch.setattr(parts, "GROUP", 1 << 13)
    _, second, *_ = parts_of(files[:1], part_bytes=1)
    told = []
    found = summary_of(second, lambda *done: told.append(done))
    assert told[-1][0] >= told[-1][1] == 1 << 13
    content = files[0].read_bytes()
    start = content.index(b"\n", (1 << 13) - 1) + 1
    line = content[start:].split(b"\n").index(b"1.5,oops") + 1
    where = f"part-1.csv from byte {1 << 13:,}, line {line}, column 2 (y)"
    assert str(found.left_out.first[0]) == f"{where}: “oops” is not a number"


def test_rows_of_several_lines_are_not_cut(written):
    path = written("x,y,note\n" + '1.5,2,"a\n3,4,5\nb"\n2.5,7,"c"\n' * 300)
    (part,) = parts_of([path], part_bytes=1)
    assert len(summary_of(part)) == 600


def test_a_file_that_vanishes_is_named(written):
    path = written(text(1, 100))
    part = parts_of([path])[0]
    path.unlink()
    with pytest.raises(DataFileError, match=r"table.csv doesn't exist"):
        summary_of(part)

"""A real scheduler and two workers, processes of their own, sum up the same to the last bit."""

import subprocess
import sys

import numpy as np
import pytest

from gdviz.core.big.apart import summed_apart
from gdviz.core.big.sources import sources_of
from gdviz.core.big.streaming import streamed
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.table import DataFileError

pytest.importorskip("distributed")
pytestmark = pytest.mark.cluster

FILES, ROWS = 40, 25_000
# Says when a scheduler minds no task any more.
FORGETS = """
import sys, time
from distributed import Client
client = Client(sys.argv[1])
while client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)):
    time.sleep(0.05)
"""


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """Files that differ in their rows, each with a cell that is none."""
    folder = tmp_path_factory.mktemp("parts")
    rng = np.random.default_rng(19)
    x = rng.normal(1e6, 1, ROWS)
    y = 3 * x + rng.normal(size=ROWS)
    lines = [f"{a!r},{b!r}\n" for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    for number in range(FILES):
        rows = "".join(lines[100 * number :])
        (folder / f"part-{number}.csv").write_text(f"size,price\n1,oops\n{rows}")
    return folder / "part-*.csv"


@pytest.fixture(scope="module")
def in_one_pass(table):
    return streamed(sources_of(table))


def is_same(found, expected):
    """Tell whether all bits are the same."""
    one, other = found.summary, expected.summary
    pairs = [
        (one.sums, other.sums), (one.bowl, other.bowl), (one.first_row, other.first_row),
        (one.x_range, other.x_range), (one.left_out, other.left_out),
        (found.title, expected.title), (found.written.x_name, expected.written.x_name),
    ]  # fmt: skip
    arrays = [(one.grid.counts, other.grid.counts)]
    arrays += [(getattr(one.sample, n), getattr(other.sample, n)) for n in ("x", "y", "rows")]
    return all(a == b for a, b in pairs) and all(np.array_equal(a, b) for a, b in arrays)


def test_two_workers_sum_up_what_one_pass_does_and_tell_how_far_they_are(
    cluster, table, in_one_pass
):
    counted, rows = [], []
    found = summed_apart(
        table,
        cluster.address,
        progress=lambda done, parts: counted.append((done, parts)),
        shown=lambda each: rows.append(each.summary.rows),
    )
    assert is_same(found, in_one_pass)
    assert found.summary.left_out.rows == FILES
    assert counted[0] == (0, 0)
    assert {parts for _, parts in counted} == {0, FILES}
    assert counted == sorted(counted)
    # A tree: what is fetched are sums of eight parts.
    assert len(rows) == FILES // 8
    assert rows == sorted(rows)
    assert rows[-1] == found.summary.rows


def test_a_worker_that_dies_half_way_changes_no_bit(cluster, table, in_one_pass):
    killed = []

    def kill(done, parts):
        if done and not killed:
            killed.append((done, parts))
            cluster.workers[0].kill()

    found = summed_apart(table, cluster.address, progress=kill)
    cluster.add_worker()
    [(done, parts)] = killed
    assert 0 < done < parts - 2
    assert is_same(found, in_one_pass)


def test_who_cancels_hears_it_at_once_and_the_cluster_forgets_it(cluster, table):
    class StoppedError(Exception):
        pass

    def stop(_, parts):
        if parts:
            raise StoppedError

    with pytest.raises(StoppedError):
        summed_apart(table, cluster.address, progress=stop)
    subprocess.run([sys.executable, "-c", FORGETS, cluster.address], check=True, timeout=30)


def test_choices_and_columns_go_with_it(cluster, tmp_path):
    path = tmp_path / "table.txt"
    path.write_text("a;b;c\n1,5;2;3\n2,5;4;9\n3,5;8;27\n")
    found = summed_apart(path, cluster.address, Choices(decimal=","), x="c", y=1)
    assert (found.written.x_name, found.written.y_name) == ("c", "a")
    assert found.summary.x_range == (3, 27)
    assert found.summary.y_range == (1.5, 3.5)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "lost.csv doesn't exist"),
        ("x,y\n1,foo\n2,bar\n", "lost.csv has only one column of numbers"),
        ("x,y\n1,\n,2\n,3\n4,\n", "lost.csv has no row with a number in both “x” and “y”"),
    ],
)  # fmt: skip
def test_a_file_that_cant_be_used_is_named(cluster, tmp_path, content, sentence):
    path = tmp_path / "lost.csv"
    if content is not None:
        path.write_text(content)
    with pytest.raises(DataFileError) as raised:
        summed_apart(path, cluster.address)
    assert str(raised.value).startswith(sentence)
    assert raised.value.path == path
    is_absent = f"(looked in {tmp_path}). So says the worker tcp://127.0.0.1:" in str(raised.value)
    assert is_absent == (content is None)


def test_a_worker_with_another_version_says_what_to_install(cluster, table, tmp_path):
    info = tmp_path / "gdviz-9.9.9.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: gdviz\nVersion: 9.9.9\n")
    worker = cluster.add_worker(tmp_path)
    with pytest.raises(DataFileError, match=r"gdviz 9\.9\.9") as raised:
        summed_apart(table, cluster.address)
    worker.kill()
    said = str(raised.value)
    assert said.startswith("part-*.csv: the worker tcp://127.0.0.1:")
    assert "and this computer 0.1.0. Install it there: pip install 'gdviz[dask]==0.1.0'" in said


def test_a_worker_without_the_engine_for_parquet_says_so(own_cluster, tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    columns = {"x": [1.0, 2.0], "y": [2.0, 3.0]}
    parquet.write_table(pa.table(columns), tmp_path / "table.parquet")
    stub = tmp_path / "stub"
    stub.mkdir()
    (stub / "pyarrow.py").write_text("raise ImportError('there is none', name='pyarrow')\n")
    own_cluster.add_worker(stub)
    with pytest.raises(DataFileError) as raised:
        summed_apart(tmp_path / "table.parquet", own_cluster.address)
    said = str(raised.value)
    assert said.startswith("table.parquet is a Parquet file")
    assert 'pip install "gdviz[big]"' in said
    assert "So says the worker tcp://127.0.0.1:" in said


def test_a_scheduler_without_workers_says_how_to_start_some(own_cluster, table):
    with pytest.raises(DataFileError) as raised:
        summed_apart(table, own_cluster.address)
    address = own_cluster.address
    assert str(raised.value).startswith(
        f"part-*.csv: the scheduler at {address} has no worker. "
        f"Start some with “dask worker {address}”"
    )


def test_an_address_where_nobody_answers_is_named(unused_address, table):
    with pytest.raises(DataFileError) as raised:
        summed_apart(table, unused_address)
    assert str(raised.value).startswith(
        f"part-*.csv: no scheduler answers at {unused_address}. Start one with “dask scheduler”"
    )


def test_without_dask_it_is_said_what_to_install(table, tmp_path, monkeypatch):
    # The process that is started finds none, as nothing stands in its place.
    hidden = "import sys\nsys.modules['distributed'] = None\n"
    (tmp_path / "sitecustomize.py").write_text(hidden)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(DataFileError, match=r"pip install 'gdviz\[dask\]'"):
        summed_apart(table, "127.0.0.1")

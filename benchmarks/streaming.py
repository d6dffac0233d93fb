"""Streaming a big table into its summary, beside the engine alone on the same file.

Alone, PyArrow's own reader hands over x and y in pieces, as its documentation has it, and they are
added up; gdviz has exact sums, a grid, a sample, and names what it leaves out. Each runs in a
process of its own, in turns. ``QUICK=1`` takes a tenth of the rows, once.
"""

import gzip
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.measuring import Row, spread, table

MILLION = 1_000_000
ENGINE = """
import pyarrow as pa, pyarrow.csv as csv, pyarrow.parquet as pq
total = rows = 0
if path.endswith("parquet"):
    pieces = pq.ParquetFile(path).iter_batches(columns=["x", "y"])
else:
    types = {"x": pa.float64(), "y": pa.float64()}
    options = csv.ConvertOptions(include_columns=["x", "y"], column_types=types)
    pieces = csv.open_csv(path, convert_options=options)
for piece in pieces:
    x, y = (piece.column(index).to_numpy() for index in (0, 1))
    total += x.sum() + y.sum()
    rows += len(x)
"""
GDVIZ = """
from pathlib import Path
rows = len(streamed([Path(path)]).summary)
"""
# The time of a file that is read the second time: not that of the disk, and of no import.
AROUND = """
import sys, time
import numpy
from gdviz.core.big.streaming import streamed
import pyarrow.csv, pyarrow.parquet
try:
    import pandas  # PyArrow does so, too, when it first hands over an array
except ImportError:
    pass
path = sys.argv[1]
start = time.perf_counter()
{}
took = time.perf_counter() - start
status = dict(line.split(":") for line in open("/proc/self/status"))
print(rows, took, 1024 * int(status["VmHWM"].split()[0]))
"""


def rows(quick: bool = bool(os.environ.get("QUICK"))) -> Iterator[Row]:
    """Yield how many rows a second both read, and the memory that gdviz takes at most."""
    count, times = (2 * MILLION, 1) if quick else (20 * MILLION, 5)
    with tempfile.TemporaryDirectory() as home:
        for name, path in written(Path(home), count):
            measured(GDVIZ, path)
            pairs = [(measured(GDVIZ, path), measured(ENGINE, path)) for _ in range(times)]
            ours, theirs = ([run[0] for run in runs] for runs in zip(*pairs, strict=True))
            memory = [[run[1] / 1e6 for run in runs] for runs in zip(*pairs, strict=True)]
            ratio = statistics.median(b / a for a, b in zip(ours, theirs, strict=True))
            what = f"streaming: {count:,} rows, {name}"
            yield Row(
                what, spread(ours, "million rows/s"), "PyArrow alone",
                spread(theirs, "million rows/s"), ratio, "1.25",
            )  # fmt: skip
            most = [spread(each, "MB") for each in memory]
            ratio = statistics.median(memory[0]) / statistics.median(memory[1])
            yield Row(f"{what}: memory at most", most[0], "PyArrow alone", most[1], ratio)


def written(home: Path, count: int) -> Iterator[tuple[str, Path]]:
    """Write the same rows as text, packed, and as Parquet."""
    import pyarrow.csv as csv
    import pyarrow.parquet as pq

    text, packed, parquet = (home / f"table.{end}" for end in ("csv", "csv.gz", "parquet"))
    random = np.random.default_rng(0)
    x, noise = random.normal(3, 2, MILLION), random.normal(0, 1, MILLION)
    columns = x.tolist(), (2 * x + noise).tolist(), range(MILLION)
    piece = b"".join(b"%.4f,%.4f,%d\n" % row for row in zip(*columns, strict=True))
    with text.open("wb") as file, gzip.open(packed, "wb", compresslevel=1) as other:
        for each in (file, other):
            each.write(b"x,y,number\n")
            for _ in range(count // MILLION):
                each.write(piece)
    yield "CSV", text
    yield "CSV, gzip", packed
    with pq.ParquetWriter(parquet, csv.open_csv(text).schema) as writer:
        for batch in csv.open_csv(text, csv.ReadOptions(block_size=1 << 24)):
            writer.write_batch(batch)
    yield "Parquet", parquet


def measured(code: str, path: Path) -> tuple[float, float]:
    """Return million rows a second, and the most bytes, of some code in a process of its own."""
    folder = str(Path(__file__).parents[1])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([folder, *sys.path])}
    call = [sys.executable, "-c", AROUND.format(code), str(path)]
    printed = subprocess.check_output(call, env=environment, text=True).split()
    count, took, most = map(float, printed)
    return count / took / MILLION, most


def main() -> None:
    """Print the table."""
    print(table(rows()))


if __name__ == "__main__":
    main()

"""How long tables take to read, how much memory, and how long the window waits meanwhile.

Goals for 10 MB, whatever stands in them: at most a second, and ten times the memory. For a million
rows of numbers: 1.2 times what `numpy.loadtxt` takes of the same file in the same run, with every
seventh value missing twice as long as without; three times the memory of the two columns; and a
turn of the event loop never longer than 20 ms while they are read.
"""

import os
import subprocess
import sys
import tempfile
from itertools import repeat
from pathlib import Path

import numpy as np

from benchmarks.measuring import Row, table

SIZE = 10_000_000
GOOD = b"13,33\n" * 60


FILES = {
    "short lines": (b"", b"13 33\n"),
    "long numbers": (b"", b"1.23456789,33.23456789\n"),
    "10,000 columns": (b",".join(b"c%d" % n for n in range(10_000)) + b"\n",
                             b"1.5," * 9_999 + b"2\n"),
    "10,000 columns of text": (b"", b"ab," * 9_999 + b"2\n"),
    "commas in one line": (b"", b","),
    "commas in a later line": (GOOD, b","),
    "numbers in a later line": (GOOD, b"12,"),
    "a bad cell every 5,000 lines": (b"", b"13 33\n" * 4_999 + b"13 x\n"),
    "a bad cell every 20 lines": (b"", b"13 33\n" * 19 + b"13 x\n"),
    "every other row too long": (GOOD, b"1,3,5\n1,2\n"),
    "rows too long": (GOOD, b"1,3,5\n"),
    "rows too short": (b"1,2,3\n" * 60, b"1,3\n"),
    "a column of names": (b"name,a,b\n", b"Ada,1,2\n"),
    "quotes": (b"", b'"13","33"\n'),
    "decimal commas": (b"", b"1,5;2,7\n" * 999 + b"1,5;x\n"),
    "comments": (b"", b"13 33 # a\n"),
    "a rare letter": (b"# \xf0\x9f\x98\x80\n", b"13 33\n"),
    "empty lines": (GOOD, b"\n"),
    "wide, then short lines": ((b"1," * 999 + b"1\n") * 50, b"1\n"),
}  # fmt: skip

# As in the program, which collects garbage only from its event loop.
READ = """
import gc, resource, sys, time
import numpy
from gdviz.core.tables.reading import read_table
from gdviz.core.tables.table import DataFileError
numpy.loadtxt(["1 2"])
gc.disable()
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
try:
    read_table(sys.argv[1]).dataset()
except DataFileError:
    pass
took = time.process_time() - start
print(took, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""

ROWS = 1_001_000
LINES = {
    "spaces": b"%.3f %.2f\n", "commas": b"%.3f,%.2f\n", "decimal commas": b"%.3f;%.2f\n",
    "every seventh NA": b"%.3f,%.2f\n", "every seventh empty": b"%.3f,%.2f\n",
}  # fmt: skip
MISSING = {"every seventh NA": b"NA", "every seventh empty": b""}

RATIO = """
import sys, time
import numpy
from gdviz.core.tables.reading import read_table
def best(act):
    times = []
    for _ in range(5):
        start = time.process_time()
        act()
        times.append(time.process_time() - start)
    return min(times)
path, plain, delimiter = sys.argv[1:]
read_table(path)
print(best(lambda: read_table(path)), best(lambda: numpy.loadtxt(plain, delimiter=delimiter)))
"""

GAP = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from gdviz.core.tables.reading import read_table
from gdviz.ui.features.data.reader import Reader
from gdviz.ui.widgets.banner import Banner
application = QApplication([])
notice = Banner("notice")
gaps, last = [], [time.perf_counter()]
def tick():
    now = time.perf_counter()
    gaps.append(now - last[0])
    last[0] = now
timer = QTimer(interval=1)
timer.timeout.connect(tick)
reader = Reader(notice, notice)
def read():
    timer.start()
    start = last[0] = time.perf_counter()
    reader.read("table", lambda progress: read_table(sys.argv[1], progress=progress))
    tick()
    print(max(gaps), time.perf_counter() - start)
    application.quit()
QTimer.singleShot(0, read)
application.exec()
"""


def write(path, start, line):
    """Write a file of the size, a first part and then the same over and over."""
    with path.open("wb") as file:
        file.write(start)
        file.writelines(repeat(line, (SIZE - len(start)) // len(line)))


def write_rows(path, name):
    """Write a million rows of numbers, as a line of some kind says them."""
    random, comma = np.random.default_rng(0), name == "decimal commas"
    with path.open("wb") as file:
        # In pieces: what this process takes at most counts for those that it starts.
        for _ in range(ROWS // 7_000):
            rows = map(tuple, random.normal(3, 2, (7_000, 2)).tolist())
            lines = [LINES[name] % row for row in rows]
            if name in MISSING:
                lines[::7] = [
                    b"%b,%b\n" % (line.split(b",")[0], MISSING[name]) for line in lines[::7]
                ]
            text = b"".join(lines)
            file.write(text.replace(b".", b",") if comma else text)


def measured(code, *arguments):
    """Return the numbers that some code prints, in a process of its own."""
    folder = str(Path(__file__).parents[1])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([folder, *sys.path])}
    call = [sys.executable, "-c", code, *map(str, arguments)]
    return map(float, subprocess.check_output(call, env=environment, text=True).split())


def rows(quick: bool = False):
    """Yield how a million rows of numbers are opened; quickly, of one kind."""
    kinds = ["commas"] if quick else LINES
    with tempfile.TemporaryDirectory() as home:
        path, plain = Path(home, "table.csv"), Path(home, "plain.csv")
        write_rows(plain, "commas")
        for name in kinds:
            write_rows(path, name)
            is_plain = name in ("spaces", "commas")
            delimiter = " " if name == "spaces" else ","
            ours, theirs = measured(RATIO, path, path if is_plain else plain, delimiter)
            _, memory = measured(READ, path)
            gap, took = measured(GAP, path)
            what = f"opening: {ROWS:,} rows, {name}"
            goal = "2.4" if name in MISSING else "1.2"
            yield Row(what, f"{ours:.2f} s", "np.loadtxt", f"{theirs:.2f} s", ours / theirs, goal)
            yield Row(
                f"{what}: memory, {memory / 1e6:.0f} MB", f"{memory / (16 * ROWS):.1f} columns",
                goal="3 columns",
            )  # fmt: skip
            yield Row(
                f"{what}: in a window", f"{took:.2f} s, silent for {1e3 * gap:.0f} ms",
                goal="silent for 20 ms",
            )  # fmt: skip


def odd_files():
    """Yield how 10 MB of anything are read."""
    with tempfile.TemporaryDirectory() as home:
        path = Path(home, "table.csv")
        for name, content in FILES.items():
            write(path, *content)
            seconds, memory = measured(READ, path)
            told = f"{seconds:.2f} s, {memory / SIZE:.1f} times its size"
            yield Row(f"reading: 10 MB, {name}", told, goal="1 s, 10 times")


if __name__ == "__main__":
    print(table([*rows(), *odd_files()]))

"""How long tables of all kinds take to read, and how much memory, each in its own process.

Goals for 10 MB, whatever stands in them: at most a second, and ten times the memory.
"""

import os
import subprocess
import sys
import tempfile
from itertools import repeat
from pathlib import Path

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

READ = """
import resource, sys, time
import numpy
from gdviz.core.tables.reading import read_table
from gdviz.core.tables.table import DataFileError
numpy.loadtxt(["1 2"])
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
try:
    read_table(sys.argv[1]).dataset()
except DataFileError:
    pass
took = time.process_time() - start
print(took, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""


def write(path, start, line):
    """Write a file of the size, a first part and then the same over and over."""
    with path.open("wb") as file:
        file.write(start)
        file.writelines(repeat(line, (SIZE - len(start)) // len(line)))


def main():
    """Measure all of them."""
    folder = str(Path(__file__).parents[1])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([folder, *sys.path])}
    with tempfile.TemporaryDirectory() as home:
        path = Path(home, "table.csv")
        for name, content in FILES.items():
            write(path, *content)
            call = [sys.executable, "-c", READ, path]
            said = subprocess.check_output(call, env=environment, text=True)
            seconds, memory = map(float, said.split())
            print(f"{name:30} {seconds:6.2f} s {memory / SIZE:6.1f} × its size")  # noqa: RUF001


if __name__ == "__main__":
    main()

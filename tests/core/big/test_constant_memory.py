"""However large a table is, one pass over it takes the same memory."""

import subprocess
import sys

import pytest

# In a process of its own: what another test took at most would hide what this one takes.
CODE = """
import resource, sys
from pathlib import Path
from gdviz.core.big import blocks, parts
from gdviz.core.big.streaming import streamed
# Small ones, so that what is kept is small beside the table, too.
blocks.BLOCK, parts.GROUP, parts.PART_BYTES = 1 << 16, 1 << 18, 1 << 21
def most():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
streamed([Path(sys.argv[1])])
before = most()
rows = len(streamed([Path(sys.argv[2])]).summary)
print(rows, most() - before)
"""
MB = 1 << 20


@pytest.mark.skipif(sys.platform != "linux", reason="it says it in other units elsewhere")
def test_a_table_ten_times_as_long_takes_no_more(tmp_path):
    lines, paths = "1.25,2.5\n2.5,4.75\n" * 100_000, [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path, times in zip(paths, (3, 30), strict=True):
        with path.open("w") as file:
            file.write("x,y\n")
            file.writelines([lines] * times)
    printed = subprocess.check_output([sys.executable, "-c", CODE, *paths], text=True)
    rows, more = map(int, printed.split())
    assert rows == 6_000_000
    # Its columns alone have 96 MB, its text 54.
    assert more < 48 * MB

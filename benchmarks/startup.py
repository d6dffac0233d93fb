"""How long the first frame takes, and how much memory, against a bare script.

The peer imports numpy, PySide6 and pyqtgraph and shows one empty plot. Both start in a process of
their own, in turn; the medians are compared. Goals: at most 1.25 times the time and the memory.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

import numpy as np

from benchmarks.measuring import Row, spread, table

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# A user's own settings may ask for a run of minutes.
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp()
# As a user's Python does, keep what was compiled; pip has compiled the peer's packages.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

REPEATS, FEW_REPEATS = 15, 3

BARE = """
import numpy, pyqtgraph
from PySide6.QtWidgets import QApplication
app = QApplication([])
window = pyqtgraph.PlotWidget()
window.resize(1280, 800)
window.show()
app.processEvents()
window.grab()
"""

GDVIZ = """
import sys
sys.argv = ["gdviz"]
import gdviz.cli
from gdviz.ui.shell.app import open_window
app, window = open_window(None, {})
while window.session.runs.training:
    app.processEvents()
app.processEvents()
window.grab()
"""

REPORT = """
import os, resource, time
print(time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, flush=True)
os._exit(0)
"""


def measure(script: str) -> tuple[float, float]:
    """Return seconds to the first frame and peak megabytes of one start."""
    began = time.monotonic()
    output = subprocess.run(
        [sys.executable, "-c", script + REPORT], check=True, capture_output=True, text=True
    ).stdout
    ended, kilobytes = output.split()
    return float(ended) - began, float(kilobytes) / 1024


def rows(quick: bool = False) -> Iterator[Row]:
    """Yield time and memory of a start."""
    runs = {BARE: [], GDVIZ: []}
    for script in runs:
        measure(script)  # compile, and fill the disk cache
    for _ in range(FEW_REPEATS if quick else REPEATS):
        for script, measured in runs.items():
            measured.append(measure(script))
    ours, bare = np.array(runs[GDVIZ]).T, np.array(runs[BARE]).T
    for index, (what, unit) in enumerate((("start: first frame", "s"), ("start: memory", "MB"))):
        told = spread(ours[index], unit), "bare window", spread(bare[index], unit)
        ratio = np.median(ours[index]) / np.median(bare[index])
        yield Row(what, *told, float(ratio), "1.25")


if __name__ == "__main__":
    print(table(rows()))

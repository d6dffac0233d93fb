"""How long the first frame takes, and how much memory, against a bare script.

The peer imports numpy, PySide6 and pyqtgraph and shows one empty plot. Both start in a process of
their own, in turn; the medians are compared. Goals: at most 1.25 times the time and the memory.
"""

import os
import statistics
import subprocess
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# As a user's Python does, keep what was compiled; pip has compiled the peer's packages.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

REPEATS = 9

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


def main() -> None:
    """Print medians and ratios."""
    runs = {"bare": [], "gdviz": []}
    for script in (BARE, GDVIZ):
        measure(script)  # compile, and fill the disk cache
    for _ in range(REPEATS):
        runs["bare"].append(measure(BARE))
        runs["gdviz"].append(measure(GDVIZ))
    medians = {
        name: [statistics.median(values) for values in zip(*results, strict=True)]
        for name, results in runs.items()
    }
    for name, (seconds, megabytes) in medians.items():
        print(f"{name:6} first frame {seconds:.3f} s, peak {megabytes:.0f} MB")
    ratios = [ours / bare for ours, bare in zip(medians["gdviz"], medians["bare"], strict=True)]
    for what, ratio in zip(("time", "memory"), ratios, strict=True):
        print(f"{what}: {ratio:.2f} times the bare script (goal: at most 1.25)")


if __name__ == "__main__":
    main()

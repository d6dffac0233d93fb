"""A window that is used for half an hour takes no more memory than after its first minute.

``python -m monkey.soak MINUTES`` does what a lesson does, over and over, and looks at what the
process takes; it ends with 1 if that has grown by more than a megabyte. What is taken goes up and
down by several, as threads come and go: what was taken at least in a minute tells of growth. What
is free but kept for later is given back first, and so are the pictures of controls, of which Qt
keeps ten megabytes. What it changes it takes back: what undo remembers, about a kilobyte a step,
grows with what there is to undo.
"""

import ctypes
import gc
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QPixmapCache
from support import furnished

from gdviz.ui.running.collecting import collect_what_is_due
from monkey.hands import Action, Hands
from monkey.walk import application, opened

MOST_GROWTH_MB = 1.0
PAGE = resource.getpagesize()

PLAY = [("key", "P"), ("wait", 0.5), ("key", "Space"), ("key", "Home"), ("key", "End")]
TYPE = [
    ("type_into", "learning_rate", "0.002"), ("type_into", "iterations", "300"),
    ("press", "with_bias"), ("pick", "method", 2), ("pick", "method", 0), ("undo", 5, 5),
    ("undo", 9, 0),
]  # fmt: skip
DOCKS = [
    ("key", key)
    for key in ("Ctrl+T", "Ctrl+R", "Ctrl+L", "Ctrl+Shift+P", "Ctrl+I", "Ctrl+J", "Ctrl+M")
]
KEEP = [
    ("press", "keep"), ("type_into", "learning_rate", "0.003"), ("press", "keep"),
    ("undo", 3, 0),
]  # fmt: skip
DRAG = [("drag", "loss_curve", "hiker", (0.4, 0.3), (0.5, 0.4), (0.6, 0.5)), ("undo", 1, 0)]
OPEN = [
    ("choose", "Open…", file) for file in ("years_salary.csv", "height_weight.csv", "pizza.txt")
] + [("undo", 3, 0)]  # fmt: skip
SWEEP = [("key", "Ctrl+R"), ("press", "sweep_start"), ("wait", 0.2), ("key", "Ctrl+R")]
LOOK = [
    ("key", "Ctrl+2"), ("key", "Ctrl+3"), ("wait", 0.1), ("key", "Ctrl+3"), ("key", "Ctrl+2"),
    ("resize", 1024, 640), ("resize", 1280, 800),
    ("hover", "loss_curve", (0.3, 0.3), (0.6, 0.5)), ("hover", "data_fit", (0.3, 0.3), (0.6, 0.5)),
]  # fmt: skip
TEACH = [
    ("key", "F1"), ("press", "lesson_next"), ("press", "lesson_next"), ("press", "lesson_leave"),
]  # fmt: skip
TAKE_ALONG = [
    ("choose", "Copy image"), ("choose", "Export picture…", "saved/a.png", "Return"),
    ("choose", "Export trajectory…", "saved/a.csv"),
]  # fmt: skip
ROUND: list[Action] = [
    *PLAY, *TYPE, *DOCKS, *KEEP, *DOCKS, *DRAG, *OPEN, *SWEEP, *LOOK, *TEACH, *TAKE_ALONG,
]  # fmt: skip


def main(minutes: float) -> int:
    """Use a window for so long; return 0 if it has grown no more than it may."""
    began = time.monotonic()
    least: list[float] = []
    for number, _ in enumerate(rounds(), 1):
        gone, now = (time.monotonic() - began) / 60, taken_mb()
        if gone >= minutes:
            break
        if gone >= len(least):
            least.append(now)
        elif now < least[-1]:
            least[-1] = now
        print(f"{gone:5.1f} min  {number:5} rounds  {now:7.1f} MB", flush=True)
    growth = least[-1] - least[min(1, len(least) - 1)]
    print(f"It has grown by {growth:.1f} MB since its second minute, of {MOST_GROWTH_MB} at most.")
    return int(growth > MOST_GROWTH_MB)


def rounds() -> Iterator[None]:
    """Use a window, and say when everything was done once more."""
    with application(), furnished() as folder, opened(folder, 30) as window:
        hands = Hands(window, folder)
        while True:
            for action in ROUND:
                hands.do(action)
                collect_what_is_due()
            yield


def taken_mb() -> float:
    """Return how much memory the process takes, without what it could give back."""
    gc.collect()
    QPixmapCache.clear()
    if (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)) is not None:
        trim(0)
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 2**20


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))

"""How much processor time the paused window uses in ten seconds. Goal: at most 20 ms."""

import os
import tempfile
import time
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp()

from PySide6.QtCore import QTimer

from benchmarks.measuring import Row, table
from gdviz.ui.shell.app import open_window
from gdviz.ui.shell.interrupting import Interrupting

SECONDS, FEW_SECONDS = 10, 2


def rows(quick: bool = False) -> Iterator[Row]:
    """Yield the processor time of an event loop at rest."""
    seconds = FEW_SECONDS if quick else SECONDS
    interrupting = Interrupting()
    app, window = open_window(None, {})
    interrupting.watch(window)
    QTimer.singleShot(2000, app.quit)
    app.exec()
    began = time.process_time()
    QTimer.singleShot(1000 * seconds, app.quit)
    app.exec()
    used_ms = 1000 * (time.process_time() - began)
    yield Row(f"paused for {seconds} s: processor", f"{used_ms:.1f} ms", goal=f"{2 * seconds} ms")
    window.close()


if __name__ == "__main__":
    print(table(rows()))

"""How much processor time the paused window uses in ten seconds. Goal: at most 20 ms."""

import os
import tempfile
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp()

from PySide6.QtCore import QTimer

from gdviz.ui.shell.app import open_window
from gdviz.ui.shell.interrupting import Interrupting

SECONDS = 10


def main() -> None:
    """Print the processor time of an event loop at rest."""
    interrupting = Interrupting()
    app, window = open_window(None, {})
    interrupting.watch(window)
    QTimer.singleShot(2000, app.quit)
    app.exec()
    began = time.process_time()
    QTimer.singleShot(1000 * SECONDS, app.quit)
    app.exec()
    used_ms = 1000 * (time.process_time() - began)
    print(f"paused: {used_ms:.1f} ms of processor time in {SECONDS} s (goal: at most 20)")
    window.close()


if __name__ == "__main__":
    main()

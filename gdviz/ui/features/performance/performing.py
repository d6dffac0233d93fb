"""Performing: the command that shows how fast the program is, and what measures it."""

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QWidget

from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.table import Table
from gdviz.ui.features import Feature, Menus
from gdviz.ui.features.performance.frame_times import FrameTimes
from gdviz.ui.features.performance.memory import memory_mb
from gdviz.ui.features.performance.performance_view import Measures, PerformanceView
from gdviz.ui.running.session import Session

# So often that it can be read.
REFRESH_MS = 400


class Performing(Feature):
    """Measures while its window is open and something moves: at rest nothing runs."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._view: PerformanceView | None = None
        self._frames = FrameTimes()
        self._rows: float | None = None
        self._clock, self._frame, self._since = QElapsedTimer(), QElapsedTimer(), QElapsedTimer()
        self._clock.start()
        self._newest = 0
        # A frame is over when Qt has painted it: a timer without time comes after that.
        self._painted = QTimer(self, singleShot=True, interval=0)
        self._painted.timeout.connect(self._on_painted)
        # The last one that a frame starts comes when all is at rest.
        self._soon = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._soon.timeout.connect(self._refresh)
        session.playback.frame_began.connect(self._on_frame_began)
        session.runs.experiment_changed.connect(self._on_experiment_changed)
        # That one is over brings no frame with it.
        session.runs.ended.connect(self._refresh_soon)

    def menus(self) -> Menus:
        """Return its command."""
        return {"&Help": [("&Performance", None, self.open)]}

    def open(self) -> None:
        """Show the numbers."""
        if self._view is None:
            self._view = PerformanceView(self._window)
        self._begin_counting()
        self._refresh()
        self._view.show()

    def note_reading(self, result: object, seconds: float) -> None:
        """Take how long a table took to read or to sum up, alone or with what else came of it."""
        rows = _rows_in(result)
        if rows and seconds > 0:
            self._rows = rows / seconds
            self._refresh_soon()

    def close(self) -> None:
        """Measure no longer, and go with the window: else the program would stay."""
        self._painted.stop()
        self._soon.stop()
        if self._view is not None:
            self._view.close()

    @property
    def _is_seen(self) -> bool:
        return self._view is not None and self._view.isVisible()

    def _on_frame_began(self) -> None:
        if self._is_seen:
            self._frame.start()
            self._painted.start()
            self._refresh_soon()

    def _on_painted(self) -> None:
        self._frames.add(self._clock.elapsed() / 1000, self._frame.nsecsElapsed() / 1e6)

    def _on_experiment_changed(self) -> None:
        if self._is_seen:
            self._begin_counting()
            self._refresh_soon()

    def _begin_counting(self) -> None:
        self._newest = self._recorded
        self._since.start()

    @property
    def _recorded(self) -> int:
        """How many steps have been recorded of all runs that are shown."""
        return sum(training.record.newest for training in self._session.runs.shown)

    def _refresh_soon(self) -> None:
        if self._is_seen and not self._soon.isActive():
            self._soon.start()

    def _refresh(self) -> None:
        """Show what was measured; steps only while there are any."""
        if self._view is None:
            return
        newest, elapsed_s = self._recorded, self._since.nsecsElapsed() / 1e9
        goes_on = self._session.runs.busy and newest >= self._newest and elapsed_s > 0
        steps = (newest - self._newest) / elapsed_s if goes_on else None
        self._view.show_measures(Measures(
            self._frames.percentile(50), self._frames.percentile(99), steps,
            self._rows, memory_mb(),
        ))  # fmt: skip
        self._begin_counting()


def _rows_in(result: object) -> int:
    """Return how many rows were read; 0 where no table was."""
    table, dataset = getattr(result, "table", result), getattr(result, "dataset", None)
    if isinstance(table, Table):
        return len(table.values)
    return dataset.n_rows if isinstance(dataset, Dataset) else 0

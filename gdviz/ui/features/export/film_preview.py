"""FilmPreview: plays the film that would be written, smaller."""

from PySide6.QtCore import QElapsedTimer, QSize, Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from gdviz.core.descent.timing import Timing
from gdviz.ui.features.export.frames import Stage

SIZE = QSize(320, 180)
# More than that takes time from who chooses, and shows them nothing new.
REFRESH_MS = 50


class FilmPreview(QLabel):
    """A small screen on which a film is played over and over.

    Parameters
    ----------
    moves : bool
        Whether it may move; else it shows the end.
    """

    def __init__(self, moves: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("film_preview")
        self.setAccessibleName("Preview")
        self.setFixedSize(SIZE)
        self._moves = moves
        self._stage: Stage | None = None
        self._timing = Timing(0, 0)
        self._places: list[float] = [0.0]
        self._shown = -1
        self._elapsed = QElapsedTimer()
        # The first frame comes at once, but not with the stage, which takes as long to be made.
        self._begin = QTimer(self, singleShot=True, interval=0)
        self._timer = QTimer(self, interval=REFRESH_MS)
        for timer in (self._begin, self._timer):
            timer.timeout.connect(self._show_frame)

    def show_film(self, stage: Stage, timing: Timing) -> None:
        """Play from the start what a stage shows in these frames."""
        self._stage, self._timing, self._shown = stage, timing, -1
        self._places = stage.places(timing)
        self._elapsed.start()
        self._begin.start()
        self._timer.start()

    def stop(self) -> None:
        """End."""
        self._begin.stop()
        self._timer.stop()

    def _show_frame(self) -> None:
        """Show the frame whose turn it is now; one that is late is left out."""
        assert self._stage is not None
        last = len(self._places) - 1
        gone_s = self._elapsed.elapsed() / 1000 % self._timing.ends[-1]
        frame = min(int(gone_s * self._timing.fps), last) if self._moves else last
        if frame == self._shown:
            return
        self._shown = frame
        ratio = self.devicePixelRatio()
        image = self._stage.image(self._places[frame]).scaled(
            SIZE * ratio, Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        image.setDevicePixelRatio(ratio)
        self.setPixmap(QPixmap.fromImage(image))

"""FilmDialog: what to film, how large and how long; and FilmProgress: how far that is."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QProgressBar,
    QWidget,
)

from gdviz.core.descent.timing import MOST_FPS, MOST_SECONDS, Timing
from gdviz.ui.features.export.film_preview import FilmPreview
from gdviz.ui.features.export.frames import Stage
from gdviz.ui.features.export.video import INSTALL, can_encode
from gdviz.ui.theme import THEMES, Theme
from gdviz.ui.widgets.folding_dialog import FoldingDialog
from gdviz.ui.widgets.parts import folding_text, in_column, named
from gdviz.ui.widgets.spin_boxes import WholeBox

FILM_FILTERS = {
    "GIF animation (*.gif)": ".gif",
    "WebP animation (*.webp)": ".webp",
    "APNG animation (*.apng)": ".apng",
}
VIDEO_FILTERS = {"WebM video (*.webm)": ".webm", "MP4 video (*.mp4)": ".mp4"}
SIZES = (640, 360), (800, 450), (1280, 720), (1920, 1080)
USUAL_SIZE = 1
PACES = {"Early steps get more time": True, "All iterations get the same": False}
COLOURS = {"As on the screen": "", "Light": "light", "Dark": "dark"}
# Measured: a GIF's bytes for each pixel of its first frame, and of all that follow; what part of
# that one picture alone takes; and how long a pixel of a frame takes.
FIRST_BYTES, MORE_BYTES, ALONE, PIXEL_S = 0.07, 0.005, 0.4, 22e-9
LEAST_LETTERS = 48


class FilmDialog(FoldingDialog):
    """Asks how to film a run, and plays that; the file dialog that follows asks where to.

    Parameters
    ----------
    views : dict of str to str
        The titles of what can be filmed, by object names.
    newest : int
        The last iteration that there is.
    staged : callable
        Returns the stage for a view, a theme if not that on the screen, and a size; with a caption
        or without.
    moves : bool
        Whether the preview may move.
    """

    def __init__(
        self, views: dict[str, str], newest: int,
        staged: Callable[[str, Theme | None, QSize, bool], Stage], moves: bool, parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._staged = staged
        self._stage: Stage | None = None
        # Not even the dialog waits for it.
        self._staging = QTimer(self, singleShot=True, interval=0)
        self._staging.timeout.connect(self._play)
        self._preview = FilmPreview(moves)
        self.setWindowTitle("Export animation")
        self.setObjectName("film_dialog")
        self._view = QComboBox()
        for name, title in views.items():
            self._view.addItem(title, name)
        self._size = QComboBox()
        for width, height in SIZES:
            self._size.addItem(f"{width} × {height}", QSize(width, height))  # noqa: RUF001
        self._size.setCurrentIndex(USUAL_SIZE)
        self._first, self._last = WholeBox(0, newest), WholeBox(0, newest)
        self._last.setValue(newest)
        self._pace, self._colours = QComboBox(), QComboBox()
        for text, early in PACES.items():
            self._pace.addItem(text, early)
        for text, theme in COLOURS.items():
            self._colours.addItem(text, theme)
        self._fps, self._seconds, self._hold = WholeBox(1, MOST_FPS), _seconds_box(), _seconds_box()
        self._fps.setValue(25)
        self._seconds.setMinimum(0.5)
        self._seconds.setValue(4)
        self._hold.setValue(1)
        self._loop = QCheckBox("Begin again when it is &over")
        self._loop.setChecked(True)
        self._caption = QCheckBox("C&aption: data, settings and where it stands")
        self._caption.setChecked(True)
        self._estimate = folding_text("film_estimate")
        self._arrange()
        # Neither passes the other.
        self._first.valueChanged.connect(self._last.setMinimum)
        self._last.valueChanged.connect(self._first.setMaximum)
        for choice in (self._view, self._size, self._colours):
            choice.currentIndexChanged.connect(lambda _: self._stage_anew())
        for box in (self._first, self._last, self._fps, self._seconds, self._hold):
            box.valueChanged.connect(lambda _: self._show_film())
        self._caption.toggled.connect(lambda _: self._stage_anew())
        self._pace.currentIndexChanged.connect(lambda _: self._show_film())
        self._show_film()

    @property
    def stage(self) -> Stage:
        """What is to be filmed; who takes it closes it."""
        if self._stage is None:
            theme, captioned = self.theme, self._caption.isChecked()
            self._stage = self._staged(self.view, theme, self.size_px, captioned)
        return self._stage

    @property
    def view(self) -> str:
        """The object name of the chosen view."""
        return str(self._view.currentData())

    @property
    def size_px(self) -> QSize:
        """How large a frame is."""
        return QSize(self._size.currentData())

    @property
    def timing(self) -> Timing:
        """How long it is, and how it goes through the iterations."""
        return Timing(
            self._first.value(), self._last.value(), self._fps.value(), self._seconds.value(),
            self._hold.value(), bool(self._pace.currentData()),
        )  # fmt: skip

    @property
    def theme(self) -> Theme | None:
        """The colours, unless they are those on the screen."""
        return THEMES.get(self._colours.currentData())

    @property
    def loop(self) -> bool:
        """Whether it begins again when it is over."""
        return bool(self._loop.isChecked())

    def done(self, result: int) -> None:
        """Play no more."""
        self._staging.stop()
        self._preview.stop()
        super().done(result)

    def close_stage(self) -> None:
        """Take down what is not to be filmed."""
        if self._stage is not None:
            self._stage.close()
        self._stage = None

    def _stage_anew(self) -> None:
        self._preview.stop()
        self.close_stage()
        self._show_film()

    def _play(self) -> None:
        self._preview.show_film(self.stage, self.timing)

    def _show_film(self) -> None:
        """Have what is chosen played, and estimate what it takes."""
        self._staging.start()
        frames, size = self.timing.frames, self.size_px
        pixels = size.width() * size.height()
        share = 1.0 if self.view == "figure" else ALONE
        kilobytes = share * pixels * (FIRST_BYTES + frames * MORE_BYTES) / 1000
        self._estimate.setText(
            f"{frames} frames; as a GIF roughly {_rounded(kilobytes)} kB, in "
            f"{max(1, round(frames * pixels * PIXEL_S))} s. "
            f"{_kinds_sentence()}"
        )

    def _arrange(self) -> None:
        form = QFormLayout()
        for box, name, label in (
            (self._view, "film_view", "&Picture"),
            (self._size, "film_size", "&Size"),
            (self._colours, "film_colours", "&Colours"),
            (self._first, "film_first", "&From iteration"),
            (self._last, "film_last", "&To iteration"),
            (self._pace, "film_pace", "Pac&e"),
            (self._seconds, "film_seconds", "&Length"),
            (self._hold, "film_hold", "&Hold at the end"),
            (self._fps, "film_fps", "F&rames a second"),
        ):
            form.addRow(label, named(box, name, label.replace("&", "")))
        form.addRow("", named(self._caption, "film_caption"))
        form.addRow("", named(self._loop, "film_loop"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        save = buttons.addButton("Choose a file…", QDialogButtonBox.ButtonRole.AcceptRole)
        save.setObjectName("film_accept")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._estimate.setMinimumWidth(LEAST_LETTERS * self.fontMetrics().averageCharWidth())
        in_column(self._preview, form, self._estimate, buttons, of=self)
        save.setDefault(True)


class FilmProgress(FoldingDialog):
    """Shows how many frames are painted, beside a window that goes on, and lets them be cancelled.

    Signals
    -------
    cancelled()
        The film is not wanted any more.
    """

    cancelled = Signal()

    def __init__(self, target: Path, frames: int, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("filming")
        self.setWindowTitle("Export animation")
        self._name = target.name
        self._text = folding_text("filming_text")
        self._text.setMinimumWidth(LEAST_LETTERS * self.fontMetrics().averageCharWidth())
        self._bar = named(QProgressBar(), "filming_progress", "How many frames are painted")
        self._bar.setRange(0, frames)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._buttons.rejected.connect(self.reject)
        in_column(self._text, self._bar, self._buttons, of=self)
        self.show_painted(0)

    def show_painted(self, frames: int) -> None:
        """Say how many frames are painted."""
        self._bar.setValue(frames)
        self._text.setText(f"Filming {self._name}…")

    def reject(self) -> None:
        """Have the film cancelled; the dialog stays until that is done."""
        self._buttons.setEnabled(False)
        self._text.setText("Cancelling…")
        self.cancelled.emit()


def film_filters() -> dict[str, str]:
    """Return the kinds of films that can be written here, and their suffixes."""
    return FILM_FILTERS | VIDEO_FILTERS if can_encode() else FILM_FILTERS


def _kinds_sentence() -> str:
    asked = "Next you choose where to save it, as GIF, WebP or APNG"
    if can_encode():
        return f"{asked}, or as WebM or MP4, which only a player repeats."
    return f"{asked}. For WebM and MP4: {INSTALL}."


def _seconds_box() -> QDoubleSpinBox:
    box = QDoubleSpinBox(minimum=0, maximum=MOST_SECONDS, singleStep=0.5, decimals=1, suffix=" s")
    box.setKeyboardTracking(False)
    return box


def _rounded(kilobytes: float) -> str:
    """Return a size as roughly as it is known."""
    return f"{float(f'{kilobytes:.1g}'):,.0f}"

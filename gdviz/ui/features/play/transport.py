"""Transport: the bar that plays the record, as a player plays a film."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from gdviz.core.descent.playhead import DEFAULT_SPEED, SPEEDS, Speed
from gdviz.ui.running.playback import Playback
from gdviz.ui.theme import Theme, icon
from gdviz.ui.widgets.narrow_box import NarrowBox
from gdviz.ui.widgets.parts import in_row, label_unseen, named

# Icons, Play's least width, and what the slider has beyond its own, in heights of a line.
ICON, PLAY_WIDTH, SLIDER = 1.3, 5.8, 8
# How to say where the playhead is, in ever fewer characters.
PLACES: Sequence[Callable[[int, int], str]] = (
    lambda iteration, length: f"iteration {iteration:,} of {length:,}",
    lambda iteration, length: f"{iteration:,} / {length:,}",
    lambda iteration, _: f"{iteration:,}",
)


class Transport(QWidget):
    """Buttons, a slider over all iterations, and the speed."""

    def __init__(self, playback: Playback) -> None:
        super().__init__()
        named(self, "transport", "Playing")
        self._playback = playback
        self._length, self._least_px, self._place = -1, 0, PLACES[0]
        self._theme: Theme | None = None
        self._buttons = {
            "to-start": self._button("to_start", "To the start", "Home", playback.to_start),
            "step-back": self._button(
                "step_back", "One iteration back", "Left", lambda: playback.step(-1)
            ),
            "step-forward": self._button(
                "step_forward", "One iteration forward", "Right", lambda: playback.step(1)
            ),
            "to-end": self._button("to_end", "To the end", "End", playback.to_end),
        }
        self._play = self._make_play()
        self._position = self._make_position()
        self._where = named(QLabel(), "where")
        self._where.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._speed = self._make_speed()
        self._arrange()
        self._fit_type()
        self._show_playing()
        playback.playing_changed.connect(self._show_playing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say where the playhead is in as many words as there is room for."""
        super().resizeEvent(event)
        self._make_room(max(self._length, 0))
        self._show_place()

    def changeEvent(self, event: QEvent) -> None:
        """Give a larger font more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit_type()
            self._make_room(max(self._length, 0))
            self._show_place()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for name, button in self._buttons.items():
            button.setIcon(icon(name, theme.text))
        self._fit_type()
        self._show_playing()

    def _fit_type(self) -> None:
        """Make the buttons as large as the type, and the speed wide enough for few characters."""
        line = self.fontMetrics().height()
        for button in (*self._buttons.values(), self._play):
            button.setIconSize(QSize(1, 1) * round(ICON * line))
        self._play.setMinimumWidth(round(PLAY_WIDTH * line))
        self._speed.setMinimumWidth(self._speed.room_for_shorter())
        theme, high, wide = self._theme, round(0.35 * line), round(0.6 * line)
        if theme is not None:
            self._play.setStyleSheet(
                f"QPushButton {{ background: {theme.accent}; color: {theme.on_accent};"
                f" border: none; border-radius: 7px; padding: {high}px {wide}px; font-weight: 600;"
                f" font-size: {self.font().pointSizeF() + 1}pt; }}"
                f"QPushButton:focus {{ border: 2px solid {theme.text};"
                f" padding: {high - 2}px {wide - 2}px; }}"
            )

    def _show_playing(self) -> None:
        playing = self._playback.playing
        self._play.setText("Pause" if playing else "Play")
        self._play.setAccessibleName("Pause" if playing else "Play")
        if self._theme is not None:
            self._play.setIcon(icon("pause" if playing else "play", self._theme.on_accent))

    def set_position(self, iteration: int, length: int) -> None:
        """Show where the playhead is."""
        with QSignalBlocker(self._position):
            self._position.setRange(0, length)
            self._position.setPageStep(max(1, length // 10))
            self._position.setValue(iteration)
        if length != self._length:
            self._make_room(length)
        self._show_place()

    def _show_place(self) -> None:
        iteration, length = self._position.value(), max(self._length, 0)
        self._where.setText(self._place(iteration, length))

    def _make_room(self, length: int) -> None:
        """Give the text a fixed place: nothing jumps, and no frame lays the window out anew.

        Where there is little room it takes fewer words, then the speed does.
        """
        self._length = length
        layout, metrics = self.layout(), QFontMetrics(self._where.font())
        assert layout is not None
        words = [
            metrics.horizontalAdvance(form(length, length) + "  ") for form in PLACES
        ]  # fmt: skip
        rest = layout.minimumSize().width() - self._where.minimumWidth()
        rest_with_speed = rest - self._speed.minimumWidth() + self._speed.sizeHint().width()
        # Rather few words than a slider that nobody can aim at.
        rest_with_speed += SLIDER * metrics.height()
        fits = rest_with_speed + words[0], rest + words[1], 0
        level = next(level for level, px in enumerate(fits) if px <= self.width())
        self._place = PLACES[level]
        self._where.setFixedSize(words[level], metrics.height() + 4)
        self._least_px = rest + words[-1]
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Return how narrow the bar can be; what its layout holds just now may be wider."""
        return QSize(self._least_px, super().minimumSizeHint().height())

    @property
    def speed(self) -> Speed:
        """The chosen speed."""
        return SPEEDS[self._speed.currentIndex()]

    def set_speed(self, label: str) -> None:
        """Choose a speed by its label; an unknown one changes nothing."""
        labels = [speed.label for speed in SPEEDS]
        if label in labels:
            self._speed.setCurrentIndex(labels.index(label))

    def _button(self, name: str, label: str, key: str, request: Callable[[], None]) -> QToolButton:
        button = named(QToolButton(self), name, label, f"{label} ({key})")
        button.setAutoRaise(True)
        button.setAutoRepeat(name.startswith("step"))
        # A click leaves the focus, and with it Space, to whoever has it.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(request)
        return button

    def _make_play(self) -> QPushButton:
        play = named(QPushButton(self), "play", tip="Play or pause (Space)")
        play.clicked.connect(self._playback.toggle)
        return play

    def _make_position(self) -> QSlider:
        tip = "The iteration looked at: drag, or use the arrow keys"
        position = named(QSlider(Qt.Orientation.Horizontal, self), "position", "Iteration", tip)
        position.setMinimumWidth(50)
        position.valueChanged.connect(self._playback.seek)
        return position

    def _make_speed(self) -> NarrowBox:
        tip = "How many iterations to play in a second"
        speed = named(NarrowBox(self, _in_few_characters), "speed", "Speed", tip)
        label_unseen(speed)
        speed.addItems([choice.label for choice in SPEEDS])
        speed.setCurrentIndex(SPEEDS.index(DEFAULT_SPEED))
        speed.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        speed.currentIndexChanged.connect(lambda index: self._playback.set_speed(SPEEDS[index]))
        return speed

    def _arrange(self) -> None:
        to_start, back, forward, to_end = self._buttons.values()
        in_row(
            to_start, back, self._play, forward, to_end, 6, self._position, 6, self._where, 10,
            self._speed, wide=self._position, of=self, margins=(12, 8, 12, 8), spacing=6,
        )  # fmt: skip


def _in_few_characters(label: str) -> str:
    """Return what a speed is called where there is little room."""
    words = {" per second": " / s", " seconds": " s", ", then ": " → "}
    for whole, short in words.items():
        label = label.replace(whole, short)
    return label

"""Descent: what came of a run, to compute with and to take along. Qt starts with a picture."""

import gc
import tempfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gdviz.core.descent.rates import goes_astray
from gdviz.core.descent.run import Run
from gdviz.core.descent.timing import LEAST_SECONDS, MOST_FPS, MOST_SECONDS, Timing
from gdviz.core.files import FileError, write_whole
from gdviz.core.format import MOST_SCALE, PLAIN, SIZES, VIEWS
from gdviz.core.tables.writing import trajectory_arrays, trajectory_text
from gdviz.core.words.comparison import outcome_word
from gdviz.core.words.forecasts import account
from gdviz.core.words.sentences import line_text, outcome_sentence, run_name
from gdviz.desktop import why_no_window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

# How large a notebook shows the figure, and how high the page that plays.
NOTEBOOK_SIZE, PLAYER_HEIGHT = (900, 600), 720


class Ended(NamedTuple):
    """How a run ended: in a word, such as ``converged`` or ``diverged``, and in a sentence."""

    word: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


class Descent:
    """A run: where every step of it began, and how it ended.

    Attributes
    ----------
    iteration : ndarray of int, shape (n_recorded,), read-only
        0, 1, … up to the last; a run of more than a million keeps every 2nd, 4th, … of them.
    weight, bias, loss : ndarray of float, shape (n_recorded,), read-only
        The line before that step, and its mean squared error over all rows, in units of the data:
        those of y for each of x, of y, and of y squared.
    outcome : Ended
        Unpacks into a word and a sentence.
    run : Run
        The same as gdviz's pictures and tables take it; its `experiment` holds all settings.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        columns = trajectory_arrays(run.record)
        self.iteration = columns["iteration"]
        self.weight, self.bias, self.loss = (columns[name] for name in ("weight", "bias", "loss"))

    @property
    def outcome(self) -> Ended:
        """How it ended."""
        experiment, record, outcome = self.run.experiment, self.run.record, self.run.outcome
        assert outcome is not None
        if goes_astray(outcome, record):
            return Ended(outcome_word(self.run), account(experiment, outcome, record))
        return Ended(outcome_word(self.run), outcome_sentence(experiment, outcome))

    def __repr__(self) -> str:
        experiment, last = self.run.experiment, self.run.record.last
        end = ""
        if last is not None:
            end = f" {line_text(last.weight, last.bias if experiment.with_bias else None)}"
        data = experiment.dataset.shown.source
        return f"<{data}, {run_name(experiment)}: {self.outcome.word}.{end}>"

    def _repr_svg_(self) -> str | None:
        """Return the whole figure, as notebooks show it; nothing if there is nothing to draw."""
        if self.run.record.last is None:
            return None
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "figure.svg")
            self.figure(path, size=NOTEBOOK_SIZE)
            return path.read_text(encoding="utf-8")

    def to_csv(self, path: str | Path) -> None:
        """Write every recorded iteration to a CSV file, all numbers in full precision.

        Raises
        ------
        OSError
            If the file can't be written; one that was there stays as it was.
        """
        text = trajectory_text(self.run.experiment, self.run.record)
        _write(path, (piece.encode() for piece in text))

    def figure(
        self,
        path: str | Path,
        *,
        view: str = "figure",
        theme: str = "light",
        size: tuple[int, int] | None = None,
        scale: float = 1,
        iteration: int | None = None,
        compare: Sequence["Descent"] = (),
    ) -> None:
        """Draw the run; the suffix of the file decides whether as PNG, SVG or PDF.

        Parameters
        ----------
        path : str or Path
        view : str
            ``figure`` for all pictures, or one of ``loss-curve``, ``landscape``, ``surface``,
            ``data`` and ``history``.
        theme : {"light", "dark"}
        size : tuple of int, optional
            Width and height in pixels.
        scale : float
            Pixels of a PNG for each pixel of the size.
        iteration : int, optional
            The one to show, by default the last.
        compare : sequence of Descent
            Runs on the same data to draw beside this one.

        Raises
        ------
        ValueError
            If there is no such view, theme, kind of picture or iteration, or nothing to draw.
        OSError
            If the file can't be written; one that was there stays as it was.
        """
        from gdviz.ui.features.export.pictures import PICTURE_KINDS

        looks = {"view": view, "theme": theme, "size": size, "scale": scale}
        self._draw(path, PICTURE_KINDS, self._at(iteration, compare), compare, **looks)

    def animate(
        self,
        path: str | Path,
        *,
        view: str = "figure",
        theme: str = "light",
        size: tuple[int, int] | None = None,
        first: int = 0,
        last: int | None = None,
        fps: int = 25,
        seconds: float = 4,
        hold: float = 1,
        early: bool = True,
        loop: bool = True,
        compare: Sequence["Descent"] = (),
    ) -> None:
        """Film the run; the suffix of the file decides whether as GIF, WebP, APNG, WebM or MP4.

        For the last two there must be PyAV: ``pip install "gdviz[video]"``.

        Parameters
        ----------
        path : str or Path
        view, theme, compare
            As in `figure`.
        size : tuple of int, optional
            Width and height in pixels, by default 800 and 450.
        first, last : int, optional
            The iterations to show, by default all.
        fps : int
            Frames a second.
        seconds, hold : float
            How long it moves, and how long its end stays.
        early : bool
            Whether early steps get more time than late ones.
        loop : bool
            Whether it begins again when it is over; WebM and MP4 leave that to what plays them.

        Raises
        ------
        ValueError, OSError
            As in `figure`.
        """
        from gdviz.ui.features.export.film import FILM_KINDS

        last = self._at(last, compare)
        if not 0 <= first <= last:
            raise ValueError(f"A film from iteration {first} can't end at {last}.")
        _check("fps", fps, 1, MOST_FPS)
        _check("seconds", seconds, LEAST_SECONDS, MOST_SECONDS)
        _check("hold", hold, 0, MOST_SECONDS)
        timing = Timing(first, last, fps, seconds, hold, early)
        looks = {"view": view, "theme": theme, "size": size, "timing": timing, "loop": loop}
        self._draw(path, FILM_KINDS, last, compare, **looks)

    def page(
        self, path: str | Path, *, iteration: int | None = None, compare: Sequence["Descent"] = ()
    ) -> None:
        """Write a page that plays the run in any browser, and computes others there; without Qt.

        Parameters
        ----------
        path : str or Path
        iteration, compare
            As in `figure`.

        Raises
        ------
        ValueError, OSError
            As in `figure`.
        """
        kept = self._kept(compare)
        from gdviz.core.page.page import page  # most that descends needs none

        _write(path, [page(self.run, kept, self._at(iteration, compare)).encode()])

    def play(self) -> "Player":
        """Return what plays the run in a notebook: the page, in a cell."""
        from gdviz.core.page.page import page

        return Player(page(self.run, (), self._at(0)))

    def _draw(
        self,
        path: str | Path,
        kinds: Collection[str],
        iteration: int,
        compare: Sequence["Descent"],
        **looks: Any,  # noqa: ANN401
    ) -> None:
        """Write a picture or a film."""
        _check_looks(**looks)
        app = _application()
        from gdviz.ui.features.export.headless import export
        from gdviz.ui.widgets.saving import SavingError, checked_kind

        looks["view"], theme, size = VIEWS[looks["view"]], looks.pop("theme"), looks.pop("size")
        looks["form"] = replace(PLAIN, colours=theme)
        if size is not None:
            looks["form"] = replace(looks["form"], unit="px", width=size[0], height=size[1])
        try:
            checked_kind(Path(path), kinds)
        except SavingError as error:
            raise ValueError(str(error)) from None
        try:
            export(self.run, iteration, [Path(path)], kept=self._kept(compare), **looks)
        except SavingError as error:
            raise OSError(str(error)) from None
        finally:
            app.processEvents()
            # Here, for a thread of the program's own must not destroy what Qt's thread made.
            gc.collect()

    def _kept(self, compare: Sequence["Descent"]) -> list[Run]:
        """Return other runs as those that stand beside this one."""
        data = self.run.experiment.dataset
        if any(each.run.experiment.dataset.fingerprint != data.fingerprint for each in compare):
            raise ValueError("Only runs on the same data can be drawn together.")
        return [replace(each.run, number=number) for number, each in enumerate(compare)]

    def _at(self, iteration: int | None, compare: Sequence["Descent"] = ()) -> int:
        """Return the iteration to show, if there is one."""
        if self.run.record.last is None:
            raise ValueError(self.outcome.sentence)
        newest = max(each.run.record.newest for each in (self, *compare))
        if iteration is None:
            return self.run.record.newest
        if not 0 <= iteration <= newest:
            raise ValueError(f"There is no iteration {iteration}: there are 0 to {newest}.")
        return iteration


class Player(NamedTuple):
    """A page, which a notebook shows in a cell."""

    html: str

    def _repr_html_(self) -> str:
        """Return a frame of its own, so that the notebook's styles and names stay out of it."""
        return f"""<iframe srcdoc="{escape(self.html)}" title="gdviz"
            style="width: 100%; height: {PLAYER_HEIGHT}px; border: 0"></iframe>"""


def check_one_of(what: str, name: str, known: Collection[str]) -> None:
    """Raise a ValueError with the names that are known, unless this is one of them."""
    if name not in known:
        raise ValueError(f"There is no {what} {name!r}. There are: {', '.join(known)}.")


def _check_looks(
    view: str, theme: str, size: tuple[int, int] | None, scale: float = 1, **_: object
) -> None:
    check_one_of("view", view, VIEWS)
    check_one_of("theme", theme, ("light", "dark"))
    _check("scale", scale, 1 / MOST_SCALE, MOST_SCALE)
    if size is not None:
        if len(size) != 2:
            raise ValueError(f"A size is a width and a height, not {size!r}.")
        for what, side, sides in zip(("width", "height"), size, SIZES, strict=True):
            _check(f"The {what}", side, sides[0], sides[-1])


def _check(what: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise ValueError(f"{what} must be from {low:g} to {high:,g}, not {value!r}.")


def _write(path: str | Path, pieces: Iterable[bytes]) -> None:
    try:
        write_whole(Path(path), pieces)
    except FileError as error:
        raise OSError(str(error)) from None


def _application() -> "QApplication":
    """Return the program's application, or one of our own; it needs no display."""
    from PySide6.QtCore import QThread
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or _own_application()
    if not isinstance(app, QApplication) or app.thread() is not QThread.currentThread():
        raise RuntimeError("Pictures are drawn in the main thread, with a QApplication or none.")
    return app


@cache
def _own_application() -> "QApplication":
    """Return an application that lasts as long as the program."""
    from PySide6.QtWidgets import QApplication

    platform = [] if why_no_window() is None else ["-platform", "offscreen"]
    return QApplication(["gdviz", *platform])

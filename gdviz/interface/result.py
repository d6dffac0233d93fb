"""Descent: what came of a run, to compute with and to take along. Qt starts with a picture."""

import gc
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gdviz.core.descent.descent import Ending
from gdviz.core.descent.rates import is_growing
from gdviz.core.descent.run import Run
from gdviz.core.files import FileError, write_whole
from gdviz.core.tables.writing import trajectory_arrays, trajectory_text
from gdviz.core.words.comparison import outcome_word
from gdviz.core.words.forecasts import account
from gdviz.core.words.sentences import line_text, outcome_sentence, run_name
from gdviz.desktop import why_no_window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

USUAL_SIZE, NOTEBOOK_SIZE = (1200, 800), (900, 600)
SMALLEST, LARGEST = 100, 20_000


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
        if outcome.ending is Ending.DIVERGED or is_growing(record):
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
        try:
            write_whole(Path(path), (piece.encode() for piece in text))
        except FileError as error:
            raise OSError(str(error)) from None

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
        if self.run.record.last is None:
            raise ValueError(self.outcome.sentence)
        iteration = self._drawn_iteration(iteration, compare)
        _check_size(size, scale)
        app = _application()
        from gdviz.options import VIEWS
        from gdviz.ui.features.export.headless import export
        from gdviz.ui.features.export.pictures import PICTURE_KINDS
        from gdviz.ui.theme import THEMES
        from gdviz.ui.widgets.saving import SavingError, checked_kind

        check_one_of("view", view, VIEWS)
        check_one_of("theme", theme, THEMES)
        kept = [replace(each.run, number=number) for number, each in enumerate(compare)]
        looks: dict[str, Any] = {"view": VIEWS[view], "theme": theme, "scale": scale, "size": size}
        try:
            checked_kind(Path(path), PICTURE_KINDS)
        except SavingError as error:
            raise ValueError(str(error)) from None
        try:
            export(self.run, iteration, [Path(path)], kept=kept, **looks)
        except SavingError as error:
            raise OSError(str(error)) from None
        finally:
            app.processEvents()
            # Here, for a thread of the program's own must not destroy what Qt's thread made.
            gc.collect()

    def _drawn_iteration(self, iteration: int | None, compare: Sequence["Descent"]) -> int:
        """Return the iteration to draw."""
        data = self.run.experiment.dataset
        if any(each.run.experiment.dataset.fingerprint != data.fingerprint for each in compare):
            raise ValueError("Only runs on the same data can be drawn together.")
        newest = max(each.run.record.newest for each in (self, *compare))
        if iteration is None:
            return self.run.record.newest
        if not 0 <= iteration <= newest:
            raise ValueError(f"There is no iteration {iteration}: there are 0 to {newest}.")
        return iteration


def check_one_of(what: str, name: str, known: Collection[str]) -> None:
    """Raise a ValueError with the names that are known, unless this is one of them."""
    if name not in known:
        raise ValueError(f"There is no {what} {name!r}. There are: {', '.join(known)}.")


def _check_size(size: tuple[int, int] | None, scale: float) -> None:
    sides = [*(size or USUAL_SIZE), *(side * scale for side in size or USUAL_SIZE)]
    if len(sides) != 4 or not all(SMALLEST <= side <= LARGEST for side in sides):
        asked = f"{size} at a scale of {scale:g}" if size else f"a scale of {scale:g}"
        bounds = f"from {SMALLEST} to {LARGEST:,} pixels"
        raise ValueError(f"Width and height must be {bounds}, also when scaled, not {asked}.")


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

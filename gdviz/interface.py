"""From Python: read a table, descend, take along what came of it. Qt starts with a picture."""

import gc
import numbers
import sys
import tempfile
import warnings
from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from gdviz.core.descent.descent import Ending, Experiment
from gdviz.core.descent.descent import run as run_to_its_end
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.rates import first_rate, is_growing
from gdviz.core.descent.run import Run
from gdviz.core.descent.settings import SETTINGS, fields_of
from gdviz.core.files import FileError, write_whole
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.reading import read_table
from gdviz.core.tables.table import summary
from gdviz.core.tables.writing import trajectory_arrays, trajectory_text
from gdviz.core.words.comparison import outcome_word
from gdviz.core.words.forecasts import account
from gdviz.core.words.inspection import decided
from gdviz.core.words.sentences import line_text, outcome_sentence, run_name
from gdviz.desktop import why_no_window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

SMALLEST, LARGEST = 100, 10_000


def read(
    path: str | Path,
    x: str | int | None = None,
    y: str | int | None = None,
    **choices: str | int | None,
) -> Dataset:
    """Read two columns of a file; how, is found out where it isn't chosen.

    What had to be decided, and which rows were left out, is told in warnings.

    Parameters
    ----------
    path : str or Path
        A table of numbers: text, a spreadsheet, JSON, NumPy's arrays and more.
    x, y : str or int, optional
        A column's name, or its number counted from 1; by default those that the window takes.
    **choices
        The fields of `gdviz.core.tables.choices.Choices`, such as ``decimal=","``,
        ``sheet="2024"`` or ``missing="-999"``.

    Returns
    -------
    Dataset
        With `x` and `y`, read-only arrays of shape (n_rows,) in the file's own units; dates are
        counted in days and times in seconds, as its `calendar` says.

    Raises
    ------
    DataFileError
        If there is no such file or column, or it holds no numbers.
    ValueError
        If there is no such choice, or it can't be made so.
    """
    known = [field.name for field in fields(Choices)]
    for name in choices.keys() - known:
        raise ValueError(f"There is no choice “{name}”. There are: {', '.join(known)}.")
    asked: dict[str, Any] = choices
    # Who asks for a file in a program knows how large it is.
    table = read_table(path, Choices(**asked), largest=sys.maxsize)
    dataset, left_out = table.dataset(x, y)
    said = decided(table, x, y)
    if left_out:
        said.append(f"some rows are left out.\n{summary(left_out)}")
    for sentence in said:
        warnings.warn(f"{table.title}: {sentence}", stacklevel=2)
    return dataset


def descend(
    data: Dataset | tuple[ArrayLike, ArrayLike],
    iterations: int = Experiment.iterations,
    learning_rate: float | None = Experiment.learning_rate,
    *,
    method: str = "gradient-descent",
    bias: bool = Experiment.with_bias,
    start: float | tuple[float, float] = Experiment.start,
    batch_size: int | None = None,
    seed: int = Experiment.seed,
    standardise: bool = Experiment.standardise,
    tolerance: float | None = None,
    **hyperparameters: float,
) -> "Descent":
    """Fit the line ``y ≈ weight * x + bias`` to data, step by step, and record every step.

    Parameters
    ----------
    data : Dataset or pair of array-like of shape (n_rows,)
        What `read` returns, or x and y.
    iterations : int
        How many steps to take, from 1.
    learning_rate : float or None
        None takes the one that the window would: the method's published rate where it works on
        these data, else one that does.
    method : str
        One of ``gradient-descent``, ``momentum``, ``nesterov``, ``adagrad``, ``rmsprop``,
        ``adam`` and ``step-search``.
    bias : bool
        Whether to learn the bias, too; else it stays where it starts.
    start : float or pair of float
        The weight, or weight and bias, in units of the data.
    batch_size : int, optional
        Rows that each step looks at; by default all.
    seed : int
        Decides the order of the rows in batches.
    standardise : bool
        Whether to descend on ``(x - mean) / sd``, with the bias; results stay in your units.
    tolerance : float, optional
        Stop where the slope is smaller.
    **hyperparameters
        Those of the method, by the names that the window calls them, such as ``momentum=0.8``.

    Returns
    -------
    Descent
        The run, whole, however it ended: a run that diverges is one, too.

    Raises
    ------
    ValueError
        If data or settings can't be used; the text is a sentence that says why.
    """
    _check_method(method, hyperparameters)
    start_weight, start_bias = _pair(start)
    given = _checked({
        "iterations": iterations, "learning_rate": learning_rate, "tolerance": tolerance,
        "with_bias": bias, "start_weight": start_weight, "start_bias": start_bias,
        "batch_size": batch_size, "seed": seed, "standardise": standardise,
    })  # fmt: skip
    experiment = Experiment(
        _dataset(data), **fields_of({"method": method, **hyperparameters, **given})
    )
    if learning_rate is None:
        experiment = replace(experiment, learning_rate=first_rate(experiment).rate)
    trajectory, outcome = run_to_its_end(experiment)
    return Descent(Run(experiment, trajectory.record, outcome, run_name(experiment)))


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
            self.figure(path)
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
            Width and height of the figure in pixels, without the caption below it.
        scale : float
            Pixels of a PNG for each of those.
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
        _check_size(size)
        app = _application()
        from gdviz.options import VIEWS
        from gdviz.ui.features.export.headless import export
        from gdviz.ui.features.export.pictures import PICTURE_KINDS
        from gdviz.ui.theme import THEMES
        from gdviz.ui.widgets.saving import SavingError, checked_kind

        _check_one_of("view", view, VIEWS)
        _check_one_of("theme", theme, THEMES)
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


def _dataset(data: Dataset | tuple[ArrayLike, ArrayLike]) -> Dataset:
    if isinstance(data, Dataset):
        return data
    try:
        x, y = (np.asarray(column, dtype=np.float64) for column in data)
    except (TypeError, ValueError):
        two = "two columns of numbers: (x, y)"
        raise ValueError(f"Data are what gdviz.read returns, or {two}.") from None
    return Dataset(x, y)


def _pair(start: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Return the weight and the bias of a start, which can be a weight alone."""
    try:
        weight, bias = (start, 0.0) if isinstance(start, numbers.Real) else start
    except (TypeError, ValueError):
        raise ValueError(f"A start is a weight, or a weight and a bias, not {start!r}.") from None
    return weight, bias


def _check_method(method: str, hyperparameters: dict[str, Any]) -> None:
    _check_one_of("method", method, METHODS)
    known = {field.name for field in fields(METHODS[method])}
    for name, value in hyperparameters.items():
        if name not in known:
            raise ValueError(f"“{name}” is no setting, nor a hyperparameter of {method}.")
        if not isinstance(value, numbers.Real):
            raise ValueError(f"{name} must be a number, not {value!r}.")


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    """Return the settings that are given as numbers of Python's own, within their ranges."""
    checked = {}
    for name, value in given.items():
        row = SETTINGS[name]
        if value is None and (row.off or name == "learning_rate"):
            continue
        is_number = isinstance(value, numbers.Integral if row.kind is int else numbers.Real)
        if row.kind is not bool and not (is_number and row.allows(value)):
            kind = "a whole number" if row.kind is int else "a number"
            raise ValueError(f"{name} must be {kind} {row.bounds}, not {value!r}.")
        checked[name] = row.kind(value)
    return checked


def _check_one_of(what: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise ValueError(f"There is no {what} {name!r}. There are: {', '.join(known)}.")


def _check_size(size: tuple[int, int] | None) -> None:
    if size and not (len(size) == 2 and all(SMALLEST <= side <= LARGEST for side in size)):
        sides = f"from {SMALLEST} to {LARGEST:,} pixels"
        raise ValueError(f"A size is a width and a height {sides}, not {size!r}.")


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

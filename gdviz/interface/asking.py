"""Asking from Python: read a table, descend."""

import numbers
import sys
import warnings
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.rates import first_rate
from gdviz.core.descent.run import Run
from gdviz.core.descent.settings import SETTINGS, fields_of
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.reading import read_table
from gdviz.core.tables.table import summary
from gdviz.core.words.inspection import decided
from gdviz.core.words.sentences import run_name
from gdviz.interface.result import Descent, check_one_of


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
) -> Descent:
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
    trajectory, outcome = run(experiment)
    return Descent(Run(experiment, trajectory.record, outcome, run_name(experiment)))


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
    check_one_of("method", method, METHODS)
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

"""Importing: a log, or a run that explains it, as a run that can be kept beside others."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.check.logs.log import Log, LogError, Printed
from gdviz.core.check.losses import losses_sentence
from gdviz.core.descent.descent import MOST_ITERATIONS, Experiment
from gdviz.core.descent.logged import MOST_LOGGED, Logged
from gdviz.core.files import shortened
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.numbers import short_number

LONGEST_NAME = 40


class Imported(NamedTuple):
    """A run of a log, and what is to be said of it, in sentences; nothing if all is well."""

    experiment: Experiment
    remark: str


def run_of(log: Log, dataset: Dataset, name: str, fixed_bias: float = 0.0) -> Imported:
    """Return the run that a log tells of, and which of its losses aren't those of the data.

    Parameters
    ----------
    name : str
        What the log is called, such as ``log.txt``.
    fixed_bias : float
        The bias of a log that doesn't say any.

    Raises
    ------
    LogError
        If it doesn't say where the run was.
    """
    if log.weight is None:
        raise LogError(
            f"{name} says no weight: losses alone have no place on the curve. Print w, too."
        )
    known, with_bias = log.weight.said, log.bias is not None
    bias = _constant(log.weight, fixed_bias) if log.bias is None else log.bias
    known = known & bias.said
    if not known.any():
        raise LogError(f"{name} has no row that says {'w and b' if with_bias else 'w'}.")
    rows = np.flatnonzero(known)
    iterations = _iterations(log, rows, name)
    places = np.column_stack((log.weight.values[rows], bias.values[rows]))
    told = f"as printed in {shortened(name, LONGEST_NAME)}"
    experiment = _run(dataset, iterations, places, told, with_bias)
    remarks = [losses_sentence(log, bias, dataset)]
    if not with_bias and fixed_bias:
        remarks.insert(0, f"It says no bias: b = {short_number(fixed_bias)} is taken.")
    return Imported(experiment, " ".join(filter(None, remarks)))


def run_of_walk(walk: NDArray[np.float64], dataset: Dataset, name: str) -> Experiment:
    """Return the run that explains a log: weight and bias before each update, of shape (n, 2).

    Raises
    ------
    LogError
        If it can't be shown.
    """
    told = f"replayed from {shortened(name, LONGEST_NAME)}"
    with_bias = bool((walk[:, 1] != walk[0, 1]).any())
    return _run(dataset, np.arange(len(walk)), walk, told, with_bias)


def _run(
    dataset: Dataset,
    iterations: NDArray[np.int64],
    places: NDArray[np.float64],
    told: str,
    with_bias: bool,
) -> Experiment:
    """Return a run through places, up to the first that is no number; of many rows some."""
    finite = np.isfinite(places).all(axis=1)
    count = len(places) if finite.all() else int(finite.argmin())
    broke_off = int(iterations[count]) if count < len(places) else None
    if count == 0:
        raise LogError("No number is left to show: already the first w or b is none.")
    # The last row belongs to them, whatever their number.
    every = -(-count // (MOST_LOGGED - 1))
    picked = np.unique(np.append(np.arange(0, count, every), count - 1))
    length = int(iterations[count - 1]) + 1
    if len(picked) < length:
        told += f", {len(picked):,} of {length:,} iterations"
    columns = iterations[picked].tolist(), *places[picked].T.tolist()
    try:
        logged = Logged(told, tuple(zip(*columns, strict=True)), broke_off)
        return logged.experiment(dataset, with_bias)
    except ValueError as error:
        raise LogError(str(error)) from None


def _iterations(log: Log, rows: NDArray[np.int64], name: str) -> NDArray[np.int64]:
    """Return the iterations of rows; where they aren't printed, each row is one."""
    if log.iterations is None:
        return rows
    iterations = log.iterations[rows]
    back = np.flatnonzero(np.diff(iterations) <= 0)
    if len(back):
        row = rows[back[0] + 1]
        before, after = iterations[back[0] : back[0] + 2].tolist()
        raise LogError(
            f"{name}, line {log.lines[row]:,}: iteration {after:,} comes after {before:,}, and one "
            "run only counts upwards. Leave the iterations out to have its rows counted."
        )
    if iterations[0] < 0 or iterations[-1] > MOST_ITERATIONS:
        raise LogError(f"{name} has iterations that aren't from 0 to {MOST_ITERATIONS:,}.")
    return iterations


def _constant(like: Printed, value: float) -> Printed:
    """Return a number that every row says, exactly."""
    shape = like.values.shape
    return Printed(np.full(shape, value), np.zeros(shape), np.ones(shape, dtype=bool))

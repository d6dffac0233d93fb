"""Losses: whether those of a log are the ones of some data at its weights and biases."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.check.logs.log import Log, Printed
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.numbers import number_text
from gdviz.core.words.sentences import line_text

Values = NDArray[np.float64]
Rows = NDArray[np.int64]
# PyTorch computes with so many digits: what is rounded belongs to the data all the same.
ROUNDING = 4 * float(np.finfo(np.float32).eps)
# More decimals aren't read.
MOST_DECIMALS = 12


class Known(NamedTuple):
    """The losses here at the printed places, and how far off these may be, as they are rounded."""

    loss: Values
    slack: Values


def losses_sentence(log: Log, bias: Printed, dataset: Dataset) -> str:
    """Say which of the printed losses aren't those of the data, and what they seem to be.

    Nothing if all are.

    Parameters
    ----------
    bias : Printed
        That of the log, or one that is known.
    """
    weight, printed = log.weight, log.loss
    if weight is None or printed is None:
        return ""
    numbers = weight.said & bias.said & np.isfinite(weight.values) & np.isfinite(bias.values)
    counted = printed.said & np.isfinite(printed.values)
    known = _known(weight, bias, dataset)
    rows = np.flatnonzero(numbers & counted)
    if not len(rows):
        return ""
    off = ~_agree(printed, rows, known, rows)
    if not off.any():
        return ""
    first = rows[off][0]
    count = f"The {len(rows):,} losses" if len(rows) > 1 else "The loss"
    shown = "The pictures show those of the data."
    example = _example(log, bias, known, int(first))
    for name, turned in _turned(known, len(dataset)):
        if _agree(printed, rows, turned, rows).all():
            be = "are" if len(rows) > 1 else "is"
            return f"{count} of the log {be} {name} of these data: {example} {shown}"
    earlier = _of_row_before(log, numbers, rows)
    if len(earlier) > 1 and _agree(printed, earlier, known, earlier - 1).all():
        return (
            "Each loss of the log is that of the row before it: it was taken before the update, "
            f"w and b after it. {shown}"
        )
    what = f"{count} of the log" if off.all() else f"{off.sum():,} of {len(rows):,} losses"
    verb = "don't" if off.sum() > 1 else "doesn't"
    return f"{what} {verb} belong to these data: {example} {shown}"


def _known(weight: Printed, bias: Printed, dataset: Dataset) -> Known:
    """Return the losses at printed places, whose true ones are within their precision."""
    bowl, w, b = dataset.bowl, weight.values, bias.values
    at, around = weight.precision, bias.precision
    square = bowl.mean_x**2 + bowl.sd_x**2
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        loss = bowl.loss(w, b)
        along_w, along_b = bowl.gradient(w, b)
        slack = np.abs(along_w) * at + np.abs(along_b) * around
        slack = slack + square * at**2 + 2 * abs(bowl.mean_x) * at * around + around**2
        # What comes of errors that were rounded as the largest of their parts are.
        parts = ROUNDING**2 * (w**2 * square + b**2 + bowl.loss(0.0, 0.0))
        slack = slack + 2 * np.sqrt(loss * parts) + parts + ROUNDING * loss
    return Known(loss, slack)


def _turned(known: Known, n_rows: int) -> list[tuple[str, Known]]:
    """Return what else is printed for a loss, the simplest first."""
    times = [
        (name, Known(factor * known.loss, factor * known.slack))
        for name, factor in (
            ("half of those", 0.5), ("the sums, not the means,", n_rows),
            ("half of the sums", n_rows / 2),
        )
    ]  # fmt: skip
    with np.errstate(invalid="ignore", divide="ignore"):
        root = np.sqrt(known.loss)
        slack = np.where(root > 0, known.slack / root, np.sqrt(known.slack))
    return [*times, ("the roots of those", Known(root, slack))]


def _agree(printed: Printed, rows: Rows, known: Known, at: Rows) -> NDArray[np.bool_]:
    """Tell which printed losses are those known at some rows, as far as both are exact."""
    with np.errstate(invalid="ignore", over="ignore"):
        far = np.abs(printed.values[rows] - known.loss[at])
        return np.asarray(far <= (known.slack[at] + printed.precision[rows]) * (1 + 1e-9))


def _of_row_before(log: Log, numbers: NDArray[np.bool_], rows: Rows) -> Rows:
    """Return the rows that have a place one iteration before."""
    earlier: Rows = rows[(rows > 0) & numbers[rows - 1]]
    if log.iterations is not None:
        earlier = earlier[log.iterations[earlier] - log.iterations[earlier - 1] == 1]
    return earlier


def _example(log: Log, bias: Printed, known: Known, row: int) -> str:
    """Say what one row prints, and what it is here."""
    assert log.weight is not None
    assert log.loss is not None
    line = line_text(log.weight.values[row], None if log.bias is None else bias.values[row])
    printed = as_printed(log.loss.values[row], log.loss.precision[row])
    here = as_printed(known.loss[row], log.loss.precision[row])
    return f"line {log.lines[row]:,} says {printed}, and here, at {line}, it is {here}."


def as_printed(value: float, precision: float) -> str:
    """Return a number with as many decimals as one had that is exact to half a unit."""
    decimals = 0 if precision <= 0 else round(-math.log10(2 * precision))
    return number_text(float(value), decimals=min(max(decimals, 0), MOST_DECIMALS))

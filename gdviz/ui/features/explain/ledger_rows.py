"""The rows of the ledger: the points of the data, each with its share of the slope at one step."""

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.explain.pieces import exact, figure
from gdviz.core.explain.slopes import Shares
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.widgets.table import Column, Key

# Of more rows than these only those with the largest shares are listed.
MOST_ROWS = 500
IN_BATCH = "\N{BLACK CIRCLE} "


class Share(NamedTuple):
    """What a row of the data has to do with a step.

    Attributes
    ----------
    w, b : float
        What it adds to the slopes.
    in_batch : bool or None
        Whether the step looks at it; None where every step looks at all.
    """

    row: int
    x: float
    z: float
    y: float
    prediction: float
    error: float
    w: float
    b: float
    in_batch: bool | None


def columns_for(dataset: Dataset, with_bias: bool, standardise: bool) -> list[Column[Share]]:
    """Return the columns of a ledger; the data's own have the names of the file."""
    x = "z" if standardise else "x"
    number = Column[Share](
        "Row", "The number of the row in the data; a dot marks the rows of the batch",
        text=lambda share: f"{IN_BATCH * bool(share.in_batch)}{share.row + 1}",
        key=lambda share: share.row, spoken=_spoken,
    )  # fmt: skip
    shown = {"z": standardise, "b": with_bias}
    return [number] + [
        _column(field, title, meaning)
        for field, title, meaning in (
            ("x", _title("x", dataset.shown.x), "The input: how far right the point is"),
            ("z", "z", "x on the scale that descent runs on: mean 0, spread 1"),
            ("y", _title("y", dataset.shown.y), "The label: how high the point is"),
            ("prediction", "Prediction", "What the line says y is: ŷ"),
            ("error", "Error", "The prediction minus y: how far the line is above the point"),
            ("w", "Share of slope along w",
             f"What this row adds to the slope along w: 2/n · {x} · e"),
            ("b", "Share of slope along b", "What this row adds to the slope along b: 2/n · e"),
        )
        if shown.get(field, True)
    ]  # fmt: skip


def shares_of(
    dataset: Dataset, shares: Shares, batch: NDArray[np.int64] | None, rows: NDArray[np.int64]
) -> list[Share]:
    """Return the shares of some rows at a step; `batch`: those that it looks at, None for all."""
    columns = dataset.x, shares.x, dataset.y, shares.prediction, shares.error, shares.w, shares.b
    inside: Iterable[bool | None] = [None] * len(rows)
    if batch is not None:
        inside = np.isin(rows, batch).tolist()
    cells = (column[rows].tolist() for column in columns)
    return list(map(Share, rows.tolist(), *cells, inside))


def largest(shares: Shares) -> NDArray[np.int64]:
    """Return the rows with the largest shares of the slopes, at most `MOST_ROWS`, in order."""
    if len(shares.w) <= MOST_ROWS:
        return np.arange(len(shares.w))
    size = np.abs(shares.w)
    rows = np.flatnonzero(size)
    if len(rows) > MOST_ROWS:
        first = len(rows) - MOST_ROWS
        rows = rows[np.argpartition(size[rows], first)[first:]]
    return np.sort(rows)


def _column(field: str, title: str, meaning: str) -> Column[Share]:
    """Return the column of a field."""

    def text(share: Share) -> str:
        if field in "wb" and share.in_batch is False:
            return "\N{EN DASH}"
        value: float = getattr(share, field)
        return exact(value) if field in "xy" else figure(value)

    def key(share: Share) -> Key:
        value: float = getattr(share, field)
        return None if math.isnan(value) else value

    return Column(title, meaning, text, key)


def _title(letter: str, name: str) -> str:
    return letter if name == letter else f"{letter}: {name}"


def _spoken(share: Share) -> str | None:
    if share.in_batch is None:
        return None
    return f"row {share.row + 1}, {'in the batch' if share.in_batch else 'not in the batch'}"

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

# Of more rows than these only those with the largest shares are listed; of many more, to look for
# them among all would take too long at every step: then they are the largest of a sample.
MOST_ROWS = 500
MOST_COMPARED, SAMPLED = 500_000, 100_000
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
    dates, x_title = [], _title("x", dataset.shown.x)
    if (calendar := dataset.calendar) is not None:
        dates = [Column[Share](
            dataset.shown.x, "The date or time that x stands for",
            text=lambda share: calendar.text(share.x), key=lambda share: share.x,
        )]  # fmt: skip
        x_title = f"x: {calendar.unit}"
    return [number, *dates] + [
        _column(field, title, meaning)
        for field, title, meaning in (
            ("x", x_title, "The input: how far right the point is"),
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


def listed(dataset: Dataset, shares: Shares, batch: NDArray[np.int64] | None) -> list[Share]:
    """Return what is listed of shares at a step; `batch`: the rows it looks at, None for all."""
    rows, (_, x, *others) = shares.rows, shares
    inside: Iterable[bool | None] = [None] * len(rows)
    if batch is not None:
        inside = np.isin(rows, batch).tolist()
    columns = rows, dataset.x[rows], x, dataset.y[rows], *others
    return list(map(Share, *(column.tolist() for column in columns), inside))


def compared(n_rows: int) -> NDArray[np.int64]:
    """Return the rows among which the largest shares are looked for: all, or a sample of them."""
    if n_rows <= MOST_COMPARED:
        return np.arange(n_rows)
    # One of each stretch, and always the same: the list changes with the steps only.
    edges = np.linspace(0, n_rows, SAMPLED + 1).astype(np.int64)
    return np.random.default_rng(0).integers(edges[:-1], edges[1:])


def largest(shares: Shares) -> NDArray[np.int64]:
    """Return the rows with the largest shares of the slopes, at most `MOST_ROWS`, in order."""
    if len(shares.w) <= MOST_ROWS:
        return shares.rows
    size = np.abs(shares.w)
    places = np.flatnonzero(size)
    if len(places) > MOST_ROWS:
        first = len(places) - MOST_ROWS
        places = places[np.argpartition(size[places], first)[first:]]
    return np.sort(shares.rows[places])


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

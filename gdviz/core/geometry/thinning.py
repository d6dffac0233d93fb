"""Thinning: of many points those that can be told apart, so that a picture costs the same for all.

What is picked depends on the view alone, never on where the hiker is: an iteration always shows the
same dots.
"""

from collections.abc import Sequence
from functools import reduce
from operator import and_

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.trajectory import Record
from gdviz.core.geometry.ranges import Box, Range

Values = NDArray[np.float64]

# A divergent path is followed until it is this many times farther out than where one starts.
MAX_REACH = 8.0
# More points than this are shown as a density: there are no more pixels to give them.
MOST_POINTS = 20_000
DENSITY_BINS = 256
ROWS_AT_ONCE = 2**17
# A curve of more points than this shows no more.
CURVE_POINTS = 1000
# With fewer points than this, none is looked for that could be left out.
FEW_POINTS = 150


def worth_showing(excess: Values, natural: float, reach: float = MAX_REACH) -> NDArray[np.bool_]:
    """Tell which places of a path are near enough, by their losses above the minimum.

    The start always is.

    Parameters
    ----------
    natural : float
        The loss above the minimum of natural starts: a path from next to the minimum is followed
        as far out as one from there.
    reach : float
        How many times farther out than its start a place may be.
    """
    worth = np.asarray(excess <= reach**2 * max(excess[0], natural))
    worth[0] = True
    return worth


def near(record: Record, minimum: float, natural: float, reach: float = MAX_REACH) -> Values:
    """Return the rows of a path, of shape (n, 7), that are worth showing."""
    worth = worth_showing(record.loss - minimum, natural, reach)
    # A copy of what is all there costs more than the rest.
    return record.rows if worth.all() else record.rows[worth]


def first_visits(
    path: Sequence[Values] | Values, box: Sequence[Range], cells: int, most: int | None = None
) -> NDArray[np.int64]:
    """Return, in order, the indices at which a path first enters a cell of a box.

    Parameters
    ----------
    path : sequence of ndarray of shape (n,)
        The coordinates of its points: one, or two.
    box : sequence of Range
        The part of the line or plane that is shown; other points are left out.
    cells : int
        Into how many cells each side is cut; fewer, if more than `most` are entered.
    most : int, optional
        The largest number of indices to return.
    """
    within = [(low <= x) & (x <= high) for x, (low, high) in zip(path, box, strict=True)]
    inside = np.flatnonzero(reduce(and_, within))
    shares = [(x[inside] - low) / (high - low) for x, (low, high) in zip(path, box, strict=True)]
    while True:
        cell, *rows = (np.minimum((share * cells).astype(np.int64), cells - 1) for share in shares)
        for row in rows:
            cell = cell + cells * row
        first = np.full(cells ** len(shares), -1)
        # Of several assignments to one place the last one stays, so go backwards.
        first[cell[::-1]] = inside[::-1]
        first = np.sort(first[first >= 0])
        if most is None or len(first) <= most:
            return first
        cells = cells * 2 // 3


def apart(path: Values, distance: float) -> NDArray[np.int64]:
    """Return, in order, the indices of places that lie apart from where a path has been before.

    Parameters
    ----------
    path : ndarray of shape (n, 2)
        Few places, for each is compared with all.
    distance : float
        How far each is from those that are returned before, and from the path up to the last of
        them: what leads on from there isn't in the way.
    """
    if not len(path):
        return np.empty(0, dtype=np.int64)
    near = _is_near(path, distance)
    picked, blocked = [0], near[:, 0].copy()
    for index in range(1, len(path)):
        if not blocked[index]:
            blocked |= near[:, picked[-1] + 1 : index + 1].any(axis=1)
            picked.append(index)
    return np.array(picked)


def corners(path: Values, tolerance: float) -> NDArray[np.int64]:
    """Return, in order, the indices of places that are needed to draw a path, of shape (n, 2).

    Parameters
    ----------
    tolerance : float
        How far a place that isn't may lie beside the line between its neighbours; each pass looks
        at every second one.
    """
    kept, before_pass = np.arange(len(path)), 0
    while 2 < len(kept) != before_pass:
        before_pass = len(kept)
        start, middle, end = (path[kept[first::2]] for first in range(3))
        count = len(end)
        way, offset = end - start[:count], middle[:count] - start[:count]
        lengths = (way * way).sum(axis=1)
        shares = np.clip((offset * way).sum(axis=1) / np.maximum(lengths, 1e-300), 0.0, 1.0)
        beside = offset - shares[:, np.newaxis] * way
        needed = np.ones(len(kept), dtype=bool)
        needed[1 : 2 * count : 2] = (beside * beside).sum(axis=1) > tolerance * tolerance
        kept = kept[needed]
    return kept


def _is_near(path: Values, distance: float) -> NDArray[np.bool_]:
    """Tell which places are near which, and the line that leads there from the one before."""
    (x, y), (from_x, from_y) = path.T, np.vstack((path[:1], path[:-1])).T
    way_x, way_y = x - from_x, y - from_y
    lengths = way_x * way_x + way_y * way_y
    lengths[lengths == 0] = 1.0
    beside_x, beside_y = np.subtract.outer(x, from_x), np.subtract.outer(y, from_y)
    shares = beside_x * (way_x / lengths)
    shares += beside_y * (way_y / lengths)
    np.clip(shares, 0.0, 1.0, out=shares)
    beside_x -= shares * way_x
    beside_y -= shares * way_y
    near: NDArray[np.bool_] = beside_x * beside_x + beside_y * beside_y < distance * distance
    return near


def density(x: Values, y: Values, box: Box) -> Values:
    """Count the rows in each cell of a grid, of shape (DENSITY_BINS, DENSITY_BINS), y first."""
    (left, right), (bottom, top) = box
    counts = np.zeros(DENSITY_BINS**2, dtype=np.int64)
    # A few at a time: what lies between rows and cells never leaves the processor's cache.
    for first in range(0, len(x), ROWS_AT_ONCE):
        rows = slice(first, first + ROWS_AT_ONCE)
        columns, lines = _bins(x[rows], left, right), _bins(y[rows], bottom, top)
        counts += np.bincount(lines * DENSITY_BINS + columns, minlength=len(counts))
    return counts.reshape(DENSITY_BINS, -1).astype(float)


def _bins(values: Values, low: float, high: float) -> NDArray[np.int64]:
    """Return which of the cells between two ends each value lies in."""
    bins = ((values - low) * (DENSITY_BINS / (high - low))).astype(np.int64)
    return np.minimum(bins, DENSITY_BINS - 1)


def smooth_curve(x: Values, y: Values, tolerance: float) -> tuple[Values, Values]:
    """Return a curve without the points that lie on the line between their neighbours.

    Parameters
    ----------
    x, y : ndarray of shape (n,)
        The points; x grows.
    tolerance : float
        How far beside the line, in units of y, one may lie to be left out; each pass looks at
        every second point, until few are left, or none can go.
    """
    before_pass = 0
    while FEW_POINTS < len(x) != before_pass:
        before_pass = len(x)
        before, middle, after = slice(0, -2, 2), slice(1, -1, 2), slice(2, None, 2)
        share = (x[middle] - x[before]) / (x[after] - x[before])
        beside = y[middle] - y[before] - share * (y[after] - y[before])
        kept = np.ones(len(x), dtype=bool)
        kept[middle] = np.abs(beside) > tolerance
        x, y = x[kept], y[kept]
    return x, y


def envelope(record: Record) -> tuple[Values, Values]:
    """Return a curve of at most about `CURVE_POINTS` points with all the extremes of the losses.

    Long records are cut into equal stretches, each of which gives its first row, its highest and
    its lowest, in their order.
    """
    loss = record.loss
    stretch = -(-len(loss) // (CURVE_POINTS // 3))
    if stretch <= 3:
        indices = np.arange(len(loss))
    else:
        whole = len(loss) // stretch
        stretches = loss[: whole * stretch].reshape(whole, stretch)
        starts = np.arange(whole) * stretch
        picks = [starts, starts + stretches.argmax(axis=1), starts + stretches.argmin(axis=1)]
        rest = loss[whole * stretch :]
        if len(rest):
            ends = np.array([0, rest.argmax(), rest.argmin()])
            picks.append(whole * stretch + ends)
        indices = np.unique(np.concatenate([*picks, [len(loss) - 1]]))
    iterations, losses = record.iterations_of(indices).astype(np.float64), loss[indices]
    if record.last is not None and record.last.iteration > iterations[-1]:
        iterations = np.append(iterations, record.last.iteration)
        losses = np.append(losses, record.last.loss)
    return iterations, losses

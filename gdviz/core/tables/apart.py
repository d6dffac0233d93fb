"""Dates and times that stand apart, in two columns side by side: together they are moments."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gdviz.core.files import quoted
from gdviz.core.tables.choices import Remark
from gdviz.core.tables.date_shapes import DAY_S


def join_times(
    names: Sequence[str], kinds: Sequence[str], values: NDArray[np.float64]
) -> list[Remark]:
    """Add times to the dates to the left of them, where only both put rows in order, and say so.

    Parameters
    ----------
    names, kinds : sequence of str
        Of the columns: see `Table`.
    values : ndarray of shape (n_rows, n_columns)
        Columns of dates are changed; those of times stay.
    """
    remarks = []
    for (date, kind), (time, other) in pairwise(enumerate(kinds)):
        if (kind, other) == ("date", "time") and are_apart(values[:, date], values[:, time]):
            values[:, date] = joined(values[:, date], values[:, time])
            both = f"{quoted(names[date])} and {quoted(names[time])}"
            remarks.append(Remark(
                f"{both} were read as one: {quoted(names[date])} is a date with its time of day."
            ))  # fmt: skip
    return remarks


def are_apart(dates: NDArray[np.float64], times: NDArray[np.float64]) -> bool:
    """Tell whether days come twice, and times of day stand beside them."""
    usable = np.isfinite(dates) & np.isfinite(times)
    days, seconds = dates[usable], times[usable]
    within = bool(np.all((seconds >= 0) & (seconds <= DAY_S) & (days == np.floor(days))))
    return within and len(np.unique(days)) < len(days)


def joined(dates: NDArray[np.float64], times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return days since 1970-01-01 of dates and the times of day that belong to them."""
    return dates + times / DAY_S

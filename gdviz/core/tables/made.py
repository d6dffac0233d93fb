"""Made columns: what goes on x but isn't in the file: row numbers, dates with their times."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.files import quoted
from gdviz.core.tables.calendar import DAY_S


class Made(NamedTuple):
    """A column that isn't the file's.

    Attributes
    ----------
    of : tuple of int
        The columns of the file that it is made of.
    remark : str
        A sentence that says so.
    """

    name: str
    kind: str
    values: NDArray[np.float64]
    of: tuple[int, ...]
    remark: str


def made_column(
    names: Sequence[str], values: NDArray[np.float64], kinds: Sequence[str], numeric: Sequence[int]
) -> Made | None:
    """Return the column that a table needs besides its own, if it does; see `chosen`."""
    if len(numeric) == 1:
        only = quoted(names[numeric[0]])
        remark = f"{only} is the only column of numbers, so x is the number of the row."
        numbers = np.arange(1.0, len(values) + 1)
        return Made(_free("row", names), "number", numbers, (), remark)
    for pair in pairwise(numeric):
        date, time = sorted(pair, key=lambda index: kinds[index])
        beside = (kinds[date], kinds[time], abs(date - time)) == ("date", "time", 1)
        if beside and are_apart(values[:, date], values[:, time]):
            name = _free(f"{names[date]} {names[time]}", names)
            both = f"{quoted(names[date])} and {quoted(names[time])}"
            moments = values[:, date] + values[:, time] / DAY_S
            return Made(name, "date", moments, (date, time), f"{both} are read as one date.")
    return None


def are_apart(dates: NDArray[np.float64], times: NDArray[np.float64]) -> bool:
    """Tell whether days come twice, and times of day stand beside them."""
    usable = np.isfinite(dates) & np.isfinite(times)
    days, seconds = dates[usable], times[usable]
    within = bool(np.all((seconds >= 0) & (seconds <= DAY_S) & (days == np.floor(days))))
    return within and len(np.unique(days)) < len(days)


def _free(name: str, names: Sequence[str]) -> str:
    """Return a name that no column has."""
    while name in names:
        name += f" ({len(names) + 1})"
    return name

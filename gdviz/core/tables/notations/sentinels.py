"""Sentinels: numbers such as -999 that stand for missing values, where nobody says so."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from gdviz.core.tables.choices import Choices, Remark
from gdviz.core.tables.notations.columns import MINUS, listed

# Positive ones are measured as well: they must lie farther off, in ranges of all other numbers.
FAR_BELOW, FAR_ABOVE = 1, 10
_NINES = [float(f"{'9' * whole}{end}") for whole in range(2, 8) for end in ("", ".9", ".99")]
_USUAL = np.sort(
    [-float(digit * count) for digit in "789" for count in range(2, 8)]
    + [sign * nines for sign in (-1, 1) for nines in _NINES]
    # The lowest whole numbers of 16 and 32 bits, and what NetCDF and ocean models fill in.
    + [-(2.0**15), -(2.0**31), 1e20, 1e30, 1e35, -1e30, -1e34, 9.969209968386869e36, 9.96921e36]
)


def sentinels(names: Sequence[str], values: NDArray[np.float64], choices: Choices) -> list[Remark]:
    """Name what may stand for missing values, and offer to leave it out.

    Parameters
    ----------
    values : ndarray of shape (n_rows, n_columns)
        What was read; NaN where there is none.
    """
    found: dict[str, list[str]] = {}
    ends = [_reduced(each, values) for each in (np.fmin, np.fmax)]
    for index in np.flatnonzero(_are_usual(np.array(ends)).any(axis=0)).tolist():
        for value in _far_off(values[:, index]):
            found.setdefault(f"{value:.15g}", []).append(names[index])
    if not found:
        return []
    places = [f"{_shown(value)} in {listed(given)}" for value, given in found.items()]
    missing = ";".join([*filter(None, [choices.missing]), *found])
    return [
        Remark(
            f"{' and '.join(places)} may stand for missing values.",
            f"Leave {' and '.join(map(_shown, found))} out",
            Choices(missing=missing),
        )
    ]


def _reduced(function: np.ufunc, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return one number for each column; NumPy is quick along the longer side."""
    if len(values) < values.shape[1]:
        return np.asarray(function.reduce(values, axis=0, initial=np.nan))
    return np.array([function.reduce(column, initial=np.nan) for column in values.T])


def _are_usual(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    places = np.searchsorted(_USUAL, values) % len(_USUAL)
    return np.asarray(_USUAL[places] == values)


def _shown(value: str) -> str:
    return value.replace("-", MINUS)


def _far_off(column: NDArray[np.float64]) -> Iterator[float]:
    """Yield the usual sentinels that lie far from all other numbers."""
    known = _are_usual(column)
    others = column[~known & np.isfinite(column)]
    if not len(others):
        return
    low, high = float(others.min()), float(others.max())
    reach = max(high - low, abs(low), abs(high))
    for value in np.unique(column[known]).tolist():
        if value < low - FAR_BELOW * reach or value > high + FAR_ABOVE * reach:
            yield value

"""Editing: a data set with one row moved, added or taken away; the one before stays as it was."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gdviz.core.tables.calendar import Calendar
from gdviz.core.tables.dataset import Dataset

CHANGED = " (changed)"


def moved(dataset: Dataset, index: int, x: float, y: float) -> Dataset:
    """Return the data with one row, counted from 0, somewhere else.

    Raises
    ------
    ValueError
        If there is no such row, or a number can't be squared.
    """
    _check(dataset, index)
    columns = dataset.x.copy(), dataset.y.copy()
    for column, value in zip(columns, (x, y), strict=True):
        column[index] = value
    return _changed(dataset, *columns)


def added(dataset: Dataset, x: float, y: float) -> Dataset:
    """Return the data with one more row, the last.

    Raises
    ------
    ValueError
        If a number can't be squared.
    """
    return _changed(dataset, np.append(dataset.x, x), np.append(dataset.y, y))


def removed(dataset: Dataset, indices: Collection[int]) -> Dataset:
    """Return the data without some rows, counted from 0.

    Raises
    ------
    ValueError
        If there is no such row, or none would be left.
    """
    for index in indices:
        _check(dataset, index)
    gone = sorted(set(indices))
    if len(gone) == len(dataset):
        raise ValueError("A line needs at least one point: the last one stays.")
    return _changed(dataset, np.delete(dataset.x, gone), np.delete(dataset.y, gone))


def recounted(dataset: Dataset, calendar: Calendar) -> Dataset:
    """Return the same dates or times, counted otherwise; data without any stay as they are.

    So do those of which a sample is at hand: the others were counted as they were read.
    """
    if dataset.calendar in (None, calendar) or dataset.whole is not None:
        return dataset
    moments = dataset.calendar.moments(dataset.x)
    return replace(dataset, x=calendar.counted(moments), calendar=calendar)


def _check(dataset: Dataset, index: int) -> None:
    if not 0 <= index < len(dataset):
        raise ValueError(f"There is no row {index + 1}: the data have {len(dataset)}.")


def _changed(dataset: Dataset, x: NDArray[np.float64], y: NDArray[np.float64]) -> Dataset:
    """Return other rows under the same names, and say that they are no longer the source's.

    Those of a sample are all there is of it then.
    """
    source = dataset.source.removesuffix(CHANGED) + CHANGED
    return replace(dataset, x=x, y=y, source=source, whole=None)

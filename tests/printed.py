"""Logs as a loop prints them, made without a text."""

import numpy as np

from gdviz.core.check.logs.log import Log, Printed


def printed(values, decimals=6):
    """Return numbers as they are printed with so many decimals; None: a row that says nothing."""
    said = np.array([value is not None for value in values])
    exact = np.array([np.nan if value is None else value for value in values], dtype=float)
    precision = np.where(np.isfinite(exact), 0.5 * 10.0**-decimals, 0.0)
    return Printed(np.round(exact, decimals), precision, said)


def log_of(weight=None, bias=None, loss=None, iterations=None, decimals=6):
    """Return a log that begins in line 1."""
    count = len(next(each for each in (weight, bias, loss) if each is not None))
    columns = (None if each is None else printed(each, decimals) for each in (weight, bias, loss))
    at = None if iterations is None else np.array(iterations)
    return Log(np.arange(1, count + 1), ("",) * count, at, *columns)

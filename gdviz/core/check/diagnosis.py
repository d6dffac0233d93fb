"""Diagnosis: where a log leaves the right way, and which mistakes explain every digit of it."""

from dataclasses import replace

import numpy as np

from gdviz.core.check.evidence import Tick, unwatched
from gdviz.core.check.logs.log import Log
from gdviz.core.check.search import Search
from gdviz.core.check.verdict import Cause, Diagnosis, Difference, Explanation, Given
from gdviz.core.tables.dataset import Dataset

__all__ = ["Cause", "Diagnosis", "Difference", "Explanation", "Given", "diagnose"]


def diagnose(
    log: Log,
    dataset: Dataset,
    given: Given = Given(),  # noqa: B008
    tick: Tick = unwatched,
) -> Diagnosis:
    """Return whether a log is right; if not, from where on it isn't, and why.

    The run is replayed with each usual mistake, alone and in pairs. An explanation counts only if
    it reproduces all printed digits, to the precision they were printed with, and no simpler one
    does.

    Parameters
    ----------
    tick : callable, optional
        Is called again and again; what it raises ends the search.
    """
    # Loops that diverge leave the numbers, the learner's and those that are tried.
    with np.errstate(all="ignore"):
        search = Search(log, dataset, given, tick)
        otherwise = _with_losses(log)
        agreed = _agreed(search, log) or (
            otherwise and _agreed(Search(otherwise, dataset, given, tick), otherwise)
        )
        return agreed or _disagreed(search, log)


def _with_losses(log: Log) -> Log | None:
    """Return a log whose biases are losses, as they can be where columns have no names."""
    bias = log.bias
    if bias is None or log.loss is not None or not (bias.values[bias.said] >= 0).all():
        return None
    return replace(log, bias=None, loss=bias)


def _agreed(search: Search, log: Log) -> Diagnosis | None:
    right = search.right()
    if right is None:
        return None
    return Diagnosis(True, log, search.digits(), None, (), search.found_out(right))


def _disagreed(search: Search, log: Log) -> Diagnosis:
    nearest, agreeing = search.nearest()
    explanations = tuple(search.explanations())
    return Diagnosis(
        False, log, search.digits(agreeing), search.difference(nearest, agreeing),
        explanations, search.found_out(nearest), search.more,
    )  # fmt: skip

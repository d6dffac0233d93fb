"""Diagnosis: where a log leaves the right way, and which mistakes explain every digit of it."""

import numpy as np

from gdviz.core.check.logs.log import Log
from gdviz.core.check.search import Search
from gdviz.core.check.verdict import Cause, Diagnosis, Difference, Explanation, Given
from gdviz.core.tables.dataset import Dataset

__all__ = ["Cause", "Diagnosis", "Difference", "Explanation", "Given", "diagnose"]


def diagnose(log: Log, dataset: Dataset, given: Given = Given()) -> Diagnosis:  # noqa: B008
    """Return whether a log is right; if not, from where on it isn't, and why.

    The run is replayed with each usual mistake, alone and in pairs. An explanation counts only if
    it reproduces all printed digits, to the precision they were printed with, and no simpler one
    does.
    """
    # Loops that diverge leave the numbers, the learner's and those that are tried.
    with np.errstate(all="ignore"):
        return _diagnosed(Search(log, dataset, given), log)


def _diagnosed(search: Search, log: Log) -> Diagnosis:
    right = search.right()
    if right is not None:
        return Diagnosis(True, log, search.digits(), None, (), search.found_out(right))
    nearest, agreeing = search.nearest()
    return Diagnosis(
        False, log, search.digits(agreeing), search.difference(nearest, agreeing),
        tuple(search.explanations()), search.found_out(nearest),
    )  # fmt: skip

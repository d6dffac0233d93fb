"""Provenance: what an export tells of the run that it shows, for whoever finds it again."""

import hashlib
import json

import numpy as np

from gdviz.core import __version__
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.quadratic import PIECE
from gdviz.core.descent.settings import values
from gdviz.core.tables.dataset import Dataset


def provenance(experiment: Experiment, iteration: int | None = None) -> str:
    """Return program, data and settings as JSON in ASCII, the same for the same run.

    Parameters
    ----------
    iteration : int, optional
        The one that is shown.
    """
    dataset = experiment.dataset
    told = {
        "gdviz": __version__,
        "source": dataset.source,
        "x": dataset.x_name,
        "y": dataset.y_name,
        "rows": len(dataset),
        "sha256": digest(dataset),
        "settings": values(experiment),
    }
    return json.dumps(told if iteration is None else {**told, "iteration": iteration})


def digest(dataset: Dataset) -> str:
    """Return the SHA-256 of the rows: all x, then all y, as little-endian doubles."""
    found = hashlib.sha256()
    for column in (dataset.x, dataset.y):
        # Piece by piece: a column needn't lie in one piece of memory, and a copy takes as much.
        for first in range(0, len(column), PIECE):
            found.update(np.ascontiguousarray(column[first : first + PIECE], "<f8").data)
    return found.hexdigest()

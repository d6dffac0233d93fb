"""What became other is said, and nothing else."""

from dataclasses import replace

import numpy as np
import pytest

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.run import Run
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.changes import Changes

ROWS = Dataset(np.array([1.0, 2.0, 3.0]), np.array([5.0, 6.0, 8.0]), source="three.csv")
EXPERIMENT = Experiment(ROWS, 3, 0.01)
KEPT = Run(EXPERIMENT, run(EXPERIMENT)[0].record, name="rate 0.01", number=0)


@pytest.fixture
def changes():
    return Changes(EXPERIMENT, [KEPT])


def with_rows(x, y):
    """Return the experiment on other rows."""
    rows = Dataset(np.array(x, dtype=float), np.array(y, dtype=float), source="three.csv")
    return replace(EXPERIMENT, dataset=rows)


@pytest.mark.parametrize(
    ("x", "y", "said"),
    [
        ([1, 2, 3], [5, 6.5, 8], "Moved: row 2, x = 2, y = 6.5."),
        ([1, 2, 3, 4], [5, 6, 8, 9], "Added: row 4, x = 4, y = 9."),
        ([1, 3], [5, 8], "A row was removed: 2 rows."),
        ([4, 5, 6], [7, 8, 9], "Data: three.csv, 3 rows."),
    ],
)
def test_rows(changes, x, y, said):
    now = with_rows(x, y)
    assert changes.told(now, [KEPT]) == said
    assert changes.told(now, [KEPT]) == ""


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ([KEPT, replace(KEPT, name="Adam", number=1)], "Kept: Adam."),
        ([replace(KEPT, name="slow")], "rate 0.01 is called slow now."),
        ([replace(KEPT, visible=False)], "Hidden: rate 0.01."),
        ([], "Removed: rate 0.01."),
        ([replace(KEPT, record=KEPT.record)], ""),
    ],
)
def test_runs(changes, kept, said):
    assert changes.told(EXPERIMENT, kept) == said
    assert changes.told(EXPERIMENT, kept) == ""


def test_a_run_that_is_shown_again(changes):
    changes.told(EXPERIMENT, [replace(KEPT, visible=False)])
    assert changes.told(EXPERIMENT, [KEPT]) == "Shown: rate 0.01."

"""What a log is evidence of: which loops can have printed it."""

from dataclasses import replace

import numpy as np

from gdviz.core.check.evidence import Counting, Evidence
from gdviz.core.check.logs.reading import read_sheet
from gdviz.core.check.loop import Data, Loop
from gdviz.core.tables.dataset import Dataset

X, Y = np.array([1.0, 2.0, 4.0]), np.array([3.0, 5.0, 8.0])


def test_no_loop_takes_whole_numbers_that_were_cut_to_whole_numbers():
    """It would take the data as they are, so that nobody can have made this mistake."""
    w, lines = 0.0, []
    for _ in range(10):
        lines.append(f"w = {w:.9f}")
        w -= 0.01 * 2 * np.mean((w * X - Y) * X)
    evidence = Evidence(read_sheet("\n".join(lines)).log(), Data(Dataset(X, Y)), lambda: None)
    right = Loop(learning_rate=0.01, with_bias=False)
    cut, swapped = (replace(right, columns=c) for c in ("x cut to whole numbers", "swapped"))
    counting, rows = Counting(np.arange(10)), [0, 1, 2]
    assert evidence.could_be([cut, right, swapped], counting, rows).tolist() == [False, True, False]
    assert not evidence.could_be([cut], counting, rows).any()
    assert not evidence.agreeing(cut, counting).any()

"""Rows: how many the loss counts, and of how many only a sample is at hand."""

import numpy as np
import pytest

from gdviz.core.summary.summary import Summary
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.rows import at_hand, rows_text


@pytest.mark.parametrize(("rows", "text"), [(1, "1 row"), (30, "30 rows"), (1200, "1,200 rows")])
def test_rows_that_are_all_at_hand(rows, text):
    dataset = Dataset(np.arange(1.0, rows + 1), np.ones(rows))
    assert rows_text(dataset) == at_hand(dataset) == text


def test_rows_of_which_a_sample_is_at_hand():
    rows = np.arange(1.0, 2_000_001)
    whole = Summary.of(rows, rows)
    dataset = Dataset(whole.sample.x, whole.sample.y, whole=whole)
    assert rows_text(dataset) == "2,000,000 rows"
    assert at_hand(dataset) == "a sample of 10,000 of 2,000,000 rows"

"""Rows: how many there are, and of how many of them only a sample is at hand."""

from gdviz.core.tables.dataset import Dataset


def counted(rows: int) -> str:
    """Return ``30 rows``."""
    return f"{rows:,} row{'s' * (rows != 1)}"


def rows_text(dataset: Dataset) -> str:
    """Return how many rows the loss counts."""
    return counted(dataset.n_rows)


def at_hand(dataset: Dataset) -> str:
    """Return which rows can be looked at: ``a sample of 10,000 of 4,812,000,000 rows``, or all."""
    if dataset.whole is None:
        return rows_text(dataset)
    return f"a sample of {len(dataset):,} of {rows_text(dataset)}"

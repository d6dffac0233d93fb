"""What all benchmarks share: rows of the table, and medians with their spread.

Nothing of Qt: what a process takes at most counts for those that it starts, too.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np


class Row(NamedTuple):
    """A line of the table.

    Attributes
    ----------
    what : str
        What is measured.
    ours, theirs : str
        The figures of gdviz and of the peer, measured in the same run.
    peer : str
        What it is measured against; empty where there is none.
    ratio : float or None
        Ours divided by theirs: below 1, gdviz takes less.
    goal : str
    """

    what: str
    ours: str
    peer: str = ""
    theirs: str = ""
    ratio: float | None = None
    goal: str = ""


HEADINGS = Row("what", "gdviz", "peer", "of the peer", None, "goal")


def table(rows: Iterable[Row]) -> str:
    """Return rows as a table of Markdown that can be read as it is, too."""
    cells = [[*HEADINGS[:4], "gdviz / peer", HEADINGS.goal]]
    cells += [[*row[:4], "" if row.ratio is None else f"{row.ratio:.3g}", row.goal] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    cells.insert(1, ["-" * width for width in widths])
    lines = (
        " | ".join(text.ljust(width) for text, width in zip(line, widths, strict=True))
        for line in cells
    )
    return "\n".join(f"| {line} |" for line in lines)


def spread(values: Iterable[float], unit: str) -> str:
    """Return the median of some repetitions and what the middle half of them lies between."""
    low, middle, high = np.percentile(list(values), [25, 50, 75])
    return f"{middle:.3g} {unit} ({low:.3g} to {high:.3g})"


def percentiles(frames_ms: Iterable[float]) -> str:
    """Return the median and the 99th percentile of frames."""
    p50, p99 = np.percentile(list(frames_ms), [50, 99])
    return f"p50 {p50:.2f}, p99 {p99:.2f} ms"

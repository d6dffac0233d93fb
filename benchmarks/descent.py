"""How many steps a second each method takes, beside the lesson's own loop.

The peer is `textbook.train_with_bias` as it stands, its lines written to nowhere: plain gradient
descent, one step after the other over all rows. Both are timed in turn, several times; ratios are
of neighbours. gdviz records weight, bias, loss, both slopes and both steps of every iteration; the
one pass over the data that it takes before is timed by itself. Goals, with 30 rows and 10⁶:
gradient descent 300 and 30,000 times as fast, momentum and Nesterov 100 times, the others 15 times
with 30 rows. Where PyTorch is installed, its SGD is timed as well.

With ``QUICK=1`` in the environment it takes some seconds, and is less sure.
"""

import contextlib
import os
import statistics
import time
from collections.abc import Callable

import numpy as np

from gdviz.core.descent import textbook
from gdviz.core.descent.descent import Experiment, descend
from gdviz.core.descent.method import Method
from gdviz.core.descent.methods import METHODS
from gdviz.core.tables.dataset import Dataset

QUICK = os.environ.get("QUICK") == "1"
REPEATS = 3 if QUICK else 9
# Each measurement takes about so many seconds.
SECONDS = 0.1 if QUICK else 0.5
SIZES = (30, 10**6)
# On these data no method diverges with it.
LEARNING_RATE = 1e-3
HEADINGS = ("method", "rows", "steps/s", "lesson's steps/s", "times as fast", "from - to")


def generated(n_rows: int) -> Dataset:
    """Return rows near a line."""
    rng = np.random.default_rng(0)
    x = rng.uniform(1, 30, n_rows)
    return Dataset(x, 1.1 * x + 13 + rng.normal(0, 5, n_rows))


def lesson_steps(data: Dataset, steps: int) -> None:
    """Take steps as the lesson does."""
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):  # noqa: PTH123
        textbook.train_with_bias(data.x, data.y, steps, LEARNING_RATE)


def gdviz_steps(data: Dataset, method: Method) -> Callable[[int], None]:
    """Return what takes steps as gdviz does, once the data are summed up."""
    bowl = data.bowl

    def take(steps: int) -> None:
        experiment = Experiment(data, steps, LEARNING_RATE, with_bias=True, method=method)
        assert experiment.scaled_bowl is bowl
        taken = sum(len(block) for block in descend(experiment))
        assert taken == steps + 1, "the run has ended early"

    return take


def torch_steps(data: Dataset) -> Callable[[int], None] | None:
    """Return what takes steps as ``torch.optim.SGD`` does; None without PyTorch."""
    try:
        import torch
    except ImportError:
        return None
    x, y = torch.from_numpy(data.x.copy()), torch.from_numpy(data.y.copy())

    def take(steps: int) -> None:
        w, b = (torch.zeros((), dtype=torch.float64, requires_grad=True) for _ in range(2))
        optimiser = torch.optim.SGD([w, b], lr=LEARNING_RATE)
        for _ in range(steps):
            optimiser.zero_grad()
            torch.mean((x * w + b - y) ** 2).backward()
            optimiser.step()

    return take


def seconds(take: Callable[[int], None], steps: int) -> float:
    """Return how long some steps take."""
    began = time.perf_counter()
    take(steps)
    return time.perf_counter() - began


def enough(take: Callable[[int], None]) -> int:
    """Return how many steps take long enough to be measured."""
    steps = 2
    while (took := seconds(take, steps)) < SECONDS / 4:
        steps *= 4
    return max(2, round(steps * SECONDS / took))


def compared(name: str, data: Dataset, take: Callable[[int], None]) -> tuple[str, ...]:
    """Return a line of the table: medians, and the spread of the ratios."""

    def lesson(steps: int) -> None:
        lesson_steps(data, steps)

    counts = enough(take), enough(lesson)
    both = list(zip((take, lesson), counts, strict=True))
    speeds = [tuple(steps / seconds(one, steps) for one, steps in both) for _ in range(REPEATS)]
    ratios = [ours / theirs for ours, theirs in speeds]
    ours, theirs = (statistics.median(each) for each in zip(*speeds, strict=True))
    return (
        name, f"{len(data):,}", f"{ours:,.0f}", f"{theirs:,.0f}",
        f"{statistics.median(ratios):,.1f}", f"{min(ratios):,.1f} - {max(ratios):,.1f}",
    )  # fmt: skip


def rows() -> list[tuple[str, ...]]:
    """Return the table: a line for each method and size, as `HEADINGS` says."""
    table = []
    for size in SIZES:
        data = generated(size)
        for kind in METHODS.values():
            if kind.follows_slope:
                table.append(compared(kind.label, data, gdviz_steps(data, kind())))
        take = torch_steps(data)
        if take is not None:
            table.append(compared("torch.optim.SGD", data, take))
    return table


def main() -> None:
    """Print the table."""
    table = [HEADINGS, *rows()]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        first, *others = zip(line, widths, strict=True)
        print("  ".join([first[0].ljust(first[1]), *(text.rjust(width) for text, width in others)]))
    data = generated(SIZES[-1])
    began = time.perf_counter()
    _ = data.bowl
    took = 1000 * (time.perf_counter() - began)
    print(f"The pass over {len(data):,} rows before the first step takes gdviz {took:.0f} ms.")
    if torch_steps(generated(2)) is None:
        print("PyTorch isn't installed: torch.optim.SGD was left out.")


if __name__ == "__main__":
    main()

"""How fast a table of any size is summed up, and how long the window would wait meanwhile.

Peers, in the same run: `Bowl.of`, which sums up rows that are all in memory, rounding; and, for
the sums alone, the five `numpy.dot` of a piece that round, too. Goals: a summary as fast as
`Bowl.of`; another thread that never waits longer than 5 ms; and a merge that costs less than to sum
up 100,000 rows.
"""

import threading
import time

import numpy as np

from gdviz.core.descent.bowl import Bowl
from gdviz.core.summary.density import Density
from gdviz.core.summary.sample import Sample
from gdviz.core.summary.summary import Summary
from gdviz.core.summary.sums import PIECE, Sums

ROWS = 2_000_000
MANY_ROWS = 10_000_000
PART = 100_000


def tables():
    """Return columns of several kinds, by name."""
    random = np.random.default_rng(0)
    x = random.normal(3, 2, ROWS)
    y = 1.5 * x + 7 + random.normal(size=ROWS)
    return {
        "any numbers": (x, y),
        "two decimals": (x.round(2), y.round(2)),
        "whole numbers": (np.rint(50 * x), np.rint(50 * y)),
        "of many sizes": (np.exp(x), np.exp(y / 3)),
        "seconds since 1970": (1.7e9 + 1e5 * x, y),
        "60 powers of ten": (10 ** (10 * x - 30), y),
    }


def rounding_sums(x, y):
    """Return the sums as NumPy rounds them, a piece at a time."""
    ones, totals = np.ones(PIECE), np.zeros(5)
    for first in range(0, len(x), PIECE):
        a, b = x[first : first + PIECE], y[first : first + PIECE]
        one = ones[: len(a)]
        totals += a.dot(one), b.dot(one), a.dot(a), a.dot(b), b.dot(b)
    return totals


def best(act, times=3):
    """Return the shortest of some times."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return min(taken)


def gaps(act):
    """Return how long another thread, which wants to wake each 0.2 ms, sleeps while one acts."""
    done, found = threading.Event(), []

    def watch():
        last = time.perf_counter()
        while not done.is_set():
            time.sleep(2e-4)
            now = time.perf_counter()
            found.append(now - last)
            last = now

    thread = threading.Thread(target=watch)
    thread.start()
    act()
    done.set()
    thread.join()
    return np.array(found)


def main():
    """Measure all of them."""
    print(f"{ROWS:,} rows, in million rows a second")
    for name, (x, y) in tables().items():
        acts = {
            "summary": lambda x=x, y=y: Summary.of(x, y),
            "sums": lambda x=x, y=y: Sums.of(x, y),
            "grid": lambda x=x, y=y: Density.of(x, y),
            "sample": lambda x=x, y=y: Sample.of(x, y),
            "rounding sums": lambda x=x, y=y: rounding_sums(x, y),
            "Bowl.of": lambda x=x, y=y: Bowl.of(x, y),
        }
        taken = {act: best(acts[act]) for act in acts}
        rates = "  ".join(f"{act} {ROWS / taken[act] / 1e6:5.1f}" for act in acts)
        print(f"{name:20} {rates}  a summary takes {taken['summary'] / taken['Bowl.of']:.2f} of it")
    x, y = tables()["any numbers"]
    starts = range(0, ROWS, PART)
    parts = [Summary.of(x[at : at + PART], y[at : at + PART], at) for at in starts]
    one, other = sum(parts[::2], Summary()), sum(parts[1::2], Summary())
    merge, part = best(lambda: one + other, 20), best(lambda: Summary.of(x[:PART], y[:PART]), 20)
    print(f"a merge {1e3 * merge:.2f} ms, {merge / part:.2f} of {PART:,} rows' summary")
    x, y = np.random.default_rng(1).normal(size=(2, MANY_ROWS))
    quiet = gaps(lambda: time.sleep(1))
    busy = gaps(lambda: Summary.of(x, y))
    for name, found in (("at rest", quiet), ("summing up", busy)):
        worst = 1e3 * np.sort(found)[[-1, -1 - len(found) // 1000]]
        print(
            f"another thread, {name}: longest gap {worst[0]:.2f} ms, 1 in 1,000 {worst[1]:.2f} ms"
        )


if __name__ == "__main__":
    main()

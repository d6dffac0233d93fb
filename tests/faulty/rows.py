"""The rows that programs are written for: those that come with gdviz, and generated ones."""

from pathlib import Path

import numpy as np

DATA = Path(__file__).parents[2] / "data"
FILES = ("pizza.txt", "four-evenings.txt", "ice.csv", "way-to-school.csv", "fever.csv")


def rows(rng):
    """Return x and y: of a file as often as generated, from 3 to 2,000 rows."""
    if rng.random() < 0.5:
        # Most who follow the lesson have its table.
        name = rng.choice(FILES, p=(0.5, 0.1, 0.15, 0.15, 0.1))
        return _of_file(DATA / name)
    count = round(10 ** rng.uniform(np.log10(3), np.log10(2000)))
    middle, spread = rng.choice([0.0, 1.0, 5.0, 20.0, 100.0]), rng.choice([0.5, 1.0, 3.0, 10.0])
    x = middle + spread * (rng.normal(size=count) if rng.random() < 0.5 else rng.random(count))
    slope, height = rng.uniform(-5, 5), rng.uniform(-20, 20)
    y = slope * x + height + rng.choice([0.1, 1.0, 5.0]) * rng.normal(size=count)
    digits = int(rng.choice([0, 1, 2, 6]))
    x, y = np.round(x, max(digits, int(spread < 2))), np.round(y, digits)
    return (x, y) if np.ptp(x) > 0 else rows(rng)


def _of_file(path):
    delimiter = "," if path.suffix == ".csv" else None
    return np.loadtxt(path, skiprows=1, delimiter=delimiter, unpack=True, encoding="utf-8")


def text_of(x, y):
    """Return the rows as the file that a program opens."""
    return "x y\n" + "".join(f"{a!r} {b!r}\n" for a, b in zip(x.tolist(), y.tolist(), strict=True))

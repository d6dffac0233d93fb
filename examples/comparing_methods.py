"""Comparing methods: which one comes down the valley of weight and bias first."""

from pathlib import Path

import numpy as np

import gdviz

RATES = {"gradient-descent": 0.001, "momentum": 0.001, "adam": 0.1}
GOAL = 30

data = gdviz.read(Path(__file__).parents[1] / "data" / "pizza.txt")
runs = {
    method: gdviz.descend(data, 20_000, rate, method=method, bias=True)
    for method, rate in RATES.items()
}
for method, run in runs.items():
    reached = np.flatnonzero(run.loss <= GOAL)
    when = f"after {run.iteration[reached[0]]} iterations" if len(reached) else "never"
    print(f"{method} at a rate of {RATES[method]}: a loss of {GOAL} {when}")

adam, *others = reversed(runs.values())
adam.figure("comparing_methods.svg", iteration=300, compare=others)

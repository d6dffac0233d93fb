"""Your own data: ``python own_data.py my.csv [X Y]`` fits a line to two columns of a table."""

import sys
from pathlib import Path

import gdviz

SCHOOL = Path(__file__).parents[1] / "data" / "way-to-school.csv"
path, *columns = sys.argv[1:] or [str(SCHOOL), "Distance (km)", "Time (min)"]

data = gdviz.read(path, *columns)
# Without a rate it takes one that works on these data.
run = gdviz.descend(
    data, iterations=200, learning_rate=None, bias=True, standardise=True, tolerance=1e-3
)

weight, bias = run.weight[-1], run.bias[-1]
print(f"{data.y_name} = {weight:.3f} * {data.x_name} {bias:+.3f}")
print(run.outcome)

run.figure("own_data.png", theme="dark")

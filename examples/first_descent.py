"""A first descent: fit a line to pizza.txt step by step, and take the picture along."""

from pathlib import Path

import gdviz

data = gdviz.read(Path(__file__).parents[1] / "data" / "pizza.txt")
run = gdviz.descend(data, iterations=40, learning_rate=0.0008)

for iteration in range(0, 41, 10):
    weight, loss = run.weight[iteration], run.loss[iteration]
    print(f"iteration {iteration:2}: weight {weight:.4f}, loss {loss:.2f}")
print(run.outcome)

run.figure("first_descent.png", iteration=3)
run.animate("first_descent.gif", seconds=3)
run.to_csv("first_descent.csv")

"""A plain loop whose log gdviz can check, or keep beside its own run: drop it on the window.

``python log_numpy.py > log.txt`` writes it.
"""

from pathlib import Path

import numpy as np

x, y = np.loadtxt(Path(__file__).parents[1] / "data" / "pizza.txt", skiprows=1, unpack=True)
w = b = 0.0
for i in range(100):
    error = x * w + b - y
    print(f"iteration {i}: w={w:.8f} b={b:.8f} loss={np.mean(error**2):.8f}")
    w = w - 0.001 * 2 * np.mean(error * x)
    b = b - 0.001 * 2 * np.mean(error)

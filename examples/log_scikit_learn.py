"""A log of scikit-learn's, every fifth epoch: ``python log_scikit_learn.py > log.txt``.

Its steps look at one row at a time: the log begins after the first epoch, whose w and b were 0.
"""

from pathlib import Path

import numpy as np
from sklearn.linear_model import SGDRegressor
from sklearn.metrics import mean_squared_error

x, y = np.loadtxt(Path(__file__).parents[1] / "data" / "pizza.txt", skiprows=1, unpack=True)
x = x.reshape(-1, 1)
model = SGDRegressor(penalty=None, learning_rate="constant", eta0=0.0005, random_state=1)

for epoch in range(1, 201):
    model.partial_fit(x, y)
    w, b, loss = model.coef_[0], model.intercept_[0], mean_squared_error(y, model.predict(x))
    if epoch % 5 == 1:
        print(f"Epoch {epoch:3}  w = {w:.6f}  b = {b:.6f}  loss = {loss:.6f}")

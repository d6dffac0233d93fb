"""The textbook's gradient descent, as a first course writes it.

These functions are the definitions that every other number in gdviz is checked against. They
are written to be read beside the lesson, and to be slow in the same way.
"""

import numpy as np
from numpy.typing import NDArray


def predict(X: NDArray[np.float64], w: float, b: float = 0.0) -> NDArray[np.float64]:
    """Return the line's height at each x.

    Parameters
    ----------
    X : ndarray of shape (n_rows,)
        Inputs.
    w, b : float
        Weight (slope) and bias (height at x = 0).

    Returns
    -------
    ndarray of shape (n_rows,)
        ``X * w + b``.
    """
    return X * w + b


def loss(X: NDArray[np.float64], Y: NDArray[np.float64], w: float, b: float = 0.0) -> float:
    """Return the mean of the squared errors, without a factor ½.

    Parameters
    ----------
    X, Y : ndarray of shape (n_rows,)
        Inputs and labels.
    w, b : float
        Weight and bias.

    Returns
    -------
    float
        In squared units of `Y`.
    """
    return float(np.average((predict(X, w, b) - Y) ** 2))


def gradient(X: NDArray[np.float64], Y: NDArray[np.float64], w: float) -> float:
    """Return the derivative of the loss with respect to the weight, the bias fixed at 0.

    Parameters
    ----------
    X, Y : ndarray of shape (n_rows,)
        Inputs and labels.
    w : float
        Weight.

    Returns
    -------
    float
        ``2 * mean(X * (predict(X, w) - Y))``: the chain rule on :func:`loss`.
    """
    return float(2 * np.average(X * (predict(X, w) - Y)))


def train(X: NDArray[np.float64], Y: NDArray[np.float64], iterations: int, lr: float) -> float:
    """Walk down the loss from w = 0, printing each iteration, and return the last weight.

    Parameters
    ----------
    X, Y : ndarray of shape (n_rows,)
        Inputs and labels.
    iterations : int
        How many steps to take.
    lr : float
        Learning rate: how far to step for each unit of slope.

    Returns
    -------
    float
        The weight after the last step.
    """
    w = 0.0
    for i in range(iterations):
        print("Iteration %4d => Loss: %.10f" % (i, loss(X, Y, w)))
        w -= gradient(X, Y, w) * lr
    return w


def gradients(
    X: NDArray[np.float64], Y: NDArray[np.float64], w: float, b: float
) -> tuple[float, float]:
    """Return the partial derivatives of the loss with respect to weight and bias.

    Parameters
    ----------
    X, Y : ndarray of shape (n_rows,)
        Inputs and labels.
    w, b : float
        Weight and bias.

    Returns
    -------
    tuple of float
        ``2 * mean(X * (predict(X, w, b) - Y))`` and ``2 * mean(predict(X, w, b) - Y)``.
    """
    w_gradient = 2 * np.average(X * (predict(X, w, b) - Y))
    b_gradient = 2 * np.average(predict(X, w, b) - Y)
    return float(w_gradient), float(b_gradient)


def train_with_bias(
    X: NDArray[np.float64], Y: NDArray[np.float64], iterations: int, lr: float
) -> tuple[float, float]:
    """Walk down the loss in two directions at once, printing each iteration.

    Parameters
    ----------
    X, Y : ndarray of shape (n_rows,)
        Inputs and labels.
    iterations : int
        How many steps to take.
    lr : float
        Learning rate: how far to step for each unit of slope.

    Returns
    -------
    tuple of float
        Weight and bias after the last step.
    """
    w = b = 0.0
    for i in range(iterations):
        print("Iteration %4d => Loss: %.10f" % (i, loss(X, Y, w, b)))
        w_gradient, b_gradient = gradients(X, Y, w, b)
        w -= w_gradient * lr
        b -= b_gradient * lr
    return w, b

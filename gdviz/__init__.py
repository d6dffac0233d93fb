"""gdviz: see gradient descent happen.

`core` holds the descent: the lesson's functions, data sets and files, the loss as a parabola, the
run and its record. It knows nothing of Qt. `ui` holds the window: a session that trains in a
thread and plays the record, and plots that draw it. `cli` opens the window, trains or exports.
"""

from gdviz.core.lesson import gradient, loss, predict, train

__all__ = ["gradient", "loss", "predict", "train"]
__version__ = "0.1.0"

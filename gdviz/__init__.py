"""gdviz: see gradient descent happen.

`core` holds the descent: the textbook's functions, tables, the loss, the run and its record, and
what is said of them. It knows nothing of Qt. `ui` holds the window: a session that trains in a
thread and plays the record, plots that draw it, and a folder for each thing a person does. `cli`
opens the window, trains or exports; `interface` does so from Python.
"""

from gdviz.core import __version__
from gdviz.core.descent.textbook import gradient, loss, predict, train
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.table import DataFileError
from gdviz.interface.asking import descend, read
from gdviz.interface.result import Descent

__all__ = [
    "DataFileError", "Dataset", "Descent", "__version__",
    "descend", "gradient", "loss", "predict", "read", "train",
]  # fmt: skip

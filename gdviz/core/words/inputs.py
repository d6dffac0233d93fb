"""Inputs: a value of x as it is read, with the date or time that it stands for."""

from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.numbers import number_text, text_in_steps

# So many digits of a value are said: those of its file.
DIGITS = 10


def input_text(dataset: Dataset, x: float, step: float | None = None) -> str:
    """Return a value of x, such as ``31 (2024-02-01)`` where it counts days.

    Parameters
    ----------
    step : float, optional
        Only as exact as tells it from another one so far away.
    """
    text = number_text(x, DIGITS) if step is None else text_in_steps(x, step)
    if dataset.calendar is None:
        return text
    return f"{text} ({dataset.calendar.text(x, step or 0.0)})"

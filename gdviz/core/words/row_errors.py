"""Row errors: how far a line is from one row of the data, in words."""

from typing import NamedTuple

from gdviz.core.words.numbers import number_text

# So many digits of a number that is calculated are said, and of one that is given.
DIGITS, GIVEN_DIGITS = 4, 10


class RowError(NamedTuple):
    """What a line predicts for a row, what is really there, and what lies between them."""

    predicted: str
    really: str
    error: str
    squared: str

    def __str__(self) -> str:
        """Return all of it, a line for each."""
        return "\n".join(f"{name} {text}" for name, text in self._asdict().items())


def row_error(weight: float, bias: float, x: float, y: float) -> RowError:
    """Return it for the row (x, y); an error is what is predicted less what is there."""
    predicted = weight * x + bias
    error = predicted - y
    calculated = (number_text(value, DIGITS) for value in (predicted, error, error * error))
    predicted_text, error_text, squared_text = calculated
    return RowError(predicted_text, number_text(y, GIVEN_DIGITS), error_text, squared_text)

"""How far a line is from a row, in words."""

import pytest

from gdviz.core.words.row_errors import row_error


@pytest.mark.parametrize(
    ("line", "row", "said"),
    [
        ((1, 0), (13, 33), "predicted 13\nreally 33\nerror −20\nsquared 400"),  # noqa: RUF001
        ((2, 8), (13, 33), "predicted 34\nreally 33\nerror 1\nsquared 1"),
        ((2, 7), (13, 33), "predicted 33\nreally 33\nerror 0\nsquared 0"),
        ((1.2344, 0), (10, 12.5), "predicted 12.34\nreally 12.5\nerror −0.156\nsquared 0.02434"),  # noqa: RUF001
        ((1e308, 0), (10, 1), "predicted ∞\nreally 1\nerror ∞\nsquared ∞"),
    ],
)
def test_an_error_is_what_is_predicted_less_what_is_there(line, row, said):
    assert str(row_error(*line, *row)) == said

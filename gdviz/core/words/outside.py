"""What is said of a hiker that is too far away to show."""

from gdviz.core.descent.trajectory import Row
from gdviz.core.words.numbers import number_text
from gdviz.core.words.sentences import line_text


def outside_text(
    row: Row, last: Row, parameter: str, values: tuple[float, float], *, with_bias: bool
) -> str:
    """Say where the hiker is, and with a bias of which curve the picture is.

    Parameters
    ----------
    last : Row
        Through where the curve goes that is shown.
    values : tuple of float
        Which of the parameter are shown.
    """
    value, (left, right) = getattr(row, parameter), values
    text = line_text(row.weight, row.bias if with_bias else None, 3)
    if value > right:
        text = f"{text}  →"
    elif value < left:
        text = f"←  {text}"
    else:
        text = f"↑  {text}, loss {number_text(row.loss, 3)}"
    if with_bias:
        # The slice through where the hiker is now is far outside, too.
        other, fixed = ("b", "bias") if parameter == "weight" else ("w", "weight")
        text += f"\ncurve shown: at {other} = {number_text(getattr(last, fixed), 3)}"
    return text

"""Where the shipped files are: pizza.txt and the icons."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def resource(*parts: str) -> Path:
    """Return the path of a shipped file, such as ``resource("data", "pizza.txt")``.

    A wheel carries ``assets`` and ``data`` inside the package; in a checkout they stand beside it.
    """
    inside = _PACKAGE.joinpath(*parts)
    return inside if inside.exists() else _PACKAGE.parent.joinpath(*parts)

"""Where the shipped files are: pizza.txt, the icons and the lessons."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def resource(*parts: str) -> Path:
    """Return the path of a shipped file, such as ``resource("data", "pizza.txt")``.

    A wheel carries ``assets`` and ``data`` inside the package; in a checkout they stand beside it.
    """
    inside = _PACKAGE.joinpath(*parts)
    return inside if inside.exists() else _PACKAGE.parent.joinpath(*parts)


def is_shipped(path: Path) -> bool:
    """Tell whether a file comes with gdviz: its folder is none of the user's own."""
    folders = (resource(name).resolve() for name in ("assets", "data"))
    return any(path.resolve().is_relative_to(folder) for folder in folders)

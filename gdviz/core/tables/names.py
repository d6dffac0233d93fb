"""Names of columns and files: one for each column, and fit to be shown."""

from collections.abc import Sequence

from gdviz.core.files import escaped
from gdviz.core.tables.form import as_text

LONGEST_NAME, LONGEST_PATH = 120, 400
# Of a name that is too long the end is shown, too: there names differ as well.
SHOWN_END = 40


def shown_name(name: str, longest: int = LONGEST_NAME) -> str:
    """Return a name on one line, not too long and without control characters."""
    if len(name) > longest:
        name = f"{name[: longest - SHOWN_END - 1]}…{name[-SHOWN_END:]}"
    return escaped(" ".join(name.split()))


def column_names(given: Sequence[str], width: int) -> tuple[str, ...]:
    """Return a name of its own for every column; made up where none is given."""
    if not given and width == 2:
        return "x", "y"
    wanted = [_cleaned(cell) for cell in given] + [""] * (width - len(given))
    names: dict[str, None] = {}
    taken = set(wanted)
    for number, given_name in enumerate(wanted, 1):
        name = given_name or f"column {number}"
        while name in names or (name != given_name and name in taken):
            name += f" ({number})"
        names[name] = None
    return tuple(names)


def _cleaned(cell: str) -> str:
    """Return what a cell calls its column: in one line, and fit to be shown."""
    is_text = cell.startswith("'") and as_text(cell[1:]) != cell[1:]
    return escaped(" ".join((cell[1:] if is_text else cell).split()))

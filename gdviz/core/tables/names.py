"""Names of columns and files: one for each column, and fit to be shown."""

import re
from collections.abc import Sequence

from gdviz.core.files import escaped

LONGEST_NAME, LONGEST_PATH = 120, 400
# Of a name that is too long the end is shown, too: there names differ as well.
SHOWN_END = 40

# What a spreadsheet would take for a formula, and run; the apostrophe says that it is text.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def shown_name(name: str, longest: int = LONGEST_NAME) -> str:
    """Return a name on one line, not too long and without control characters."""
    if len(name) > longest:
        name = f"{name[: longest - SHOWN_END - 1]}…{name[-SHOWN_END:]}"
    return escaped(" ".join(name.split()))


def as_text(cell: str) -> str:
    """Return what a table writes so that spreadsheets take it for text; a name is read back."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


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
    name = cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
    return escaped(" ".join(name.split()))

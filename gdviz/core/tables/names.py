"""Names of columns and files, as they are shown: they can be long, and hold anything."""

from gdviz.core.files import escaped

LONGEST_NAME, LONGEST_PATH = 120, 400
# Of a name that is too long the end is shown, too: there names differ as well.
SHOWN_END = 40


def shown_name(name: str, longest: int = LONGEST_NAME) -> str:
    """Return a name on one line, not too long and without control characters."""
    if len(name) > longest:
        name = f"{name[: longest - SHOWN_END - 1]}…{name[-SHOWN_END:]}"
    return escaped(" ".join(name.split()))

"""Reading a log: anything that a beginner's loop prints becomes columns, and these a `Log`."""

from collections.abc import Mapping
from dataclasses import dataclass

from gdviz.core.check.log import Log

# Longer texts aren't logs.
MOST_BYTES = 50_000_000
MOST_LINES = 1_000_000


@dataclass(frozen=True, eq=False)
class Column:
    """Numbers that stand at the same place in each line.

    Attributes
    ----------
    name : str
        The word that stands before the numbers, or above them; empty if there is none.
    sample : tuple of str
        Its first few numbers, as printed.
    role : str
        The one of `ROLES` that it seems to be; empty if none.
    """

    name: str
    sample: tuple[str, ...]
    role: str = ""


@dataclass(frozen=True, eq=False)
class Sheet:
    """The columns that were found in a text, and what each of them seems to be."""

    columns: tuple[Column, ...]

    def log(self, roles: Mapping[int, str] | None = None) -> Log:
        """Return what was printed, with the roles of columns (by number) as found, or as told.

        Raises
        ------
        LogError
            If nothing says weight, bias or loss, or two columns have one role.
        """
        raise NotImplementedError


def read_sheet(text: str) -> Sheet:
    """Return the columns of a text.

    Raises
    ------
    LogError
        If there are no numbers that repeat from line to line.
    """
    raise NotImplementedError

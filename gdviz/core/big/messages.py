"""Messages: what a window's process and the one that sums a table up say to each other."""

from pathlib import Path
from typing import NamedTuple

from gdviz.core.big.streaming import BigTable
from gdviz.core.files import named
from gdviz.core.summary.summary import Summary
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.faults import BadCell
from gdviz.core.tables.table import DataFileError


class Asked(NamedTuple):
    """What is to be summed up, and where: see `summed_apart`; without a scheduler, there."""

    names: tuple[str, ...]
    scheduler: str
    choices: Choices
    x: str | int | None
    y: str | int | None
    seed: int


class Counted(NamedTuple):
    """How many bytes or parts of how many have been summed up; of 0 until that is known."""

    done: int
    size: int


class Begun(NamedTuple):
    """The table, before anything is summed up."""

    table: BigTable


class Partial(NamedTuple):
    """What was summed up so far."""

    summary: Summary


class Finished(NamedTuple):
    """What all of it comes to."""

    summary: Summary


class RefusedError(Exception):
    """Why it can't be done; unlike a DataFileError it can be sent to another process.

    Attributes
    ----------
    path : str
        The file that a sentence about it begins with.
    reason : str
        The sentence without the file's name.
    cell : BadCell or None
        Where in it.
    """

    def __init__(self, path: str, reason: str, cell: BadCell | None = None) -> None:
        super().__init__(path, reason, cell)
        self.path, self.reason, self.cell = path, reason, cell

    @classmethod
    def of(cls, error: DataFileError) -> "RefusedError":
        """Return the same as another error says."""
        reason = str(error).removeprefix(named(error.path))
        cell = None
        if error.line is not None and error.column is not None:
            cell = BadCell(error.line, error.column, "", error.text or "", "")
        return cls(str(error.path), reason, cell)

    def as_found(self) -> DataFileError:
        """Return it as readers of tables raise it."""
        return DataFileError(Path(self.path), self.reason, self.cell)


Message = Counted | Begun | Partial | Finished | RefusedError

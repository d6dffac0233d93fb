"""RawTable: a table before it is read, so that it can be read again and in another way."""

from dataclasses import dataclass
from pathlib import Path

from gdviz.core.big.memory import is_big
from gdviz.core.big.sources import is_several, sources_of
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.formats.stream import Progress
from gdviz.core.tables.head import Head, parsed_head, read_head
from gdviz.core.tables.reading import parsed_table, read_table
from gdviz.core.tables.table import Table


@dataclass(frozen=True)
class RawTable:
    """A file, or the text that was pasted in place of one.

    Attributes
    ----------
    path : Path
        The file; or a folder or a pattern, where a table is in several.
    summarised : bool
        Whether its rows are only to be summed up, however many there are.
    scheduler : str
        The address of the cluster that is to do so; empty for this computer.
    """

    path: Path
    text: str | None = None
    summarised: bool = False
    scheduler: str = ""

    @property
    def is_big(self) -> bool:
        """Whether its rows are summed up rather than kept."""
        if self.text is not None:
            return False
        return self.summarised or bool(self.scheduler) or is_several(self.path) or is_big(self.path)

    @property
    def is_there(self) -> bool:
        """Whether there is anything to read."""
        try:
            return self.text is not None or self.path.is_file()
        except (OSError, ValueError):
            return False

    def table(self, choices: Choices, largest: int, progress: Progress) -> Table:
        """Read it, or raise DataFileError."""
        if self.text is not None:
            return parsed_table(self.text, self.path, choices, progress)
        return read_table(self.path, choices, largest, progress)

    def head(self, choices: Choices) -> Head:
        """Return what its first lines will be."""
        if self.text is not None:
            return parsed_head(self.text, self.path, choices)
        return read_head(sources_of(self.path)[0], choices)

"""RawTable: a table before it is read, so that it can be read again and in another way."""

from dataclasses import dataclass
from pathlib import Path

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.formats.stream import Progress
from gdviz.core.tables.head import Head, parsed_head, read_head
from gdviz.core.tables.reading import parsed_table, read_table
from gdviz.core.tables.table import Table


@dataclass(frozen=True)
class RawTable:
    """A file, or the text that was pasted in place of one."""

    path: Path
    text: str | None = None

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
        return read_head(self.path, choices)

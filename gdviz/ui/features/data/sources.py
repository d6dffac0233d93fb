"""Sources: what each data set was opened from, so that undo finds its table again."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from weakref import WeakKeyDictionary

from gdviz.core.big.sources import is_several
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.editing import CHANGED
from gdviz.core.tables.faults import LeftOut
from gdviz.core.tables.table import Table
from gdviz.resources import is_shipped
from gdviz.ui.features.data.raw_table import RawTable
from gdviz.ui.features.data.remembered import Manner


@dataclass(frozen=True, eq=False)
class Source:
    """Where a data set came from.

    Attributes
    ----------
    table : Table or None
        All columns of the file or the pasted text; None for generated data.
    x, y : int
        The columns chosen from it, counted from 0.
    raw : RawTable or None
        What the table was read from.
    keys : sequence of str
        What it is remembered by.
    left_out : LeftOut or None
        What could not be used of the columns.
    unsaved : bool
        Whether rows were changed by hand and are in no file.
    origin : object
        The same for all data that were made of each other by hand.
    """

    table: Table | None = None
    x: int = 0
    y: int = 1
    raw: RawTable | None = None
    keys: Sequence[str] = ()
    left_out: LeftOut | None = None
    unsaved: bool = False
    origin: object = field(default_factory=object)


class Sources:
    """Remembers the source of every data set for as long as anything holds on to it."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Dataset, Source] = WeakKeyDictionary()
        # What was unsaved when others were opened, by its origin.
        self._left: dict[object, Dataset] = {}

    def of(self, dataset: Dataset) -> Source:
        """Return where a data set came from."""
        return self._known.setdefault(dataset, Source())

    def manner(self, dataset: Dataset) -> Manner:
        """Return how the table of a data set was to be read, and what is shown of it."""
        source = self.of(dataset)
        if source.table is None:
            return Manner()
        x, y = (source.table.names[index] for index in (source.x, source.y))
        return Manner(source.table.asked, x, y).counted_as(dataset)

    def file_of(self, dataset: Dataset) -> tuple[Path, Choices] | None:
        """Return the user's file that holds just these data, and how it was to be read."""
        raw, table = self.of(dataset).raw, self.of(dataset).table
        if raw is None or table is None or raw.text is not None or is_shipped(raw.path):
            return None
        if dataset.whole is not None or is_several(raw.path):
            return None
        return None if dataset.source.endswith(CHANGED) else (raw.path, table.asked)

    def remember(self, dataset: Dataset, source: Source) -> None:
        """Note where a data set came from."""
        self._known[dataset] = source

    def derive(self, dataset: Dataset, origin: Dataset) -> None:
        """Note that a data set is another one, changed by hand."""
        self._known[dataset] = replace(self.of(origin), unsaved=True)

    def are_kin(self, one: Dataset, other: Dataset) -> bool:
        """Tell whether data were made of each other by hand."""
        return self.of(one).origin is self.of(other).origin

    def leave(self, dataset: Dataset, now: Dataset) -> None:
        """Note that other data are looked at now."""
        if self.of(dataset).unsaved:
            self._left[self.of(dataset).origin] = dataset
        self._left.pop(self.of(now).origin, None)

    def unsaved(self, now: Dataset) -> list[Dataset]:
        """Return what is unsaved, of the data looked at now and those that were left."""
        return [dataset for dataset in (*self._left.values(), now) if self.of(dataset).unsaved]

    def mark_saved(self, dataset: Dataset) -> None:
        """Note that a data set is in a file now."""
        self._known[dataset] = replace(self.of(dataset), unsaved=False)

"""Remembered: how tables were read by choice, for others with the same names and recent files."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import NamedTuple, TypeGuard

from gdviz.core.files import quoted
from gdviz.core.tables.calendar import UNITS
from gdviz.core.tables.choices import Choices, Remark
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.editing import recounted
from gdviz.core.tables.formats.stream import Progress, unwatched
from gdviz.core.tables.head import Head
from gdviz.core.tables.table import DataFileError, LargeTableError, Table
from gdviz.core.words.choices import ENCODINGS, choices_sentence
from gdviz.ui.features.data.raw_table import RawTable
from gdviz.ui.preferences import Preferences

# Offered in place of what was chosen last time.
AUTOMATICALLY = "Read automatically"

# The newest of them; each header stands for itself, and with each of its files.
MOST_REMEMBERED = 200
LONGEST = 200
# Whoever has more lines above a table chooses them each time.
MOST_LINES = 100_000
# No date is so many days away.
FARTHEST = 1e9


@dataclass(frozen=True)
class Manner:
    """How a table is read.

    Attributes
    ----------
    x, y : str
        The columns by name; empty where they are chosen anew.
    unit : str
        What x counts where it stands for dates or times; empty for what it usually does.
    origin : float or None
        From when on, as a `Calendar` has it; None for the first row.
    """

    choices: Choices = field(default_factory=Choices)
    x: str = ""
    y: str = ""
    unit: str = ""
    origin: float | None = None

    def counted_as(self, dataset: Dataset) -> "Manner":
        """Return the same, and how x is counted in some data."""
        calendar = dataset.calendar
        if calendar is None:
            return replace(self, unit="", origin=None)
        unit = "" if calendar == calendar.since(calendar.kind, calendar.origin) else calendar.unit
        return replace(self, unit=unit, origin=calendar.origin if dataset.x[0] else None)

    def counted(self, dataset: Dataset) -> Dataset:
        """Return data with x counted so, if it stands for dates or times."""
        calendar = dataset.calendar
        if calendar is None:
            return dataset
        origin = calendar.origin if self.origin is None else self.origin
        other = replace(calendar, unit=self.unit or calendar.unit, origin=origin)
        return recounted(dataset, other)

    def columns(self, table: Table) -> tuple[int, int]:
        """Return these columns of a table, counted from 0; others where it has none such."""
        x, y = (
            next((index + 1 for index in table.numeric if table.names[index] == name), None)
            for name in (self.x, self.y)
        )
        return table.columns(x, y)


class Remembered:
    """What was chosen by a person, the newest first, in the settings file."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    @property
    def known(self) -> Mapping[str, Manner]:
        """All of it by its keys, as it is now: a copy, for whoever reads meanwhile."""
        return dict(filter(None, map(_entry, self._preferences.objects("tables"))))

    def note(self, keys: Iterable[str], manner: Manner) -> None:
        """Remember what was chosen for a table."""
        if max(len(manner.x), len(manner.y)) > LONGEST:
            manner = replace(manner, x="", y="")
        keys = list(keys)
        old = {key: other for key, other in self.known.items() if key not in keys}
        new = [*((key, manner) for key in keys), *old.items()]
        self._preferences.set("tables", [_stored(*each) for each in new[:MOST_REMEMBERED]])


class Reading(NamedTuple):
    """A table that was read, how, which columns that means, and what it is remembered by."""

    table: Table
    manner: Manner
    x: int
    y: int
    keys: Sequence[str]


def read_as(
    raw: RawTable,
    wish: Manner | None,
    known: Mapping[str, Manner],
    largest: int,
    progress: Progress,
) -> Reading:
    """Read a table as it is wished, else as it was read last time, else as it comes.

    Raises
    ------
    DataFileError
        If it can't be read so, nor as it comes unless that isn't wished.
    """
    # The file is looked at twice only where something may be known of it; see `Opening.note`.
    keys = keys_of(raw.head(Choices()), raw.path) if known else []
    manner = wish or next((known[key] for key in keys if key in known), Manner())
    remarks = []
    try:
        table = raw.table(manner.choices, largest, progress)
        if wish is None and manner.choices != Choices():
            chosen = choices_sentence(manner.choices)
            remarks.append(Remark(f"It is read as you chose last time: {chosen}.", AUTOMATICALLY))
    except DataFileError as error:
        is_asked = wish is not None or manner.choices == Choices()
        if is_asked or isinstance(error, LargeTableError):
            raise
        table = raw.table(Choices(), largest, progress)
        remarks.append(Remark("It can't be read as you chose last time, and is read as it comes."))
    x, y = manner.columns(table)
    for name, index in ((manner.x, x), (manner.y, y)):
        if name and name != table.names[index]:
            remarks.append(Remark(f"It has no column {quoted(name)} of numbers any more."))
    return Reading(replace(table, remarks=(*remarks, *table.remarks)), manner, x, y, keys)


def as_last_time(table: Table, known: Mapping[str, Manner]) -> Table:
    """Return a table that was read as it comes as it was read last time, if that was chosen."""
    raw = RawTable(table.path)
    # What was asked for by hand has no reason.
    if not (known and table.why and raw.is_there) or table.asked != Choices():
        return table
    keys = keys_of(raw.head(Choices()), raw.path)
    manner = next((known[key] for key in keys if key in known), Manner())
    if manner.choices != Choices():
        table = read_as(raw, None, known, sys.maxsize, unwatched).table
    return replace(table, suggested=manner.columns(table))


def keys_of(head: Head, path: Path) -> list[str]:
    """Return what a table is remembered by: the file with its header, and the header alone."""
    names = header_of(head)
    return [_key(str(path.absolute()), *names), *([_key(*names)] if names else [])]


def header_of(head: Head) -> tuple[str, ...]:
    """Return the names as they are found; of what can't be read, the first line with anything."""
    lines = [line for line in head.lines if any(map(str.strip, line.cells))]
    names = [line for line in lines if line.kind == "names"]
    if names:
        return tuple(cell.strip() for line in names for cell in line.cells)
    return tuple(lines[0].cells) if head.error and lines else ()


def _key(*parts: str) -> str:
    """Return a short text that stands for texts of any length."""
    import hashlib  # loaded when a table is opened: a start does without

    return hashlib.blake2b(json.dumps(parts).encode(), digest_size=12).hexdigest()


def _stored(key: str, manner: Manner) -> dict[str, object]:
    chosen = {name: value for name, value in asdict(manner.choices).items() if value is not None}
    return {
        "key": key, "x": manner.x, "y": manner.y, "choices": chosen,
        "unit": manner.unit, "origin": manner.origin,
    }  # fmt: skip


def _entry(stored: Mapping[str, object]) -> tuple[str, Manner] | None:
    """Return what a stored entry means; None if that is nothing."""
    key, x, y = (stored.get(name) for name in ("key", "x", "y"))
    chosen = stored.get("choices")
    if not (isinstance(key, str) and isinstance(x, str) and isinstance(y, str)):
        return None
    if not isinstance(chosen, dict):
        return None
    names = {field.name for field in fields(Choices)}
    if not all(name in names and _is_meant(name, value) for name, value in chosen.items()):
        return None
    unit, origin = stored.get("unit", ""), stored.get("origin")
    if unit not in ("", *UNITS) or not (origin is None or _is_number(origin)):
        return None
    return key, Manner(Choices(**chosen), x, y, str(unit), origin)


def _is_meant(name: str, value: object) -> bool:
    """Tell whether a stored value can be one of a choice."""
    if name in ("skip", "header"):
        return type(value) is int and 0 <= value <= MOST_LINES
    if name == "encoding":
        return value in ENCODINGS
    return isinstance(value, str) and len(value) <= LONGEST and "\0" not in value


def _is_number(value: object) -> TypeGuard[float]:
    return type(value) in (int, float) and abs(value) <= FARTHEST  # type: ignore[arg-type]

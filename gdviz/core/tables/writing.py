"""Writing data sets and trajectories, every number in full precision."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.settings import values
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.tables.archive import Archive
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.layouts.kinds import WORD, kind_of
from gdviz.core.tables.names import as_text

# What stands between two cells, by the suffix of the file.
DELIMITERS = {".txt": " ", ".csv": ",", ".tsv": "\t"}

_PLAIN = re.compile(r"[^\s\"#,;]+")


# Of a row, what arrays hold besides its iteration.
ARRAYS = Row._fields[1:6]

# So many rows are made into text at a time.
PIECE_ROWS = 32


@dataclass(frozen=True)
class Text:
    """A text that is too long to be made at once: a first line, and rows, in pieces.

    Attributes
    ----------
    rows : callable
        Gives the text of the rows from one up to another.
    """

    head: str
    n_rows: int
    rows: Callable[[int, int], str]

    def __len__(self) -> int:
        """Return how many pieces there are."""
        return 1 + -(-self.n_rows // PIECE_ROWS)

    def __iter__(self) -> Iterator[str]:
        yield self.head
        for first in range(0, self.n_rows, PIECE_ROWS):
            yield self.rows(first, min(first + PIECE_ROWS, self.n_rows))


def dataset_text(dataset: Dataset, kind: str) -> Text:
    """Return names and rows as `read_table` reads them back, in the form of a file's suffix.

    Dates and times are written as such.
    """
    delimiter = DELIMITERS[kind]
    x_text = _number if dataset.calendar is None else dataset.calendar.iso

    def rows(first: int, last: int) -> str:
        columns = (column[first:last].tolist() for column in (dataset.x, dataset.y))
        pairs = zip(*columns, strict=True)
        return "".join(f"{x_text(x)}{delimiter}{_number(y)}\n" for x, y in pairs)

    header = delimiter.join(_title(name) for name in (dataset.x_name, dataset.y_name))
    return Text(f"{header}\n", len(dataset), rows)


def trajectory_text(experiment: Experiment, record: Record) -> Text:
    """Return the names and the kept rows of a record as CSV."""
    columns = _columns(experiment)

    def line(row: Row) -> str:
        values = ",".join(repr(value(row)) for value in columns.values())
        return f"{row.iteration},{values}\n"

    def rows(first: int, last: int) -> str:
        return "".join(line(record[index]) for index in range(first, last))

    return Text(f"iteration,{','.join(columns)}\n", len(record), rows)


def trajectory_arrays(record: Record) -> dict[str, NDArray[Any]]:
    """Return the iterations of a record's kept rows and what was there, read-only, by name."""
    iterations = record.iterations_of(np.arange(len(record.rows)))
    values = record.rows[:, : len(ARRAYS)]
    for extra in range(len(record.rows), len(record)):
        row = record[extra]
        iterations = np.append(iterations, row.iteration)
        values = np.vstack((values, np.array(row[1 : 1 + len(ARRAYS)], dtype=np.float64)))
    for array in (iterations, values):
        array.flags.writeable = False
    return {"iteration": iterations, **dict(zip(ARRAYS, values.T, strict=True))}


def trajectory_archive(experiment: Experiment, record: Record) -> Archive:
    """Return those arrays as NumPy's ``.npz``, and the settings beside them as a text of JSON."""

    def arrays() -> dict[str, NDArray[Any]]:
        return {**trajectory_arrays(record), "settings": np.array(json.dumps(values(experiment)))}

    return Archive(("iteration", *ARRAYS, "settings"), arrays)


# How a trajectory is written, by the suffix of the file.
TRAJECTORIES: dict[str, Callable[[Experiment, Record], Text | Archive]] = {
    ".csv": trajectory_text, ".npz": trajectory_archive,
}  # fmt: skip


def _columns(experiment: Experiment) -> dict[str, Callable[[Row], float]]:
    """Return the names of the columns, and how to get them from a row."""
    scale = experiment.scale
    fields = {"w": "weight", "loss": "loss", "gradient": "weight_gradient"}
    if experiment.with_bias:
        fields = {
            "w": "weight", "b": "bias", "loss": "loss",
            "w_gradient": "weight_gradient", "b_gradient": "bias_gradient",
        }  # fmt: skip
    columns: dict[str, Callable[[Row], float]]
    columns = {name: attrgetter(field) for name, field in fields.items()}
    if experiment.standardise:
        columns["w_standardised"] = lambda row: scale.scaled(row).weight
        columns["b_standardised"] = lambda row: scale.scaled(row).bias
    return columns


def _number(value: float) -> str:
    """Return the shortest text that means the value."""
    return repr(value).removesuffix(".0")


def _title(name: str) -> str:
    """Return a name as a header writes it: in quotes where it needs them, no number or formula."""
    name = " ".join(name.split()) or "column"
    # What could stand in a row is no name to who reads it.
    name = as_text(name) if kind_of(name)[0] == WORD else f"column {name}"
    doubled = name.replace('"', '""')
    return name if _PLAIN.fullmatch(name) else f'"{doubled}"'

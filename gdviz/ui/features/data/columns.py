"""Columns: two of a table as data, for the window, for a lesson, or as a project had them."""

import sys

from gdviz.core.files import quoted
from gdviz.core.lessons.tables import bounded_table
from gdviz.core.projects.project import Data
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.editing import recounted
from gdviz.core.tables.faults import LeftOut
from gdviz.core.tables.formats.stream import Progress
from gdviz.core.tables.table import DataFileError, Table
from gdviz.ui.features.data.raw_table import RawTable
from gdviz.ui.features.data.remembered import Manner
from gdviz.ui.features.data.sources import Source


def summed_up(table: Table, x: int, y: int, manner: Manner) -> tuple[Dataset, LeftOut]:
    """Return two columns of a table, with the sums that all else asks for, and what they lack."""
    dataset, left_out = table.dataset(x + 1, y + 1)
    dataset = manner.counted(dataset)
    _ = dataset.bowl
    return dataset, left_out


def bounded(raw: RawTable, progress: Progress) -> tuple[Dataset, Source]:
    """Return the data of a lesson's table, which comes from who knows whom, as they come."""
    table = bounded_table(raw.path, lambda most: raw.table(Choices(), most, progress))
    x, y = Manner().columns(table)
    dataset, left_out = summed_up(table, x, y, Manner())
    return dataset, Source(table, x, y, raw, left_out=left_out)


def as_saved(data: Data, raw: RawTable, progress: Progress) -> tuple[Dataset, Source]:
    """Return the columns of a file that a project names."""
    choices = data.origin.choices if data.origin is not None else Choices()
    table = raw.table(choices, sys.maxsize, progress)
    x, y = Manner(choices, data.x_name, data.y_name).columns(table)
    for name, index in ((data.x_name, x), (data.y_name, y)):
        if name != table.names[index]:
            raise DataFileError(raw.path, f" has no column {quoted(name)} of numbers any more.")
    dataset, left_out = summed_up(table, x, y, Manner())
    if data.calendar is not None:
        dataset = recounted(dataset, data.calendar)
    return dataset, Source(table, x, y, raw, left_out=left_out)

"""Inspection: what was read of a table, as the command line says it."""

from typing import Any

import numpy as np

from gdviz.core.tables.calendar import Calendar
from gdviz.core.tables.choosing import no_best_line
from gdviz.core.tables.table import Table, summary
from gdviz.core.words.numbers import typed_number

LISTED = 20


def decided(table: Table, x: str | int | None = None, y: str | int | None = None) -> list[str]:
    """Return what there is to say of how a table was read, and of the column chosen for x."""
    said = [remark.text for remark in table.remarks]
    column, _ = table.columns(x, y)
    values = table.values[np.isfinite(table.values[:, column]), column]
    flat = no_best_line(table.names[column])
    if len(values) > 1 and np.ptp(values) == 0 and flat not in said:
        said.append(flat)
    return said


def inspected(table: Table, x: str | None = None, y: str | None = None) -> dict[str, Any]:
    """Return what was read of two columns, as JSON knows it.

    Dates are days since 1970-01-01, times of day are seconds.

    Raises
    ------
    DataFileError
        If a column can't be used, or no row is left.
    """
    dataset, left_out = table.dataset(x, y)
    columns = table.columns(x, y)
    is_number = [np.isfinite(table.values[:, column]) for column in columns]
    rows = np.flatnonzero(is_number[0] & is_number[1])
    first, last = ([float(table.values[row, c]) for c in columns] for row in rows[[0, -1]])
    return {
        "x": dataset.x_name,
        "y": dataset.y_name,
        "rows": len(dataset),
        "left_out": left_out.rows,
        "first": first,
        "last": last,
        "notices": decided(table, x, y) + [summary(left_out)] * bool(left_out),
    }


def inspection(table: Table, x: str | None = None, y: str | None = None) -> str:
    """Return the same as lines to read, with the names of all columns.

    Raises
    ------
    DataFileError
        If a column can't be used, or no row is left.
    """
    found, columns = inspected(table, x, y), table.columns(x, y)
    first, last = (
        ", ".join(_text(table, *each) for each in zip(columns, found[which], strict=True))
        for which in ("first", "last")
    )
    return "\n".join([
        *told_first(table.title, table, found),
        f"first     {first}",
        f"last      {last}",
        *[table.why] * (columns == table.suggested),
        *found["notices"],
    ])  # fmt: skip


def told_first(title: str, table: Table, found: dict[str, Any]) -> list[str]:
    """Return the lines that name the columns of a table and count the rows of two of them."""
    names = [table.names[index] for index in table.numeric]
    more = f", and {len(names) - LISTED:,} more" * (len(names) > LISTED)
    return [
        title,
        f"columns   {', '.join(names[:LISTED])}{more}",
        f"x         {found['x']}",
        f"y         {found['y']}",
        f"rows      {found['rows']:,}",
        f"left out  {found['left_out']:,}",
    ]


def _text(table: Table, column: int, value: float) -> str:
    """Return a value as it is typed, or the date or time that it stands for."""
    kind = table.kinds[column] if table.kinds else "number"
    return typed_number(value) if kind == "number" else Calendar.since(kind, 0).text(value)

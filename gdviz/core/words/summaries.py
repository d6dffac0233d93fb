"""Summaries: what was read of a table that was summed up, as the command line says it."""

from typing import TYPE_CHECKING, Any

from gdviz.core.tables.table import summary
from gdviz.core.words.inspection import told_first
from gdviz.core.words.numbers import typed_number
from gdviz.core.words.rows import counted

if TYPE_CHECKING:
    from gdviz.core.big.streaming import BigTable


def pass_sentence(table: "BigTable") -> str:
    """Say how many rows were read, and what is left of them."""
    rows, files, sample = len(table.summary), len(table.sources), len(table.summary.sample)
    where = f" in {files:,} files" if files > 1 else ""
    kept = (
        "what needs rows has all of them"
        if sample == rows
        else f"what needs rows uses a sample of {sample:,}"
    )
    return f"{counted(rows)}{where}, summarised in one pass; {kept}."


def inspected_summary(table: "BigTable") -> dict[str, Any]:
    """Return what was read of two columns, as JSON knows it.

    Dates are days since 1970-01-01, times of day are seconds.
    """
    whole, written, left_out = table.summary, table.written, table.left_out
    return {
        "x": written.x_name,
        "y": written.y_name,
        "rows": len(whole),
        "files": len(table.sources),
        "sample": len(whole.sample),
        "left_out": left_out.rows,
        "first": _in_days(table, whole.first or (0.0, 0.0)),
        "least": _in_days(table, (whole.x_range[0], whole.y_range[0])),
        "largest": _in_days(table, (whole.x_range[1], whole.y_range[1])),
        "notices": [remark.text for remark in table.first.remarks]
        + [summary(left_out)] * bool(left_out),
    }


def summary_inspection(table: "BigTable") -> str:
    """Return the same as lines to read, with the names of all columns."""
    found, first = inspected_summary(table), table.first
    return "\n".join([
        *told_first(table.title, first, found),
        *(f"{which:9} {_line(table, found[which])}" for which in ("first", "least", "largest")),
        pass_sentence(table),
        *found["notices"],
    ])  # fmt: skip


def _in_days(table: "BigTable", row: tuple[float, float]) -> list[float]:
    """Return x and y, a date as `Inspection` has it."""
    calendar = table.written.calendar
    return [row[0] if calendar is None else float(calendar.moments(row[0])), row[1]]


def _line(table: "BigTable", row: list[float]) -> str:
    calendar = table.written.calendar
    x = typed_number(row[0]) if calendar is None else calendar.text(float(calendar.counted(row[0])))
    return f"{x}, {typed_number(row[1])}"

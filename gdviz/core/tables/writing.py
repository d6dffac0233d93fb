"""Writing a data set as text that `files.read_table` reads back number for number."""

import math
import re

from gdviz.core.tables.dataset import Dataset

# What stands between two cells, by the suffix of the file.
DELIMITERS = {".txt": " ", ".csv": ",", ".tsv": "\t"}

_PLAIN = re.compile(r"[^\s\"#,;]+")


def table_text(dataset: Dataset, kind: str) -> str:
    """Return the names and the rows, every number in full precision.

    Parameters
    ----------
    dataset : Dataset
    kind : {".txt", ".csv", ".tsv"}
        The suffix of the file; it decides what stands between the cells.
    """
    delimiter = DELIMITERS[kind]
    header = delimiter.join(_title(name) for name in (dataset.x_name, dataset.y_name))
    rows = zip(dataset.x.tolist(), dataset.y.tolist(), strict=True)
    lines = [f"{_number(x)}{delimiter}{_number(y)}" for x, y in rows]
    return "\n".join([header, *lines, ""])


def _number(value: float) -> str:
    """Return the shortest text that means the value."""
    return repr(value).removesuffix(".0")


def _title(name: str) -> str:
    """Return a name as a header writes it: in quotes where it needs them, never a number."""
    name = " ".join(name.split()) or "column"
    if _is_number(name):
        name = f"column {name}"
    doubled = name.replace('"', '""')
    return name if _PLAIN.fullmatch(name) else f'"{doubled}"'


def _is_number(text: str) -> bool:
    plain = text.replace("\N{MINUS SIGN}", "-").replace(",", ".")
    try:
        return math.isfinite(float(plain))
    except ValueError:
        return False

"""Writing data sets and trajectories as text, every number in full precision."""

import math
import re
from collections.abc import Callable, Iterator
from operator import attrgetter

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.form import as_text

# What stands between two cells, by the suffix of the file.
DELIMITERS = {".txt": " ", ".csv": ",", ".tsv": "\t"}

_PLAIN = re.compile(r"[^\s\"#,;]+")


def dataset_text(dataset: Dataset, kind: str) -> str:
    """Return names and rows as `read_table` reads them back, in the form of a file's suffix."""
    delimiter = DELIMITERS[kind]
    header = delimiter.join(_title(name) for name in (dataset.x_name, dataset.y_name))
    rows = zip(dataset.x.tolist(), dataset.y.tolist(), strict=True)
    lines = [f"{_number(x)}{delimiter}{_number(y)}" for x, y in rows]
    return "\n".join([header, *lines, ""])


def trajectory_lines(experiment: Experiment, record: Record) -> Iterator[str]:
    """Yield the names and the kept rows of a record as CSV."""
    columns = _columns(experiment)
    yield f"iteration,{','.join(columns)}\n"
    for index in range(len(record)):
        row = record[index]
        yield f"{row.iteration},{','.join(repr(value(row)) for value in columns.values())}\n"


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
    name = f"column {name}" if _is_number(name) else as_text(name)
    doubled = name.replace('"', '""')
    return name if _PLAIN.fullmatch(name) else f'"{doubled}"'


def _is_number(text: str) -> bool:
    plain = text.replace("\N{MINUS SIGN}", "-").replace(",", ".")
    try:
        return math.isfinite(float(plain))
    except ValueError:
        return False

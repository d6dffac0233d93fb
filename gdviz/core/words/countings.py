"""Countings: the ways in which the dates or times of x can be counted, and what they are called."""

from collections.abc import Mapping
from dataclasses import replace

from gdviz.core.tables.calendar import UNITS, Calendar
from gdviz.core.tables.dataset import Dataset


def in_units(calendar: Calendar) -> Mapping[str, Calendar]:
    """Return the same in every unit, by their names."""
    return {unit: replace(calendar, unit=unit) for unit in UNITS}


def from_origins(dataset: Dataset, calendar: Calendar) -> Mapping[str, Calendar]:
    """Return the same from the usual origins, and from its own, by what these are called."""
    first = float(calendar.moments(dataset.x[0]))
    zero = "the epoch" if calendar.kind == "date" else "midnight"
    origins = {first: "the first row", 0.0: zero} if first else {0.0: zero}
    if calendar.origin not in origins:
        origins[calendar.origin] = ""
    begun = {name: replace(calendar, origin=origin) for origin, name in origins.items()}
    texts = {name: other.text(0.0) for name, other in begun.items()}
    return {f"{name} ({texts[name]})" if name else texts[name]: begun[name] for name in begun}

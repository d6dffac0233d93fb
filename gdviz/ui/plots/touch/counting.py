"""Counting: where x stands for dates or times, the units they can be counted in, and from when."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QMenu

from gdviz.core.tables.calendar import UNITS, Calendar
from gdviz.core.tables.dataset import Dataset


def fill_counting(
    menu: QMenu, dataset: Dataset | None, request: Callable[[Calendar], object]
) -> None:
    """Offer in a menu to count the dates or times of x otherwise; `request` is asked for it."""
    calendar = dataset.calendar if dataset is not None else None
    if dataset is None or calendar is None:
        return
    first = float(calendar.moments(dataset.x[0]))
    units = {unit: replace(calendar, unit=unit) for unit in UNITS}
    origins = {
        f"{name} ({begun.text(0.0)})": begun
        for name, begun in (
            ("The first row", replace(calendar, origin=first)),
            ("The epoch" if calendar.kind == "date" else "Midnight", replace(calendar, origin=0.0)),
        )
    }
    for title, offered in (("Count &x in", units), ("Count x &from", origins)):
        part = menu.addMenu(title)
        for name, other in offered.items():
            action = part.addAction(name.capitalize(), partial(request, other))
            action.setCheckable(True)
            action.setChecked(other == calendar)
    menu.addSeparator()

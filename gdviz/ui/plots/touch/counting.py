"""Counting: where x stands for dates or times, the units they can be counted in, and from when."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu

from gdviz.core.tables.calendar import Calendar
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.countings import from_origins, in_units


def fill_counting(
    menu: QMenu, dataset: Dataset | None, request: Callable[[Calendar], object]
) -> None:
    """Offer in a menu to count the dates or times of x otherwise; `request` is asked for it."""
    calendar = dataset.calendar if dataset is not None else None
    if dataset is None or calendar is None or dataset.whole is not None:
        return
    units, origins = in_units(calendar), from_origins(dataset, calendar)
    for title, offered in (("Count &x in", units), ("Count x &from", origins)):
        part = menu.addMenu(title)
        for name, other in offered.items():
            action = part.addAction(name.capitalize(), partial(request, other))
            action.setCheckable(True)
            action.setChecked(other == calendar)
    menu.addSeparator()

"""CountingBoxes: where x stands for dates or times, what it counts, and since when."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QSignalBlocker, Signal

from gdviz.core.tables.calendar import Calendar
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.countings import from_origins, in_units
from gdviz.ui.settings.form import Form
from gdviz.ui.widgets.narrow_box import NarrowBox
from gdviz.ui.widgets.parts import named


class CountingBoxes(QObject):
    """Two rows of a form, which are hidden where x counts nothing.

    Signals
    -------
    requested(Calendar)
        The user wants to count otherwise.
    """

    requested = Signal(object)

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._form = form
        self._unit = named(NarrowBox(), "x_unit", "Unit of x", "What x counts")
        self._origin = named(
            NarrowBox(shorter=_date), "x_origin", "Origin of x", "Since when x is counted"
        )
        for label, box in (("x counts", self._unit), ("since", self._origin)):
            form.add(label, box)
            box.activated.connect(lambda _, box=box: self.requested.emit(box.currentData()))

    def show_dataset(self, dataset: Dataset) -> None:
        """Show how x is counted, if it is."""
        # Those that were only summed up were counted once and for all.
        calendar = dataset.calendar if dataset.whole is None else None
        for box in (self._unit, self._origin):
            self._form.show_row(box, calendar is not None)
        if calendar is not None:
            _fill(self._unit, in_units(calendar), calendar)
            _fill(self._origin, from_origins(dataset, calendar), calendar)


def _date(origin: str) -> str:
    """Return the date of an origin without what that is."""
    return origin.rpartition("(")[2].rstrip(")")


def _fill(box: NarrowBox, entries: Mapping[str, Calendar], chosen: Calendar) -> None:
    with QSignalBlocker(box):
        box.clear()
        for name, calendar in entries.items():
            box.addItem(name, calendar)
        box.setCurrentIndex(list(entries.values()).index(chosen))
    # The list is as wide as its entries, whatever the box is.
    box.view().setMinimumWidth(box.view().sizeHintForColumn(0))

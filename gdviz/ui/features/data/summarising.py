"""Summarising: tables that memory has no room for are read once, and their pictures fill in."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from gdviz.core.files import named
from gdviz.core.tables.choices import Choices, Remark
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.formats.stream import Progress
from gdviz.core.tables.table import DataFileError, LargeTableError
from gdviz.core.words.rows import at_hand, rows_text
from gdviz.ui.features.data.raw_table import RawTable
from gdviz.ui.features.data.reader import Reader
from gdviz.ui.features.data.remembered import Manner, keys_of
from gdviz.ui.features.data.sources import Source, Sources
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.banner import Banner
from gdviz.ui.widgets.message import message

if TYPE_CHECKING:
    from gdviz.core.big.streaming import BigTable

# So often pictures show what was summed up by then: all of them are laid out anew.
REFRESH_MS = 700
CHANGED_SINCE = Remark("It can't be read as you chose last time, and is read as it comes.")


class Summed(NamedTuple):
    """What was summed up of a table by now, and how it was read."""

    dataset: Dataset
    source: Source
    remarks: tuple[Remark, ...]


class Summarising(QObject):
    """Has big tables summed up beside the window, and shows what there is of them meanwhile."""

    def __init__(
        self, session: Session, reader: Reader, sources: Sources, notice: Banner, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._reader, self._sources = session, reader, sources
        self._notice = notice
        self._newest: Summed | None = None
        self._shown: Dataset | None = None
        self._gesture: object | None = None
        self._text = ""
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self._show_newest)

    def open(
        self, raw: RawTable, wish: Manner | None, known: Mapping[str, Manner], text: str
    ) -> Summed | None:
        """Sum up a table and show it; None if that was cancelled: what there is of it stays.

        Parameters
        ----------
        wish : Manner, optional
            How to read it; by default as last time, which is among what is `known`.
        text : str
            What undo calls it.

        Raises
        ------
        DataFileError
            If it can't be read.
        """
        name = named(raw.path)
        self._newest = self._shown = None
        self._gesture, self._text = object(), text or f"open {name}"
        self._timer.start()
        try:
            summed = self._reader.read(name, partial(self._sum_up, raw, wish, known))
        finally:
            self._timer.stop()
        self._newest = summed
        if summed is None:
            self._say_what_stays(name)
            return None
        self._show_newest()
        return summed

    def _sum_up(
        self, raw: RawTable, wish: Manner | None, known: Mapping[str, Manner], progress: Progress
    ) -> Summed:
        """Have a table summed up, and put where the window looks what may be shown by now."""
        # What lies on a cluster can't be looked at here.
        keys = keys_of(raw.head(Choices()), raw.path) if known and not raw.scheduler else []
        manner = wish or next((known[key] for key in keys if key in known), Manner())
        try:
            return self._summed(raw, manner, keys, progress)
        except DataFileError:
            if wish is not None or manner == Manner():
                raise
            return self._summed(raw, Manner(), keys, progress, CHANGED_SINCE)

    def _summed(
        self, raw: RawTable, manner: Manner, keys: Sequence[str], progress: Progress, *said: Remark
    ) -> Summed:
        # Not above: a start does without what reads big tables.
        from gdviz.core.big.apart import summed_apart

        share = 0.0

        def note(done: int, size: int) -> None:
            nonlocal share
            share = done / max(size, 1)
            progress(done, size)

        def summed(table: "BigTable", called: str) -> Summed:
            dataset = table.dataset(called)
            _ = dataset.bowl, dataset.quadratic  # not for the window to wait for
            x, y = table.first.columns(table.written.x_name, table.written.y_name)
            source = Source(table.first, x, y, raw, keys, table.left_out)
            remarks = (*said, *_remarks(dataset, len(table.sources)), *table.first.remarks)
            return Summed(dataset, source, remarks)

        def show(table: "BigTable") -> None:
            self._newest = summed(table, f"{100 * share:.0f} % of {table.title}")

        x, y = manner.x or None, manner.y or None
        table = summed_apart(raw.path, raw.scheduler, manner.choices, x, y, note, show)
        return summed(table, table.title)

    def _show_newest(self) -> None:
        newest, session = self._newest, self._session
        if newest is None or newest.dataset is self._shown:
            return
        self._shown = newest.dataset
        self._reader.note(newest)
        self._sources.remember(newest.dataset, newest.source)
        session.playback.to_start()
        session.undo.change(session.on_new(newest.dataset), self._text, self._gesture)

    def _say_what_stays(self, name: str) -> None:
        if self._shown is not None and self._shown is self._session.runs.experiment.dataset:
            rows = rows_text(self._shown)
            self._notice.say(f"Cancelled: {rows} of {name} were summarised, and are shown.")


def how_to_open(window: QWidget, large: LargeTableError, raw: RawTable) -> tuple[RawTable, int]:
    """Ask whether all rows of a very large file are kept in memory, or summed up.

    Returns
    -------
    tuple of RawTable and int
        How to read it, and how many bytes may be read; 0 bytes: not at all.
    """
    kinds = QMessageBox.StandardButton
    box = message(window, "large_file", "Large file", f"{large} Open it?")
    box.setInformativeText(
        "Summarised, it takes little memory: the loss counts all rows, and single ones are those "
        "of a sample. To keep all rows can take a minute, and ten times as much memory."
    )
    summarise = box.addButton("&Summarise", QMessageBox.ButtonRole.AcceptRole)
    keep = box.addButton("&Keep all rows", QMessageBox.ButtonRole.AcceptRole)
    box.setStandardButtons(kinds.Cancel)
    box.setDefaultButton(summarise)
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    if clicked is summarise:
        return RawTable(raw.path, raw.text, summarised=True), large.size
    return raw, large.size if clicked is keep else 0


def _remarks(dataset: Dataset, files: int) -> tuple[Remark, ...]:
    """Say it where rows were summed up, and not kept."""
    if dataset.whole is None:
        return ()
    where = f" in {files:,} files" if files > 1 else ""
    text = f"The loss counts all {rows_text(dataset)}{where}; single rows are those of "
    return (Remark(f"{text}{at_hand(dataset)}."),)

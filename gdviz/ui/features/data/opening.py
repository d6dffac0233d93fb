"""Opening: tables from files, the clipboard or a drop, and the columns chosen from them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from gdviz.core.files import named
from gdviz.core.projects.project import SUFFIX, Data, is_project
from gdviz.core.tables.choices import Choices, Remark
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.faults import LeftOut
from gdviz.core.tables.formats.stream import Progress
from gdviz.core.tables.names import LONGEST_PATH, shown_name
from gdviz.core.tables.reading import LARGEST_BYTES
from gdviz.core.tables.table import DataFileError, LargeTableError, Table
from gdviz.core.words.provenance import told_by_file
from gdviz.resources import is_shipped, resource
from gdviz.ui.features import Feature, Menus
from gdviz.ui.features.data.columns import as_saved, bounded, summed_up
from gdviz.ui.features.data.examples import PIZZA, examples_menu
from gdviz.ui.features.data.incoming import CLIPBOARD, DROP, further_files, incoming, not_opened
from gdviz.ui.features.data.logs import is_log
from gdviz.ui.features.data.raw_table import RawTable
from gdviz.ui.features.data.reader import Reader, Result
from gdviz.ui.features.data.remembered import Manner, Reading, Remembered, keys_of, read_as
from gdviz.ui.features.data.sources import Source, Sources
from gdviz.ui.features.data.summarising import Summarising, how_to_open
from gdviz.ui.features.data.telling import OPTIONS, Telling
from gdviz.ui.plain import in_menu
from gdviz.ui.preferences import Preferences
from gdviz.ui.running.session import Session
from gdviz.ui.settings.panel import SettingsPanel
from gdviz.ui.widgets.banner import Banner
from gdviz.ui.widgets.beside import beside_window
from gdviz.ui.widgets.commands import fill
from gdviz.ui.widgets.saving import own_folder

KINDS = "txt csv tsv dat xlsx xls ods json jsonl npy npz arff md gz bz2 xz zip parquet"
_TABLES = " ".join(f"*.{kind}" for kind in KINDS.split())
FILE_FILTER = f"Tables ({_TABLES});;All files (*)"
OPEN_FILTER = f"Tables and projects ({_TABLES} *{SUFFIX});;{FILE_FILTER}"


class Opening(Feature):
    """Puts other data into the session, whose first are those of a table but for its bad cells.

    Signals
    -------
    about_to_read(Path)
        A file will be read now, as it is.
    options_requested(RawTable)
        The user wants to choose how a table is read.
    export_found(Path, object)
        A picture or a page is opened, and what it tells of its run.
    project_requested(Path), log_found(RawTable)
        What is to be opened is no table.
    """

    about_to_read = Signal(object)
    options_requested = Signal(object)
    project_requested = Signal(object)
    export_found = Signal(object, object)
    log_found = Signal(object)

    def __init__(
        self,
        table: Table,
        left_out: LeftOut,
        session: Session,
        panel: SettingsPanel,
        notice: Banner,
        preferences: Preferences,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._panel = session, panel
        self._notice, self._preferences, self._window = notice, preferences, window
        self.reader = Reader(notice, self)
        self.sources = Sources()
        self.telling = Telling(session, notice, self)
        self._summarising = Summarising(session, self.reader, self.sources, notice, self)
        self.remembered = Remembered(preferences)
        self.folder = own_folder(table.path)
        self._recent = QMenu("Open &recent", window)
        self._offer_recent()
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        session.runs.experiment_changed.connect(self._show_source)
        panel.columns_requested.connect(self._on_columns_requested)
        x, y = Manner().columns(table)
        source = Source(table, x, y, RawTable(table.path), left_out=left_out)
        self.sources.remember(session.runs.experiment.dataset, source)
        self.tell()
        self._show_source()

    def menus(self) -> Menus:
        """Return its commands."""
        standard = QKeySequence.StandardKey
        return {
            "&File": [
                ("&Open…", standard.Open, self.choose_file),
                ("Open &folder…", None, self.choose_folder),
                self._recent,
                examples_menu(self.open_example, self._window),
            ],
            "&Edit": [None, ("&Paste columns", standard.Paste, self.paste)],
        }

    def close(self) -> None:
        """End what is being read."""
        self.reader.stop()

    def open_file(self, path: str | Path) -> bool:
        """Open a table as it was read last time; return whether it can be used."""
        return self.show(RawTable(Path(path)))

    def read_for_lesson(self, path: Path) -> Dataset | None:
        """Return the data of a lesson's table, or say why there are none.

        They are neither shown nor remembered. The window takes no input meanwhile.
        """
        return self._read_for_others(path, bounded, waits=True)

    def read_for_project(self, path: Path, data: Data) -> Dataset | None:
        """Return the data of a file as a project tells of them, or say why there are none."""
        return self._read_for_others(path, partial(as_saved, data), waits=False)

    def tell(self) -> None:
        """Say how the data that are shown now were read."""
        source = self.sources.of(self._session.runs.experiment.dataset)
        if source.table is not None:
            self.telling.tell(source.table.title, source.left_out, source.table.remarks)

    def show(
        self, raw: RawTable, wish: Manner | None = None, text: str = "", *, by_hand: bool = False,
        further: int = 0,
    ) -> bool:  # fmt: skip
        """Show a table and remember its file; if it can't be used, say why and keep the data.

        Parameters
        ----------
        wish : Manner, optional
            How to read it; by default as last time. What was chosen `by_hand` is remembered.
        text : str
            What undo calls it.
        further : int
            So many other files were meant, too.
        """
        if raw.text is None and is_project(raw.path):
            self.project_requested.emit(raw.path)
            return True
        if raw.text is None and (told := beside_window(lambda: told_by_file(raw.path))):
            self.export_found.emit(raw.path, told)
            return True
        if not self._read(raw, wish, text, remarks=not_opened(further)):
            return False
        if by_hand and wish is not None:
            self.note(wish)
        if raw.text is None and not raw.scheduler:
            self.remember(raw.path)
        return True

    def remember(self, path: Path) -> None:
        """Offer a file among the recent ones, and its folder the next time."""
        if not is_shipped(path):
            self.folder = path.parent
        self._preferences.remember_file(path)
        self._offer_recent()

    def note(self, manner: Manner | None = None) -> None:
        """Remember how the current table is read, by default with the columns shown of it."""
        dataset = self._session.runs.experiment.dataset
        source = self.sources.of(dataset)
        keys = source.keys
        if source.raw is not None and not keys:
            raw = source.raw
            keys = (
                self.reader.read(
                    named(raw.path), lambda _: keys_of(raw.head(Choices()), raw.path), waits=True
                )
                or ()
            )
        self.remembered.note(keys, manner or self.sources.manner(dataset))

    def _read(
        self, raw: RawTable, wish: Manner | None, text: str = "", largest: int = LARGEST_BYTES,
        remarks: tuple[Remark, ...] = (),
    ) -> bool:  # fmt: skip
        """Read and show a table; one of more bytes than `largest` only if the user says so."""
        known = self.remembered.known
        try:
            if raw.is_big:
                return self._summarise(raw, wish, text, remarks)
            reading = self._read_beside(raw, partial(read_as, raw, wish, known, largest))
            return reading is not None and self._show_reading(raw, reading, text, remarks)
        except LargeTableError as error:
            large = error
        except DataFileError as error:
            options = (OPTIONS, partial(self.options_requested.emit, raw))
            self._notice.say(str(error), actions=[options] if raw.is_there else [])
            return False
        raw, size = how_to_open(self._window, large, raw)
        return size > 0 and self._read(raw, wish, text, size, remarks)

    def _summarise(
        self, raw: RawTable, wish: Manner | None, text: str, remarks: tuple[Remark, ...] = ()
    ) -> bool:
        """Show the summary of a table that is too big for the memory."""
        self.about_to_read.emit(raw.path)
        summed = self._summarising.open(raw, wish, self.remembered.known, text)
        if summed is not None:
            self.telling.tell(
                summed.dataset.shown.source, summed.source.left_out, (*summed.remarks, *remarks)
            )
        return summed is not None

    def _read_beside(
        self, raw: RawTable, work: Callable[[Progress], Result], *, waits: bool = False
    ) -> Result | None:
        self.about_to_read.emit(raw.path)
        return self.reader.read(named(raw.path), work, waits=waits)

    def _read_for_others(
        self,
        path: Path,
        work: Callable[[RawTable, Progress], tuple[Dataset, Source]],
        *,
        waits: bool,
    ) -> Dataset | None:
        raw = RawTable(path)
        try:
            read = self._read_beside(raw, partial(work, raw), waits=waits)
        except DataFileError as error:
            self._notice.say(str(error))
            return None
        if read is None:
            return None
        self.sources.remember(*read)
        return read[0]

    def choose_file(self) -> None:
        """Ask for a file and open it."""
        folder = str(self.folder)
        name, _ = QFileDialog.getOpenFileName(self._window, "Open", folder, OPEN_FILTER)
        if name:
            self.open_file(name)

    def choose_folder(self) -> None:
        """Ask for a folder whose files are parts of one table, and open that."""
        title = "Open the files of a folder as one table"
        name = QFileDialog.getExistingDirectory(self._window, title, str(self.folder))
        if name:
            self.open_file(name)

    def open_example(self, name: str = PIZZA) -> None:
        """Open a table that comes with gdviz."""
        self.open_file(resource("data", name))

    def paste(self) -> None:
        """Show the columns, or open the file, that were copied."""
        # Where nothing was ever copied there is none.
        data: QMimeData | None = QGuiApplication.clipboard().mimeData()
        self._take(data or QMimeData(), CLIPBOARD, "paste data")

    def _take(self, data: QMimeData, where: str, text: str) -> None:
        """Open what was pasted or dropped, or say why that can't be."""
        found = incoming(data, where)
        if isinstance(found, str):
            self._notice.say(found)
        elif (log := is_log(found, self._window)) is True:
            self.log_found.emit(found)
        elif log is False:
            self.show(found, None, text if found.text else "", further=further_files(data))

    def table_of(self, dataset: Dataset) -> Table | None:
        """Return the table that data come from; None if they were generated."""
        return self.sources.of(dataset).table

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        """Open what is dropped on the window, or say why that can't be."""
        del window
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return False
        assert isinstance(event, QDropEvent)
        # Where it comes from it stays, even if that would have it moved.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() is QEvent.Type.Drop:
            self._take(event.mimeData(), DROP, "drop data")
        return True

    def _offer_recent(self) -> None:
        paths = self._preferences.recent_files
        self._recent.clear()
        fill(self._recent, [(_recent(path), None, partial(self.open_file, path)) for path in paths])
        self._recent.setEnabled(bool(paths))

    def _show_reading(
        self, raw: RawTable, reading: Reading, text: str, remarks: tuple[Remark, ...]
    ) -> bool:
        """Show what was read, unless something else is by now."""
        table = replace(reading.table, remarks=(*reading.table.remarks, *remarks))
        source = Source(table, reading.x, reading.y, raw, reading.keys)
        return self._show_columns(source, reading.manner, text or f"open {table.title}")

    def _on_columns_requested(self, x: int, y: int) -> None:
        """Show other columns of the table, and remember them."""
        dataset = self._session.runs.experiment.dataset
        source = self.sources.of(dataset)
        if dataset.whole is not None and source.table is not None and source.raw is not None:
            names = source.table.names
            self._read(source.raw, Manner(source.table.asked, names[x], names[y]), "columns")
            return
        chosen = Source(source.table, x, y, source.raw, source.keys)
        # Other dates are counted from elsewhere.
        manner = self.sources.manner(dataset) if x == source.x else Manner()
        try:
            if self._show_columns(chosen, manner, "columns"):
                self.note()
        except DataFileError as error:
            self._notice.say(str(error))

    def _show_columns(self, source: Source, manner: Manner, text: str) -> bool:
        """Start anew with two columns of a table; raise DataFileError before anything changes."""
        table = source.table
        assert table is not None  # else there are no columns to choose from
        read = self.reader.read(table.title, lambda _: summed_up(table, source.x, source.y, manner))
        if read is None:
            return False
        dataset, left_out = read
        self.sources.remember(dataset, replace(source, left_out=left_out))
        self._session.restart(self._session.on_new(dataset), text)
        self.tell()
        return True

    def _show_source(self) -> None:
        """Name the data, and offer the columns of the table that they come from."""
        dataset = self._session.runs.experiment.dataset
        source = self.sources.of(dataset)
        self._panel.set_table(dataset.shown.source, source.table, source.x, source.y)


def _recent(path: Path) -> str:
    """Return the command that opens a file again."""
    return in_menu(shown_name(str(path), LONGEST_PATH))

"""Opening: tables from files, the clipboard or a drop, and the columns chosen from them."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.faults import LeftOut
from gdviz.core.tables.names import LONGEST_PATH, shown_name
from gdviz.core.tables.reading import LARGEST_BYTES, parsed_table, read_table
from gdviz.core.tables.table import DataFileError, LargeTableError, Table
from gdviz.resources import is_shipped, resource
from gdviz.ui.features import Feature, Menus
from gdviz.ui.features.data.sources import Source, Sources
from gdviz.ui.features.data.telling import Telling
from gdviz.ui.plain import in_menu
from gdviz.ui.preferences import Preferences
from gdviz.ui.running.session import Session
from gdviz.ui.settings.panel import SettingsPanel
from gdviz.ui.widgets.banner import Banner
from gdviz.ui.widgets.beside import beside_window
from gdviz.ui.widgets.commands import fill
from gdviz.ui.widgets.message import message
from gdviz.ui.widgets.saving import own_folder

FILE_FILTER = "Tables (*.txt *.csv *.tsv *.dat);;All files (*)"
# What the messages about it begin with.
PASTED = Path("Pasted text")


class Opening(Feature):
    """Puts other data into the session, whose first are those of a table but for its bad cells."""

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
        self._is_closed = False
        self.sources = Sources()
        self.telling = Telling(session, notice, self)
        self._folder = own_folder(table.path)
        self._recent = QMenu("Open &recent", window)
        self._offer_recent()
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        session.runs.experiment_changed.connect(self._show_source)
        panel.columns_requested.connect(self._on_columns_requested)
        x, y = table.numeric[:2]
        self.sources.remember(session.runs.experiment.dataset, Source(table, x, y))
        self.telling.tell(table.title, left_out)
        self._show_source()

    def menus(self) -> Menus:
        """Return its commands."""
        standard = QKeySequence.StandardKey
        return {
            "&File": [
                ("&Open…", standard.Open, self.choose_file),
                self._recent,
                ("&Example: pizza.txt", None, self.open_example),
            ],
            "&Edit": [None, ("&Paste columns", standard.Paste, self.paste)],
        }

    def close(self) -> None:
        """Show nothing more: the window may be closed while a file is read."""
        self._is_closed = True

    def open_file(self, path: str | Path) -> bool:
        """Open a table and remember it; return whether it can be used."""
        if not self.show_file(path):
            return False
        if not is_shipped(Path(path)):
            self._folder = Path(path).parent
        self._preferences.remember_file(Path(path))
        self._offer_recent()
        return True

    def show_file(self, path: str | Path, largest: int = LARGEST_BYTES) -> bool:
        """Show a table and return True; if it can't be used, say why and keep the current data.

        One of more bytes than `largest` is read only if the user says so.
        """
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            return self._show_table(beside_window(lambda: read_table(path, largest)))
        except LargeTableError as error:
            large = error
        except DataFileError as error:
            self._notice.say(str(error))
            return False
        finally:
            QGuiApplication.restoreOverrideCursor()
        return self._may_read(large) and self.show_file(path, large.size)

    def _may_read(self, large: LargeTableError) -> bool:
        """Ask whether a very large file is to be read."""
        kinds = QMessageBox.StandardButton
        box = message(self._window, "large_file", "Large file", f"{large} Open it?")
        box.setInformativeText(
            "Reading it can take a minute, in which the window takes no input, and ten times "
            "as much memory."
        )
        box.setStandardButtons(kinds.Open | kinds.Cancel)
        box.setDefaultButton(kinds.Cancel)
        answer = box.exec()
        box.deleteLater()
        return answer == kinds.Open

    def choose_file(self) -> None:
        """Ask for a file and open it."""
        folder = str(self._folder)
        name, _ = QFileDialog.getOpenFileName(self._window, "Open a table", folder, FILE_FILTER)
        if name:
            self.open_file(name)

    def open_example(self) -> None:
        """Open the pizza.txt that comes with gdviz."""
        self.open_file(resource("data", "pizza.txt"))

    def paste(self) -> None:
        """Show the columns that were copied from a spreadsheet or a text."""
        try:
            text = QGuiApplication.clipboard().text()
            self._show_table(beside_window(lambda: parsed_table(text, PASTED)), "paste data")
        except DataFileError as error:
            self._notice.say(str(error))

    def table_of(self, dataset: Dataset) -> Table | None:
        """Return the table that data come from; None if they were generated."""
        return self.sources.of(dataset).table

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        """Open a file that is dropped on the window."""
        del window
        if not isinstance(event, QDropEvent):
            return False
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files and event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            event.acceptProposedAction()
            if event.type() is QEvent.Type.Drop:
                self.open_file(files[0])
            return True
        return False

    def _offer_recent(self) -> None:
        paths = self._preferences.recent_files
        self._recent.clear()
        fill(self._recent, [(_recent(path), None, partial(self.open_file, path)) for path in paths])
        self._recent.setEnabled(bool(paths))

    def _show_table(self, table: Table, text: str = "") -> bool:
        """Show a table from its first two columns of numbers, unless the window was closed."""
        x, y = table.numeric[:2]
        return self._show_columns(Source(table, x, y), text or f"open {table.title}")

    def _on_columns_requested(self, x: int, y: int) -> None:
        table = self.table_of(self._session.runs.experiment.dataset)
        try:
            self._show_columns(Source(table, x, y), "columns")
        except DataFileError as error:
            self._notice.say(str(error))

    def _show_columns(self, source: Source, text: str) -> bool:
        """Start anew with two columns of a table; raise DataFileError before anything changes."""
        assert source.table is not None  # else there are no columns to choose from
        dataset, left_out = beside_window(partial(_summed_up, source.table, source.x, source.y))
        if self._is_closed:
            return False
        self.sources.remember(dataset, source)
        self._session.restart(self._session.on_new(dataset), text)
        self.telling.tell(source.table.title, left_out)
        return True

    def _show_source(self) -> None:
        """Name the data, and offer the columns of the table that they come from."""
        dataset = self._session.runs.experiment.dataset
        source = self.sources.of(dataset)
        self._panel.set_table(dataset.shown.source, source.table, source.x, source.y)
        self._window.setWindowTitle(f"{dataset.shown.source} — gdviz")


def _recent(path: Path) -> str:
    """Return the command that opens a file again."""
    return in_menu(shown_name(str(path), LONGEST_PATH))


def _summed_up(table: Table, x: int, y: int) -> tuple[Dataset, LeftOut]:
    """Return two columns of a table, with the sums that all else asks for, and what they lack."""
    dataset, left_out = table.dataset(x + 1, y + 1)
    _ = dataset.bowl
    return dataset, left_out

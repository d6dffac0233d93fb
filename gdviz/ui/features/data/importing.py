"""Importing: a table read with options, read again, or read once more when its file has changed."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from gdviz.core.files import named
from gdviz.core.tables.calendar import Calendar
from gdviz.core.tables.choices import Choices, Remark
from gdviz.core.tables.editing import recounted
from gdviz.core.tables.head import Head
from gdviz.resources import is_shipped
from gdviz.ui.features import Feature, Menus
from gdviz.ui.features.data.opening import FILE_FILTER, Opening
from gdviz.ui.features.data.raw_table import RawTable
from gdviz.ui.features.data.reloading import FileWatch, State
from gdviz.ui.features.data.remembered import Manner, keys_of
from gdviz.ui.features.data.sources import Source
from gdviz.ui.plots.touch.points import DataEditing
from gdviz.ui.running.session import Session
from gdviz.ui.theme import LIGHT, Theme
from gdviz.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from gdviz.ui.features.data.import_dialog import ImportDialog

READ_AGAIN = "Read it again"


class Importing(Feature):
    """Asks how a table is to be read, and reads again what was opened.

    Signals
    -------
    said(str)
        What the dialog says of the choices.
    """

    said = Signal(str)

    def __init__(
        self,
        session: Session,
        opening: Opening,
        editing: DataEditing,
        notice: Banner,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._opening = session, opening
        self._notice, self._window = notice, window
        self._theme = LIGHT
        self._dialog: ImportDialog | None = None
        self._told = ""
        self._watch = FileWatch(self)
        self._watch.told.connect(self._tell)
        opening.about_to_read.connect(self._watch.note)
        opening.options_requested.connect(self.show_options)
        opening.telling.options_requested.connect(self._show_options_of_current)
        opening.telling.offer_taken.connect(self._on_offer_taken)
        editing.counting_requested.connect(self._on_counting_requested)
        session.runs.experiment_changed.connect(self._follow)
        window.installEventFilter(self)
        if (raw := self._source.raw) is not None:
            self._watch.note(raw.path)
        self._follow()

    def menus(self) -> Menus:
        """Return its commands."""
        return {
            "&File": [
                ("&Import with options…", "Ctrl+Shift+O", self.choose_file),
                ("Re&load", "F5", self.reload),
            ],
        }

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        if self._dialog is not None:
            self._dialog.set_theme(theme)

    def may_close(self) -> bool:
        """Close the dialog with the window: nothing is lost."""
        if self._dialog is not None:
            self._dialog.reject()
        return True

    def choose_file(self) -> None:
        """Ask for a file, and then how to read it."""
        raw = self._source.raw
        is_own = raw is not None and raw.text is None and not is_shipped(raw.path)
        place = raw.path if raw is not None and is_own else self._opening.folder
        title = "Import a table"
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(place), FILE_FILTER)
        if name:
            self.show_options(RawTable(Path(name)))

    def show_options(self, raw: RawTable) -> None:
        """Show how a table is read, and let the user choose another way."""
        current = self._source
        if raw == current.raw:
            manner = self._manner
        else:
            head = self._head(raw, Choices())
            if head is None:
                return
            keys = keys_of(head, raw.path)
            known = self._opening.remembered.known
            manner = next((known[key] for key in keys if key in known), Manner())

        from gdviz.ui.features.data.import_dialog import ImportDialog

        dialog = ImportDialog(partial(self._head, raw), named(raw.path), manner, self._window)
        dialog.set_theme(self._theme)
        dialog.finished.connect(lambda _: self._on_finished(raw, dialog))
        dialog.said.connect(self.said)
        self._dialog = dialog
        dialog.open()

    def reload(self) -> None:
        """Read the file again, with the same choices and columns."""
        source = self._source
        if source.table is None or source.raw is None:
            self._notice.say("There is no file to reload: these data were made here.")
        elif source.raw.text is not None:
            self._notice.say("There is no file to reload: these data were pasted. Paste again.")
        else:
            text = f"reload {source.table.title}"
            self._opening.show(source.raw, self._manner, text)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        """Look at the file when the user comes back: not all systems tell of all changes."""
        del window
        if event.type() is QEvent.Type.WindowActivate:
            self._watch.look()
        return False

    @property
    def _source(self) -> Source:
        return self._opening.sources.of(self._session.runs.experiment.dataset)

    @property
    def _manner(self) -> Manner:
        return self._opening.sources.manner(self._session.runs.experiment.dataset)

    def _show_options_of_current(self) -> None:
        if (raw := self._source.raw) is not None:
            self.show_options(raw)

    def _on_offer_taken(self, remark: Remark) -> None:
        """Read the current table in the other way, and remember it."""
        source = self._source
        if source.raw is None or source.table is None:
            return
        manner = Manner()
        if remark.choices is not None:
            asked = remark.choices.or_else(source.table.asked)
            manner = replace(self._manner, choices=asked)
        self._opening.show(source.raw, manner, by_hand=True)

    def _on_counting_requested(self, calendar: Calendar) -> None:
        """Remember how dates are counted, for others of these names."""
        dataset = self._session.runs.experiment.dataset
        if dataset.calendar is not None and self._source.raw is not None:
            self._opening.note(self._manner.counted_as(recounted(dataset, calendar)))

    def _head(self, raw: RawTable, choices: Choices) -> Head | None:
        """Return what the first lines will be; None if that isn't asked any more."""
        return self._opening.reader.read(named(raw.path), lambda _: raw.head(choices))

    def _on_finished(self, raw: RawTable, dialog: "ImportDialog") -> None:
        """Read the table in the way that was chosen, unless it was cancelled."""
        is_chosen, manner = dialog.result() == QDialog.DialogCode.Accepted, dialog.manner
        self._dialog = None
        self._opening.reader.stop()
        if is_chosen:
            # The dialog may be deleted meanwhile.
            self._opening.show(raw, manner, by_hand=True)

    def _follow(self) -> None:
        """Watch the file that the data come from, if they come from one of the user's."""
        raw = self._source.raw
        is_file = raw is not None and raw.text is None and not is_shipped(raw.path)
        self._watch.watch(raw.path if raw is not None and is_file else None)

    def _tell(self, state: State) -> None:
        """Say what became of the file, or take back what isn't so any more."""
        source = self._source
        assert source.raw is not None
        name = named(source.raw.path)
        if state is State.SAME:
            if self._notice.text == self._told:
                self._notice.hide()
            return
        if state is State.GONE:
            self._told = f"{name} is gone: it was moved, renamed or deleted. Its data stay here."
            self._notice.say(self._told)
        else:
            self._told = f"{name} has changed since it was read."
            self._notice.say(self._told, actions=[(READ_AGAIN, self.reload)])

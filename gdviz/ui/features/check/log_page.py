"""LogPage: what the learner's loop printed, what was found in it, and how the loop was run."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget

from gdviz.core.check.logs.reading import Sheet
from gdviz.core.check.verdict import Given
from gdviz.core.descent.descent import Experiment
from gdviz.ui.features.check.columns_table import ColumnsTable
from gdviz.ui.features.check.paste_box import PasteBox
from gdviz.ui.features.check.used_form import UsedForm
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.parts import NO_MARGINS, bold, folding_text, in_column, in_row, named

ASK = "Paste what your own loop printed. gdviz says where it leaves the right way, and why."
PART_SHOWN = "This is its beginning. All of it is checked."


class LogPage(QWidget):
    """Asks for all that a check needs; it decides nothing itself.

    Signals
    -------
    text_changed(), file_requested(), file_dropped(Path), check_requested(), cancel_requested()
        What the learner does.
    roles_changed()
        A column is something else.
    """

    text_changed = Signal()
    file_requested = Signal()
    file_dropped = Signal(object)
    roles_changed = Signal()
    check_requested = Signal()
    cancel_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._box = PasteBox()
        self._ask = folding_text("check_ask")
        self._ask.setText(ASK)
        self._part_shown = folding_text("check_part_shown")
        self._part_shown.setText(PART_SHOWN)
        self._fault = folding_text("check_fault")
        self._fault.let_select()
        self._found, self._used = bold(QLabel("In your log")), bold(QLabel("You used"))
        self._columns, self._form = ColumnsTable(), UsedForm()
        self._open = named(QPushButton("Open…"), "check_open", tip="Read a file with your log")
        self._clear = named(QPushButton("Clear"), "check_clear", tip="Begin with nothing")
        self._check = named(
            QPushButton("Check"), "check_check", tip="Compare it with the right run"
        )
        self._cancel = named(QPushButton("Cancel"), "check_cancel", tip="Check no further")
        self._busy = named(QProgressBar(textVisible=False), "check_busy", "Checking")
        self._busy.setRange(0, 0)
        self._connect()
        self.setFocusProxy(self._box)
        # What is asked for is below: it needn't be seen, as long as this is.
        buttons = in_row(self._open, self._clear, self._busy, self._cancel, None, self._check)
        in_column(
            self._ask, self._box, self._part_shown, buttons, self._fault,
            self._found, self._columns, self._used, self._form, None,
            high=self._box, of=self, margins=NO_MARGINS, spacing=6,
        )  # fmt: skip
        self.set_busy(False)
        self.set_sheet(None)

    @property
    def text(self) -> str:
        """What was pasted, or read from a file."""
        return self._box.text

    @property
    def given(self) -> Given:
        """The settings that the learner says."""
        return self._form.given

    @property
    def roles(self) -> dict[int, str]:
        """What each column is."""
        return self._columns.roles

    def set_text(self, text: str) -> None:
        """Show another log."""
        self._box.set_text(text)

    def set_sheet(self, sheet: Sheet | None, fault: str = "") -> None:
        """Show what was found in the log, or why that is nothing."""
        self._columns.set_columns(() if sheet is None else sheet.columns)
        for part in (self._found, self._columns):
            part.setVisible(sheet is not None)
        self.say(fault)
        self._check.setEnabled(sheet is not None)

    def say(self, fault: str) -> None:
        """Say why something can't be."""
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))

    def set_busy(self, busy: bool) -> None:
        """Show that it is being checked, or no longer; who has the keys can go on or back."""
        before, after = (self._check, self._cancel) if busy else (self._cancel, self._check)
        had_focus = before.hasFocus()
        for button in (self._open, self._clear, self._check):
            button.setHidden(busy)
        self._busy.setVisible(busy)
        self._cancel.setVisible(busy)
        if had_focus:
            after.setFocus()

    def follow(self, experiment: Experiment) -> None:
        """Offer the settings of the window."""
        self._form.follow(experiment)

    def ready(self) -> None:
        """Have Return check it."""
        self._check.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._box.set_theme(theme)

    def _connect(self) -> None:
        self._box.changed.connect(self._on_text)
        self._box.file_dropped.connect(self.file_dropped)
        self._columns.changed.connect(self.roles_changed)
        self._open.clicked.connect(self.file_requested)
        self._clear.clicked.connect(lambda: self._box.set_text(""))
        self._check.clicked.connect(self.check_requested)
        self._cancel.clicked.connect(self.cancel_requested)

    def _on_text(self) -> None:
        self._part_shown.setHidden(self._box.shows_all)
        self.text_changed.emit()

"""CodeView: the current run as a NumPy program, to read, to copy and to take along."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontDatabase, QPalette, QTextCursor
from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QPushButton, QRadioButton, QWidget

from gdviz.core.descent.descent import Experiment
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.program import WIDTH, Program, program
from gdviz.ui.style import corner
from gdviz.ui.theme import LIGHT, Theme
from gdviz.ui.widgets.highlighter import Highlighter
from gdviz.ui.widgets.parts import folding_text, in_column, in_row, named

# Data are written into the program if there are few, and never if nobody could read on.
FEW_ROWS = 200
MOST_ROWS = 5_000
SMALLEST_WIDTH = 280
FILE_TIP = "The program reads the numbers with NumPy from where the file is now"
UNREADABLE_TIP = "NumPy alone can't read this file: save it as a plain table of numbers for that"
INLINE_TIP = "The program holds all numbers and needs no file"
TRYING = "Trying whether NumPy alone reads {source}, all {rows:,} rows of it…"
SUMMARISED = (
    "The lesson's loop holds all rows in memory, and these {rows:,} of {source} were only "
    "summarised. Open a part of them to see its program."
)
TOO_MANY = (
    "{rows:,} rows are too many to write into a program, and NumPy alone can't read {source}. "
    "Save its two columns as a plain table of numbers, and open that."
)


class CodeView(QWidget):
    """Shows the program of a run, and asks to copy or save it: its signals carry a `Program`."""

    copy_requested = Signal(object)
    save_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("code_view")
        self.program: Program | None = None
        self._wanted: str | None = None
        self._shown: tuple[Experiment, str | None, bool] | None = None
        self._make_parts()
        self._arrange()

    def sizeHint(self) -> QSize:
        """Return room for a line of the program."""
        bar = self._text.verticalScrollBar().sizeHint().width()
        line = self._text.fontMetrics().horizontalAdvance("0" * WIDTH)
        return QSize(line + bar + 32, 400)

    def set_experiment(
        self, experiment: Experiment, call: str | None = None, trying: bool = False
    ) -> None:
        """Show the program of a run.

        Parameters
        ----------
        call : str, optional
            How NumPy reads its data from their file, if it can.
        trying : bool
            Whether that isn't known yet.
        """
        self._shown = experiment, call, trying
        self._refresh()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        colours = self._text.palette()
        colours.setColor(QPalette.ColorRole.Base, theme.plot)
        self._text.setPalette(colours)
        self._highlighter.set_theme(theme)

    def _make_parts(self) -> None:
        self._text = named(
            QPlainTextEdit(readOnly=True, undoRedoEnabled=False), "code", "Program",
            "This run as a program: it prints the same numbers, without gdviz",
        )  # fmt: skip
        self.setFocusProxy(self._text)
        self._highlighter = Highlighter(self._text.document(), LIGHT)
        self._text.document().setDocumentMargin(8)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self._text.setFont(font)
        self._text.setMinimumWidth(SMALLEST_WIDTH)
        self._text.setCornerWidget(corner())
        self._reason = folding_text("code_reason")
        self._reason.hide()
        self._inline = self._choice("inline", "in the program")
        self._by_path = self._choice("by_path", "in the file")
        self._choices = QButtonGroup(self)
        for button in (self._inline, self._by_path):
            self._choices.addButton(button)
        self._choices.buttonClicked.connect(self._on_choice_clicked)
        self._copy = self._button("copy", "C&opy", "Copy the program, to paste it into an editor")
        self._save = self._button("save", "&Save…", "Save it as a .py program or as a notebook")
        self._copy.clicked.connect(lambda: self.copy_requested.emit(self.program))
        self._save.clicked.connect(lambda: self.save_requested.emit(self.program))

    def _choice(self, name: str, text: str) -> QRadioButton:
        return named(QRadioButton(text), f"code_{name}", f"Data {text}")

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        return named(QPushButton(text), f"code_{name}", tip, tip)

    def _arrange(self) -> None:
        choices = in_row("Data", self._inline, self._by_path, None)
        parts = choices, self._reason, self._text, in_row(self._copy, self._save)
        in_column(*parts, high=self._text, of=self, margins=(6, 6, 6, 6))

    def _on_choice_clicked(self) -> None:
        self._wanted = "inline" if self._inline.isChecked() else "by_path"
        self._refresh()

    def _refresh(self) -> None:
        """Write the program anew, with the data where they are wanted, if they can be there."""
        assert self._shown is not None
        experiment, call, trying = self._shown
        few = experiment.dataset.n_rows <= MOST_ROWS
        self._offer(call is not None, few)
        by_path = self._is_by_path(experiment.dataset.n_rows, call is not None, few)
        (self._by_path if by_path else self._inline).setChecked(True)
        self.program = None
        if call is not None or few:
            self.program = program(experiment, call if by_path else None)
        self._show_program(experiment.dataset, self._reason_for(experiment.dataset, trying))

    def _reason_for(self, dataset: Dataset, trying: bool) -> str:
        if dataset.whole is not None:
            return SUMMARISED
        return TRYING if trying else TOO_MANY

    def _is_by_path(self, rows: int, readable: bool, few: bool) -> bool:
        if readable and few:
            wanted = self._wanted or ("inline" if rows <= FEW_ROWS else "by_path")
            return wanted == "by_path"
        return readable

    def _offer(self, readable: bool, few: bool) -> None:
        self._by_path.setEnabled(readable)
        self._by_path.setToolTip(FILE_TIP if readable else UNREADABLE_TIP)
        self._inline.setEnabled(few)
        too_many = f"More than {MOST_ROWS:,} rows are too many to write into a program"
        self._inline.setToolTip(INLINE_TIP if few else too_many)

    def _show_program(self, dataset: Dataset, reason: str) -> None:
        possible = self.program is not None
        for button in (self._copy, self._save):
            button.setEnabled(possible)
        self._reason.setVisible(not possible)
        self._reason.setText(reason.format(rows=dataset.n_rows, source=dataset.shown.source))
        self._replace(self.program.text if self.program else "")

    def _replace(self, text: str) -> None:
        """Change only what differs: selection, scroll position and other colours stay."""
        shown = self._text.toPlainText()
        if shown == text:
            return
        start = _shared(shown, text)
        end = min(_shared(shown[::-1], text[::-1]), len(shown) - start, len(text) - start)
        cursor = QTextCursor(self._text.document())
        cursor.setPosition(_length(shown[:start]))
        cursor.setPosition(_length(shown[: len(shown) - end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[start : len(text) - end])


def _shared(one: str, other: str) -> int:
    """Return with how many equal letters two texts begin."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _length(text: str) -> int:
    """Return how long a text is for Qt, which counts a letter beyond 16 bits twice."""
    return len(text.encode("utf-16-le")) // 2

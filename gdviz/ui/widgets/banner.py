"""Banner: a message above the plots that waits to be read and blocks nothing."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPlainTextEdit, QPushButton, QToolButton, QWidget

from gdviz.ui.theme import Theme, icon
from gdviz.ui.widgets.parts import folding_text, in_column, in_row, named
from gdviz.ui.widgets.scrolled import ScrolledText

DETAILS_HEIGHT = 120
CLOSE_PX = 16
# How much of the window's height a sentence may take: the pictures it speaks of stay in sight.
MOST_OF_WINDOW = 0.25
# Beside a button it is folded to no fewer letters, which hold any of its words.
FEWEST_LETTERS = 30
# Not the window's colour: that is what the outlines of its buttons come from.
PAPER = QPalette.ColorRole.ToolTipBase


class Banner(QWidget):
    """A sentence, and with it perhaps details and a way to mend it, and a way to close it.

    Signals
    -------
    said(str)
        It is shown with this text.
    """

    said = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(PAPER)
        self._action: Callable[[], None] | None = None
        self._text = folding_text(f"{name}_text")
        self._text.let_select()
        self._scrolled = ScrolledText(self._text, MOST_OF_WINDOW)
        self._details = named(QPlainTextEdit(readOnly=True), f"{name}_details", "Details")
        self._details.setMaximumHeight(DETAILS_HEIGHT)
        self._mend = named(QPushButton(), f"{name}_action")
        self._mend.clicked.connect(self._on_mend)
        label = "Close this message"
        self._close = named(QToolButton(), f"{name}_close", label, label)
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.hide)
        self._arrange()
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme, and the size of its type."""
        colours = QPalette(self.palette())
        colours.setColor(PAPER, QColor(theme.notice))
        self.setPalette(colours)
        self._close.setIcon(icon("close", theme.text))
        self._close.setIconSize(QSize(1, 1) * round(CLOSE_PX * theme.scale))

    @property
    def text(self) -> str:
        """What it says, or has said last."""
        return self._text.text()

    def say(
        self,
        text: str,
        details: str = "",
        action: tuple[str, Callable[[], None]] | None = None,
    ) -> None:
        """Show another message, with a button of some label that does something, if given."""
        self._text.setText(text)
        # What is scrolled doesn't tell what is around that it takes other room.
        self._scrolled.updateGeometry()
        self._details.setPlainText(details)
        self._details.setVisible(bool(details))
        self._mend.setVisible(action is not None)
        if action is not None:
            self._mend.setText(action[0])
            self._action = action[1]
        self.show()
        self.said.emit(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button below where it would leave the sentence too little room."""
        super().resizeEvent(event)
        room = self.width() - self._mend.sizeHint().width()
        wide = room >= FEWEST_LETTERS * self.fontMetrics().averageCharWidth()
        self._sentence.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def _on_mend(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()

    def _arrange(self) -> None:
        self._sentence = in_row(self._scrolled, self._mend, wide=self._scrolled)
        above = in_row(self._sentence, self._close, wide=self._sentence)
        above.setAlignment(self._close, Qt.AlignmentFlag.AlignTop)
        in_column(above, self._details, of=self, margins=(14, 8, 8, 8))

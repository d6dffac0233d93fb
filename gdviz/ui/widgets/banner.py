"""Banner: a message above the plots that waits to be read and blocks nothing."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPlainTextEdit, QPushButton, QToolButton, QWidget

from gdviz.ui.theme import Theme, icon
from gdviz.ui.widgets.parts import folding_text, in_column, in_row, named
from gdviz.ui.widgets.scrolled import ScrolledText

DETAILS_HEIGHT = 120
CLOSE_PX, MARGIN = 16, 14
# How much of the window's height a sentence may take: the pictures it speaks of stay in sight.
MOST_OF_WINDOW = 0.25
# Beside a button it is folded to no fewer letters, which hold any of its words.
FEWEST_LETTERS = 30
# More of them would be a menu.
MOST_ACTIONS = 3
# What a button says, and what it does.
Action = tuple[str, Callable[[], object]]
# Not the window's colour: that is what the outlines of its buttons come from.
PAPER = QPalette.ColorRole.ToolTipBase


class Banner(QWidget):
    """A sentence, and with it perhaps details and ways to mend it, and a way to close it.

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
        self._actions: Sequence[Action] = ()
        self._text = folding_text(f"{name}_text")
        self._text.let_select()
        self._scrolled = ScrolledText(self._text, MOST_OF_WINDOW)
        self._details = named(QPlainTextEdit(readOnly=True), f"{name}_details", "Details")
        self._mends = [named(QPushButton(), f"{name}_action")]
        self._mends += [
            named(QPushButton(), f"{name}_action_{number}") for number in range(2, MOST_ACTIONS + 1)
        ]
        for number, mend in enumerate(self._mends):
            mend.clicked.connect(partial(self._on_mend, number))
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

    def say(self, text: str, details: str = "", actions: Sequence[Action] = ()) -> None:
        """Show another message, with buttons that do something: the first of them, if many."""
        self._text.setText(text)
        # What is scrolled doesn't tell what is around that it takes other room.
        self._scrolled.updateGeometry()
        self._details.setPlainText(details)
        self._details.setVisible(bool(details))
        self._actions = actions[:MOST_ACTIONS]
        labels = [label for label, _ in self._actions]
        labels += [""] * (MOST_ACTIONS - len(labels))
        for mend, label in zip(self._mends, labels, strict=True):
            mend.setText(label)
            mend.setVisible(bool(label))
        self._give_room()
        self.show()
        self.said.emit(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below where they would leave the sentence too little room."""
        super().resizeEvent(event)
        self._give_room()

    def changeEvent(self, event: QEvent) -> None:
        """Do so in larger type, too."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self.layout() is not None:
            self._give_room()

    def _give_room(self) -> None:
        """Put buttons beside the sentence, or below it, or there below each other."""
        lines = self._details.blockCount() + 1
        high = min(lines * self._details.fontMetrics().lineSpacing(), DETAILS_HEIGHT)
        self._details.setFixedHeight(high)
        needed = [mend.sizeHint().width() for mend in self._mends if not mend.isHidden()]
        row = sum(needed) + self._buttons.spacing() * len(needed)
        # A long sentence is not squeezed into a column.
        words = FEWEST_LETTERS * self.fontMetrics().averageCharWidth()
        sentence = max(words, self.width() // 2)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sentence.setDirection(across if self.width() - row >= sentence else down)
        room = self.width() - self._close.sizeHint().width() - 3 * MARGIN
        self._buttons.setDirection(across if row <= room else down)

    def _on_mend(self, number: int, _checked: bool = False) -> None:
        self.hide()
        self._actions[number][1]()

    def _arrange(self) -> None:
        self._buttons = in_row(*self._mends)
        self._sentence = in_row(self._scrolled, self._buttons, wide=self._scrolled)
        above = in_row(self._sentence, self._close, wide=self._sentence)
        above.setAlignment(self._close, Qt.AlignmentFlag.AlignTop)
        in_column(above, self._details, of=self, margins=(MARGIN, 8, 8, 8))

"""Terms: the numbers of an equation with their signs and captions, measured and put in place."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from gdviz.core.words.glossary import explained
from gdviz.core.words.numbers import MINUS, number_text
from gdviz.ui.widgets.parts import named

DECIMALS, RATE_DIGITS = 4, 6
RATE_NAME = "learning rate"
# A number has room for as much as the first of these where there is any, and at least for the
# second, which is that of any number with one digit. Every digit counts as the widest.
USUAL, LEAST = f"{MINUS}000.0000", f"{MINUS}0e{MINUS}000"
# What stands in place of a number that is to be found, and what a screen reader says there.
BLANK, BLANK_SPOKEN = "?", "a number to find"


class Term:
    """A number, the sign before it and the caption below."""

    def __init__(self, name: str, parent: QWidget) -> None:
        self.sign, self.value, self.caption = QLabel(parent), Number(parent), QLabel(parent)
        self.labels = (self.sign, self.value, self.caption)
        self._needed: Sequence[QLabel] = ()
        self._captions: tuple[str, ...] = ("",)
        self._text = rate_text if name.endswith("rate") else changing_text
        self._shown: float | None = None
        named(self.value, name)
        for label in self.labels:
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)

    def set_captions(self, captions: tuple[str, ...]) -> None:
        """Call the number otherwise, by the longest of these that has room."""
        self._captions = captions
        # The caption lies upon the number's place, which reaches below it.
        for label in (self.value, self.caption):
            label.setToolTip(explained(captions[0]))

    def set_sign(self, sign: str | None) -> None:
        """Put another sign before the number; None hides it all."""
        self.sign.setText(sign or "")
        # Nothing is to be seen of no sign, or to be read.
        self._needed = () if sign is None else self.labels[not sign :]
        for label in self.labels:
            label.setVisible(label in self._needed)

    def hides(self, part: QWidget) -> bool:
        """Tell whether a label of it is not to be seen."""
        return part in self.labels and part not in self._needed

    def set_colours(self, number: str, muted: str) -> None:
        """Take the colours of a theme."""
        for label in self.labels:
            colours = QPalette(label.palette())
            colour = number if label is self.value else muted
            colours.setColor(QPalette.ColorRole.WindowText, QColor(colour))
            label.setPalette(colours)

    def show(self, value: float, blank: bool = False) -> None:
        """Show a number with as many digits as there is room for, or leave it to be found."""
        if (value, blank) != (self._shown, self.value.is_blank):
            self._shown = value
            self.value.set_blank(blank)
            self._write()

    @property
    def spoken(self) -> str:
        """The number as a screen reader says it."""
        return self.value.accessibleName() or self.value.text()

    @property
    def shortening(self) -> int:
        """Which of its captions is the longest that there is room for."""
        measure, room = self.caption.fontMetrics().horizontalAdvance, self.caption.width()
        fitting = (n for n, text in enumerate(self._captions) if measure(text) <= room)
        return next(fitting, len(self._captions) - 1)

    def fit(self, shortening: int) -> None:
        """Show the number in the room that there is now, and a caption, if it has room for any."""
        self._write()
        text = self._captions[min(shortening, len(self._captions) - 1)]
        self.caption.setText(text if self.caption.height() else "")

    def _write(self) -> None:
        if self.value.is_blank or self._shown is None:
            self.value.setText(BLANK * self.value.is_blank)
        else:
            measure = self.value.fontMetrics().horizontalAdvance
            self.value.setText(self._text(self._shown, self.value.width(), measure))


class Number(QLabel):
    """A number, or the box that it is to be written into."""

    is_blank = False

    def set_blank(self, blank: bool) -> None:
        """Become a box, or a number again."""
        if blank is not self.is_blank:
            self.is_blank = blank
            self.setAccessibleName(BLANK_SPOKEN * blank)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box below the text."""
        if self.is_blank:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.setBrush(self.palette().base())
            # Where the number is; below it is the caption.
            box = QRectF(0, 0, self.width(), self.fontMetrics().height())
            painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
            painter.end()
        super().paintEvent(event)


def changing_text(value: float, room: float, measure: Callable[[str], float]) -> str:
    """Return a number that changes while it is looked at."""
    return number_text(value, decimals=DECIMALS, room=room, measure=measure)


def rate_text(rate: float, room: float, measure: Callable[[str], float]) -> str:
    """Return a learning rate, with more digits than the other numbers where it has more."""
    text = changing_text(rate, room, measure)
    if float(text.replace(MINUS, "-")) == rate:
        return text
    return number_text(rate, RATE_DIGITS, room=room, measure=measure)


class Measures:
    """How much room equations take in a type: one below the other, in columns.

    Parameters
    ----------
    heads : sequence of str
        What stands at the left of each line.
    signs : sequence of str
        What stands before each number of a line; a minus before the learning rate.
    captions : float
        The size of captions, in that of the type; without a size there are none.

    Attributes
    ----------
    usual, least : int
        How wide a number's place is where there is room, and at least.
    high : int
        The height of a line with its captions.
    gap : int
        The distance between what doesn't belong together.
    """

    def __init__(
        self, font: QFont, heads: Sequence[str], signs: Sequence[str], learning_rate: float,
        captions: float,
    ) -> None:  # fmt: skip
        self._fonts = _fonts(font, captions or 1.0)
        sign, number, caption, head = map(QFontMetrics, self._fonts)
        digit = max("0123456789", key=number.horizontalAdvance)
        self.usual, self.least = (
            number.horizontalAdvance(text.replace("0", digit)) + 2 for text in (USUAL, LEAST)
        )
        self._number_high, self._caption_high = number.height(), caption.height() * bool(captions)
        self.high, self.gap = self._number_high + self._caption_high, self._number_high
        self._head = max(map(head.horizontalAdvance, heads)) + self.gap // 3
        self._signs = [
            sign.horizontalAdvance(one) + self.gap if one else self.gap * (place > 0)
            for place, one in enumerate(signs)
        ]
        self._number = number
        self._called = caption.horizontalAdvance(RATE_NAME) if captions else 0
        self._rate = self._room_of(learning_rate)
        self._most = [self._rate if one == MINUS else self.usual for one in signs]

    def suit(self, learning_rate: float) -> bool:
        """Tell whether another learning rate takes as much room."""
        return self._room_of(learning_rate) == self._rate

    def wide(self, cell: int) -> int:
        """Return how wide a line is whose numbers have so much room."""
        return self._left(len(self._signs), cell)

    def cell(self, width: int) -> int:
        """Return how much room each number can have in a line of some width."""
        for cell in range(self.usual, self.least, -1):
            if self.wide(cell) <= width:
                return cell
        return self.least

    def put_head(self, label: QLabel, left: int, top: int) -> None:
        """Put what stands at the left of a line in place."""
        label.setFont(self._fonts[3])
        label.setGeometry(left, top, self._head, self._number_high)

    def put_term(self, term: Term, column: int, cell: int, left: int, top: int) -> None:
        """Put a term of a column in place."""
        left += self._left(column, cell)
        for label, font in zip(term.labels, self._fonts[:3], strict=True):
            label.setFont(font)
        sign, room = self._signs[column], min(self._most[column], cell)
        term.sign.setGeometry(left, top, sign, self._number_high)
        # A lesson's light on the number falls on its caption, too.
        term.value.setGeometry(left + sign, top, room, self.high)
        term.caption.setGeometry(left + sign, top + self._number_high, room, self._caption_high)

    def _room_of(self, learning_rate: float) -> int:
        measure = self._number.horizontalAdvance
        text = rate_text(learning_rate, self.usual, measure)
        return max(measure(text), self._called) + 2

    def _left(self, column: int, cell: int) -> int:
        """Return where a column begins."""
        numbers = (min(most, cell) for most in self._most[:column])
        return self._head + sum(self._signs[:column]) + sum(numbers)


def _fonts(font: QFont, captions: float) -> tuple[QFont, QFont, QFont, QFont]:
    """Return the fonts of signs, numbers, captions and heads."""
    number, caption, head = (QFont(font) for _ in range(3))
    number.setBold(True)
    caption.setPointSizeF(font.pointSizeF() * captions)
    head.setItalic(True)
    return font, number, caption, head

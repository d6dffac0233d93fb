"""FormulaLine: a formula on the screen, whose symbols can be pointed at."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import ClassVar

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdviz.core.explain.aloud import aloud
from gdviz.core.explain.pieces import Fenced, Fraction, Hat, Pieces, Radical, Script, Series, Word
from gdviz.ui.accessible import NAME, Role
from gdviz.ui.theme import LIGHT, Theme
from gdviz.ui.widgets.typeset import Block, Typesetter, draw, place_of

WAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
ROOM_PX = 3


class FormulaLine(QWidget):
    """One formula, broken into lines where it is too long; its font's size is in pixels.

    The mouse, or Tab and the left and right keys, go from symbol to symbol.

    Signals
    -------
    symbol_hovered(str)
        The mouse, or the keyboard, is on a symbol of this key; empty when on none any more.
    """

    symbol_hovered = Signal(str)
    accessible_role = Role.StaticText
    own_keys: ClassVar[Mapping[str, str]] = {"Left, Right": "Go from symbol to symbol"}

    def __init__(self, size: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formula")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = LIGHT
        self._pieces: Pieces = ()
        self._lit: AbstractSet[str] = frozenset()
        self._hovered = ""
        self._height = 0.0
        self._block, self._stale = Block(), False
        self.set_size(size)

    @property
    def text(self) -> str:
        """The formula in one line of plain text."""
        return plain_text(self._pieces)

    def spoken(self, kind: QAccessible.Text) -> str:
        """Return the formula in words."""
        return aloud(self._pieces) if kind is NAME else ""

    @property
    def symbols(self) -> frozenset[str]:
        """The keys of its symbols."""
        return frozenset(glyph.word.symbol for glyph in self._block.glyphs) - {""}

    def set_size(self, size: float) -> None:
        """Take another height of the font, in pixels."""
        self._size, pieces = size, self._pieces
        self.forget_rooms()
        self.set_pieces(pieces)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def forget_rooms(self) -> None:
        """Become empty: the numbers of the next formula take only the room that they need."""
        self._typesetter = Typesetter(self._size)
        self._height = 0.0
        self._pieces, self._block = (), Block()

    def set_pieces(self, pieces: Pieces) -> None:
        """Show a formula."""
        if pieces == self._pieces:
            return
        self._pieces = pieces
        # What is scrolled out of sight waits until it is seen.
        self._stale = bool(self._block.glyphs) and self.visibleRegion().isEmpty()
        if not self._stale:
            self._lay_out()
        self.update()

    def set_lit(self, symbols: AbstractSet[str]) -> None:
        """Mark the symbols of some keys."""
        if symbols != self._lit and (symbols | self._lit) & self.symbols:
            self.update()
        self._lit = symbols

    def sizeHint(self) -> QSize:
        """Return the room of the formula."""
        return QSize(120, round(self._height) + 2 * ROOM_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the formula anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._height = 0.0
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the formula, and a frame around what is marked."""
        del event
        if self._stale:
            self._lay_out()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._lit:
            self._draw_lit(painter)
        draw(painter, self._block, self._theme, 0.0, self._base)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.accent), 2))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which symbol is under the mouse."""
        place = event.position()
        place.setY(place.y() - self._base)
        under = [g.word.symbol for g in self._block.glyphs if place_of(g).contains(place)]
        self._hover(next((symbol for symbol in under if symbol), ""))

    def leaveEvent(self, event: QEvent) -> None:
        """Say that there is none any more."""
        super().leaveEvent(event)
        self._hover("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next symbol, or to the one before."""
        order = list(dict.fromkeys(g.word.symbol for g in self._block.glyphs if g.word.symbol))
        if event.key() not in WAYS or not order:
            super().keyPressEvent(event)
            return
        way = WAYS[Qt.Key(event.key())]
        place = order.index(self._hovered) + way if self._hovered in order else 0
        self._hover(order[place % len(order)])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go to the first symbol."""
        super().focusInEvent(event)
        symbols = [g.word.symbol for g in self._block.glyphs if g.word.symbol]
        self._hover(symbols[0] if symbols else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Be on no symbol any more."""
        super().focusOutEvent(event)
        self._hover("")

    @property
    def _base(self) -> float:
        return ROOM_PX + self._block.ascent

    def _hover(self, symbol: str) -> None:
        if symbol != self._hovered:
            self._hovered = symbol
            self.symbol_hovered.emit(symbol)

    def _lay_out(self) -> None:
        self._stale = False
        self._block = self._typesetter.lay_out(self._pieces, max(self.width() - 2, 100))
        height = self._block.ascent + self._block.descent
        # A line that gets shorter keeps its room: nothing below jumps.
        if height > self._height:
            self._height = height
            self.setFixedHeight(round(height) + 2 * ROOM_PX)

    def _draw_lit(self, painter: QPainter) -> None:
        accent = self._theme.accent
        painter.setPen(QPen(QColor(accent), 1.2))
        painter.setBrush(QColor(self._theme.tint))
        for place in self._lit_places():
            painter.drawRoundedRect(place.translated(0, self._base), 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _lit_places(self) -> list[QRectF]:
        """Return a block around each marked symbol, with what is written below and above it."""
        places: list[tuple[str, QRectF]] = []
        for glyph in self._block.glyphs:
            symbol, place = glyph.word.symbol, place_of(glyph)
            if symbol not in self._lit:
                continue
            if places and places[-1][0] == symbol and places[-1][1].intersects(place):
                places[-1] = symbol, places[-1][1] | place
            else:
                places.append((symbol, place))
        return [place for _, place in places]


def plain_text(pieces: Pieces) -> str:
    """Return a formula in one line of plain text."""
    return "".join(map(_plain, pieces))


def _plain(piece: object) -> str:
    match piece:
        case Word():
            return piece.text
        case Hat():
            return f"{piece.base.text}\N{COMBINING CIRCUMFLEX ACCENT}"
        case Script():
            below = f"_{plain_text(piece.below)}" if piece.below else ""
            above = f"^{plain_text(piece.above)}" if piece.above else ""
            return f"{plain_text(piece.base)}{below}{above}"
        case Fraction():
            return f"[{plain_text(piece.over)}]/[{plain_text(piece.under)}]"
        case Radical():
            return f"√({plain_text(piece.inside)})"
        case Fenced():
            return f"({plain_text(piece.inside)})"
        case Series():
            return "Σ"
    return ""

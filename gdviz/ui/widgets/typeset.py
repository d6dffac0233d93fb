"""Typeset: formulas laid out and drawn as a textbook has them, sharp at every scale."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from gdviz.core.explain.pieces import (
    Fenced,
    Fraction,
    Hat,
    Piece,
    Pieces,
    Radical,
    Script,
    Series,
    Word,
)
from gdviz.core.words.numbers import MINUS
from gdviz.ui.theme import Theme

FAMILIES = ["STIX Two Text", "Cambria", "Times New Roman", "DejaVu Serif", "serif"]
# The sizes of scripts, and of scripts of scripts.
SHRINK = (1.0, 0.72, 0.6)
SIGMA = 1.7
BREAKS = {"=", "+", MINUS}
INDENT_EM = 1.2
LINE_GAP_EM = 0.35
# Each thing has the colour that it has in the plots.
COLOURS = {
    "x": "data", "y": "data", "z": "data", "prediction": "hiker", "w": "hiker", "b": "hiker",
    "step_w": "hiker", "step_b": "hiker", "loss": "hiker", "slope_w": "slope", "slope_b": "slope",
    "velocity": "slope", "mean": "slope", "corrected_mean": "slope",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A word at the left end of its base line; it stands at the right of the `room` it takes."""

    word: Word
    x: float
    y: float
    room: float
    size: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points: fraction bars, roots, parentheses, hats."""

    points: tuple[tuple[float, float], ...]
    symbol: str = ""


@dataclass(slots=True)
class Block:
    """What is laid out, around a base line at height 0; down is positive."""

    width: float = 0.0
    ascent: float = 0.0
    descent: float = 0.0
    glyphs: list[Glyphs] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)

    def put(self, block: "Block", x: float, y: float) -> None:
        """Take in another block, with its base line's left end there."""
        for glyph in block.glyphs:
            self.glyphs.append(Glyphs(glyph.word, glyph.x + x, glyph.y + y, glyph.room, glyph.size))
        for stroke in block.strokes:
            moved = tuple((px + x, py + y) for px, py in stroke.points)
            self.strokes.append(replace(stroke, points=moved))
        self.width = max(self.width, x + block.width)
        self.ascent = max(self.ascent, block.ascent - y)
        self.descent = max(self.descent, block.descent + y)

    def beside(self, block: "Block") -> None:
        """Take in another block on the right."""
        self.put(block, self.width, 0.0)


@lru_cache(maxsize=64)
def _font(size: float, italic: bool, bold: bool) -> tuple[QFont, QFontMetricsF]:
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPixelSize(max(1, round(size)))
    font.setItalic(italic)
    font.setBold(bold)
    return font, QFontMetricsF(font)


def font_of(word: Word, size: float) -> tuple[QFont, QFontMetricsF]:
    """Return the font of a word, and its measures."""
    return _font(size, word.style == "letter", word.style == "result")


@lru_cache(maxsize=4096)
def _advance(text: str, size: float, italic: bool, bold: bool) -> float:
    return _font(size, italic, bold)[1].horizontalAdvance(text)


class Typesetter:
    """Lays out one formula of a size in pixels, again and again; numbers keep the room they had."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._rooms: dict[tuple[int, bool], float] = {}
        self._number = 0

    def lay_out(self, pieces: Pieces, width: float) -> Block:
        """Return a formula in lines of at most a width, as far as it can be broken."""
        self._number = 0
        whole, line, indent = Block(), Block(), 0.0
        for block in self._blocks(pieces, width - INDENT_EM * self._size):
            if line.width and indent + line.width + block.width > width:
                self._end_line(whole, line, indent)
                line, indent = Block(), INDENT_EM * self._size
            line.beside(block)
        self._end_line(whole, line, indent)
        return whole

    def _blocks(self, pieces: Pieces, width: float) -> Iterator[Block]:
        """Yield the parts between which a formula may be broken."""
        for group in _unbroken(pieces):
            number = self._number
            block = self._row(group, 0)
            opened = _opened(group)
            if block.width > width and opened != group:
                # Too long for a line of its own: broken inside its parentheses.
                self._number = number
                yield from self._blocks(opened, width)
            else:
                yield block

    def _end_line(self, whole: Block, line: Block, indent: float) -> None:
        below = 0.0
        if whole.width:
            below = whole.descent + line.ascent + LINE_GAP_EM * self._size
        whole.put(line, indent, below)

    def _row(self, pieces: Pieces, level: int) -> Block:
        row = Block()
        for piece in pieces:
            row.beside(self._piece(piece, level))
        return row

    def _piece(self, piece: Piece, level: int) -> Block:
        match piece:
            case Word():
                return self._word(piece, self._size * SHRINK[level])
            case Script():
                return self._script(piece, level)
            case Hat():
                return self._hat(piece, level)
            case Fraction():
                return self._fraction(piece, level)
            case Radical():
                return self._radical(piece, level)
            case Fenced():
                return self._fenced(piece, level)
            case Series():
                return self._series(piece, level)

    def _word(self, word: Word, size: float) -> Block:
        _, metrics = font_of(word, size)
        room = _advance(word.text, size, word.style == "letter", word.style == "result")
        if word.style in ("number", "result"):
            room = self._kept_room(word.text, room, size)
        block = Block(room, metrics.capHeight(), 0.22 * size)
        block.glyphs.append(Glyphs(word, 0.0, 0.0, room, size))
        return block

    def _kept_room(self, text: str, room: float, size: float) -> float:
        """Return the largest room that this number's digits have needed, and that of its sign.

        Powers of ten have a room of their own: they would leave a gap when they go.
        """
        sign = _advance(MINUS, size, False, False) if text.startswith(MINUS) else 0.0
        key = self._number, "\N{MULTIPLICATION SIGN}" in text
        self._rooms[key] = kept = max(room - sign, self._rooms.get(key, 0.0))
        self._number += 1
        return kept + sign

    def _script(self, script: Script, level: int) -> Block:
        inner = script.base[0]
        if isinstance(inner, Script) and len(script.base) == 1 and not inner.above:
            # What is raised stands above what is lowered, not behind it.
            script = Script(inner.base, inner.below, script.above)
        block, size, small = self._row(script.base, level), self._size, min(level + 1, 2)
        right = block.width + 0.04 * size
        above, below = self._row(script.above, small), self._row(script.below, small)
        if script.above:
            block.put(above, right, -max(0.4 * size, block.ascent - 0.25 * size))
        if script.below:
            block.put(below, right, max(0.2 * size, block.descent - 0.1 * size))
        return block

    def _hat(self, hat: Hat, level: int) -> Block:
        size = self._size * SHRINK[level]
        block = self._word(hat.base, size)
        height = font_of(hat.base, size)[1].xHeight()
        middle, top = block.width / 2 + 0.08 * size, height + 0.3 * size
        reach = 0.19 * size
        points = (middle - reach, -top + 0.18 * size), (middle, -top), (
            middle + reach, -top + 0.18 * size,
        )  # fmt: skip
        block.strokes.append(Stroke(points, hat.base.symbol))
        block.ascent = max(block.ascent, top)
        return block

    def _fraction(self, fraction: Fraction, level: int) -> Block:
        over, under = self._row(fraction.over, level), self._row(fraction.under, level)
        size, block = self._size * SHRINK[level], Block()
        axis, gap, side = -0.3 * size, 0.24 * size, 0.14 * size
        width = max(over.width, under.width) + 2 * side
        block.put(over, (width - over.width) / 2, axis - gap - over.descent)
        block.put(under, (width - under.width) / 2, axis + gap + under.ascent)
        block.strokes.append(Stroke(((0.04 * size, axis), (width - 0.04 * size, axis))))
        block.width = width
        return block

    def _radical(self, radical: Radical, level: int) -> Block:
        inside, block = self._row(radical.inside, level), Block()
        size = self._size * SHRINK[level]
        top, left = inside.ascent + 0.18 * size, 0.62 * size
        block.put(inside, left, 0.0)
        block.width += 0.08 * size
        block.strokes.append(Stroke((
            (0.05 * size, -0.28 * size), (0.18 * size, -0.36 * size),
            (0.36 * size, inside.descent * 0.8), (left - 0.06 * size, -top), (block.width, -top),
        )))  # fmt: skip
        block.ascent = top + 0.06 * size
        block.width += 0.08 * size
        return block

    def _fenced(self, fenced: Fenced, level: int) -> Block:
        inside, block = self._row(fenced.inside, level), Block()
        size = self._size * SHRINK[level]
        side = 0.3 * size
        block.put(inside, side, 0.0)
        top, bottom = -inside.ascent - 0.1 * size, inside.descent + 0.02 * size
        block.strokes += [
            Stroke(_parenthesis(0.24 * size, 0.09 * size, top, bottom)),
            Stroke(_parenthesis(block.width + 0.06 * size, block.width + 0.21 * size, top, bottom)),
        ]
        block.width += side
        return block

    def _series(self, series: Series, level: int) -> Block:
        size = self._size * SHRINK[level]
        small = min(level + 1, 2)
        sigma = self._word(Word("Σ"), size * SIGMA)
        above, below = self._row(series.above, small), self._row(series.below, small)
        width = max(sigma.width, above.width, below.width) + 0.2 * size
        drop, block = 0.28 * size, Block()
        block.put(sigma, (width - sigma.width) / 2, drop)
        bottom = drop + 0.08 * size
        block.descent = bottom
        block.put(below, (width - below.width) / 2, bottom + below.ascent + 0.12 * size)
        if series.above:
            top = drop - sigma.ascent - 0.2 * size - 0.25 * above.descent
            block.put(above, (width - above.width) / 2, top)
        return block


def _parenthesis(
    end: float, middle: float, top: float, bottom: float
) -> tuple[tuple[float, float], ...]:
    """Return an arc from top to bottom that bulges from the ends to the middle."""
    height = bottom - top
    shape = ((0.0, 0.0), (0.1, 0.45), (0.25, 0.8), (0.5, 1.0), (0.75, 0.8), (0.9, 0.45), (1.0, 0.0))
    return tuple((end + (middle - end) * bulge, top + height * down) for down, bulge in shape)


def _opened(pieces: Pieces) -> Pieces:
    """Return a formula with its parentheses as signs of their own, between which it can break."""
    opened: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Fenced) and len(piece.inside) > 1:
            opened += [Word("("), *piece.inside, Word(")")]
        else:
            opened.append(piece)
    return tuple(opened)


def _unbroken(pieces: Pieces) -> Iterator[Pieces]:
    """Yield the parts of a formula between which it may go over to the next line."""
    start = 0
    for place, piece in enumerate(pieces):
        breaks = isinstance(piece, Word) and piece.text.strip()[:1] in BREAKS
        if place > start and breaks and not getattr(piece, "symbol", ""):
            yield pieces[start:place]
            start = place
    yield pieces[start:]


def draw(painter: QPainter, block: Block, theme: Theme, left: float, base: float) -> None:
    """Draw a formula with the left end of its base line at a place."""
    for glyph in block.glyphs:
        word = glyph.word
        font, _ = font_of(word, glyph.size)
        painter.setFont(font)
        painter.setPen(theme.text_of(COLOURS.get(word.symbol, "text")))
        width = _advance(word.text, glyph.size, word.style == "letter", word.style == "result")
        painter.drawText(QPointF(left + glyph.x + glyph.room - width, base + glyph.y), word.text)
    for stroke in block.strokes:
        colour = theme.text_of(COLOURS.get(stroke.symbol, "text"))
        painter.setPen(QPen(QColor(colour), 1.2, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline([QPointF(left + x, base + y) for x, y in stroke.points])


def place_of(glyph: Glyphs) -> QRectF:
    """Return where a word is, relative to the formula's base line."""
    metrics = font_of(glyph.word, glyph.size)[1]
    top = glyph.y - metrics.capHeight() - 0.18 * glyph.size
    return QRectF(glyph.x - 1, top, glyph.room + 2, glyph.y + 0.28 * glyph.size - top)

"""ExplainView: one step as formulas, each with its numbers below; values in, hovers out."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from gdviz.core.explain.explanation import Section
from gdviz.core.explain.formulas import Line
from gdviz.core.explain.symbols import SYMBOLS, Meaning
from gdviz.ui.theme import LIGHT, Theme
from gdviz.ui.widgets.formula_line import FormulaLine
from gdviz.ui.widgets.paragraph import Paragraph
from gdviz.ui.widgets.parts import NO_MARGINS, bold, folded_height, folding_text, in_column, named
from gdviz.ui.widgets.scrolled import Scrolled

WIDTH, HEIGHT, MARGIN = 390, 420, 12
HINT = "Point at a symbol to read what it means and to see where it is in the plots."
FORMULA_EM, NUMBERS_EM = 1.3, 1.12


class ExplainView(QWidget):
    """The formulas of one step in sections, and what the symbol under the mouse means."""

    symbol_hovered = Signal(str)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "explain", "Explain this step")
        self._theme = LIGHT
        self._lit: AbstractSet[str] = frozenset()
        self._sections: list[_SectionView] = []
        self._place = named(Paragraph(), "explain_place")
        self._meaning = folding_text("symbol_meaning")
        self._meaning.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._meaning.setTextFormat(Qt.TextFormat.RichText)
        self._arrange()
        self.set_meaning("")

    @property
    def lines(self) -> list[FormulaLine]:
        """The lines that are shown, from the top."""
        return [line for section in self._shown for line in section.lines]

    def sizeHint(self) -> QSize:
        """Return a width that holds most formulas in one line."""
        return QSize(WIDTH, HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the window's font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._give_room()
            for section in self._sections:
                section.set_font_size(self.fontInfo().pixelSize())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what a symbol means for another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._give_room()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for section in self._sections:
            section.set_theme(theme)

    def forget_rooms(self) -> None:
        """Let every number take only the room that it needs from now on."""
        for section in self._sections:
            section.forget_rooms()

    def set_sections(self, iteration: int, sections: Sequence[Section]) -> None:
        """Show the explanation of an iteration's step."""
        self._place.set_text(
            f"Iteration {iteration:,}: the step from here to iteration {iteration + 1:,}."
        )
        for place, section in enumerate(sections):
            self._section(place).set_section(section)
        for place, view in enumerate(self._sections):
            view.setVisible(place < len(sections))

    def set_lit(self, symbols: AbstractSet[str]) -> None:
        """Mark the symbols of some keys in every formula."""
        self._lit = symbols
        for line in self.lines:
            line.set_lit(symbols)

    def set_meaning(self, symbol: str) -> None:
        """Say what a symbol means; without one, how to ask."""
        known = SYMBOLS.get(symbol)
        self._meaning.setText(_meaning_of(known) if known else HINT)
        self.said.emit(f"{known.name}: {known.sentence}" if known else "")

    @property
    def _shown(self) -> list["_SectionView"]:
        return [section for section in self._sections if not section.isHidden()]

    def _section(self, place: int) -> "_SectionView":
        if place == len(self._sections):
            section = _SectionView(self.fontInfo().pixelSize())
            section.set_theme(self._theme)
            section.symbol_hovered.connect(self._on_symbol_hovered)
            self._sections.append(section)
            self._column.insertWidget(place + 1, section)
        return self._sections[place]

    def _on_symbol_hovered(self, symbol: str) -> None:
        self.set_meaning(symbol)
        self.symbol_hovered.emit(symbol)

    def _give_room(self) -> None:
        """Keep room for the longest meaning: nothing jumps while symbols are pointed at."""
        room = self.width() - 2 * MARGIN
        # With their marks they are measured as somewhat longer, as what is bold is.
        texts = (HINT, *map(_meaning_of, SYMBOLS.values()))
        highest = max(folded_height(text, self.font(), room) for text in texts)
        self._meaning.setFixedHeight(highest + 4)

    def _arrange(self) -> None:
        content = QWidget()
        parts, margins = (self._place, None), (MARGIN, 8, MARGIN, 8)
        self._column = in_column(*parts, of=content, margins=margins, spacing=12)
        scroll = named(Scrolled(content), "explain_scroll", "The formulas of this step")
        self.setFocusProxy(scroll)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setForegroundRole(QPalette.ColorRole.Mid)
        self._meaning.setContentsMargins(MARGIN, 0, MARGIN, 0)
        in_column(scroll, line, self._meaning, high=scroll, of=self, margins=NO_MARGINS)
        self.setMinimumWidth(300)
        self._give_room()


class _SectionView(QWidget):
    """A title, some words, and formulas with their numbers."""

    symbol_hovered = Signal(str)

    def __init__(self, font_px: int) -> None:
        super().__init__()
        self._theme = LIGHT
        self._font_px = font_px
        self._title, self._words = bold(Paragraph()), Paragraph()
        self._pairs: list[tuple[FormulaLine, FormulaLine]] = []
        parts = self._title, self._words
        self._column = in_column(*parts, of=self, margins=NO_MARGINS, spacing=3)

    @property
    def lines(self) -> list[FormulaLine]:
        """The lines that are shown."""
        return [line for pair in self._pairs for line in pair if not line.isHidden()]

    def set_font_size(self, font_px: int) -> None:
        """Follow the window's font."""
        self._font_px = font_px
        for formula, numbers in self._pairs:
            formula.set_size(FORMULA_EM * font_px)
            numbers.set_size(NUMBERS_EM * font_px)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for pair in self._pairs:
            for line in pair:
                line.set_theme(theme)

    def forget_rooms(self) -> None:
        for text in (self._title, self._words):
            text.set_text("")
            text.forget_room()
        for pair in self._pairs:
            for line in pair:
                line.forget_rooms()

    def set_section(self, section: Section) -> None:
        self._title.set_text(section.title)
        self._words.set_text(section.words)
        for place, line in enumerate(section.lines):
            self._show_line(place, line)
        for place, pair in enumerate(self._pairs):
            for one in pair:
                one.setVisible(place < len(section.lines))

    def _show_line(self, place: int, line: Line) -> None:
        if place == len(self._pairs):
            self._add_pair()
        formula, numbers = self._pairs[place]
        formula.set_pieces(line.formula)
        numbers.set_pieces(line.numbers)

    def _add_pair(self) -> None:
        pair = FormulaLine(FORMULA_EM * self._font_px), FormulaLine(NUMBERS_EM * self._font_px)
        self._pairs.append(pair)
        for line in pair:
            line.set_theme(self._theme)
            line.symbol_hovered.connect(self.symbol_hovered)
            self._column.addWidget(line)


def _meaning_of(symbol: Meaning) -> str:
    return f"<b>{symbol.name}</b>: {symbol.sentence}"

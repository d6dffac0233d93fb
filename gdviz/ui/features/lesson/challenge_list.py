"""ChallengeList: the open questions of a chapter, and which of them are solved."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from gdviz.ui.widgets.parts import NO_MARGINS, FoldingText, folding_text, in_column, in_row, named

TICK, OPEN = "✓", "☐"


class ChallengeList(QWidget):
    """Each with an empty box, or a tick and its praise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[QWidget, QLabel, FoldingText]] = []
        self._layout = in_column(of=self, margins=NO_MARGINS)

    def set_challenges(self, texts: Sequence[str]) -> None:
        """Show these challenges, none of them solved."""
        for row, _, _ in self._rows:
            row.hide()
            row.setParent(None)
            row.deleteLater()
        self._rows = []
        for place, text in enumerate(texts, 1):
            self._add(place, text)
        self.setVisible(bool(texts))

    def set_solved(self, number: int, praise: str) -> None:
        """Tick the challenge of a number, counted from 0."""
        _, sign, text = self._rows[number]
        sign.setText(TICK)
        sign.setAccessibleName("Solved")
        if praise:
            text.setText(f"{text.text()}\n{praise}")

    def _add(self, place: int, text: str) -> None:
        row, sign = QWidget(), named(QLabel(OPEN), f"lesson_challenge_sign_{place}", "To solve")
        label = folding_text(f"lesson_challenge_{place}")
        label.setText(text)
        side_by_side = in_row(sign, label, wide=label, of=row, margins=NO_MARGINS)
        side_by_side.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        self._layout.addWidget(row)
        self._rows.append((row, sign, label))

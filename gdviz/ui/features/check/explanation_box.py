"""ExplanationBox: mistakes that explain a log: in words, and the line of NumPy beside the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel

from gdviz.core.check.answer import RIGHT, WRONG
from gdviz.core.check.verdict import Cause, Explanation
from gdviz.ui.features.check.code_lines import CodeLines
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.parts import (
    Part,
    bold,
    folding_text,
    in_column,
    in_row,
    link_button,
    named,
)

SHOW, SHOWN = "Show this one in the pictures", "This one is shown in the pictures."


class ExplanationBox(QFrame):
    """One explanation; where there are several, one of them is the one in the pictures.

    Signals
    -------
    chosen()
        This one is to be in the pictures.
    """

    chosen = Signal()

    def __init__(self, number: int, explanation: Explanation, *, is_alone: bool) -> None:
        super().__init__()
        self.setObjectName(f"check_explanation_{number}")
        self._codes: list[CodeLines] = []
        parts: list[Part] = []
        for place, cause in enumerate(explanation.causes, 1):
            parts += self._parts_of(cause, f"{number}_{place}")
        self._show = named(link_button(SHOW), f"check_show_{number}")
        self._shown = QLabel(SHOWN)
        self._show.clicked.connect(self.chosen)
        self._is_alone = is_alone
        if not is_alone:
            self.setFrameShape(QFrame.Shape.StyledPanel)
        parts += [in_row(self._show, None), self._shown]
        margin = 0 if is_alone else 8
        in_column(*parts, of=self, margins=(margin, margin, margin, margin), spacing=4)
        self.set_shown(False)

    def set_shown(self, shown: bool) -> None:
        """Say whether it is the one in the pictures."""
        self._show.setHidden(shown or self._is_alone)
        self._shown.setHidden(not shown or self._is_alone)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for code in self._codes:
            code.set_theme(theme)

    def _parts_of(self, cause: Cause, name: str) -> list[Part]:
        sentence = bold(folding_text(f"check_cause_{name}"))
        sentence.setText(cause.sentence)
        sentence.let_select()
        parts: list[Part] = [sentence]
        for kind, words, code, other in (
            ("wrong", WRONG, cause.wrong, cause.right),
            ("right", RIGHT, cause.right, cause.wrong),
        ):
            if code:
                lines = CodeLines(f"check_{kind}_{name}", words, is_wrong=kind == "wrong")
                lines.set_code(code, other)
                self._codes.append(lines)
                parts += [words, lines]
        return parts

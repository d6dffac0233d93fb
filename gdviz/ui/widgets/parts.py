"""Parts of panels: widgets with names, texts that fold, and rows and columns of them."""

import re
from typing import TypeVar

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import (
    QAction,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

AnyWidget = TypeVar("AnyWidget", bound=QWidget)
AnyBox = TypeVar("AnyBox", bound=QBoxLayout)
# Words become a label; a number is room of so many pixels, None all that is left free.
Part = QWidget | QLayout | str | int | None
Margins = tuple[int, int, int, int]
NO_MARGINS = (0, 0, 0, 0)
# A word so long may have no room in a line: it folds after its signs, or else after some letters.
LONG_WORD, PART_OF_IT = re.compile(r"\S{24,}"), re.compile(r"[^\W_]{12}|[\W_]")
# A space without width.
FOLD = "\N{ZERO WIDTH SPACE}"


def named(widget: AnyWidget, name: str, label: str = "", tip: str = "") -> AnyWidget:
    """Return a widget with its object name, what a screen reader calls it, and its tooltip."""
    widget.setObjectName(name)
    widget.setAccessibleName(label)
    widget.setToolTip(tip)
    return widget


def label_unseen(widget: QWidget) -> None:
    """Label a widget that stands without words; once it has its parent.

    A screen reader on Linux calls a box of choices by its label: its name is what is chosen.
    """
    label = QLabel(widget.accessibleName(), widget.parentWidget())
    label.setBuddy(widget)
    label.hide()


def link_button(text: str = "") -> QPushButton:
    """Return a button that looks like a link."""
    link = QPushButton(text, flat=True)
    link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    link.setCursor(Qt.CursorShape.PointingHandCursor)
    font = link.font()
    font.setUnderline(True)
    link.setFont(font)
    return link


class FoldingText(QLabel):
    """A label that folds its text, which is taken as it is; where need be within words, too."""

    def __init__(self) -> None:
        super().__init__(wordWrap=True, textFormat=Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(foldable(text))

    def text(self) -> str:
        """Return the text, without the places to fold it."""
        return super().text().replace(FOLD, "")

    def selectedText(self) -> str:
        """Return what is selected, without them."""
        return super().selectedText().replace(FOLD, "")

    def let_select(self) -> None:
        """Let the text be selected by the mouse, and copied as it was given."""
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copying = QAction("&Copy", self)
        copying.triggered.connect(self._copy)
        self.addAction(copying)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is selected."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.selectedText() or self.text())


def folding_text(name: str) -> FoldingText:
    """Return an empty label that folds its text."""
    return named(FoldingText(), name)


def foldable(text: str) -> str:
    """Return a text with places to fold the words that are too long for a line."""
    return LONG_WORD.sub(lambda word: PART_OF_IT.sub(rf"\g<0>{FOLD}", word[0]), text)


def folded_height(text: str, font: QFont, width: int) -> int:
    """Return how high a text is that is folded to a width."""
    room = QRect(0, 0, max(width, 1), 100_000)
    return QFontMetrics(font).boundingRect(room, Qt.TextFlag.TextWordWrap, foldable(text)).height()


def bold(label: AnyWidget) -> AnyWidget:
    """Return a widget with its text in bold."""
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def monospaced(widget: AnyWidget) -> AnyWidget:
    """Return a widget with its text as code has it, in the size of what is around."""
    font = widget.font()
    font.setFamilies(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).families())
    widget.setFont(font)
    return widget


def in_row(
    *parts: Part, wide: QWidget | QLayout | None = None, of: QWidget | None = None,
    margins: Margins | None = None, spacing: int | None = None,
) -> QHBoxLayout:  # fmt: skip
    """Return parts side by side, one of which takes all the width that is left.

    Words are the label of what follows them, for whoever can't see that.

    Parameters
    ----------
    of : QWidget, optional
        The widget that they fill.
    margins : tuple of int, optional
        Left, above, right and below; by default as the style has them, as is the spacing.
    """
    return _filled(QHBoxLayout(), parts, wide, of, margins, spacing)


def in_column(
    *parts: Part, high: QWidget | QLayout | None = None, of: QWidget | None = None,
    margins: Margins | None = None, spacing: int | None = None,
) -> QVBoxLayout:  # fmt: skip
    """Return parts above each other, as `in_row` does side by side."""
    return _filled(QVBoxLayout(), parts, high, of, margins, spacing)


def _filled(
    layout: AnyBox, parts: tuple[Part, ...], stretched: QWidget | QLayout | None,
    of: QWidget | None, margins: Margins | None, spacing: int | None,
) -> AnyBox:  # fmt: skip
    if of is not None:
        of.setLayout(layout)
    if margins is not None:
        layout.setContentsMargins(*margins)
    if spacing is not None:
        layout.setSpacing(spacing)
    words: QLabel | None = None
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part, stretch=int(part is stretched))
        else:
            widget = QLabel(part) if isinstance(part, str) else part
            layout.addWidget(widget, stretch=int(widget is stretched))
            if words is not None and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                words.setBuddy(widget)
            words = widget if isinstance(widget, QLabel) and isinstance(part, str) else None
    return layout

"""Parts of panels: widgets with names, texts that fold, and rows and columns of them."""

from typing import TypeVar

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

AnyWidget = TypeVar("AnyWidget", bound=QWidget)
AnyBox = TypeVar("AnyBox", bound=QBoxLayout)
# Words become a label; a number is room of so many pixels, None all that is left free.
Part = QWidget | QLayout | str | int | None
Margins = tuple[int, int, int, int]
NO_MARGINS = (0, 0, 0, 0)


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


def folding_text(name: str) -> QLabel:
    """Return an empty label that folds its text, which is taken as it is."""
    return named(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), name)


def folded_height(text: str, font: QFont, width: int) -> int:
    """Return how high a text is that is folded to a width."""
    room = QRect(0, 0, max(width, 1), 100_000)
    return QFontMetrics(font).boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()


def bold(label: AnyWidget) -> AnyWidget:
    """Return a widget with its text in bold."""
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


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

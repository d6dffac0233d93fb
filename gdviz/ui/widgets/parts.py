"""Parts of panels: widgets with names, texts that fold, and rows and columns of them."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

AnyWidget = TypeVar("AnyWidget", bound=QWidget)
AnyBox = TypeVar("AnyBox", bound=QBoxLayout)
# Words become a label; None is room that is left free.
Part = QWidget | QLayout | str | None


def named(widget: AnyWidget, name: str, label: str = "", tip: str = "") -> AnyWidget:
    """Return a widget with its object name, what a screen reader calls it, and its tooltip."""
    widget.setObjectName(name)
    widget.setAccessibleName(label)
    widget.setToolTip(tip)
    return widget


def folding_text(name: str) -> QLabel:
    """Return an empty label that folds its text, which is taken as it is."""
    return named(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), name)


def in_row(*parts: Part, wide: QWidget | None = None) -> QHBoxLayout:
    """Return parts side by side, one of which takes all the width that is left."""
    return _filled(QHBoxLayout(), parts, wide)


def in_column(
    *parts: Part,
    high: QWidget | None = None,
    of: QWidget | None = None,
    margins: tuple[int, int, int, int] | None = None,
) -> QVBoxLayout:
    """Return parts above each other, one of which takes all the height that is left.

    Parameters
    ----------
    of : QWidget, optional
        The widget that it fills.
    margins : tuple of int, optional
        Left, above, right and below; by default as the style has them.
    """
    layout = QVBoxLayout() if of is None else QVBoxLayout(of)
    if margins is not None:
        layout.setContentsMargins(*margins)
    return _filled(layout, parts, high)


def _filled(layout: AnyBox, parts: tuple[Part, ...], stretched: QWidget | None) -> AnyBox:
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            widget = QLabel(part) if isinstance(part, str) else part
            layout.addWidget(widget, stretch=int(widget is stretched))
    return layout

"""Naming: what tests, and programs for those who don't see the screen, know a widget by."""

from typing import TypeVar

from PySide6.QtWidgets import QWidget

AWidget = TypeVar("AWidget", bound=QWidget)


def named(widget: AWidget, name: str, label: str = "", tip: str = "") -> AWidget:
    """Give a widget its object name, the name that is read out, and its tooltip; return it."""
    widget.setObjectName(name)
    widget.setAccessibleName(label)
    widget.setToolTip(tip)
    return widget

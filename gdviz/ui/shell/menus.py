"""The menu bar: what the features offer, each in its menu, in the order of the features."""

from collections.abc import Iterable

from PySide6.QtWidgets import QMenuBar

from gdviz.ui.features import Menus
from gdviz.ui.widgets.commands import fill

TITLES = ("&File", "&Edit", "&Play", "&Runs", "&View", "&Help")


def fill_menus(bar: QMenuBar, offered: Iterable[Menus]) -> None:
    """Fill a menu bar."""
    menus = {title: bar.addMenu(title) for title in TITLES}
    for offer in offered:
        for title, entries in offer.items():
            fill(menus[title], entries)

"""Examples: the tables that come with gdviz, each of another character."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from gdviz.ui.widgets.commands import fill

PIZZA = "pizza.txt"
# By the names of their files in `data`, where README.md says more of each.
EXAMPLES = {
    PIZZA: "&Pizzas for reservations, as in the lesson",
    "ice.csv": "&Ice on a pond: falling",
    "way-to-school.csv": "&Way to school: an outlier",
    "fever.csv": "&Fever and pulse: steep and narrow",
}


def examples_menu(open_example: Callable[[str], object], parent: QWidget) -> QMenu:
    """Return a menu that opens each of them."""
    menu = QMenu("&Examples", parent)
    fill(menu, [(text, None, partial(open_example, name)) for name, text in EXAMPLES.items()])
    return menu

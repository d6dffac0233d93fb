"""ShortcutsDialog: all keys, read off the menus and the controls that have keys of their own."""

import html
from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QMainWindow,
    QMenu,
    QMenuBar,
    QTextBrowser,
    QWidget,
)

from gdviz.ui.features.lesson.answer import Answer
from gdviz.ui.plots.data_fit import DataFit
from gdviz.ui.plots.surface.surface import Surface
from gdviz.ui.settings.rate_dial import RateDial
from gdviz.ui.widgets.formula_line import FormulaLine
from gdviz.ui.widgets.parts import in_column, named
from gdviz.ui.widgets.placing import inside, room_for

SIZE = QSize(620, 620)
# How broad the column of keys is.
KEYS_PX = 190
NATIVE = QKeySequence.SequenceFormat.NativeText
# What holds everywhere, as in other programs.
EVERYWHERE = {
    "Tab, Shift+Tab": "Go to the next control, or to the one before",
    "Space, Return": "Press the control that has the focus; where none wants it, Space plays",
    "Esc": "Leave a field as it was",
}
Rows = Mapping[str, str]
OWN_KEYS: Mapping[str, Rows] = {
    "Bar of the learning rate": RateDial.own_keys,
    "Data": DataFit.own_keys,
    "Surface in 3-D": Surface.own_keys,
    "Formulas": FormulaLine.own_keys,
    "Lesson": Answer.own_keys,
}


class ShortcutsDialog(QDialog):
    """A list to read, in the order of the menus."""

    def __init__(self, bar: QMenuBar, window: QMainWindow) -> None:
        super().__init__(window)
        named(self, "shortcuts")
        self.setWindowTitle("Keyboard shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        list_ = named(QTextBrowser(), "shortcuts_list", "Keyboard shortcuts")
        sections = {"Everywhere": EVERYWHERE, **dict(_of_menus(bar)), **_of_controls(window)}
        list_.setHtml("".join(_section(title, rows) for title, rows in sections.items() if rows))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        in_column(list_, buttons, high=list_, of=self)
        room, place = room_for(window), QRect(QPoint(), SIZE)
        place.moveCenter(window.geometry().center())
        self.setGeometry(inside(place, room))


def _of_menus(bar: QMenuBar) -> Iterator[tuple[str, Rows]]:
    for action in bar.actions():
        menu = action.menu()
        if isinstance(menu, QMenu):
            yield _plain(action), dict(_of_menu(menu))


def _of_menu(menu: QMenu) -> Iterator[tuple[str, str]]:
    for action in menu.actions():
        keys = _written([action.shortcut()])
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from ((key, f"{_plain(action)}: {text}") for key, text in _of_menu(inner))
        elif keys:
            yield keys, _plain(action)


def _of_controls(window: QWidget) -> Mapping[str, Rows]:
    """Return what controls do with keys while they have the focus."""
    found = {
        title: {_native(names): meaning for names, meaning in keys.items()}
        for title, keys in OWN_KEYS.items()
    }
    for shortcut in window.findChildren(QShortcut):
        table = shortcut.parent()
        if isinstance(table, QAbstractItemView):
            rows = found.setdefault(f"{table.accessibleName()}, in the table", {})
            rows[_written(shortcut.keys())] = shortcut.whatsThis()
    return found


def _written(keys: Sequence[QKeySequence]) -> str:
    return ", ".join(key.toString(NATIVE) for key in keys)


def _native(names: str) -> str:
    return _written([QKeySequence(name) for name in names.split(", ")])


def _plain(action: QAction) -> str:
    return action.text().replace("&", "").removesuffix("…")


def _section(title: str, rows: Rows) -> str:
    lines = "".join(
        f"<tr><td width='{KEYS_PX}' style='padding: 2px 12px 2px 0'>{html.escape(keys)}</td>"
        f"<td style='padding: 2px 0'>{html.escape(meaning)}</td></tr>"
        for keys, meaning in rows.items()
    )
    return f"<h3>{html.escape(title)}</h3><table>{lines}</table>"

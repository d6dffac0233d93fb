"""All texts that a program's widgets hold, wherever a person may come upon them."""

from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGraphicsView,
    QLabel,
    QMenu,
    QTableView,
)

Role = Qt.ItemDataRole
DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def texts():
    """Yield where a text is, the text, and whether Qt may take it for HTML."""
    for widget in QApplication.allWidgets():
        where = f"{type(widget).__name__} {widget.objectName()}"
        for kind in ("toolTip", "whatsThis", "statusTip"):
            yield f"{where}, {kind}", getattr(widget, kind)(), True
        yield f"{where}, title", widget.windowTitle(), False
        face = QAccessible.queryAccessibleInterface(widget)
        for kind in (QAccessible.Text.Name, QAccessible.Text.Description):
            yield f"{where}, accessible {kind.name}", face.text(kind) if face else "", False
        if isinstance(widget, QLabel):
            auto = widget.textFormat() is not Qt.TextFormat.PlainText
            yield where, widget.text(), auto
        elif hasattr(widget, "text") and callable(widget.text):
            yield where, str(widget.text()), False
        if isinstance(widget, QComboBox | QAbstractItemView):
            yield from _of_items(where, widget)
        if isinstance(widget, QGraphicsView):
            for item in widget.items():
                yield f"{where}, {type(item).__name__}", item.toolTip(), True
        for action in widget.findChildren(QAction, options=DIRECT):
            yield f"{where}, action", action.text(), False
            if isinstance(widget, QMenu) and widget.toolTipsVisible():
                yield f"{where}, action's tip", action.toolTip(), True


def _of_items(where, view):
    model = view.model()
    columns = 1 if model is None or isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(min(model.rowCount(), 20) if model else 0):
        for column in range(columns):
            index = model.index(row, column)
            yield f"{where}, cell", str(index.data() or ""), False
            yield f"{where}, cell's tip", str(index.data(Role.ToolTipRole) or ""), True
    if isinstance(view, QTableView) and model:
        for column in range(columns):
            for role, auto in ((Role.DisplayRole, False), (Role.ToolTipRole, True)):
                head = model.headerData(column, Qt.Orientation.Horizontal, role)
                yield f"{where}, head", str(head or ""), auto

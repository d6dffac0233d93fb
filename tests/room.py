"""What has no room for its text: every label, button and box of a window is measured."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QDockWidget,
    QDoubleSpinBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QWidget,
)

from gdviz.ui.widgets.paragraph import Paragraph
from gdviz.ui.widgets.parts import FoldingText, foldable

MEASURED = QLabel | QAbstractButton | QComboBox | QAbstractSpinBox | Paragraph


def clipped(window):
    """Return a line for each visible text of a window that isn't seen as a whole."""
    found = []
    for widget in window.findChildren(QWidget):
        # Dialogs are windows of their own, though they are children of this one.
        here = widget.isVisible() and widget.parentWidget() and widget.window() is window
        if here and widget.isHidden():
            found.append(f"{widget.objectName()}: is seen, though no layout knows of it")
        if isinstance(widget, MEASURED) and here and not _is_behind(widget):
            problem = _problem(widget, window)
            if problem:
                found.append(f"{widget.objectName() or type(widget).__name__}: {problem}")
    return found


def _is_behind(widget):
    """Tell whether it is in a dock behind another: Qt puts that far away, and calls it visible."""
    while widget is not None and not isinstance(widget, QDockWidget):
        widget = widget.parentWidget()
    return widget is not None and widget.geometry().right() < 0


def _problem(widget, window):
    needed, room = _needed(widget), widget.contentsRect().size()
    if needed is None:
        return ""
    (width, height), words = needed, _words(widget)
    if width > room.width() or height > room.height():
        return f"{words!r} needs {width} × {height}, has {room.width()} × {room.height()}"  # noqa: RUF001
    return _hidden(widget, window)


def _words(widget):
    match widget:
        case QComboBox():
            return widget.currentText()
        case Paragraph():
            return widget.text
        case _:
            return widget.text()


def _needed(widget):
    """Return the width and height that a widget's text takes; None where there is no text."""
    metrics, text = widget.fontMetrics(), _words(widget)
    if not text:
        return None
    if isinstance(widget, QLabel) and not widget.wordWrap():
        if widget.textFormat() is not Qt.TextFormat.PlainText and text.startswith("<"):
            document = QTextDocument()
            document.setDefaultFont(widget.font())
            document.setHtml(text)
            return document.idealWidth() - 2 * document.documentMargin(), metrics.height()
        lines = text.replace("&", "").split("\n") if widget.buddy() else text.split("\n")
        width = max(map(metrics.horizontalAdvance, lines))
        margins = 2 * widget.margin()
        return width + margins, metrics.lineSpacing() * len(lines) - metrics.leading() + margins
    if isinstance(widget, QLabel | Paragraph):
        room = QRect(0, 0, max(widget.contentsRect().width(), 1), 100_000)
        folded = foldable(text) if isinstance(widget, FoldingText) else text
        box = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, folded)
        return box.width(), box.height()
    if isinstance(widget, QComboBox):
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        field = widget.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            widget,
        )
        frame = widget.width() - field.width()
        # Its ink, which is what Qt gives it room for.
        return metrics.boundingRect(option.currentText).width() + frame, metrics.height()
    if isinstance(widget, QAbstractSpinBox):
        edit = widget.lineEdit()
        if isinstance(widget, QDoubleSpinBox) and widget.hasFocus():
            # All digits are there, and what is typed is scrolled.
            return None
        frame = widget.width() - edit.width()
        return edit.fontMetrics().horizontalAdvance(text) + frame + 4, metrics.height()
    if isinstance(widget, QPushButton):
        # Its size hint is never less than what a dialog's buttons have.
        option = QStyleOptionButton()
        widget.initStyleOption(option)
        inside = QStyle.SubElement.SE_PushButtonContents
        frame = widget.width() - widget.style().subElementRect(inside, option, widget).width()
        icon = 0 if option.icon.isNull() else option.iconSize.width() + 4
        words = metrics.size(Qt.TextFlag.TextShowMnemonic, option.text).width()
        return icon + words + frame, metrics.height()
    hint = widget.minimumSizeHint()
    return hint.width(), metrics.height()


def _hidden(widget, window):
    """Tell which part around a widget cuts it off; what can be scrolled to isn't cut off."""
    place, child = QRect(QPoint(), widget.size()), widget
    while child is not window:
        parent = child.parentWidget()
        if parent is None or isinstance(child, QDockWidget):
            return ""
        place = place.translated(child.pos())
        scrolls = isinstance(parent.parentWidget(), QScrollArea)
        room = parent.rect()
        if scrolls:
            place, room = _across(place), _across(room)
        if not room.contains(place):
            by = parent.objectName() or type(parent).__name__
            return f"{_words(widget)!r} is cut off by {by}: {_told(place)} of {_told(room)}"
        if scrolls:
            return ""
        child = parent
    return ""


def _told(place):
    return f"{place.width()} by {place.height()} at {place.x()}, {place.y()}"


def _across(place):
    return QRect(place.x(), 0, place.width(), 1)

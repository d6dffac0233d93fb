"""Keys: the control with the focus gets the keys that it has a use for, the window all others.

A window's shortcuts come before the control that has the focus, unless that control objects: Qt
asks it first (`ShortcutOverride`). Here is who objects to which key, what Return and Escape do,
and whom the wheel turns. Only who has the focus is watched, and the window's wheel: a filter for
the whole application would need the interpreter for every event of every frame.
"""

from types import UnionType
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWheelEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDockWidget,
    QDoubleSpinBox,
    QGraphicsView,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollBar,
    QSpinBox,
    QTabBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from gdviz.ui.widgets.focus_ring import FocusRing
from gdviz.ui.widgets.own_keys import name_of, own_keys
from gdviz.ui.widgets.spin_boxes import is_being_typed

Key, Modifier = Qt.Key, Qt.KeyboardModifier
RETURNS = {Key.Key_Return, Key.Key_Enter}
PRESSES = {Key.Key_Space, *RETURNS}
ARROWS = {Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down}
WAYS = ARROWS | {Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown}
COMMANDS = Modifier.ControlModifier | Modifier.AltModifier | Modifier.MetaModifier
EDITS = [
    QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut, QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.SelectAll,
]  # fmt: skip
UNDOES = [QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo]
TURNED = QAbstractSpinBox | QComboBox | QAbstractSlider


class Keys(QObject):
    """Shares the keys out among a window and what is in it, and shows who has them.

    Parameters
    ----------
    pictures : QWidget
        What gets the focus when a field is left, and where nobody has it: there all keys are the
        window's.
    """

    def __init__(self, window: QWidget, pictures: QWidget) -> None:
        super().__init__(window)
        self._window, self._pictures = window, pictures
        self._by_keyboard = False
        self._focused: QWidget | None = None
        self._ring: FocusRing | None = None
        app = QGuiApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)
        app.focusWindowChanged.connect(self._watch_windows)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is meant for somebody else."""
        kind = event.type()
        if isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            if kind is QEvent.Type.ShortcutOverride:
                self._by_keyboard = True
                return self._share(watched, event)
            return kind is QEvent.Type.KeyPress and self._press(watched, event)
        if isinstance(watched, QWindow):
            if kind is QEvent.Type.MouseButtonPress:
                self._by_keyboard = False
            elif isinstance(event, QWheelEvent):
                return self._turn(watched, event)
        return False

    def _share(self, widget: QWidget, event: QKeyEvent) -> bool:
        """Answer for a control whether it wants a key; True if that isn't left to it."""
        wanted = wants(widget, event)
        if wanted is None:
            return False
        if not wanted and isinstance(widget, QAbstractSpinBox):
            # What was typed counts for the command that follows.
            widget.interpretText()
        event.setAccepted(wanted)
        return True

    def _press(self, widget: QWidget, event: QKeyEvent) -> bool:
        """Do what Qt doesn't do by itself; tell whether anything was done."""
        if event.modifiers() & COMMANDS:
            return False
        key = event.key()
        if isinstance(widget, QAbstractButton) and key in RETURNS:
            if not event.isAutoRepeat():
                widget.click()
            return True
        if isinstance(widget, QAbstractSpinBox) and key in RETURNS:
            widget.interpretText()
        elif _is_field(widget) and key == Key.Key_Escape:
            _restore(widget)
        else:
            return False
        self._pictures.setFocus()
        return True

    def _turn(self, window: QWindow, event: QWheelEvent) -> bool:
        """Scroll what is around a control that hasn't the focus, rather than change its value."""
        widget = QWidget.find(window.winId())
        under = widget and widget.childAt(event.position().toPoint())
        turned = _around(under, TURNED)
        if turned is None or turned.hasFocus() or isinstance(turned, QScrollBar):
            return False
        around = _around(turned, QAbstractScrollArea)
        if isinstance(around, QAbstractScrollArea):
            place = around.viewport().mapFromGlobal(event.globalPosition())
            QApplication.sendEvent(around.viewport(), QWheelEvent(
                place, event.globalPosition(), event.pixelDelta(), event.angleDelta(),
                event.buttons(), event.modifiers(), event.phase(), event.inverted(),
            ))  # fmt: skip
        return True

    def _on_focus_changed(self) -> None:
        """Watch who has the focus, and show it where that isn't seen already."""
        # Who had it isn't taken from Qt: that may be what is just being destroyed.
        old, ring = self._focused, self._ring
        if old is not None and isValid(old):
            old.removeEventFilter(self)
        if ring is not None and isValid(ring):
            ring.let_go()
        self._focused = new = QApplication.focusWidget()
        if new is None and isValid(self._window) and self._window.isActiveWindow():
            # Who had the keys has let go of them: `clearFocus`.
            self._pictures.setFocus()
        if new is None or new.window().windowType() is Qt.WindowType.Popup:
            return
        if self._is_mine(new):
            new.installEventFilter(self)
        if self._by_keyboard or own_keys(new) or isinstance(new, QGraphicsView):
            self._ring = _ring_in(new.window()) or FocusRing(new.window())
            self._ring.surround(new)

    def _is_mine(self, widget: QWidget) -> bool:
        """Tell whether the window's shortcuts hold for a widget: not those of dialogs."""
        window = widget.window()
        is_out = isinstance(window, QDockWidget) and window.parentWidget() is self._window
        return window is self._window or is_out

    def _watch_windows(self) -> None:
        """Watch the wheel over every window there is."""
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)


def wants(widget: QWidget, event: QKeyEvent) -> bool | None:
    """Tell whether a control has a use for a key; None: it knows that best itself."""
    if name_of(event) in own_keys(widget):
        return True
    if _is_field(widget):
        wanted = _field_wants(widget, event)
        if wanted is not None or not isinstance(widget, QComboBox):
            return wanted
    if event.modifiers() & COMMANDS:
        return None
    # Letters look for an entry.
    looks = isinstance(widget, QComboBox) and event.text().isalnum()
    return looks or Key(event.key()) in uses_of(widget) or None


def uses_of(widget: QWidget) -> set[Qt.Key]:
    """Return the keys that a control has a use for, besides those it asks for itself."""
    match widget:
        case QRadioButton():
            return PRESSES | ARROWS
        case QAbstractButton():
            return PRESSES
        case QTabBar():
            return PRESSES | WAYS
        case QComboBox():
            return WAYS | {Key.Key_Space}
        case QAbstractSlider():
            return WAYS
        case QAbstractItemView():
            checkable = widget.currentIndex().flags() & Qt.ItemFlag.ItemIsUserCheckable
            return WAYS | {Key.Key_Space} if checkable else WAYS
        case QTextEdit() | QPlainTextEdit():
            return WAYS if _is_wider(widget) else set()
    return set()


def _field_wants(widget: QWidget, event: QKeyEvent) -> bool | None:
    """Tell whether a field has a use for a key: it leaves commands to the window."""
    key = event.key()
    if event.modifiers() & COMMANDS:
        if any(map(event.matches, UNDOES)):
            return is_half_typed(widget)
        is_letter = Key.Key_A <= key <= Key.Key_Z
        return False if is_letter and not any(map(event.matches, EDITS)) else None
    if key in WAYS or key == Key.Key_Escape:
        # In an empty line there is nowhere to go; the hiker can take a step.
        return key == Key.Key_Escape or not isinstance(widget, QLineEdit) or bool(widget.text())
    # A number has no use for Space.
    return False if key == Key.Key_Space and isinstance(widget, QAbstractSpinBox) else None


def is_half_typed(widget: QWidget) -> bool:
    """Tell whether a field holds what hasn't been applied."""
    match widget:
        case QSpinBox() | QDoubleSpinBox():
            return is_being_typed(widget)
        case QLineEdit():
            return widget.isUndoAvailable()
    return False


def _restore(widget: QWidget) -> None:
    """Have a number box show its value again."""
    if isinstance(widget, QSpinBox | QDoubleSpinBox):
        value: Any = widget.value()
        widget.setValue(value)


def _is_field(widget: QWidget) -> bool:
    """Tell whether something is typed or chosen here; a table knows its own fields."""
    if isinstance(widget, QLineEdit):
        around = widget.parentWidget()
        return around is None or not isinstance(around.parentWidget(), QAbstractItemView)
    return isinstance(widget, QAbstractSpinBox | QComboBox)


def _around(widget: QWidget | None, kinds: type | UnionType) -> QWidget | None:
    """Return the widget, or the nearest that it lies in, that is of some kind."""
    while widget is not None and not isinstance(widget, kinds):
        widget = widget.parentWidget()
    return widget


def _ring_in(window: QWidget) -> FocusRing | None:
    return window.findChild(FocusRing, options=Qt.FindChildOption.FindDirectChildrenOnly)


def _is_wider(text: QAbstractScrollArea) -> bool:
    return text.horizontalScrollBar().maximum() > 0

"""Dock: what is opened beside or below the pictures."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDockWidget,
    QMainWindow,
    QStyle,
    QWidget,
)
from shiboken6 import isValid

from gdviz.ui.theme import LIGHT, Theme, Themed, icon
from gdviz.ui.widgets.scrolled import Scrolled

RIGHT, BELOW = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
# What Qt calls the buttons of a title, and their icons.
BUTTONS = {"qt_dockwidget_closebutton": "close", "qt_dockwidget_floatbutton": "float"}
Content = TypeVar("Content", bound=QWidget)


def least_width(widget: QWidget) -> int:
    """Return the least width that a widget can be used in."""
    return max(widget.minimumSizeHint().width(), widget.minimumWidth())


class Dock(QDockWidget, Generic[Content]):
    """A dock that is closed at first; its content is made when it is first asked for or seen.

    Who asks for it gets the focus into it, and back where it was when the dock is closed.

    Parameters
    ----------
    area : Qt.DockWidgetArea
        `RIGHT` or `BELOW`.
    make : callable
        Returns the content: a start must not wait for it.
    command : str, optional
        What menus call it; by default its title.
    alone : bool, optional
        Whether it stands beside others, rather than behind or before them.
    low, tall : bool, optional
        Whether it is as low as its content at first, or needs all of the height that there is.

    Attributes
    ----------
    is_in_front : bool
        Whether it is open, and no other stands before it.
    """

    def __init__(
        self,
        title: str,
        area: Qt.DockWidgetArea,
        key: str,
        make: Callable[[], Content],
        command: str = "",
        alone: bool = False,
        low: bool = False,
        tall: bool = False,
    ) -> None:
        super().__init__(title)
        self.setObjectName(f"{title.lower()}_dock")
        self.area, self.alone, self.tall = area, alone, tall
        self._make, self._low, self._theme = make, low, LIGHT
        self._content: Content | None = None
        self._focused_before: QWidget | None = None
        self._was_closed, self.is_in_front, self._held = True, False, False
        opening = self.toggleViewAction()
        opening.setShortcut(key)
        opening.setText(command or title)
        opening.triggered.connect(self._on_triggered)
        self.visibilityChanged.connect(self._on_shown)
        # Qt gives its buttons other icons then.
        self.topLevelChanged.connect(self._paint_buttons)
        self.topLevelChanged.connect(self._keep_wide)
        self.hide()

    @property
    def is_closed(self) -> bool:
        """Whether it was closed; one that is put elsewhere, or aside, is hidden only."""
        return self._was_closed and self.isHidden()

    @property
    def is_made(self) -> bool:
        """Whether there is content already."""
        return self._content is not None

    @property
    def content(self) -> Content:
        """What the dock holds."""
        if self._content is None:
            self._content = self._make()
            self._paint()
            self.setWidget(Scrolled(self._content))
            if self._low:
                self.take(self._content.sizeHint().height())
        return self._content

    def open(self) -> None:
        """Show it, before what shares its place, and give it the focus."""
        if not self._has_focus:
            self._focused_before = QApplication.focusWidget()
        self.show()
        self.raise_()
        # For this reason a field selects its text.
        self.content.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def needed_width(self) -> int:
        """The least width that it can be used in; its content may be scrolled down."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return least_width(self.content) + bar

    @property
    def needed_height(self) -> int:
        """The least height that its content isn't scrolled in as a whole, folded to its width."""
        content, within = self.content, self.widget()
        least = max(content.heightForWidth(within.width()), content.minimumSizeHint().height())
        return self.height() - within.height() + least

    def event(self, event: QEvent) -> bool:
        """Notice that its content needs other room, and that it is open again.

        Behind another it is open as well, but nothing is shown of it.
        """
        if event.type() is QEvent.Type.LayoutRequest:
            self._keep_wide()
        elif event.type() is QEvent.Type.ShowToParent:
            self._was_closed = False
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Notice that it is closed, which is more than hidden: that it is wherever it is put."""
        self._was_closed = True
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as wide as is needed."""
        super().showEvent(event)
        self._keep_wide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the focus back."""
        super().hideEvent(event)
        before, self._focused_before = self._focused_before, None
        if not self.isHidden() or before is None or not isValid(before):
            return
        if self._has_focus and before.isVisible():
            before.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._paint()
        self._paint_buttons()

    def take(self, pixels: int) -> None:
        """Take so much of the window's width, or of its height below the pictures."""
        window, beside = self.parentWidget(), self.area == RIGHT
        if self.isFloating():
            self.resize(*(pixels, self.height()) if beside else (self.width(), pixels))
        elif isinstance(window, QMainWindow):
            way = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
            window.resizeDocks([self], [pixels], way)

    def hold_width(self, held: bool) -> None:
        """While edges are dragged, be no narrower than it can be used in; free it afterwards."""
        self._held = held
        self._keep_wide()

    @property
    def _has_focus(self) -> bool:
        """Whether something in it has the focus."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _on_triggered(self, opened: bool) -> None:
        if opened:
            self.open()

    def _keep_wide(self) -> None:
        """In a window of its own never be narrower than it can be used in, on any screen."""
        most = self.screen().size().width() if self.isFloating() else self._held * self.width()
        self.setMinimumWidth(min(self.needed_width, most) if self.is_made else 0)

    def _paint(self) -> None:
        if isinstance(self._content, Themed):
            self._content.set_theme(self._theme)

    def _paint_buttons(self) -> None:
        """Give the buttons of the title icons that can be seen: those of Qt are grey."""
        for name, picture in BUTTONS.items():
            button = self.findChild(QAbstractButton, name)
            if button is not None:
                button.setIcon(icon(picture, self._theme.text))

    def _on_shown(self, shown: bool) -> None:
        self.is_in_front = shown
        if shown:
            _ = self.content

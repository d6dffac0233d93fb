"""Dock: what is opened beside or below the pictures."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from gdviz.ui.theme import LIGHT, Theme, Themed
from gdviz.ui.widgets.scrolled import Scrolled

RIGHT, BELOW = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
Content = TypeVar("Content", bound=QWidget)


class Dock(QDockWidget, Generic[Content]):
    """A dock that is closed at first; its content is made when it is first asked for or seen.

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
    ) -> None:
        super().__init__(title)
        self.setObjectName(f"{title.lower()}_dock")
        self.area, self.alone = area, alone
        self._make, self._low, self._theme = make, low, LIGHT
        self._content: Content | None = None
        opening = self.toggleViewAction()
        opening.setShortcut(key)
        opening.setText(command or title)
        # What is asked for comes before what shares its place.
        opening.triggered.connect(self.raise_)
        self.visibilityChanged.connect(self._on_shown)
        self.hide()

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

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._paint()

    def take(self, pixels: int) -> None:
        """Take so much of the window's width, or of its height below the pictures."""
        window, beside = self.parentWidget(), self.area == RIGHT
        if isinstance(window, QMainWindow):
            way = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
            window.resizeDocks([self], [pixels], way)

    def _paint(self) -> None:
        if isinstance(self._content, Themed):
            self._content.set_theme(self._theme)

    def _on_shown(self, shown: bool) -> None:
        if shown:
            _ = self.content

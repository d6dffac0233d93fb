"""Spotlight: a frame with a soft glow around a part of the window that a lesson talks about."""

from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gdviz.ui.theme import Theme
from gdviz.ui.widgets.overlay import Overlay
from gdviz.ui.widgets.tab_stops import scroll_to

# The frame runs outside its target, so that it covers nothing of it.
MARGIN = 6
FRAME = 3
GLOW = 6


class Spotlight(Overlay):
    """A frame that follows a widget; it costs nothing at rest."""

    def __init__(self, target: QWidget, window: QWidget, theme: Theme) -> None:
        super().__init__(window, MARGIN)
        self.setObjectName(f"spotlight_{target.objectName()}")
        self.set_theme(theme)
        scroll_to(target)
        self.surround(target)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._colour = QColor(theme.accent)
        self.update()

    def put_out(self) -> None:
        """Follow the target no longer, and vanish."""
        self.let_go()
        self.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a frame that fades outwards."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = GLOW // 2
        place = self.rect().adjusted(inset, inset, -inset, -inset)
        for width, alpha in ((GLOW, 60), ((GLOW + FRAME) / 2, 90), (FRAME, 255)):
            self._colour.setAlpha(alpha)
            painter.setPen(QPen(self._colour, width))
            painter.drawRoundedRect(place, 6, 6)

"""Scrolled: what is scrolled up and down where it must, and never to the side."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from gdviz.ui.accessible import Role


class Scrolled(QScrollArea):
    """A scroll area that is never narrower than what it holds, and its scroll bar."""

    accessible_role = Role.Grouping

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(content)

    @property
    def bar_width(self) -> int:
        """How wide the scroll bar is, shown or not."""
        return self.verticalScrollBar().sizeHint().width()

    def minimumSizeHint(self) -> QSize:
        """Need the whole width."""
        width = self.widget().minimumSizeHint().width() + self.bar_width
        return QSize(width, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass on that what is held needs other room."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

"""Scrolled: what is scrolled where there isn't the room that it needs."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from gdviz.ui.accessible import Role


class Scrolled(QScrollArea):
    """A scroll area that tells what is around it when it is to hold something of another size."""

    accessible_role = Role.Grouping

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(content)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass on that what is held needs other room."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._show_bar()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll only where there is too little room."""
        self._show_bar()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Pass on what has changed while it was hidden: Qt tells of it only once until then."""
        super().showEvent(event)
        self.updateGeometry()
        self._lay_out_content()

    def _show_bar(self) -> None:
        """Show no bar where text fits: one that is there takes width, and so is needed for ever."""
        policy, folded = Qt.ScrollBarPolicy, self._content.heightForWidth(self.width())
        needed = max(folded, self._content.minimumSizeHint().height())
        fits = folded >= 0 and needed <= self.height()
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded
        )

    def _lay_out_content(self) -> None:
        """Tell the content of a size that Qt gave it while it told of another, and forgot."""
        layout, size = self._content.layout(), self._content.size()
        if layout is not None and layout.geometry().size() != size:
            event = QResizeEvent(size, layout.geometry().size())
            QApplication.sendEvent(self._content, event)


class ScrolledDown(Scrolled):
    """One that is never narrower than what it holds, and its scroll bar."""

    def __init__(self, content: QWidget) -> None:
        super().__init__(content)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def bar_width(self) -> int:
        """How wide the scroll bar is, shown or not."""
        return self.verticalScrollBar().sizeHint().width()

    def sizeHint(self) -> QSize:
        """Take the room of the content as it is now, as if it weren't scrolled."""
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Need the whole width."""
        width = self._content.minimumSizeHint().width() + self.bar_width
        return QSize(width, super().minimumSizeHint().height())


class ScrolledText(ScrolledDown):
    """One as high as the folded text that it holds, up to a share of the window's height."""

    def __init__(self, content: QWidget, most_of_window: float = 1.0) -> None:
        super().__init__(content)
        self._most_of_window = most_of_window
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        """Return the height of the content, as far as there is room for it."""
        most = round(self._most_of_window * self.window().height())
        return min(self._content.heightForWidth(width), most)

    def minimumSizeHint(self) -> QSize:
        """Need a line at least."""
        return QSize(super().minimumSizeHint().width(), self.fontMetrics().height())

"""Corner: the buttons at the top right of a picture: back to all of it, and a way out."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gdviz.ui.plots.drawing.legend import Legend
from gdviz.ui.theme import Theme, icon

BUTTON_PX, ICON_PX = 26, 18
# How far they stay from the edges, and from the legend.
RIGHT, TOP, GAP = 6, 4, 4


class Corner(QWidget):
    """The buttons in the corner of a picture, beside its legend; its menu has their actions, too.

    The one that shows all again is there only while something else is seen.

    Signals
    -------
    export_requested(), reset_requested()
        A button was pressed.
    """

    export_requested = Signal()
    reset_requested = Signal()

    def __init__(self, picture: QWidget, title: str, legend: Legend) -> None:
        super().__init__(picture)
        self._picture, self._legend = picture, legend
        self._to_export = QAction(f"Export the {title.lower()}…", picture)
        self._to_export.triggered.connect(self.export_requested)
        self._to_reset = QAction("Show all again", picture)
        self._to_reset.triggered.connect(self.reset_requested)
        picture.addActions([self._to_export, self._to_reset])
        self._reset = self._button("reset", f"Show all of the {title.lower()} again")
        self._reset.setToolTip(f"{self._to_reset.text()} (Ctrl+0)")
        self._reset.clicked.connect(self._to_reset.trigger)
        self._export = self._button("export", f"Export {title.lower()}")
        self._export.setToolTip(self._to_export.text())
        self._export.clicked.connect(self._to_export.trigger)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for button in (self._reset, self._export):
            layout.addWidget(button)
        self._to_reset.setVisible(False)
        self.offer_reset(False)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme, and the size of its type."""
        for button, name in ((self._reset, "reset"), (self._export, "export")):
            button.setIcon(icon(name, theme.muted))
            button.setIconSize(QSize(1, 1) * round(ICON_PX * theme.scale))
            button.setFixedSize(QSize(1, 1) * round(BUTTON_PX * theme.scale))
        self.place()

    def offer_reset(self, moved: bool) -> None:
        """Offer to show all again, where something else is seen."""
        if moved is not self._reset.isHidden():
            return
        if self._reset.hasFocus():
            self._picture.setFocus()
        self._reset.setVisible(moved)
        self._to_reset.setVisible(moved)
        self.place()

    def place(self) -> None:
        """Stand in the corner, and have the legend keep away."""
        self.adjustSize()
        self.move(self._picture.width() - self.width() - RIGHT, TOP)
        self._legend.set_room_for_buttons(self.width() + GAP)

    def _button(self, name: str, meaning: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"{self._picture.objectName()}_{name}")
        button.setAccessibleName(meaning)
        button.setAutoRaise(True)
        return button

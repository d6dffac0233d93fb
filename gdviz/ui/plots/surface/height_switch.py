"""HeightSwitch: whether height is the loss, or the logarithm of what it is above the minimum."""

from PySide6.QtWidgets import QCheckBox, QWidget

from gdviz.ui.theme import Theme, plot_font

# How far it stays from the edges.
LEFT, BOTTOM = 10, 6
TEXTS = "logarithmic", "log"


class HeightSwitch(QCheckBox):
    """A check box in the lower left corner of the surface."""

    def __init__(self, surface: QWidget) -> None:
        super().__init__(TEXTS[0], surface)
        self._surface = surface
        self.setObjectName("surface_logarithmic")
        self.setAccessibleName("Logarithmic height")
        self.setToolTip("Show as height the logarithm of the loss above the minimum")

    def set_theme(self, theme: Theme) -> None:
        """Take the type of a theme."""
        self.setFont(plot_font(theme))
        self.place()

    def place(self) -> None:
        """Stay in the corner, with as much of the word as there is room for."""
        for text in TEXTS:
            self.setText(text)
            self.adjustSize()
            if self.width() <= self._surface.width() - 2 * LEFT:
                break
        self.move(LEFT, self._surface.height() - self.reserved)
        self.setVisible(self._surface.rect().contains(self.geometry()))

    @property
    def reserved(self) -> int:
        """How much of the height, from below, is its."""
        return self.height() + BOTTOM

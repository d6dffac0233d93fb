"""Note: a few words in a picture."""

import pyqtgraph as pg

from gdviz.ui.theme import Theme


class Note(pg.TextItem):
    """Words at a place of the plane, on a ground of their own; hidden where there are none.

    Parameters
    ----------
    colour : str
        The name of their colour in a theme.
    """

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.setColor(theme.colour(self._colour))
        self.fill = pg.mkBrush(theme.plot)

    def say(self, text: str) -> None:
        """Say something; nothing: be silent."""
        if text != self.toPlainText():
            self.setText(text)
        self.setVisible(bool(text))

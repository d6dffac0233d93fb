"""FocusRing: a line around what has the focus, seen on whatever it lies."""

from PySide6.QtWidgets import QFrame, QWidget

from gdviz.ui.widgets.overlay import Overlay

# A line in the colour of text, and a gap in that of the window, which sets it off from the rest.
LINE, GAP = 2, 1


class FocusRing(Overlay):
    """A ring with the colours of the palette; Qt draws it, so that it costs no frame a call."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, LINE + GAP)
        self.setObjectName("focus_ring")
        self.setAutoFillBackground(True)
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self.setLineWidth(LINE)

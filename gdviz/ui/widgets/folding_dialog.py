"""FoldingDialog: a dialog that is never too low for the texts that fold in it."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog

GIVE_OTHER_ROOM = QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show


class FoldingDialog(QDialog):
    """A dialog as high as its texts need at its width, in type of any size.

    A dialog of Qt may be lower: it opens with the height for the width that it wishes for, which
    may be more than it gets, and its least height is that of texts which don't fold.
    """

    def event(self, event: QEvent) -> bool:
        """Be high enough once it has been laid out."""
        taken = super().event(event)
        # Of any other event there may be no dialog left.
        if event.type() in GIVE_OTHER_ROOM:
            self._be_high_enough()
        return taken

    def _be_high_enough(self) -> None:
        layout = self.layout()
        if layout is None or not self.isVisible():
            return
        needed = layout.totalHeightForWidth(self.width())
        if self.height() < needed:
            self.resize(self.width(), needed)

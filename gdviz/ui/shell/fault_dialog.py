"""FaultDialog: says that something went wrong, and offers a report of it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPlainTextEdit, QStyle, QWidget

from gdviz.ui.widgets.folding_dialog import FoldingDialog
from gdviz.ui.widgets.parts import folding_text, in_column, in_row, named

SIZE, ICON_PX = QSize(560, 380), 32
TITLE = "Something went wrong"
ADVICE = (
    "You can go on; what you were just doing may not be complete. If it happens again, save your "
    "data and start gdviz anew. The report below helps to mend it: it names versions, your system "
    "and what you did last, and nothing of your data or files."
)


class FaultDialog(FoldingDialog):
    """Blocks nothing; who closes it goes on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "fault", TITLE)
        self.setWindowTitle(f"{TITLE} — gdviz")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picture = QLabel()
        warning = self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning)
        picture.setPixmap(warning.pixmap(ICON_PX, ICON_PX))
        self._text = folding_text("fault_text")
        self._report = named(QPlainTextEdit(readOnly=True), "fault_report", "Report")
        self._report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._report.setTabChangesFocus(True)
        buttons = QDialogButtonBox()
        self._copy = buttons.addButton("&Copy report", QDialogButtonBox.ButtonRole.ActionRole)
        go_on = buttons.addButton("&Go on", QDialogButtonBox.ButtonRole.AcceptRole)
        named(self._copy, "fault_copy", tip="Copy the report, to paste it into a message")
        named(go_on, "fault_go_on", tip="Close this message")
        self._copy.clicked.connect(self._on_copy)
        buttons.accepted.connect(self.accept)
        go_on.setDefault(True)
        above = in_row(picture, self._text, wide=self._text, spacing=12)
        above.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
        in_column(above, self._report, buttons, high=self._report, of=self)
        self.resize(SIZE)
        go_on.setFocus()

    def tell(self, sentence: str, report: str) -> None:
        """Say what happened; a report that grows stays where it is being read."""
        text = f"{sentence} {ADVICE}"
        self._text.setText(text)
        self.setAccessibleDescription(text)
        bar = self._report.verticalScrollBar()
        place = bar.value()
        self._report.setPlainText(report)
        bar.setValue(place)
        self._copy.setText("&Copy report")

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.toPlainText())
        self._copy.setText("&Copied")

"""ExportDialog: which picture, how large and in which colours; and where to."""

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QFormLayout, QWidget

from gdviz.ui.widgets.parts import in_column, named

SCALES = (1, 2, 4)
PICTURE_FILTERS = {
    "PNG image (*.png)": ".png",
    "SVG drawing (*.svg)": ".svg",
    "PDF document (*.pdf)": ".pdf",
}
TRAJECTORY_FILTERS = {"CSV table (*.csv)": ".csv", "NumPy arrays (*.npz)": ".npz"}
TABLE_FILTERS = {"CSV table (*.csv)": ".csv", "Markdown table (*.md)": ".md"}
PAGE_FILTERS = {"Page for a browser (*.html)": ".html"}
PROGRAM_FILTERS = {"Python program (*.py)": ".py", "Jupyter notebook (*.ipynb)": ".ipynb"}


class ExportDialog(QDialog):
    """Asks which view to export, by object names; the file dialog that follows asks where."""

    def __init__(self, views: dict[str, str], chosen: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self.setObjectName("export_dialog")
        self._view = named(QComboBox(), "export_view", "Picture")
        for name, title in views.items():
            self._view.addItem(title, name)
        self._view.setCurrentIndex(self._view.findData(chosen))
        self._scale = named(QComboBox(), "export_scale", "Size of a PNG")
        for scale in SCALES:
            self._scale.addItem(f"{scale}×", scale)  # noqa: RUF001  (a true times sign)
        self._scale.setCurrentIndex(1)
        self._print = named(QCheckBox("Print-friendly colours (light)"), "export_print")
        self._arrange()

    @property
    def view(self) -> str:
        """The object name of the chosen view."""
        return str(self._view.currentData())

    @property
    def scale(self) -> int:
        """Pixels of a PNG for each pixel on the screen."""
        return int(self._scale.currentData())

    @property
    def print_friendly(self) -> bool:
        """Whether to export in light colours whatever the screen shows."""
        return self._print.isChecked()

    def _arrange(self) -> None:
        form = QFormLayout()
        form.addRow("&Picture", self._view)
        form.addRow("Size of a P&NG", self._scale)
        form.addRow("", self._print)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        save = buttons.addButton("Choose a file…", QDialogButtonBox.ButtonRole.AcceptRole)
        save.setObjectName("export_accept")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        note = "Next you choose where to save it, as PNG, SVG or PDF."
        in_column(form, note, buttons, of=self)
        # Only now is the button part of the dialog, and Return presses it.
        save.setDefault(True)

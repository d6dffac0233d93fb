"""ClusterDialog: which files a cluster is to sum up, and where it is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from gdviz.ui.widgets.folding_dialog import FoldingDialog
from gdviz.ui.widgets.parts import folding_text, in_column, named

HELP = (
    "A cluster of Dask reads the files where they are, each of its workers a part, and sums them "
    "up; here only the sums arrive. All workers need the files under the same name. A cluster on "
    "this computer: start “dask scheduler”, and in other terminals “dask worker” with the address "
    "that it says."
)
# So many letters of a path are seen at once.
LETTERS = 48


class ClusterDialog(FoldingDialog):
    """Asks for both; Open can be pressed once they are there.

    Signals
    -------
    requested(str, str)
        The files or the pattern of their names, and the address of the scheduler.
    """

    requested = Signal(str, str)

    def __init__(self, scheduler: str, window: QWidget) -> None:
        super().__init__(window)
        named(self, "cluster_dialog")
        self.setWindowTitle("Open on a cluster")
        self._files = self._line("cluster_files", "Files", "/data/part-*.parquet")
        self._files.setToolTip("A file, a folder or a pattern, as the workers see it")
        self._scheduler = self._line("cluster_scheduler", "Scheduler", "tcp://10.0.0.1:8786")
        self._scheduler.setToolTip("The address that “dask scheduler” says when it starts")
        self._scheduler.setText(scheduler)
        kinds = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(kinds.Open | kinds.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: self.requested.emit(*self._asked))
        self._arrange()
        self._look()

    def _line(self, name: str, label: str, example: str) -> QLineEdit:
        line = named(QLineEdit(placeholderText=example), name, label)
        line.setMinimumWidth(line.fontMetrics().averageCharWidth() * LETTERS)
        line.textChanged.connect(self._look)
        return line

    def _arrange(self) -> None:
        about, form = folding_text("cluster_about"), QFormLayout()
        about.setText(HELP)
        form.addRow("&Files", self._files)
        form.addRow("&Scheduler", self._scheduler)
        in_column(about, form, self._buttons, of=self)

    @property
    def _asked(self) -> tuple[str, str]:
        return self._files.text().strip(), self._scheduler.text().strip()

    def _look(self) -> None:
        """Offer to open what is asked for, once all of it is there."""
        self._buttons.button(QDialogButtonBox.StandardButton.Open).setEnabled(all(self._asked))

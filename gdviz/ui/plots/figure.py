"""Figure: the three plots together, always at the same iteration."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from gdviz.core.descent import Experiment
from gdviz.core.trajectory import Record, Row
from gdviz.ui.plots.data_fit import DataFit
from gdviz.ui.plots.loss_curve import LossCurve
from gdviz.ui.plots.loss_history import LossHistory
from gdviz.ui.theme import Theme

# A live record is laid out anew only when it has grown by this factor, and then not all of it:
# a frame must not take longer the longer the run. The finished record is laid out whole.
GROWTH = 1.3
LIVE_ROWS = 4_000

View = LossCurve | DataFit | LossHistory


class Figure(QWidget):
    """Loss curve and data side by side, and the loss history under them.

    Attributes
    ----------
    loss_curve : LossCurve
    data_fit : DataFit
    loss_history : LossHistory
    theme : Theme
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("figure")
        self.loss_curve = LossCurve(self)
        self.data_fit = DataFit(self)
        self.loss_history = LossHistory(self)
        self._laid_out: dict[View, Record] = {}
        self._arrange()
        self.set_theme(theme)

    @property
    def plots(self) -> tuple[View, ...]:
        """The three plots, in reading order."""
        return self.loss_curve, self.data_fit, self.loss_history

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.theme = theme
        for plot in self.plots:
            plot.set_theme(theme)

    def set_experiment(self, experiment: Experiment) -> None:
        """Show other data or settings."""
        self._laid_out.clear()
        for plot in self.plots:
            plot.set_experiment(experiment)

    def show_row(self, record: Record, row: Row, finished: bool) -> None:
        """Draw one iteration of a record.

        Parameters
        ----------
        record : Record
            All that is known of the run.
        row : Row
            Where to stand.
        finished : bool
            Whether the record is complete; then its last row ends the time axis.
        """
        if finished:
            self._lay_out_finished(record)
        else:
            self._lay_out_live(record)
        for plot in self.plots:
            plot.show_row(row)

    def reset_views(self) -> None:
        """Undo zoom and shift in every plot."""
        for plot in self.plots:
            plot.reset_view()

    def _lay_out_finished(self, record: Record) -> None:
        """Fit every plot to the whole record, once."""
        self.loss_history.set_length(record.newest)
        for plot in self.plots:
            if self._laid_out.get(plot) is not record:
                self._laid_out[plot] = record
                plot.set_record(record)

    def _lay_out_live(self, record: Record) -> None:
        """Fit the plots to a record that grows: all at first, then one in a frame."""
        stale = [
            plot for plot in self.plots
            if plot not in self._laid_out or record.newest > GROWTH * self._laid_out[plot].newest
        ]  # fmt: skip
        oldest = sorted(stale, key=lambda plot: self._laid_out.get(plot, record).newest)
        for plot in oldest if len(self._laid_out) < len(self.plots) else oldest[:1]:
            self._laid_out[plot] = record.thinned(LIVE_ROWS)
            plot.set_record(self._laid_out[plot])

    def _arrange(self) -> None:
        top = QSplitter(Qt.Orientation.Horizontal)
        top.addWidget(self.loss_curve)
        top.addWidget(self.data_fit)
        top.setSizes([1000, 1000])
        both = QSplitter(Qt.Orientation.Vertical)
        both.addWidget(top)
        both.addWidget(self.loss_history)
        both.setStretchFactor(0, 5)
        both.setStretchFactor(1, 2)
        for splitter in (top, both):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(both)

"""SweepView: many learning rates at once; values in, wishes out."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.sweep import (
    RATES,
    Trial,
    differ_in_rate_only,
    fastest,
    proposed_goal,
    proposed_rates,
    rates,
)
from gdviz.core.words.numbers import short_number
from gdviz.ui.features.compare.sweeper import Sweeper
from gdviz.ui.plots.sweep_plot import ITERATIONS, LOSS, SweepPlot
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.narrow_box import NarrowBox
from gdviz.ui.widgets.parts import NO_MARGINS, folding_text, in_column, in_row, named
from gdviz.ui.widgets.spin_boxes import ScientificBox, WholeBox

MOST_RATES = 1000
REFRESH_MS = 33
MEASURES = {"iterations to the goal": ITERATIONS, "final loss": LOSS}
SMALLEST_HEIGHT = 220


class SweepView(QWidget):
    """Boxes for the rates and the goal, a button, and the plot of what became of each rate.

    Signals
    -------
    rate_requested(float)
    said(str)
        How a sweep ended.
    swept()
        A sweep that somebody sees was brought to its end.
    """

    rate_requested = Signal(float)
    said = Signal(str)
    swept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "sweep", "Sweep")
        self._experiment: Experiment | None = None
        self._sweeper: Sweeper | None = None
        self._proposed: Sequence[float] = ()
        self._low, self._high, self._goal = (
            named(ScientificBox(), name, label, help_text) for name, label, help_text in (
                ("sweep_low", "Lowest rate", "The lowest learning rate to try"),
                ("sweep_high", "Highest rate", "The highest learning rate to try"),
                ("sweep_goal", "Goal loss",
                 "Count the iterations until the loss is no more than this"),
            )
        )  # fmt: skip
        self.setFocusProxy(self._low)
        self._numbers = self._low, self._high, self._goal
        self._count = WholeBox(2, MOST_RATES)
        self._count.setValue(RATES)
        named(self._count, "sweep_count", "Number of rates", "How many learning rates to try")
        self._measure = NarrowBox()
        self._measure.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._measure.addItems(list(MEASURES))
        named(self._measure, "sweep_measure", "What to plot", "What the height of a point means")
        self._start = QPushButton("Sweep")
        named(self._start, "sweep_start", "Sweep", "Run the current settings with every rate")
        self._start.clicked.connect(self._on_start_clicked)
        self._use = QPushButton("Use the fastest")
        tip = "Take the rate that needs the fewest iterations to the goal"
        named(self._use, "sweep_use", "Use the fastest", tip)
        self._use.clicked.connect(self._on_use_clicked)
        self._use.setEnabled(False)
        self._progress = folding_text("sweep_progress")
        self.plot = SweepPlot(self)
        self.plot.rate_requested.connect(self.rate_requested)
        self._measure.currentTextChanged.connect(self._on_measure_chosen)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._arrange()

    @property
    def sweeping(self) -> bool:
        """Whether a sweep is under way."""
        return self._timer.isActive()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.plot.set_theme(theme)

    def set_experiment(self, experiment: Experiment) -> None:
        """Take the settings of the next sweep; what was swept with others is dropped.

        Rates and goal that the settings suggest take the place of those in the boxes, if they
        are others than the last time.
        """
        known, self._experiment = self._experiment, experiment
        self.plot.set_experiment(experiment)
        if known is None or not differ_in_rate_only(known, experiment):
            self._drop_sweeper()
            self._propose(experiment)
            self.plot.set_sweep(self._low.value(), self._high.value(), self._goal.value())
            self._progress.setText("Press Sweep to try many rates with the current settings.")

    def stop(self) -> None:
        """End a sweep here; its trials stay."""
        if self.sweeping and self._sweeper is not None:
            self._sweeper.stop()
            self._on_timeout()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the thread."""
        self._drop_sweeper()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the controls in one row where it is wide enough."""
        super().resizeEvent(event)
        wide = self.width() >= sum(30 + group.sizeHint().width() for group in self._groups)
        self._controls.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def minimumSizeHint(self) -> QSize:
        """Return a size that holds the controls in two rows, and a plot."""
        width = max(group.sizeHint().width() for group in self._groups)
        return QSize(width + 20, SMALLEST_HEIGHT)

    def _propose(self, experiment: Experiment) -> None:
        proposed = *proposed_rates(experiment), proposed_goal(experiment)
        before = self._proposed or (None,) * len(proposed)
        for box, value, last in zip(self._numbers, proposed, before, strict=True):
            if value != last:
                box.setValue(value)
        self._proposed = proposed

    def _on_measure_chosen(self, name: str) -> None:
        self.plot.set_measure(MEASURES[name])

    def _on_start_clicked(self) -> None:
        if self.sweeping:
            self.stop()
        else:
            self._begin()

    def _on_use_clicked(self) -> None:
        best = fastest(self.plot.trials)
        if best is not None:
            self.rate_requested.emit(best.rate)

    def _begin(self) -> None:
        if self._experiment is None:
            return
        self._drop_sweeper()
        low, high = sorted((self._low.value(), self._high.value()))
        goal = self._goal.value()
        self.plot.set_sweep(low, high, goal)
        tried = rates(low, high, self._count.value())
        self._sweeper = Sweeper(self._experiment, tried, goal, self)
        self._sweeper.failed.connect(self._on_failed)
        self._start.setText("Stop")
        self._sweeper.start()
        self._timer.start()

    def _drop_sweeper(self) -> None:
        self.stop()
        self._timer.stop()
        self._start.setText("Sweep")
        self._use.setEnabled(False)
        if self._sweeper is not None:
            self._sweeper.drop()
            self._sweeper = None

    def _on_timeout(self) -> None:
        """Show what has been tried by now; the thread sends nothing."""
        sweeper = self._sweeper
        assert sweeper is not None
        # Asked first: what it appends before it finishes is shown then.
        finished = sweeper.isFinished()
        trials = tuple(sweeper.trials)
        if trials != self.plot.trials:
            self.plot.set_trials(trials)
            self._use.setEnabled(fastest(trials) is not None)
        self._progress.setText(progress_text(trials, len(sweeper.rates), finished))
        if finished:
            self._timer.stop()
            self._start.setText("Sweep")
            self.said.emit(self._progress.text())
            if len(trials) == len(sweeper.rates) and self.isVisible():
                self.swept.emit()

    def _on_failed(self, reason: str) -> None:
        # What was under way when a sweeper was dropped can still arrive.
        if self.sender() is self._sweeper:
            self._progress.setText(f"The sweep broke off ({reason}). Other settings may work.")

    def _arrange(self) -> None:
        self._groups = (
            in_row("Rates from", self._low, "to", self._high, "in", self._count, "steps", None),
            in_row("Goal loss", self._goal, "Plot", self._measure, self._start, self._use, None),
        )
        self._controls = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._controls.setContentsMargins(10, 6, 10, 0)
        for group in self._groups:
            self._controls.addLayout(group)
        self._progress.setContentsMargins(10, 0, 10, 0)
        parts = self._controls, self._progress, self.plot
        layout = in_column(*parts, high=self.plot, of=self, margins=NO_MARGINS, spacing=4)
        # One row of controls may become two again: see `minimumSizeHint`.
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)


def progress_text(trials: Sequence[Trial], count: int, finished: bool) -> str:
    """Say how far a sweep is and which rate is the fastest so far."""
    tried = f"{len(trials)} of {count} rates" if len(trials) < count else f"{count} rates"
    if finished and len(trials) < count:
        tried = f"Stopped after {tried}"
    best = fastest(trials)
    if best is not None:
        steps = f"{best.iterations:,} iteration{'s' * (best.iterations != 1)}"
        return f"{tried}. Fastest: {short_number(best.rate)}, with {steps} to the goal."
    return f"{tried}. None reaches the goal." if finished else f"{tried}."

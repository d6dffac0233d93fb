"""Explaining: the docks that explain the step under the playhead, and their links to the plots."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QWidget

from gdviz.core.descent.descent import Experiment
from gdviz.ui.plots.drawing.residuals import KINDS
from gdviz.ui.plots.figure import Figure
from gdviz.ui.plots.touch.symbol_links import HOMES, MEANT, Lighting, symbols_at
from gdviz.ui.running.session import Session
from gdviz.ui.shell.docks import BELOW, RIGHT, add_dock
from gdviz.ui.theme import LIGHT, Theme

if TYPE_CHECKING:
    from gdviz.core.explain.explanation import Explainer
    from gdviz.ui.features.explain.explain_view import ExplainView
    from gdviz.ui.features.explain.ledger_view import LedgerView

# The ledger of more rows than these is made anew only so often.
MANY_ROWS, REFRESH_MS = 20_000, 400


class Explaining(QObject):
    """Keeps explanation and ledger in step with the playhead, and with what the mouse is on.

    Both are made, and what they need is imported, when they are first opened: a start must not
    wait for what it doesn't show.

    Attributes
    ----------
    dock, ledger_dock : QDockWidget
    residuals : QActionGroup
        One action for each way to draw the residuals; its data is the way's name.
    """

    def __init__(self, session: Session, figure: Figure, window: QMainWindow) -> None:
        super().__init__(window)
        self._session, self._figure = session, figure
        self._theme = LIGHT
        self._explainer: Explainer | None = None
        self.dock = add_dock(window, RIGHT, "Explain", QWidget(), "Ctrl+I", "&Explain this step")
        self.ledger_dock = add_dock(
            window, BELOW, "Ledger", QWidget(), "Ctrl+J", "Ledger of the &slope"
        )
        self.residuals = self._residual_actions()
        self._since_ledger = QElapsedTimer()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.refresh)
        self._lightings = [Lighting(view) for view in figure.views]
        self._connect()

    @cached_property
    def view(self) -> "ExplainView":
        """The explanation."""
        from gdviz.ui.features.explain.explain_view import ExplainView

        view = ExplainView()
        view.set_theme(self._theme)
        view.symbol_hovered.connect(self._on_symbol_hovered)
        self.dock.setWidget(view)
        return view

    @cached_property
    def ledger(self) -> "LedgerView":
        """The shares of the slope."""
        from gdviz.ui.features.explain.ledger_view import LedgerView

        ledger = LedgerView()
        ledger.set_theme(self._theme)
        ledger.rows_selected.connect(self._on_rows_selected)
        self.ledger_dock.setWidget(ledger)
        self._tell_ledger(ledger)
        return ledger

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        if "view" in vars(self):
            self.view.set_theme(theme)
        if "ledger" in vars(self):
            self.ledger.set_theme(theme)

    def set_residuals(self, kind: str) -> None:
        """Draw the residuals as ``sticks`` or ``squares``, or ``none``."""
        for action in self.residuals.actions():
            action.setChecked(action.data() == kind)
        self._figure.data_fit.set_residuals(kind)

    def refresh(self) -> None:
        """Show the step under the playhead, if anybody sees it."""
        session = self._session
        explained, listed = self.dock.isVisible(), self.ledger_dock.isVisible()
        if session.record.last is None or not (explained or listed):
            return
        explainer = self._current_explainer()
        if explained:
            row = session.row
            example = self.ledger.selected if listed else []
            sections = explainer.explain(session.record, row, *example[:1])
            self.view.set_sections(row.iteration, sections)
        if listed:
            self._refresh_ledger(explainer)

    def _refresh_ledger(self, explainer: "Explainer") -> None:
        """Show the shares of this step; of many rows a few times a second, and at last."""
        many = len(self._session.experiment.dataset) > MANY_ROWS
        if many and self._since_ledger.isValid() and not self._since_ledger.hasExpired(REFRESH_MS):
            if not self._later.isActive():
                self._later.start(REFRESH_MS)
            return
        row, felt = self._session.row, explainer.felt
        self.ledger.set_shares(felt.shares(row), felt.rows(row.iteration), felt.slopes(row))
        self._since_ledger.start()

    def _residual_actions(self) -> QActionGroup:
        group = QActionGroup(self)
        for kind, text in KINDS.items():
            action = QAction(text, group, checkable=True, checked=kind == "none")
            action.setData(kind)
        group.triggered.connect(lambda action: self.set_residuals(action.data()))
        return group

    def _connect(self) -> None:
        self._session.experiment_changed.connect(self.refresh)
        for dock in (self.dock, self.ledger_dock):
            dock.visibilityChanged.connect(self.refresh)
        self.dock.visibilityChanged.connect(self._on_explain_shown)
        self.ledger_dock.visibilityChanged.connect(self._on_ledger_shown)
        for lighting in self._lightings:
            lighting.mark_hovered.connect(self._on_mark_hovered)
        self._figure.data_fit.rings.point_hovered.connect(self._on_point_hovered)

    def _current_explainer(self) -> "Explainer":
        """Return what explains this experiment; formulas that stay the same keep their room."""
        from gdviz.core.explain.explanation import Explainer

        last, experiment = self._explainer, self._session.experiment
        if last is not None and last.experiment is experiment:
            return last
        self._explainer = explainer = Explainer(experiment)
        other = last is not None and _form(last.experiment) != _form(experiment)
        if other and "view" in vars(self):
            self.view.forget_rooms()
        if "ledger" in vars(self):
            self._tell_ledger(self.ledger)
        return explainer

    def _tell_ledger(self, ledger: "LedgerView") -> None:
        experiment = self._session.experiment
        ledger.set_experiment(experiment.dataset, experiment.with_bias, experiment.standardise)
        self._since_ledger.invalidate()

    def _on_explain_shown(self, shown: bool) -> None:
        """Listen to the mouse only while somebody sees what it says."""
        for lighting in self._lightings:
            lighting.set_listening(shown)
        if "view" in vars(self):
            self._on_symbol_hovered("")

    def _on_ledger_shown(self, shown: bool) -> None:
        """Ring the points of selected rows, and look for points, only while these are seen."""
        rings = self._figure.data_fit.rings
        rings.set_listening(shown)
        rings.set_rows(self.ledger.selected if shown else [])

    def _on_symbol_hovered(self, symbol: str) -> None:
        """Light up where a symbol lives, in formulas and plots."""
        self.view.set_lit({symbol} - {""})
        for lighting in self._lightings:
            lighting.set_lit(HOMES.get(symbol, frozenset()))

    def _on_mark_hovered(self, mark: str) -> None:
        """Mark the symbols that a mark means, and say what it is."""
        self.view.set_lit(symbols_at(mark))
        self.view.set_meaning(MEANT.get(mark, ""))
        for lighting in self._lightings:
            lighting.set_lit({mark} - {""})

    def _on_rows_selected(self, rows: list[int]) -> None:
        self._figure.data_fit.rings.set_rows(rows)
        self.refresh()

    def _on_point_hovered(self, row: int) -> None:
        if row >= 0 and self.ledger_dock.isVisible():
            self.ledger.select([row])


def _form(experiment: Experiment) -> tuple[object, ...]:
    """Return what decides which formulas there are."""
    return (
        type(experiment.method), experiment.with_bias, experiment.standardise,
        experiment.in_batches, len(experiment.dataset),
    )  # fmt: skip

"""Explaining: the docks that explain the step under the playhead, and their links to the plots."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from gdviz.core.descent.descent import Experiment
from gdviz.ui.features import Feature
from gdviz.ui.plots.figure import Figure
from gdviz.ui.plots.touch.symbol_links import HOMES, MEANT, SymbolLinks, symbols_at
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.dock import BELOW, RIGHT, Dock

if TYPE_CHECKING:
    from gdviz.core.explain.explanation import Explainer
    from gdviz.ui.features.explain.explain_view import ExplainView
    from gdviz.ui.features.explain.ledger_view import LedgerView
    from gdviz.ui.features.explain.lookup import Lookup

# The ledger of more rows than these is made anew only so often.
MANY_ROWS, REFRESH_MS = 20_000, 400
# To put more rows in order than these takes longer than a moment.
ORDERED_AT_ONCE = 1_000_000


class Explaining(Feature):
    """Keeps explanation and ledger in step with the playhead, and with what the mouse is on."""

    said = Signal(str)

    def __init__(self, session: Session, figure: Figure, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._figure = session, figure
        self._explainer: Explainer | None = None
        self._lookup: Lookup | None = None
        self.dock = Dock("Explain", RIGHT, "Ctrl+I", self._make_view, "&Explain this step")
        self.ledger_dock = Dock(
            "Ledger", BELOW, "Ctrl+J", self._make_ledger, "Ledger of the &slope"
        )
        self.docks = self.dock, self.ledger_dock
        self._since_ledger = QElapsedTimer()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._refresh)
        self._links = [SymbolLinks(view) for view in figure.views]
        self._connect()

    def _make_view(self) -> "ExplainView":
        from gdviz.ui.features.explain.explain_view import ExplainView

        view = ExplainView()
        view.symbol_hovered.connect(self._on_symbol_hovered)
        view.said.connect(self.said)
        return view

    def _make_ledger(self) -> "LedgerView":
        from gdviz.ui.features.explain.ledger_view import LedgerView

        ledger = LedgerView()
        ledger.rows_selected.connect(self._on_rows_selected)
        self._tell_ledger(ledger)
        return ledger

    def _refresh(self) -> None:
        """Show the step under the playhead, if anybody sees it."""
        session = self._session
        explained, listed = self.dock.isVisible(), self.ledger_dock.isVisible()
        if session.runs.record.last is None or not (explained or listed):
            return
        explainer = self._current_explainer()
        if not self._knows_batch(explainer, session.playback.row.iteration):
            return
        if explained:
            row = session.playback.row
            example = self.ledger_dock.content.selected if listed else []
            sections = explainer.explain(session.runs.record, row, *example[:1])
            self.dock.content.set_sections(row.iteration, sections)
        if listed:
            self._refresh_ledger(explainer)

    def _refresh_ledger(self, explainer: "Explainer") -> None:
        """Show the shares of this step; of many rows a few times a second, and at last."""
        many = len(self._session.runs.experiment.dataset) > MANY_ROWS
        if many and self._since_ledger.isValid() and not self._since_ledger.hasExpired(REFRESH_MS):
            if not self._later.isActive():
                self._later.start(REFRESH_MS)
            return
        row, slopes = self._session.playback.row, explainer.slopes
        shares_of, rows = partial(slopes.shares, row), slopes.rows(row.iteration)
        self.ledger_dock.content.set_shares(shares_of, rows, slopes.followed(row))
        self._since_ledger.start()

    def _knows_batch(self, explainer: "Explainer", iteration: int) -> bool:
        """Return whether it is known which rows a step looks at; where it isn't, look them up."""
        from gdviz.core.explain.explanation import waiting

        if self._lookup is None and explainer.slopes.rows_to(iteration) <= ORDERED_AT_ONCE:
            return True
        if self._lookup is None:
            from gdviz.ui.features.explain.lookup import Lookup

            self._lookup = Lookup(explainer.slopes, iteration, self)
            self._lookup.finished.connect(self._on_looked_up)
            self._lookup.failed.connect(self.said)
            self._lookup.start()
        if self.dock.isVisible():
            self.dock.content.set_sections(iteration, waiting(explainer.experiment))
        return False

    def _on_looked_up(self) -> None:
        # One that was dropped may have finished, too; one that broke off would do so again.
        if self._lookup is not None and self._lookup.found:
            self._drop_lookup()
            self._refresh()

    def _drop_lookup(self) -> None:
        if self._lookup is not None:
            self._lookup.drop()
            self._lookup = None

    def close(self) -> None:
        """End the thread."""
        self._drop_lookup()

    def _connect(self) -> None:
        self._session.runs.experiment_changed.connect(self._refresh)
        self._session.playback.moved.connect(self._refresh)
        for dock in self.docks:
            dock.visibilityChanged.connect(self._refresh)
        self.dock.visibilityChanged.connect(self._on_explain_shown)
        self.ledger_dock.visibilityChanged.connect(self._on_ledger_shown)
        for link in self._links:
            link.hover.changed.connect(self._on_mark_hovered)
        self._figure.data_fit.picked_rows.hover.changed.connect(self._on_point_hovered)

    def _current_explainer(self) -> "Explainer":
        """Return what explains this experiment; formulas that stay the same keep their room."""
        from gdviz.core.explain.explanation import Explainer

        last, experiment = self._explainer, self._session.runs.experiment
        if last is not None and last.experiment is experiment:
            return last
        self._drop_lookup()
        self._explainer = explainer = Explainer(experiment)
        other = last is not None and _form(last.experiment) != _form(experiment)
        if other and self.dock.is_made:
            self.dock.content.forget_rooms()
        if self.ledger_dock.is_made:
            self._tell_ledger(self.ledger_dock.content)
        return explainer

    def _tell_ledger(self, ledger: "LedgerView") -> None:
        experiment = self._session.runs.experiment
        ledger.set_experiment(experiment.dataset, experiment.with_bias, experiment.standardise)
        self._since_ledger.invalidate()

    def _on_explain_shown(self, shown: bool) -> None:
        """Listen to the mouse only while somebody sees what it says."""
        for link in self._links:
            link.hover.set_listening(shown)
        if self.dock.is_made:
            self._on_symbol_hovered("")

    def _on_ledger_shown(self, shown: bool) -> None:
        """Ring the points of selected rows, and look for points, only while these are seen."""
        picked = self._figure.data_fit.picked_rows
        picked.hover.set_listening(shown)
        picked.set_rows(self.ledger_dock.content.selected if shown else [])

    def _on_symbol_hovered(self, symbol: str) -> None:
        """Light up where a symbol lives, in formulas and plots."""
        self.dock.content.set_lit({symbol} - {""})
        for link in self._links:
            link.set_lit(HOMES.get(symbol, frozenset()))

    def _on_mark_hovered(self, mark: str) -> None:
        """Mark the symbols that a mark means, and say what it is."""
        self.dock.content.set_lit(symbols_at(mark))
        self.dock.content.set_meaning(MEANT.get(mark, ""))
        for link in self._links:
            link.set_lit({mark} - {""})

    def _on_rows_selected(self, rows: list[int]) -> None:
        self._figure.data_fit.picked_rows.set_rows(rows)
        self._refresh()

    def _on_point_hovered(self, row: int | None) -> None:
        if row is not None and self.ledger_dock.isVisible():
            self.ledger_dock.content.select([row])


def _form(experiment: Experiment) -> tuple[object, ...]:
    """Return what decides which formulas there are."""
    return (
        type(experiment.method), experiment.with_bias, experiment.standardise,
        experiment.in_batches, len(experiment.dataset),
    )  # fmt: skip

"""Beside: the learner's run as a kept one, beside the right run."""

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.run import MOST_KEPT
from gdviz.ui.running.runs import Kept
from gdviz.ui.running.session import Session

NAME = "yours"
NO_ROOM = (
    f"{MOST_KEPT} runs are kept, as many as there are colours for. Remove one in the table of runs "
    "(Ctrl+T), and yours can be shown beside the right one."
)


class Beside:
    """Shows one run of the learner's at a time; what the user kept stays."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._shown: Experiment | None = None

    def show(self, experiment: Experiment | None) -> int | None:
        """Show a run, or none, in place of the last one; return its number.

        It is one step to undo. None: there is no room for it.
        """
        state = self._session.runs.state
        kept = {k: run for k, run in state.kept.items() if not self._is_ours(run)}
        shown = state._replace(kept=kept)
        if experiment is not None:
            shown = shown.with_kept(experiment, NAME)
        numbers = shown.kept.keys() - kept.keys()
        if shown.kept != state.kept:
            text = "show your run" if numbers else "hide your run"
            self._session.undo.bring_back(shown, text)
        if numbers:
            self._shown = experiment
        return next(iter(numbers), None)

    def recorded_from(self, iteration: int) -> int:
        """Return the first iteration from one on that the run that is shown has recorded."""
        for run in self._session.runs.kept:
            if run.experiment is self._shown and run.record.last is not None:
                at = run.record.index(iteration)
                at += run.record[at].iteration < iteration
                return run.record[min(at, len(run.record) - 1)].iteration
        return iteration

    def _is_ours(self, run: Kept) -> bool:
        """Tell whether it is the last one shown here; with a name of its own it is the user's."""
        return run.experiment is self._shown and run.name.startswith(NAME)

"""Beside: the learner's run as a kept one, beside the right run."""

from gdviz.core.descent.descent import Experiment
from gdviz.ui.running.runs import MOST_KEPT
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

    def show(self, experiment: Experiment) -> int | None:
        """Show a run in place of the last one, in one step to undo; return its number.

        None: there is no room for it.
        """
        state = self._session.runs.state
        kept = {k: run for k, run in state.kept.items() if run.experiment is not self._shown}
        shown = state._replace(kept=kept).with_kept(experiment, NAME)
        numbers = shown.kept.keys() - kept.keys()
        if not numbers:
            return None
        self._shown = experiment
        self._session.undo.bring_back(shown, "show your run")
        return numbers.pop()

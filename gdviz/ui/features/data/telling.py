"""Telling: says how data were read and what they lack, and which rate was taken, while it is so."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from gdviz.core.tables.choices import Remark
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.faults import LeftOut
from gdviz.core.tables.table import summary
from gdviz.core.words.forecasts import choice_sentence
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.banner import MOST_ACTIONS, Action, Banner

OPTIONS = "Import with options…"
# More remarks are among the details.
SAID_REMARKS = 2


class Telling(QObject):
    """Speaks in the notice, and takes it back once the data or their rate are others.

    Signals
    -------
    offer_taken(object)
        The user wants the other reading of a Remark.
    options_requested()
        The user wants to choose how the data are read.
    """

    offer_taken = Signal(object)
    options_requested = Signal()

    def __init__(self, session: Session, notice: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._notice = session, notice
        self._dataset: Dataset | None = None
        # What was said last: of how the data were read, with details and offers; and of the rate.
        self._said = self._details = self._of_rate = ""
        self._actions: list[Action] = []
        session.runs.experiment_changed.connect(self._on_experiment_changed)

    def tell(
        self, name: str = "", left_out: LeftOut | None = None, remarks: Sequence[Remark] = ()
    ) -> None:
        """Tell what there is to say of the data that have just been opened, and of their rate."""
        self._dataset = self._session.runs.experiment.dataset
        choice = self._session.rates.chosen_for(self._dataset)
        # First those that a person may want to be otherwise.
        first = sorted(remarks, key=lambda remark: not remark.offer)
        said = [remark.text for remark in first[:SAID_REMARKS]]
        if left_out:
            said.append("Some rows are left out." if said else "some rows are left out.")
        self._said = f"{name}: {' '.join(said)}" if said else ""
        details = [remark.text for remark in first[SAID_REMARKS:]]
        details += [summary(left_out)] if left_out else []
        self._details = "\n".join(details)
        self._actions = [
            (remark.offer, partial(self.offer_taken.emit, remark))
            for remark in first[: MOST_ACTIONS - 1]
            if remark.offer
        ]
        self._actions += [(OPTIONS, self.options_requested.emit)] if said else []
        self._of_rate = choice_sentence(choice) if choice else ""
        if self._message:
            self._say()
        else:
            self._notice.hide()

    @property
    def _message(self) -> str:
        return " ".join(filter(None, (self._said, self._of_rate)))

    def _say(self) -> None:
        self._notice.say(self._message, self._details, self._actions)

    def _on_experiment_changed(self) -> None:
        """Take back what isn't so any more, unless the notice says something else by now."""
        experiment, before = self._session.runs.experiment, self._message
        if experiment.dataset is not self._dataset:
            self._said = self._details = self._of_rate = ""
            self._actions = []
        elif not self._session.rates.is_chosen(experiment):
            self._of_rate = ""
        if self._message == before or self._notice.isHidden() or self._notice.text != before:
            return
        if self._message:
            self._say()
        else:
            self._notice.hide()

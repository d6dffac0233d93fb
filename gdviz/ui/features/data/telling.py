"""Telling: says what data lack, and which rate was taken for them, for as long as that is so."""

from PySide6.QtCore import QObject

from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.faults import LeftOut
from gdviz.core.tables.table import summary
from gdviz.core.words.forecasts import choice_sentence
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.banner import Banner


class Telling(QObject):
    """Speaks in the notice, and takes it back once the data or their rate are others."""

    def __init__(self, session: Session, notice: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._notice = session, notice
        self._dataset: Dataset | None = None
        # What was said last: of rows left out, with its details, and of the rate.
        self._said = self._details = self._of_rate = ""
        session.runs.experiment_changed.connect(self._on_experiment_changed)

    def tell(self, name: str = "", left_out: LeftOut | None = None) -> None:
        """Tell what there is to say of the data that have just been opened, and of their rate."""
        self._dataset = self._session.runs.experiment.dataset
        choice = self._session.rates.chosen_for(self._dataset)
        self._said = f"{name}: some rows are left out." if left_out else ""
        self._details = summary(left_out) if left_out else ""
        self._of_rate = choice_sentence(choice) if choice else ""
        if self._message:
            self._notice.say(self._message, self._details)
        else:
            self._notice.hide()

    @property
    def _message(self) -> str:
        return " ".join(filter(None, (self._said, self._of_rate)))

    def _on_experiment_changed(self) -> None:
        """Take back what isn't so any more, unless the notice says something else by now."""
        experiment, before = self._session.runs.experiment, self._message
        if experiment.dataset is not self._dataset:
            self._said = self._details = self._of_rate = ""
        elif not self._session.rates.is_chosen(experiment):
            self._of_rate = ""
        if self._message == before or self._notice.isHidden() or self._notice.text != before:
            return
        if self._message:
            self._notice.say(self._message, self._details)
        else:
            self._notice.hide()

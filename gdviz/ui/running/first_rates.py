"""FirstRates: the learning rate that data open with, and those that were typed for them before."""

from dataclasses import replace
from weakref import WeakKeyDictionary

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.method import Method
from gdviz.core.descent.rates import Choice, first_rate
from gdviz.core.tables.dataset import Dataset

# The rows, the method and whether descent runs on z: elsewhere other rates work.
Key = tuple[int, type[Method], bool]


class FirstRates:
    """Chooses a rate for data that are opened; one that was typed for them is never changed.

    Attributes
    ----------
    typed : dict
        The rates that were typed so far; a lesson puts them back when it is left.
    """

    def __init__(self) -> None:
        self._chosen: WeakKeyDictionary[Dataset, Choice] = WeakKeyDictionary()
        self.typed: dict[Key, float] = {}
        self._last: float | None = None

    def choose(self, experiment: Experiment) -> Experiment:
        """Return the experiment with the rate to begin with, whatever its own is."""
        typed = self.typed.get(_key(experiment))
        if typed is not None:
            return replace(experiment, learning_rate=typed)
        choice = first_rate(experiment)
        self._chosen[experiment.dataset] = choice
        return replace(experiment, learning_rate=choice.rate)

    def chosen_for(self, dataset: Dataset) -> Choice | None:
        """Return what was chosen for data when they were opened, if anything was."""
        return self._chosen.get(dataset)

    def is_chosen(self, experiment: Experiment) -> bool:
        """Tell whether the rate in force is the one chosen, and none that was typed."""
        choice = self._chosen.get(experiment.dataset)
        return choice is not None and choice.rate == experiment.learning_rate

    def note(self, experiment: Experiment) -> None:
        """Remember the rate of the experiment that is the current one now, if it was typed."""
        before, self._last = self._last, experiment.learning_rate
        if experiment.learning_rate == before:
            return
        if self.is_chosen(experiment):
            self.typed.pop(_key(experiment), None)
        else:
            self.typed[_key(experiment)] = experiment.learning_rate


def _key(experiment: Experiment) -> Key:
    return experiment.dataset.fingerprint, type(experiment.method), experiment.standardise

"""FirstRates: the learning rate that data open with, and those that were typed for them before."""

from dataclasses import replace
from weakref import WeakKeyDictionary

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.method import Method
from gdviz.core.descent.rates import Choice, first_rate
from gdviz.core.tables.dataset import Dataset

# The rows, by their values: opened again they are other objects. On z, and with other methods,
# other rates work.
Key = tuple[int, type[Method], bool]


class FirstRates:
    """Chooses a rate for data that are opened; one that was typed for them is never changed."""

    def __init__(self) -> None:
        self._chosen: WeakKeyDictionary[Dataset, Choice] = WeakKeyDictionary()
        self._typed: dict[Key, float] = {}

    def choose(self, experiment: Experiment) -> Experiment:
        """Return the experiment with the rate to begin with, whatever its own is."""
        typed = self._typed.get(_key(experiment))
        if typed is not None:
            return replace(experiment, learning_rate=typed)
        choice = first_rate(experiment)
        self._chosen[experiment.dataset] = choice
        return replace(experiment, learning_rate=choice.rate)

    def chosen_for(self, dataset: Dataset) -> Choice | None:
        """Return what was chosen for data when they were opened, if anything was."""
        return self._chosen.get(dataset)

    def is_typed(self, experiment: Experiment) -> bool:
        """Tell whether the rate in force is another one than the one chosen."""
        choice = self._chosen.get(experiment.dataset)
        return choice is None or choice.rate != experiment.learning_rate

    def leave(self, experiment: Experiment) -> None:
        """Remember the rate of data that are to be left, if it was typed for them."""
        if self.is_typed(experiment):
            self._typed[_key(experiment)] = experiment.learning_rate


def _key(experiment: Experiment) -> Key:
    x, y = experiment.dataset.x, experiment.dataset.y
    return hash((x.tobytes(), y.tobytes())), type(experiment.method), experiment.standardise

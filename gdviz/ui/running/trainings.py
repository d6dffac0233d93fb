"""Trainings: what trains each experiment, and what came of those that are gone."""

from collections.abc import Callable, Set
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, SignalInstance

from gdviz.core.descent.descent import Experiment, Outcome
from gdviz.core.descent.logged import Logged
from gdviz.ui.running.training import Past, Training
from gdviz.ui.running.worker import Worker

# All runs in use share so many rows, a power of two; they take about as many bytes as the next.
MOST_ROWS = 2**20
# What has come of runs that undo can bring back, and that took long, is known of so many, and
# within so many bytes.
MOST_KNOWN, MOST_KNOWN_BYTES = 200, 2**26


class Trainings:
    """One training for each experiment in use; `close` before dropping them.

    Parameters
    ----------
    on_ended, on_failed, on_held
        Slots, or a signal, of the parent for the signals of every training.
    """

    def __init__(
        self,
        parent: QObject,
        on_ended: Callable[[Outcome], None],
        on_failed: Callable[[str], None],
        on_held: SignalInstance,
    ) -> None:
        self._parent, self._on_ended, self._on_failed = parent, on_ended, on_failed
        self._on_held = on_held
        self._trainings: dict[Experiment, Training] = {}
        # Of runs that ended, for as long as undo holds on to their experiments.
        self._known: WeakKeyDictionary[Experiment, Past] = WeakKeyDictionary()

    def of(self, experiment: Experiment) -> Training:
        """Return what trains an experiment, or has trained it."""
        if experiment not in self._trainings:
            past = self._known.pop(experiment, None)
            if isinstance(experiment.method, Logged):
                past = experiment.method.past(experiment)
            training = Training(experiment, past, self._parent)
            training.set_room(MOST_ROWS)
            training.ended.connect(self._on_ended)
            training.failed.connect(self._on_failed)
            training.held.connect(self._on_held)
            self._trainings[experiment] = training
        return self._trainings[experiment]

    def drop_all_but(self, used: Set[Experiment], runs: int) -> None:
        """Drop the others, but for what came of those that took long; `runs` share the room."""
        for experiment in self._trainings.keys() - used:
            training = self._trainings.pop(experiment)
            training.close()
            training.deleteLater()
            if training.outcome is not None and not training.at_once:
                self._known[experiment] = training.record, training.outcome
        sizes = [record.rows.nbytes for record, _ in self._known.values()]
        while len(sizes) > MOST_KNOWN or sum(sizes) > MOST_KNOWN_BYTES:
            # The oldest one; should it be asked for, it is trained anew.
            self._known.pop(next(iter(self._known)))
            sizes.pop(0)
        self._share_out(runs)

    def close(self) -> None:
        """End all threads."""
        for training in self._trainings.values():
            training.close()
        Worker.wait_for_dropped()

    def _share_out(self, runs: int) -> None:
        """Give every run as much of the room: half of it, a quarter, …."""
        for training in self._trainings.values():
            training.set_room(MOST_ROWS >> (runs - 1).bit_length())

"""Changes: what became other in data and kept runs, for those who didn't see it happen."""

from collections.abc import Sequence

import numpy as np

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.run import Run
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.descriptions import point

Known = dict[int | None, tuple[str, bool]]


class Changes:
    """Knows what was told last."""

    def __init__(self, experiment: Experiment, kept: Sequence[Run]) -> None:
        self._dataset, self._kept = experiment.dataset, _known(kept)

    def told(self, experiment: Experiment, kept: Sequence[Run]) -> str:
        """Say in what data and kept runs differ from those that were told last."""
        dataset, before = self._dataset, self._kept
        self._dataset, self._kept = experiment.dataset, _known(kept)
        parts = [] if dataset is experiment.dataset else [_of_data(dataset, experiment)]
        return " ".join([*parts, *_of_runs(before, self._kept)])


def _known(kept: Sequence[Run]) -> Known:
    return {run.number: (run.name, run.visible) for run in kept}


def _of_data(before: Dataset, experiment: Experiment) -> str:
    """Say which row was moved, added or removed; of other data, whose they are."""
    now, rows = experiment.dataset, f"{experiment.dataset.n_rows:,} rows"
    if before.whole or now.whole:
        return f"Data: {now.shown.source}, {rows}."
    more = len(now) - len(before)
    same = min(len(now), len(before))
    differing = np.flatnonzero(
        (before.x[:same] != now.x[:same]) | (before.y[:same] != now.y[:same])
    )
    if more == 0 and len(differing) == 1:
        return f"Moved: {point(experiment, int(differing[0]))}."
    if more == 1 and not len(differing):
        return f"Added: {point(experiment, len(before))}."
    if more == -1:
        return f"A row was removed: {rows}."
    return f"Data: {now.shown.source}, {rows}."


def _of_runs(before: Known, now: Known) -> list[str]:
    told = []
    for number, (name, visible) in now.items():
        if number not in before:
            told.append(f"Kept: {name}.")
            continue
        old_name, was_visible = before[number]
        if name != old_name:
            told.append(f"{old_name} is called {name} now.")
        if visible is not was_visible:
            told.append(f"{'Shown' if visible else 'Hidden'}: {name}.")
    return told + [f"Removed: {name}." for number, (name, _) in before.items() if number not in now]

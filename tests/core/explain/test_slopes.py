"""Slopes, shares and memories are those of a run that is worked out plainly."""

import numpy as np
import pytest
from explained import Walk

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import METHODS, Adam
from gdviz.core.explain.explanation import Explainer
from gdviz.core.explain.slopes import Slopes
from gdviz.core.explain.updates import Parameter, Update
from gdviz.core.tables.dataset import Dataset

SLOPED = [name for name, kind in METHODS.items() if kind.follows_slope]


@pytest.mark.parametrize("name", SLOPED)
@pytest.mark.parametrize("batch_size", [None, 4])
@pytest.mark.parametrize("standardise", [False, True])
def test_what_was_remembered_before_the_step_is_shown(pizza, name, batch_size, standardise):
    method = METHODS[name]()
    experiment = Experiment(
        pizza, 299, method.published_rate, with_bias=True, method=method, batch_size=batch_size,
        seed=1, standardise=standardise,
    )  # fmt: skip
    record, walk, explainer = run(experiment)[0].record, Walk(experiment), Explainer(experiment)
    for k in (0, 1, 2, 17, 150, 299, 3):
        values = explainer.values(record, record[k])
        for letter, memory in zip("wb", walk.memory[k], strict=True):
            old = Update.of(method, Parameter.of(letter, standardise)).old
            assert [values[one] for one in old] == pytest.approx(memory, rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("batch_size", [None, 4])
@pytest.mark.parametrize("standardise", [False, True])
def test_shares_add_up_to_the_slope(pizza, batch_size, standardise):
    experiment = Experiment(
        pizza, 40, 0.0005, with_bias=True, batch_size=batch_size, standardise=standardise, seed=2
    )
    record = run(experiment)[0].record
    slopes = Slopes(experiment)
    walk = Walk(experiment)
    for k in (0, 5, 39, 12):
        shares = slopes.shares(record[k])
        assert (shares.w.sum(), shares.b.sum()) == pytest.approx(walk.slopes[k])
        assert np.flatnonzero(shares.b).tolist() == sorted(walk.batches[k].tolist())
        line = record[k].weight * pizza.x + record[k].bias
        assert shares.prediction == pytest.approx(line)
        assert shares.error == pytest.approx(line - pizza.y)


def test_a_late_step_of_large_batches_is_known_without_the_epochs_before_it():
    x = np.random.default_rng(0).normal(50, 20, 40_000)
    experiment = Experiment(
        Dataset(x, 2 * x), 400, with_bias=True, method=Adam(), batch_size=20_000, seed=2
    )
    record, slopes = run(experiment)[0].record, Slopes(experiment)
    for k in (400, 37):
        # Twelve epochs are gone through from the nearest one that is marked.
        assert slopes.rows_to(k) <= 500_000
        assert len(slopes.rows(k)) == 20_000
        assert slopes.followed(record[k]) == (record[k].weight_slope, record[k].bias_slope)
        assert np.isfinite(slopes.remembered(record, record[k])).all()

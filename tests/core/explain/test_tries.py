"""Step search tried what the lesson tries."""

import numpy as np
import pytest
from explained import agree, results
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import StepSearch
from gdviz.core.explain.explanation import Explainer
from gdviz.core.explain.tries import tries


@pytest.mark.parametrize("with_bias", [False, True])
def test_step_search_shows_its_tries(pizza, with_bias):
    experiment = Experiment(pizza, 900, 0.03, with_bias=with_bias, method=StepSearch())
    record = run(experiment)[0].record

    @settings(derandomize=True, deadline=None, max_examples=40)
    @given(st.integers(0, len(record) - 1))
    def check(k):
        row = record[k]
        shifts = [(0.03, 0), (-0.03, 0)] + [(0, 0.03), (0, -0.03)] * with_bias
        lines = [(row.weight + dw, row.bias + db) for dw, db in shifts]
        losses = [np.mean((w * pizza.x + b - pizza.y) ** 2) for w, b in lines]
        helping = [i for i, loss in enumerate(losses) if loss < row.loss]
        count = helping[0] + 1 if helping else len(losses)
        tried = tries(experiment, row)
        assert [one.loss for one in tried] == pytest.approx(losses[:count])
        assert [one.helps for one in tried] == [i in helping for i in range(count)]
        section = Explainer(experiment).explain(record, row)[3]
        new = lines[helping[0]] if helping else (row.weight, row.bias)
        agree(results(section), [*losses[:count], *new[: 1 + with_bias]])

    check()

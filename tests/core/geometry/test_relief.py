"""What is drawn onto a relief lies on it."""

import numpy as np
import pytest

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.geometry.relief import relief_of


@pytest.mark.parametrize("logarithmic", [False, True])
def test_contours_lie_on_the_surface_and_on_every_level(pizza, logarithmic):
    record = run(Experiment(pizza, 50, with_bias=True))[0].record
    relief = relief_of(pizza.bowl, [record], logarithmic)
    x, y, heights = relief.contours.T
    weight, bias = (
        np.interp(shares, (-1, 1), ends)
        for shares, ends in ((x, relief.weights), (y, relief.biases))
    )
    np.testing.assert_allclose(relief.place(weight, bias)[:, 2], heights, atol=1e-9)
    expected = {round(float(relief.heights(level)), 9) for level in relief.scale.levels}
    assert {round(height, 9) for height in heights.tolist()} == expected

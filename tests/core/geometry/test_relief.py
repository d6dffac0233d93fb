"""The relief: where the points of the surface lie, and which ones are seen."""

import numpy as np
import pytest

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.geometry.relief import BOX, HALF_HEIGHT, relief_of
from gdviz.core.geometry.relief_lines import ReliefLines
from gdviz.core.geometry.sightlines import hidden, struck
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.plots.surface.box import Box
from gdviz.ui.plots.surface.camera import Camera
from gdviz.ui.plots.surface.scenery import PATH_POINTS

EXPERIMENTS = {
    "a bowl": ([1, 2, 3, 4], [2, 4, 5, 9], {}),
    "all x equal": ([2, 2, 2], [1, 2, 4], {}),
    "all x zero": ([0, 0, 0], [1, 2, 4], {}),
    "all zero": ([0, 0, 0], [0, 0, 0], {}),
    "one row": ([3], [7], {}),
    "a perfect line": ([0, 1, 2], [1, 3, 5], {}),
    "a run from the optimum": ([0, 1, 2], [1, 3, 5], {"start": Point(2, 1)}),
    "a run that diverges": ([1, 2, 3], [2, 4, 5], {"learning_rate": 10.0}),
    "no bias": ([1, 2, 3], [2, 4, 5], {"with_bias": False}),
    "huge numbers": ([1e100, 2e100, 3e100], [2e90, 4e90, 5e90], {"learning_rate": 1e-205}),
    "tiny numbers": ([1e-100, 2e-100, 3e-100], [2e-90, 4e-90, 5e-90], {}),
    "years": ([2001, 2002, 2003], [1e6, 1.1e6, 1.3e6], {"learning_rate": 1e-8}),
    "a start far away": ([1, 2, 3], [2, 4, 5], {"start": Point(1e9, -1e9)}),
}


def trained(x, y, options):
    columns = np.array(x, dtype=float), np.array(y, dtype=float)
    settings = {"iterations": 300, "learning_rate": 0.01, "with_bias": True} | options
    experiment = Experiment(Dataset(*columns), **settings)
    return experiment, run(experiment)[0].record


@pytest.fixture(params=EXPERIMENTS.values(), ids=EXPERIMENTS)
def an_experiment(request):
    return trained(*request.param)


@pytest.mark.parametrize("logarithmic", [False, True])
def test_all_points_lie_in_the_box(an_experiment, logarithmic):
    """Whatever the data, what is painted are finite numbers, and none is beyond the box."""
    experiment, record = an_experiment
    relief = relief_of(experiment.dataset.bowl, [record], logarithmic)
    lines = ReliefLines(relief)
    vertices, normals = lines.mesh
    assert np.allclose(np.linalg.norm(normals, axis=2), 1)
    assert (np.diff(vertices[:, 0, 0]) >= 0).all()
    assert (np.diff(vertices[..., 1], axis=1) >= 0).all()
    iterations, path = relief.path(record, PATH_POINTS)
    assert len(path) == len(iterations) <= PATH_POINTS
    assert iterations[0] == 0
    start = record[0]
    slices = lines.along_weight(start.bias), lines.along_bias(start.weight)
    for points in (vertices.reshape(-1, 3), lines.contours, path, lines.valley(), *slices):
        assert np.isfinite(points).all()
        assert (np.abs(points) <= BOX * (1 + 1e-6)).all()
    assert relief.holds(*relief.bowl.optimum)
    assert relief.holds(start.weight, start.bias)
    for last in (record.last, start._replace(weight=np.inf, bias=-np.inf)):
        relief.holds(last.weight, last.bias)
    for marks in relief.marks:
        assert all(np.isfinite(at) for at, _ in marks)
        assert len(marks) == len({text for _, text in marks})
    camera = Camera()
    assert not hidden(relief, slices[0], camera.eye).all() or len(slices[0]) == 0
    assert np.isfinite(Box(relief, camera).lines()).all()


def test_a_height_is_the_loss_or_its_logarithm(pizza):
    _, record = trained(pizza.x, pizza.y, {"learning_rate": 0.001})
    bowl, start = pizza.bowl, record[0]
    plain, logarithmic = (relief_of(bowl, [record], kind) for kind in (False, True))
    for relief in (plain, logarithmic):
        assert relief.heights(relief.depth) == pytest.approx(HALF_HEIGHT)
        assert relief.place(start.weight, start.bias)[0, 2] < HALF_HEIGHT
    near = bowl.optimum.weight + 0.1
    heights = [relief.place(near, bowl.optimum.bias)[0, 2] for relief in (plain, logarithmic)]
    assert heights[0] < -0.5 < heights[1]


def test_the_near_wall_hides_the_bottom_from_the_side_but_not_from_above(pizza):
    _, record = trained(pizza.x, pizza.y, {"learning_rate": 0.001})
    relief = relief_of(pizza.bowl, [record], False)
    bottom = relief.place(*pizza.bowl.optimum)
    for elevation, expected in ((0.0, True), (90.0, False)):
        assert hidden(relief, bottom, Camera(0.0, elevation).eye)[0] == expected


@pytest.mark.parametrize("logarithmic", [False, True])
def test_contours_lie_on_the_surface_and_on_every_level(pizza, logarithmic):
    record = run(Experiment(pizza, 50, with_bias=True))[0].record
    relief = relief_of(pizza.bowl, [record], logarithmic)
    x, y, heights = ReliefLines(relief).contours.T
    weight, bias = (
        np.interp(shares, (-1, 1), ends)
        for shares, ends in ((x, relief.weights), (y, relief.biases))
    )
    np.testing.assert_allclose(relief.place(weight, bias)[:, 2], heights, atol=1e-9)
    expected = {round(float(relief.heights(level)), 9) for level in relief.scale.levels}
    assert {round(height, 9) for height in heights.tolist()} == expected


@pytest.mark.parametrize("logarithmic", [False, True])
def test_a_line_of_sight_strikes_what_is_on_it(pizza, logarithmic):
    """From the eye to a point of the surface: there it strikes, and before, if that is hidden."""
    _, record = trained(pizza.x, pizza.y, {"learning_rate": 0.001})
    relief, rng = relief_of(pizza.bowl, [record], logarithmic), np.random.default_rng(0)
    vertices = ReliefLines(relief).mesh[0].reshape(-1, 3)
    points = vertices[rng.choice(len(vertices), 200)]
    missed = unlike = 0
    for point, camera in zip(points, (Camera(k * 7, k % 91) for k in range(200)), strict=True):
        found = relief.place(*struck(relief, camera.eye, point - camera.eye).T)
        missed += np.abs(found - point).max(axis=1).min() > 1e-3
        away = np.linalg.norm(found[0] - camera.eye) - np.linalg.norm(point - camera.eye)
        unlike += (away < -0.05) != hidden(relief, point[np.newaxis], camera.eye)[0]
    # At its edge the surface ends, and a line of sight may pass it by.
    assert missed <= 10
    assert unlike <= 10


def test_beside_the_box_nothing_is_struck(pizza):
    _, record = trained(pizza.x, pizza.y, {"learning_rate": 0.001})
    relief, camera = relief_of(pizza.bowl, [record], False), Camera()
    assert len(struck(relief, camera.eye, camera.eye)) == 0
    assert len(struck(relief, camera.eye, np.array([1.0, 0.0, 3.0]))) == 0


def test_rows_are_close_where_the_surface_bends(pizza):
    """So that from one to the next its light and its height change little."""
    _, record = trained(pizza.x, pizza.y, {"learning_rate": 0.001})
    for logarithmic in (False, True):
        vertices, normals = ReliefLines(relief_of(pizza.bowl, [record], logarithmic)).mesh
        assert np.abs(np.diff(vertices[..., 2], axis=0)).max() < 0.1
        assert np.abs(np.diff(normals, axis=0)).max() < 0.25

"""Mesh painting: without seams, the near before the far, as smooth as the colours."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from support import pixels

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.geometry.relief import HALF_HEIGHT, relief_of
from gdviz.core.geometry.relief_lines import ReliefLines
from gdviz.core.geometry.sightlines import struck
from gdviz.ui.plots.surface.camera import Camera
from gdviz.ui.plots.surface.mesh_painting import mesh_painting
from gdviz.ui.plots.surface.scenery import paper_for

SIZE = 400, 300
MAGENTA = np.array([255, 0, 255])
CAMERAS = [Camera(-62, 30), Camera(10, 0), Camera(88, 5), Camera(150, 90), Camera(265, 60)]


def painted(relief, camera, colours, step=1):
    """Return the pixels of a mesh on magenta ground."""
    image = QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(*MAGENTA))
    painter = QPainter(image)
    paper = paper_for(painter, QRectF(0, 0, *SIZE))
    sight = camera.sight(QRectF(20, 20, 360, 260), HALF_HEIGHT)
    vertices = ReliefLines(relief).mesh[0][::step, ::step]
    places, shades = sight.pixels(vertices), colours(vertices)
    for _ in mesh_painting(paper, places, vertices[..., :2], shades, camera.eye[:2]):
        pass
    painter.end()
    return pixels(image), sight


def inside(seen):
    """Return where a picture isn't its ground, two pixels from the edge and farther."""
    shown = np.abs(seen - MAGENTA).sum(axis=2) > 0
    for _ in range(2):
        grown = ~np.pad(shown, 1)
        around = [
            grown[y : y + shown.shape[0], x : x + shown.shape[1]]
            for y in range(3)
            for x in range(3)
        ]
        shown = ~np.any(around, axis=0)
    return shown


@pytest.fixture(params=[False, True], ids=["linear", "logarithmic"])
def relief(request, pizza):
    record = run(Experiment(pizza, 300, 0.001, with_bias=True))[0].record
    return relief_of(pizza.bowl, [record], request.param)


@pytest.mark.parametrize("camera", CAMERAS, ids=str)
@pytest.mark.parametrize("step", [1, 4])
def test_nothing_shines_through_between_the_strips(relief, camera, step):
    seen, _ = painted(relief, camera, lambda v: np.full(v.shape, 90.0), step)
    within = seen[inside(seen)]
    assert len(within) > 500
    assert np.abs(within - 90).max() <= 4


@pytest.mark.parametrize("camera", CAMERAS, ids=str)
def test_each_pixel_has_the_colour_of_what_is_nearest_there(relief, camera):
    """Red grows with the weight, green with the bias, blue with the height."""

    def colours(points):
        return 40 + 170 * (points / (1, 1, HALF_HEIGHT) + 1) / 2

    seen, sight = painted(relief, camera, colours)
    y, x = np.nonzero(inside(seen))
    chosen = np.random.default_rng(0).choice(len(x), 300)
    ways = [sight.way(QPointF(x[k] + 0.5, y[k] + 0.5)) for k in chosen]
    nearest = [relief.place(*struck(relief, camera.eye, way)[0]) for way in ways]
    wrong = np.abs(seen[y[chosen], x[chosen]] - colours(np.vstack(nearest))).max(axis=1)
    assert np.median(wrong) < 4
    # Along the folds, where far and near meet, a pixel may be either.
    assert (wrong > 25).mean() < 0.03

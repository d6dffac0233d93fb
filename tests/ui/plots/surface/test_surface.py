"""The surface: where its points lie, and what is left of it where there is no OpenGL."""

import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.run import Run
from gdviz.core.geometry.relief import BOX, HALF_HEIGHT, relief_of
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.plots.surface.box import Box
from gdviz.ui.plots.surface.camera import MAX_ZOOM, MIN_ZOOM, Camera
from gdviz.ui.plots.surface.surface import PATH_POINTS, WITHOUT_OPENGL, Surface
from gdviz.ui.theme import DARK, LIGHT

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


@pytest.fixture
def surface(qtbot):
    surface = Surface()
    qtbot.addWidget(surface)
    surface.resize(400, 300)
    return surface


def test_without_opengl_it_says_so(surface, qtbot):
    """And every method does no harm."""
    experiment, record = trained(*EXPERIMENTS["a bowl"])
    surface.set_theme(DARK)
    surface.show()
    qtbot.waitExposed(surface)
    surface.set_experiment(experiment)
    surface.set_kept([Run(experiment, record, name="other", number=0)])
    surface.set_record(record)
    surface.show_row(record[5])
    surface.show_kept(5)
    surface.set_logarithmic(True)
    surface.reset_view()
    qtbot.keyClick(surface, Qt.Key.Key_Left)
    surface.repaint()
    assert surface.accessibleDescription() == WITHOUT_OPENGL
    assert is_written_on(surface.image(1), DARK)


def test_an_image_has_the_sentence_even_if_never_shown(surface):
    image = surface.image(2)
    assert image.size() == QSize(800, 600)
    assert is_written_on(image, LIGHT)


def is_written_on(image, theme):
    seen = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    return {QColor(theme.plot).rgb(), QColor(theme.muted).rgb()} <= seen


def test_the_corner_button_asks_for_an_export(surface, qtbot):
    with qtbot.waitSignal(surface.export_requested):
        surface._export_button.click()


def test_what_it_is_called(surface):
    assert surface.objectName() == "surface"
    assert surface.accessibleName() == surface.title == "Surface"
    assert surface.contextMenuPolicy() is Qt.ContextMenuPolicy.CustomContextMenu


def test_nothing_is_worked_out_until_it_is_seen(surface):
    experiment, record = trained(*EXPERIMENTS["a bowl"])
    surface.set_experiment(experiment)
    surface.set_record(record)
    surface.show_row(record[5])
    assert surface._layout is None


def test_opengl_is_loaded_only_to_be_drawn_with():
    code = (
        "import sys, gdviz.ui.plots.surface.surface\n"
        "print([name for name in sys.modules if name.startswith(('OpenGL', 'pyqtgraph.opengl'))])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize("logarithmic", [False, True])
def test_all_points_lie_in_the_box(an_experiment, logarithmic):
    """Whatever the data, OpenGL gets finite numbers, and none beyond the box."""
    experiment, record = an_experiment
    relief = relief_of(experiment.dataset.bowl, [record], logarithmic)
    vertices, faces, normals = relief.mesh
    assert faces.max() < len(vertices)
    assert np.allclose(np.linalg.norm(normals, axis=1), 1)
    iterations, path = relief.path(record, PATH_POINTS)
    assert len(path) == len(iterations) <= PATH_POINTS
    assert iterations[0] == 0
    start = record[0]
    slices = relief.along_weight(start.bias), relief.along_bias(start.weight)
    for points in (vertices, relief.contours, path, relief.valley(), *slices):
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
    assert not relief.hidden(slices[0], camera.eye).all() or len(slices[0]) == 0
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
    for elevation, hidden in ((0.0, True), (90.0, False)):
        assert relief.hidden(bottom, Camera(0.0, elevation).eye)[0] == hidden


def test_the_whole_box_is_seen_from_everywhere():
    corners = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]) * BOX
    room = QRectF(50, 30, 300, 200)
    for azimuth in range(0, 360, 15):
        for elevation in range(0, 91, 15):
            sight = Camera(azimuth, elevation).sight(QSize(400, 300), room, HALF_HEIGHT)
            places = sight.pixels(corners)
            assert (places >= (49, 29)).all()
            assert (places <= (351, 231)).all()


def test_zoom_and_elevation_have_an_end():
    camera = Camera().zoomed(1e9).turned(725, 500)
    assert (camera.zoom, camera.elevation) == (MAX_ZOOM, 90)
    camera = Camera().zoomed(1e-9).turned(0, -500)
    assert (camera.zoom, camera.elevation) == (MIN_ZOOM, 0)

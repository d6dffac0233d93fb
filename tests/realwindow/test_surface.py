"""The surface with a real OpenGL."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QShortcut, QWheelEvent
from PySide6.QtWidgets import QApplication

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import Momentum
from gdviz.core.descent.run import Run
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.plots.surface.surface import Surface
from gdviz.ui.theme import DARK, LIGHT


def pixels(image):
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


def places(surface, colour):
    """Return the pixels below the legend that have a colour, as rows of x and y."""
    seen = pixels(surface.image(1))[40:]
    same = (seen == QColor(colour).getRgb()[:3]).all(axis=2)
    return np.argwhere(same)[:, ::-1] + (0, 40)


@pytest.fixture
def experiment(pizza):
    return Experiment(pizza, 2000, 0.001, with_bias=True)


@pytest.fixture
def surface(qtbot, experiment):
    surface = Surface()
    qtbot.addWidget(surface)
    surface.resize(520, 400)
    record = run(experiment)[0].record
    surface.set_experiment(experiment)
    surface.set_record(record)
    surface.show_row(record[0])
    surface.show()
    surface.activateWindow()
    qtbot.waitExposed(surface)
    return surface


def test_the_bowl_is_drawn_and_the_hiker_stands_on_it(surface):
    image = pixels(surface.image(1))
    assert len(np.unique(image.reshape(-1, 3), axis=0)) > 500
    assert len(places(surface, LIGHT.hiker)) > 100
    assert len(places(surface, LIGHT.optimum)) > 10


def test_the_screen_shows_what_the_image_holds(surface):
    """But for the buttons in its corners."""
    difference = np.abs(pixels(surface.grab().toImage()) - pixels(surface.image(1)))
    assert difference[40:350].max() == 0


def test_an_image_can_be_sharper(surface):
    image = surface.image(2)
    assert image.size() == 2 * surface.size()
    halved = pixels(image.scaled(surface.size(), mode=Qt.TransformationMode.SmoothTransformation))
    assert np.abs(halved - pixels(surface.image(1))).mean() < 4


def test_the_hiker_moves_with_the_row(surface):
    record = surface._record
    start = places(surface, LIGHT.hiker).mean(axis=0)
    surface.show_row(record[1500])
    assert np.abs(places(surface, LIGHT.hiker).mean(axis=0) - start).max() > 30
    assert len(places(surface, LIGHT.trail)) > 20


def test_a_row_looks_the_same_whatever_was_shown_before(surface):
    record = surface._record
    surface.show_row(record[700])
    before = surface.image(1)
    for row in (record[0], record[-1], record[3]):
        surface.show_row(row)
        surface.image(1)
    surface.show_row(record[700])
    assert surface.image(1) == before


@pytest.mark.parametrize("key", ["Left", "Right", "Up", "Down", "Plus", "Minus"])
def test_a_key_turns_or_zooms_and_ctrl_0_goes_back(surface, qtbot, key):
    before = surface.image(1)
    qtbot.keyClick(surface, Qt.Key[f"Key_{key}"])
    assert surface.image(1) != before
    surface.reset_view()
    assert surface.image(1) == before


def test_keys_turn_it_rather_than_play_while_it_has_the_focus(surface, qtbot):
    heard = []
    for key in ("Left", "Space", "Ctrl+Left"):
        QShortcut(key, surface, activated=lambda key=key: heard.append(key))
    surface.setFocus()
    qtbot.waitUntil(surface.hasFocus)
    before = surface.image(1)
    qtbot.keyClick(surface, Qt.Key.Key_Left)
    assert heard == []
    assert surface.image(1) != before
    qtbot.keyClick(surface, Qt.Key.Key_Space)
    qtbot.keyClick(surface, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert heard == ["Space", "Ctrl+Left"]


def test_dragging_turns_it(surface, qtbot):
    before = surface.image(1)
    qtbot.mousePress(surface, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    qtbot.mouseMove(surface, QPoint(240, 190))
    qtbot.waitUntil(lambda: surface.image(1) != before)
    qtbot.mouseRelease(surface, Qt.MouseButton.LeftButton, pos=QPoint(240, 190))
    turned = surface.image(1)
    qtbot.mouseMove(surface, QPoint(100, 100))
    assert surface.image(1) == turned


def test_the_wheel_zooms(surface):
    before = len(places(surface, LIGHT.plot))
    middle = QPointF(260, 200)
    wheel = QWheelEvent(
        middle, surface.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(surface, wheel)
    assert len(places(surface, LIGHT.plot)) < before


def test_light_and_dark(surface):
    light = surface.image(1)
    surface.set_theme(DARK)
    assert pixels(surface.image(1)).mean() < 80 < 180 < pixels(light).mean()
    assert len(places(surface, DARK.hiker)) > 100
    surface.set_theme(LIGHT)
    assert surface.image(1) == light


def test_a_logarithmic_height_is_another_picture(surface):
    before = surface.image(1)
    surface._switch.click()
    assert surface.image(1) != before
    assert len(places(surface, LIGHT.hiker)) > 100
    surface.set_logarithmic(False)
    assert surface.image(1) == before


def test_kept_runs_are_drawn_and_move(surface, experiment):
    other = replace(experiment, method=Momentum(), start=Point(-0.5, 8.0))
    kept = Run(other, run(other)[0].record, name="momentum", number=0)
    colour = LIGHT.colour(kept.colour)
    assert len(places(surface, colour)) == 0
    before = surface.image(1)
    surface.set_kept([kept])
    surface.show_kept(0)
    start = places(surface, colour)
    assert len(start) > 50
    surface.show_kept(900)
    assert np.abs(places(surface, colour).mean(axis=0) - start.mean(axis=0)).max() > 5
    surface.set_kept([])
    assert surface.image(1) == before


def test_the_picture_of_opengl_is_kept_while_only_the_hiker_moves(surface):
    record = surface._record
    surface.image(1)
    panorama = surface._panorama
    surface.show_row(record[100])
    surface.set_record(record)
    surface.image(1)
    assert surface._panorama is panorama


@pytest.mark.parametrize(
    ("x", "y", "options"),
    [
        ([2, 2, 2], [1, 2, 4], {}),
        ([0, 0], [0, 0], {}),
        ([1, 2, 3], [2, 4, 5], {"learning_rate": 10.0}),
        ([1, 2, 3], [2, 4, 5], {"with_bias": False}),
        ([1e100, 2e100], [2e90, 4e90], {"learning_rate": 1e-205}),
        ([1e-100, 2e-100], [2e-90, 4e-90], {}),
    ],
)
@pytest.mark.parametrize("logarithmic", [False, True])
def test_data_at_the_edge(surface, x, y, options, logarithmic):
    """Every row can be looked at, without a warning."""
    settings = {"iterations": 300, "learning_rate": 0.01, "with_bias": True} | options
    dataset = Dataset(np.array(x, dtype=float), np.array(y, dtype=float))
    experiment = Experiment(dataset, **settings)
    record = run(experiment)[0].record
    surface.set_logarithmic(logarithmic)
    surface.set_experiment(experiment)
    surface.set_record(record)
    for index in (0, len(record) // 2, len(record) - 1):
        surface.show_row(record[index])
        surface.image(1)
    surface.show_row(record[0])
    assert len(places(surface, LIGHT.hiker)) > 100


def test_any_size_will_do(surface):
    for width, height in ((1, 1), (60, 20), (30, 500), (900, 60)):
        surface.resize(width, height)
        assert surface.image(1).size() == surface.size()
        surface.repaint()

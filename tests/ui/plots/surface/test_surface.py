"""The surface: what is seen on it, turned by hand, and its hiker dragged over it."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from support import child, pixels, wait_until_trained

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import Momentum
from gdviz.core.descent.run import Run
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.numbers import typed_number
from gdviz.ui.features.export.pictures import picture
from gdviz.ui.plots.drawing.looks import look_of
from gdviz.ui.plots.surface import scenery
from gdviz.ui.plots.surface.camera import Camera
from gdviz.ui.plots.surface.scenery import laid_out
from gdviz.ui.plots.surface.surface import Surface
from gdviz.ui.theme import DARK, LIGHT

LEFT = Qt.MouseButton.LeftButton


def places(surface, colour):
    """Return the pixels below the legend that have a colour, as rows of x and y."""
    seen = pixels(surface.grab().toImage())[40:]
    same = (seen == QColor(colour).getRgb()[:3]).all(axis=2)
    return np.argwhere(same)[:, ::-1] + (0, 40)


def shows(surface, record, index=0):
    """Show a run."""
    surface.set_record(record)
    surface.show_row(record[index])
    QApplication.processEvents()


def seen_at(surface, weight, bias):
    """Return the pixel at which a point of the surface is seen."""
    panorama = surface._seen().panorama
    return panorama.trace(panorama.relief.place(weight, bias)).places[0]


def look_from(surface, *camera):
    surface.view.take_sight(Camera(*camera))


@pytest.fixture
def experiment(pizza):
    return Experiment(pizza, 2000, 0.001, with_bias=True)


@pytest.fixture
def surface(qtbot, experiment):
    surface = Surface()
    qtbot.addWidget(surface)
    surface.resize(520, 400)
    surface.set_experiment(experiment)
    shows(surface, run(experiment)[0].record)
    surface.show()
    surface.activateWindow()
    qtbot.waitExposed(surface)
    return surface


@pytest.fixture
def shown(window, qtbot):
    """The surface in its window."""
    window.tuning.set_settings(with_bias=True)
    wait_until_trained(qtbot, window)
    window.viewing.switches["surface"].trigger()
    QApplication.processEvents()
    return window.figure.surface


# What is seen


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("index", [0, 60, 1999])
def test_every_mark_has_its_colour_at_its_place(surface, theme, index):
    record = surface._record
    surface.set_theme(theme)
    surface.show_row(record[index])
    row, optimum = record[index], surface._experiment.dataset.bowl.optimum
    for colour, place in (
        (theme.hiker, (row.weight, row.bias)),
        (theme.trail, (record[1].weight, record[1].bias)),
        (theme.optimum, optimum),
    ):
        at = seen_at(surface, *place)
        covered = np.abs(at - seen_at(surface, row.weight, row.bias)).max() < 10
        if colour == theme.hiker or not (covered or (colour == theme.trail and index < 1)):
            assert np.abs(places(surface, colour) + 0.5 - at).max(axis=1).min() < 1.5, colour


def test_the_minimum_is_painted_over_the_hiker_on_it(surface):
    surface.show_row(surface._record[-1])
    optimum = surface._experiment.dataset.bowl.optimum
    x, y = seen_at(surface, *optimum).astype(int)
    assert picture(surface).pixelColor(x, y) == QColor(LIGHT.optimum)


def test_the_bowl_pales_with_its_height_and_has_a_light_and_a_dark_side(surface):
    image = pixels(picture(surface))
    assert len(np.unique(image.reshape(-1, 3), axis=0)) > 500
    weight, bias = surface._experiment.dataset.bowl.optimum
    look_from(surface, 0, 60)
    image = pixels(picture(surface))
    sides = [
        image[tuple(seen_at(surface, weight + shift, bias + 2)[::-1].astype(int))]
        for shift in (-1.3, 1.3)
    ]
    assert sides[0].sum() + 60 < sides[1].sum()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_part_of_the_path_behind_the_bowl_is_faint(surface, theme):
    surface.set_theme(theme)
    surface.show_row(surface._record[1999])
    shares = {}
    for camera in ((90, 60), (0, 5)):
        look_from(surface, *camera)
        path, _ = surface._seen().path_until(1999)
        shares[camera] = path.hidden.mean(), len(places(surface, theme.trail))
    (few, bright), (most, faint) = shares.values()
    assert few < 0.1 < 0.5 < most
    assert faint < bright / 2


def test_the_hiker_is_seen_even_behind_the_bowl(surface):
    surface.show_row(surface._record[30])
    look_from(surface, 0, 0)
    assert len(places(surface, LIGHT.hiker)) > 100


def test_the_path_grows_with_the_row(surface):
    record, counts = surface._record, []
    for index in (0, 2, 100, 1999):
        surface.show_row(record[index])
        counts.append(len(places(surface, LIGHT.trail)))
    assert counts[0] == 0
    assert counts == sorted(counts)


def test_a_row_looks_the_same_whatever_was_shown_before(surface):
    record = surface._record
    surface.show_row(record[700])
    before = picture(surface)
    for row in (record[0], record[-1], record[3]):
        surface.show_row(row)
        surface.repaint()
    surface.show_row(record[700])
    assert picture(surface) == before


def test_light_and_dark(surface):
    light = picture(surface)
    surface.set_theme(DARK)
    assert pixels(picture(surface)).mean() < 80 < 180 < pixels(light).mean()
    surface.set_theme(LIGHT)
    assert picture(surface) == light


def test_pixels_that_are_kept_for_a_film_are_those_of_the_picture(surface):
    record = run(surface._experiment)[0].record
    pictures = []
    for visible in (True, False):
        surface.setVisible(visible)
        for index in (0, 20, 200):
            surface.show_row(record[index])
            pictures.append(picture(surface, 2))
    assert pictures[:3] == pictures[3:]
    assert pictures[0] != pictures[1]


def test_a_logarithmic_height_is_another_picture(surface):
    before = picture(surface)
    surface._switch.click()
    assert picture(surface) != before
    assert len(places(surface, LIGHT.hiker)) > 100
    surface.set_logarithmic(False)
    assert picture(surface) == before


def test_kept_runs_are_drawn_and_move(surface, experiment):
    other = replace(experiment, method=Momentum(), start=Point(-0.5, 8.0))
    kept = Run(other, run(other)[0].record, name="momentum", number=0)
    colour = LIGHT.colour(look_of(kept).colour)
    assert len(places(surface, colour)) == 0
    before = picture(surface)
    surface.set_kept([kept])
    surface.show_kept(0)
    start = places(surface, colour)
    assert len(start) > 50
    at = seen_at(surface, -0.5, 8.0)
    assert np.abs(start - at).max(axis=1).min() < 1.5
    surface.show_kept(900)
    assert np.abs(places(surface, colour).mean(axis=0) - start.mean(axis=0)).max() > 5
    surface.set_kept([])
    assert picture(surface) == before


def test_a_hiker_outside_is_told_where(surface):
    away = surface._record[3]._replace(weight=1e9)
    surface.show_row(away)
    # In the colour of the hiker, below the legend.
    assert len(places(surface, LIGHT.hiker)) > 5
    assert surface.marks["summit"].is_empty


def test_in_the_fog_there_is_a_sentence(surface):
    surface.set_fog(True)
    assert len(places(surface, LIGHT.hiker)) == len(places(surface, LIGHT.optimum)) == 0
    assert len(places(surface, LIGHT.muted)) > 20
    surface.set_fog(False)
    assert len(places(surface, LIGHT.hiker)) > 100


@pytest.mark.parametrize(
    ("x", "y", "options"),
    [
        ([2, 2, 2], [1, 2, 4], {}),
        ([0, 0], [0, 0], {}),
        ([1, 2, 3], [2, 4, 5], {"learning_rate": 10.0}),
        ([1, 2, 3], [2, 4, 5], {"with_bias": False}),
        ([1e100, 2e100], [2e90, 4e90], {"learning_rate": 1e-205}),
        ([1e-100, 2e-100], [2e-90, 4e-90], {}),
        ([2001, 2002, 2003], [1e6, 1.1e6, 1.3e6], {"learning_rate": 1e-8}),
    ],
)
@pytest.mark.parametrize("logarithmic", [False, True])
def test_data_at_the_edge(surface, x, y, options, logarithmic):
    """Every row can be looked at, from everywhere, without a warning."""
    settings = {"iterations": 300, "learning_rate": 0.01, "with_bias": True} | options
    dataset = Dataset(np.array(x, dtype=float), np.array(y, dtype=float))
    experiment = Experiment(dataset, **settings)
    record = run(experiment)[0].record
    surface.set_logarithmic(logarithmic)
    surface.set_experiment(experiment)
    surface.set_record(record)
    for index in (0, len(record) // 2, len(record) - 1):
        look_from(surface, index, index % 91)
        surface.show_row(record[index])
        surface.repaint()
    surface.show_row(record[0])
    assert len(places(surface, LIGHT.hiker)) > 100
    pixel = QPointF(*seen_at(surface, *experiment.start).tolist())
    start = surface.start_at(pixel)
    assert start is not None
    assert np.isfinite(start).all()


def test_any_size_will_do(surface):
    for width, height in ((1, 1), (60, 20), (30, 500), (900, 60)):
        surface.resize(width, height)
        assert picture(surface).size() == surface.size()
        surface.repaint()


def test_what_it_is_called(surface):
    assert surface.objectName() == "surface"
    assert surface.accessibleName() == surface.title == "Surface"
    assert surface.contextMenuPolicy() is Qt.ContextMenuPolicy.CustomContextMenu


def test_a_picture_is_the_same_if_the_surface_was_never_shown(surface, qtbot, experiment):
    other = Surface()
    qtbot.addWidget(other)
    other.resize(surface.size())
    other.set_experiment(experiment)
    shows(other, surface._record)
    assert picture(other) == picture(surface)


# What it costs


def test_nothing_is_worked_out_until_it_is_seen(qtbot, experiment):
    surface = Surface()
    qtbot.addWidget(surface)
    surface.set_experiment(experiment)
    surface.set_record(run(experiment)[0].record)
    assert surface._layout is None


def test_the_path_of_a_kept_run_grows_with_the_playhead(surface, experiment):
    other = replace(experiment, method=Momentum())
    kept = Run(other, run(other)[0].record, name="momentum", number=0)
    surface.set_kept([kept])
    # A line of 1.5 pixels has its colour in few of them, but ever more of it is to be seen.
    counts = []
    for iteration in (0, 4, 40, 1500, 40, 4, 0):
        surface.show_kept(iteration)
        counts.append(len(places(surface, LIGHT.colour(look_of(kept).colour))))
    assert counts[:4] == sorted(counts[:4])
    assert counts[0] < counts[3]
    assert counts[4:] == counts[:3][::-1]


def test_the_picture_is_kept_while_only_the_hiker_moves(surface):
    record, panorama, key = surface._record, surface._seen().panorama, None
    for index in (100, 200, 300):
        shows(surface, record, index)
        surface.repaint()
        assert surface._seen().panorama is panorama
        key, last = surface._backdrop._picture.cacheKey(), key
        assert last in (None, key)


def test_while_it_turns_it_is_coarse_and_fine_once_it_stands(surface, qtbot):
    def same():
        screen = pixels(surface.grab().toImage())[40:350]
        return np.array_equal(screen, pixels(picture(surface))[40:350])

    surface.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    surface.clearFocus()
    look_from(surface, 100, 20)
    assert not same()
    qtbot.waitUntil(same)


def test_an_image_can_be_sharper(surface):
    image = picture(surface, 2)
    assert image.size() == 2 * surface.size()
    halved = pixels(image.scaled(surface.size(), mode=Qt.TransformationMode.SmoothTransformation))
    assert np.abs(halved - pixels(picture(surface))).mean() < 4


# Turning


@pytest.mark.parametrize("key", ["Left", "Right", "Up", "Down", "Plus", "Minus"])
def test_a_key_turns_or_zooms_and_ctrl_0_goes_back(surface, qtbot, key):
    before = picture(surface)
    qtbot.keyClick(surface, Qt.Key[f"Key_{key}"])
    assert picture(surface) != before
    surface.view.go_home()
    assert picture(surface) == before


def test_dragging_turns_it(surface):
    before = picture(surface)
    QTest.mousePress(surface, LEFT, pos=QPoint(400, 100))
    QTest.mouseMove(surface, QPoint(440, 90))
    assert picture(surface) != before
    QTest.mouseRelease(surface, LEFT, pos=QPoint(440, 90))
    turned = picture(surface)
    QTest.mouseMove(surface, QPoint(100, 100))
    assert picture(surface) == turned


def test_the_wheel_zooms(surface):
    before = len(places(surface, LIGHT.plot))
    middle = QPointF(260, 200)
    wheel = QWheelEvent(
        middle, surface.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(surface, wheel)
    assert len(places(surface, LIGHT.plot)) < before


# Dragging the hiker


def drag(surface, *pixels_):
    """Drag from one pixel to others, and let go at the last one."""
    first, *others = (QPoint(*np.round(pixel).astype(int).tolist()) for pixel in pixels_)
    QTest.mousePress(surface, LEFT, pos=first)
    for pixel in others:
        QTest.mouseMove(surface, pixel)
        QApplication.processEvents()
    QTest.mouseRelease(surface, LEFT, pos=others[-1])
    QApplication.processEvents()


def test_the_hiker_is_dragged_over_the_surface_to_a_new_start(window, shown):
    window.session.playback.seek(60)
    QApplication.processEvents()
    row, count = window.session.playback.row, window.session.undo.stack.count()
    here, there = seen_at(shown, row.weight, row.bias), seen_at(shown, 0.3, 3.0)
    drag(shown, here, here + 5, there)
    start = window.session.runs.experiment.start
    assert start == pytest.approx((0.3, 3.0), abs=0.4)
    assert window.session.playback.iteration == 0
    assert window.session.undo.stack.count() == count + 1
    window.session.undo.stack.undo()
    assert window.session.runs.experiment.start == Point(0.0, 0.0)


def test_while_the_hiker_is_dragged_the_box_stays(window, shown):
    row, relief = window.session.playback.row, shown._seen().layout.lines.relief
    here, there = (seen_at(shown, *place) for place in ((row.weight, row.bias), (0.8, -8.0)))
    QTest.mousePress(shown, LEFT, pos=QPoint(*np.round(here).astype(int).tolist()))
    target = QPoint(*np.round(there).astype(int).tolist())
    QTest.mouseMove(shown, target)
    QApplication.processEvents()
    assert shown._seen().layout.lines.relief is relief
    hiker = shown.marks["summit"].points[0]
    assert np.abs(hiker - target.toTuple()).max() < 2
    QTest.mouseRelease(shown, LEFT, pos=target)
    QApplication.processEvents()
    experiment, record = window.session.runs.experiment, window.session.runs.record
    assert shown._seen().layout.lines.relief.equals(
        laid_out(experiment, record, (), False, None, False).lines.relief
    )


def test_behind_a_wall_the_hiker_stays_behind_it(window, shown):
    look_from(shown, 0, 10)
    shown.repaint()
    for weight in (-0.5, 2.6):
        window.tuning.set_settings(start=Point(weight, 0.0))
        window.session.playback.to_start()
        QApplication.processEvents()
        x, y = seen_at(shown, weight, 0.0).tolist()
        start = shown.start_at(QPointF(x + 4, y))
        assert start.weight == pytest.approx(weight, abs=0.3)


@pytest.mark.parametrize("camera", [(0, 90), (-40, 30), (0, 5), (90, 5)])
@pytest.mark.parametrize("logarithmic", [False, True])
def test_a_start_has_no_more_digits_than_a_pixel_is_worth(shown, camera, logarithmic):
    shown.set_logarithmic(logarithmic)
    look_from(shown, *camera)
    shown.repaint()
    pixel = QPointF(*seen_at(shown, 0.7654321, 3.21234).tolist())
    start = shown.start_at(pixel)
    assert np.abs(seen_at(shown, *start) - pixel.toTuple()).max() <= 1.5
    assert all(len(typed_number(value).lstrip("-0.")) <= 5 for value in start)


def test_without_a_bias_the_hiker_keeps_to_its_line(window, shown, qtbot):
    window.tuning.set_settings(with_bias=False, start=Point(0.0, 5.0))
    wait_until_trained(qtbot, window)
    here, there = (seen_at(shown, weight, 5.0) for weight in (0.0, 2.5))
    drag(shown, here, here + 4, there)
    start = window.session.runs.experiment.start
    assert start.bias == 5.0
    assert start.weight == pytest.approx(2.5, abs=0.1)


def test_a_click_on_the_hiker_changes_nothing(window, shown):
    window.session.playback.seek(40)
    QApplication.processEvents()
    before, row = shown.view.camera, window.session.playback.row
    here = QPoint(*seen_at(shown, row.weight, row.bias).astype(int).tolist())
    QTest.mouseClick(shown, LEFT, pos=here)
    assert window.session.runs.experiment.start == Point(0.0, 0.0)
    assert window.session.playback.iteration == 40
    assert shown.view.camera == before


def test_beside_the_box_a_dragged_hiker_stays_where_it_was(window, shown):
    row = window.session.playback.row
    here = seen_at(shown, row.weight, row.bias)
    drag(shown, here, (3, 60))
    assert window.session.runs.experiment.start == Point(0.0, 0.0)


# Its links


def test_a_symbol_lights_up_its_mark(window, shown):
    dark = picture(shown)
    for symbol, names in (
        ("w", {"summit"}), ("b", {"summit"}), ("loss", {"summit"}),
        ("slope_w", {"slice along weight"}), ("slope_b", {"slice along bias"}), ("x", set()),
    ):  # fmt: skip
        window.explaining.dock.content.symbol_hovered.emit(symbol)
        assert {name for name, mark in shown.marks.items() if mark.lit} == names
        assert (picture(shown) == dark) is (not names)
    window.explaining.dock.content.symbol_hovered.emit("")
    assert picture(shown) == dark


def test_a_mark_lights_up_its_symbols(window, shown, qtbot):
    window.explaining.dock.show()
    QApplication.processEvents()
    row, lit = window.session.playback.row, []
    window.explaining.dock.content.set_lit = lit.append
    qtbot.mouseMove(shown, QPoint(*seen_at(shown, row.weight, row.bias).astype(int).tolist()))
    assert {"w", "b", "loss"} <= lit[-1]
    slice_ = shown.marks["slice along weight"].points[40].astype(int).tolist()
    qtbot.mouseMove(shown, QPoint(*slice_))
    assert lit[-1] == {"slope_w"}
    qtbot.mouseMove(shown, QPoint(3, 60))
    assert lit[-1] == set()


def test_the_corner_button_asks_for_an_export(surface, qtbot):
    with qtbot.waitSignal(surface.export_requested):
        qtbot.mouseClick(surface.findChild(QToolButton, "surface_export"), LEFT)


def test_ctrl_3_shows_and_hides_it(window, qtbot):
    for shown in (True, False):
        qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
        assert child(window, "surface").isVisible() is shown


def test_a_copied_image_is_twice_as_large(window, shown):
    expected = pixels(picture(shown, 2))
    assert expected.shape[:2] == (2 * shown.height(), 2 * shown.width())
    window.exporter.copy_image("surface")
    assert np.array_equal(pixels(QApplication.clipboard().image()), expected)


@pytest.mark.parametrize("azimuth", range(0, 360, 30))
def test_no_name_of_an_axis_is_cut_off_in_a_narrow_picture(surface, azimuth):
    years = np.arange(2001.0, 2016.0)
    experiment = Experiment(Dataset(years, 1e9 * (1995 - years)), 40, 1e-8, with_bias=True)
    surface.resize(250, 280)
    surface.set_experiment(experiment)
    shows(surface, run(experiment)[0].record)
    look_from(surface, azimuth, 30.0)
    drawn = pixels(picture(surface))[surface.frame().top() : surface.height()]
    name = (np.abs(drawn - QColor(LIGHT.text).getRgb()[:3]) < 60).all(axis=2)
    assert name.any()
    assert not name[:, [0, 1, 2, -3, -2, -1]].any()
    assert not name[-child(surface, "surface_logarithmic").height() :].any()


def test_a_finer_picture_takes_many_turns_and_is_the_same_whoever_comes_between(
    surface, qtbot, monkeypatch
):
    monkeypatch.setattr(scenery, "SLICE_S", 0.0)  # as on a processor for which a step is long
    backdrop, keys = surface._backdrop, []
    backdrop._slices.timeout.connect(lambda: keys.append(backdrop._picture.cacheKey()))
    look_from(surface, 100, 20)
    surface.repaint()
    qtbot.waitUntil(lambda: len(keys) > 3)
    assert len({*keys}) == 1, "nothing that is half done is shown"
    look_from(surface, 60, 20)
    surface.repaint()
    keys.clear()
    with qtbot.waitSignal(backdrop.refined):
        pass
    assert len(keys) > 50
    sliced = pixels(backdrop._picture.toImage())
    backdrop._paint(backdrop._scenery, backdrop._scale, coarse=False)
    assert np.array_equal(sliced, pixels(backdrop._picture.toImage()))

"""Residuals: sticks and squares between the points and the line."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage
from support import wait_until_trained

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.features.export.pictures import export_picture
from gdviz.ui.plots.data_fit import DataFit
from gdviz.ui.plots.drawing.residuals import KINDS, MOST_SQUARES, squares
from gdviz.ui.shell.window import MainWindow
from gdviz.ui.theme import LIGHT


def choose(window, kind):
    """Click in the menu."""
    next(a for a in window.viewing.residuals.actions() if a.data() == kind).trigger()


def labels(plot):
    return [entry.label for entry in plot.legend.entries]


def picture(plot):
    return plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


@pytest.mark.parametrize("kind", ["sticks", "squares"])
def test_they_reach_from_the_points_to_the_line(window, pizza, kind):
    choose(window, kind)
    window.session.playback.seek(5)
    row, plot = window.session.playback.row, window.figure.data_fit
    ends = plot.residuals.points.reshape(-1, 2, 2)
    np.testing.assert_array_equal(ends[:, :, 0], np.column_stack((pizza.x, pizza.x)))
    np.testing.assert_array_equal(ends[:, 0, 1], pizza.y)
    np.testing.assert_allclose(ends[:, 1, 1], row.weight * pizza.x + row.bias)


@pytest.mark.parametrize("k", [0, 3, 100])
def test_the_mean_area_of_the_squares_is_the_loss(window, k):
    choose(window, "squares")
    window.session.playback.seek(k)
    residuals = window.figure.data_fit.residuals
    boxes = squares(residuals.in_pixels(residuals.points), QRectF(-1e9, 0, 2e9, 1))
    assert boxes[:, 2] == pytest.approx(boxes[:, 3])
    pixels_of_y = abs(residuals.sheet.scale_and_shift()[0][1])
    areas = boxes[:, 2] * boxes[:, 3] / pixels_of_y**2
    assert areas.mean() == pytest.approx(window.session.playback.row.loss)


@pytest.mark.parametrize(
    ("stick", "left"), [((10, 8), 10), ((96, 10), 86), ((70, 80), -10), ((30, 80), 30)]
)
def test_a_square_without_room_on_the_right_is_where_there_is_more(stick, left):
    x, side = stick
    boxes = squares(np.array([[x, 0.0], [x, side]]), QRectF(0, 0, 100, 200))
    assert boxes.tolist() == [[left, 0, side, side]]


@pytest.mark.parametrize("kind", KINDS)
def test_the_legend_names_what_is_drawn(window, kind):
    choose(window, "squares")
    choose(window, kind)
    said = " ".join(labels(window.figure.data_fit))
    assert ("errors" in said) is (kind == "sticks")
    assert ("mean area = loss" in said) is (kind == "squares")


def test_none_leaves_the_picture_as_it_was(qtbot, window):
    plot = window.figure.data_fit
    before = picture(plot)
    for kind in ("sticks", "squares"):
        choose(window, kind)
        qtbot.waitUntil(lambda: picture(plot) != before)
    choose(window, "none")
    qtbot.waitUntil(lambda: picture(plot) == before)


def test_of_many_rows_some_are_drawn_and_the_legend_says_so(qtbot):
    rng = np.random.default_rng(0)
    x = rng.normal(size=5000)
    experiment = Experiment(Dataset(x, x), 3, 0.1)
    plot = DataFit()
    qtbot.addWidget(plot)
    plot.set_theme(LIGHT)
    plot.set_experiment(experiment)
    plot.set_residuals("squares")
    plot.set_record(run(experiment)[0].record)
    plot.show_row(run(experiment)[0].record[0])
    assert len(plot.residuals.points) == 2 * MOST_SQUARES
    assert f"({MOST_SQUARES} of 5,000): mean area ≈ loss" in " ".join(labels(plot))


@pytest.mark.parametrize("kind", ["sticks", "squares"])
@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_they_are_part_of_what_is_exported(window, tmp_path, kind, suffix):
    plot, sizes = window.figure.data_fit, {}
    choose(window, kind)
    for shown in (False, True):
        plot.residuals.set_visible(shown)
        path = tmp_path / f"{shown}.{suffix}"
        export_picture(plot, path, caption="caption")
        sizes[shown] = path.stat().st_size
    assert sizes[True] > sizes[False]


def test_the_choice_is_remembered(qtbot, window):
    choose(window, "squares")
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    wait_until_trained(qtbot, again)
    assert again.figure.data_fit.residuals.kind == "squares"
    checked = [a.data() for a in again.viewing.residuals.actions() if a.isChecked()]
    assert checked == ["squares"]
    again.close()


def test_a_line_that_has_left_the_numbers_draws_nothing_wrong(qtbot, window):
    choose(window, "squares")
    window.tuning.set_settings(learning_rate=1.0, iterations=2000)
    wait_until_trained(qtbot, window)
    window.session.playback.to_end()
    assert not picture(window.figure.data_fit).isNull()
    assert np.isfinite(window.figure.data_fit.residuals.points).all()

"""The square whose area is the mean of all squared errors: the loss."""

import numpy as np
import pytest
from support import choose, wait_until_trained

from gdviz.core.descent.bowl import Point
from gdviz.ui.plots.drawing.free_places import box_of


@pytest.fixture
def squared(qtbot, window):
    """The window with the line y = x, and squares."""
    window.tuning.set_settings(start=Point(1.0, 0.0))
    wait_until_trained(qtbot, window)
    choose(window, "Squares")
    return window


@pytest.mark.parametrize("k", [0, 2, 100])
def test_its_area_is_the_loss_and_the_note_says_so(squared, k):
    squared.session.playback.seek(k)
    mean, loss = squared.figure.data_fit.errors.mean, squared.session.playback.row.loss
    per_unit = abs(mean.sheet.scale_and_shift()[0][1])
    assert mean.box.width() * mean.box.height() / per_unit**2 == pytest.approx(loss)
    assert mean.note.toPlainText() == f"mean area:\nloss {loss:.4g}"


def test_it_stands_where_no_dots_are(squared):
    plot = squared.figure.data_fit
    for box in plot.errors.mean.taken:
        dots = plot._points.in_pixels(plot._points.points)
        inside = (dots > (box.left(), box.top())) & (dots < (box.right(), box.bottom()))
        assert not inside.all(axis=1).any()


@pytest.mark.parametrize("kind", ["None", "Sticks"])
def test_without_squares_there_is_none(squared, kind):
    choose(squared, kind)
    mean = squared.figure.data_fit.errors.mean
    assert mean.is_empty
    assert not mean.note.isVisible()


def test_it_makes_room_for_the_equation(squared):
    plot = squared.figure.data_fit
    choose(squared, "Line's equation")
    assert not any(map(box_of(plot.equation).intersects, plot.errors.mean.taken))


def test_one_that_would_hide_all_is_not_drawn(qtbot, squared):
    squared.tuning.set_settings(start=Point(-20.0, 0.0))
    wait_until_trained(qtbot, squared)
    squared.session.playback.seek(0)
    mean = squared.figure.data_fit.errors.mean
    assert mean.box.isEmpty()
    assert not mean.note.isVisible()
    assert np.isfinite(squared.session.playback.row.loss)

"""The words on the directions of the valley: readable, and in nobody's way."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from support import choose, wait_until_trained

from gdviz.core.descent.bowl import Point
from gdviz.ui.plots.drawing import free_places
from gdviz.ui.plots.drawing.free_places import box_of


@pytest.mark.parametrize("large", [False, True], ids=["usual type", "large type"])
@pytest.mark.parametrize("size", [(1024, 640), (1366, 768)])
@pytest.mark.parametrize("start", [Point(0, 0), Point(1.84, 0), Point(2, 20)])
def test_they_are_not_cut_and_cover_neither_each_other_nor_the_start(
    qtbot, window, start, size, large
):
    window.resize(*size)
    window.tuning.set_settings(with_bias=True, start=start)
    wait_until_trained(qtbot, window)
    choose(window, "Directions")
    if large:
        window.presenter.action.trigger()
    for _ in range(5):
        QApplication.processEvents()
    landscape = window.figure.landscape
    one, other = boxes = [box_of(note) for note in landscape._directions.notes]
    start_at = landscape.moving.pixel_of(*start)
    assert not one.intersects(other)
    for box in boxes:
        assert landscape.view.sceneBoundingRect().contains(box)
        assert not box.contains(*start_at)


def test_they_are_laid_out_where_no_step_is_seen(qtbot, window):
    window.tuning.set_settings(with_bias=True)
    wait_until_trained(qtbot, window)
    choose(window, "Directions")
    landscape = window.figure.landscape
    landscape._directions.lay_out(
        window.session.runs.experiment, np.empty((0, 2)), landscape.view.home
    )
    assert all(note.isVisible() for note in landscape._directions.notes)


def test_of_a_step_far_out_no_more_is_looked_at_than_what_is_seen(qtbot, window, monkeypatch):
    counts, costs = [], free_places._costs

    def counted(corners, size, seen, *others):
        counts.append(len(seen))
        return costs(corners, size, seen, *others)

    monkeypatch.setattr(free_places, "_costs", counted)
    window.tuning.set_settings(with_bias=True)
    wait_until_trained(qtbot, window)
    choose(window, "Directions")
    (left, right), (bottom, top) = home = window.figure.landscape.view.home
    middle = np.array([(left + right) / 2, (bottom + top) / 2])
    far = middle + 1e6 * np.array([right - left, top - bottom])
    window.figure.landscape._directions.lay_out(
        window.session.runs.experiment, np.array([middle, far]), home
    )
    assert max(counts) < 1000


def test_of_a_line_seen_from_near_no_more_is_looked_at_than_what_is_seen(
    qtbot, window, monkeypatch
):
    counts, costs = [], free_places._costs

    def counted(corners, *others):
        counts.append(len(corners))
        return costs(corners, *others)

    monkeypatch.setattr(free_places, "_costs", counted)
    window.tuning.set_settings(with_bias=True)
    wait_until_trained(qtbot, window)
    choose(window, "Directions")
    landscape = window.figure.landscape
    landscape.view.scaleBy((1e-4, 1e-4))
    landscape._directions.lay_out(
        window.session.runs.experiment, landscape._points, landscape.view.home
    )
    assert max(counts) < 5000
    assert all(note.isVisible() for note in landscape._directions.notes)


def test_words_are_where_no_dot_is_below_them():
    rng = np.random.default_rng(0)
    seen, corners = rng.uniform(0, 300, (400, 2)), rng.uniform(0, 300, (50, 2))
    covered = free_places._covered(corners, corners + np.array([40, 12]), seen)
    for (x, y), count in zip(corners.tolist(), covered.tolist(), strict=True):
        assert count == sum(x <= a <= x + 40 and y <= b <= y + 12 for a, b in seen.tolist())

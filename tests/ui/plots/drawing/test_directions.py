"""The words on the directions of the valley: readable, and in nobody's way."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from support import choose, wait_until_trained

from gdviz.core.descent.bowl import Point
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

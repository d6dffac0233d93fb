"""One row that is pointed at: a ring, its error, and a note that finds a free place."""

import pytest
from PySide6.QtCore import QRectF
from support import choose, pixels, wait_until_trained

from gdviz.core.words.row_errors import row_error
from gdviz.ui.plots.drawing.free_places import box_of
from gdviz.ui.theme import LIGHT


def note_of(window):
    """Return what is said beside the dot; nothing where no note is seen."""
    note = window.figure.data_fit.errors.pointed.note
    return note.toPlainText() if note.isVisible() else ""


def colour_at(plot, place):
    """Return the colour of a place among the view's pixels."""
    x, y = map(round, place)
    return pixels(plot.grab().toImage())[y, x].tolist()


@pytest.mark.parametrize("k", [0, 1, 7, 100])
@pytest.mark.parametrize("number", [1, 4, 30])
def test_the_note_says_the_error_of_the_line_now(window, pizza, number, k):
    window.figure.data_fit.point_at(number)
    window.session.playback.seek(k)
    row = window.session.playback.row
    x, y = pizza.x[number - 1], pizza.y[number - 1]
    assert note_of(window) == str(row_error(row.weight, row.bias, x, y))
    ring, stick = (
        window.figure.data_fit.errors.pointed.ring,
        window.figure.data_fit.errors.pointed.error,
    )
    assert ring.points.tolist() == [[x, y]]
    assert stick.points.tolist() == [[x, y], [x, row.weight * x + row.bias]]


@pytest.mark.parametrize("number", [0, 31])
def test_no_row_is_nothing_to_point_at(window, number):
    window.figure.data_fit.point_at(1)
    window.figure.data_fit.point_at(number)
    assert not note_of(window)
    assert window.figure.data_fit.errors.pointed.ring.is_empty
    assert window.figure.data_fit.errors.pointed.error.is_empty


@pytest.mark.parametrize("size", [(1024, 640), (1366, 768)])
@pytest.mark.parametrize("kind", ["None", "Sticks", "Squares"])
def test_the_note_covers_neither_its_dot_nor_other_words_and_is_never_cut(window, kind, size):
    window.resize(*size)
    choose(window, kind)
    plot = window.figure.data_fit
    for number in range(1, 31, 3):
        plot.point_at(number)
        for k in (0, 2, 20):
            window.session.playback.seek(k)
            box, dot = box_of(plot.errors.pointed.note), plot.errors.pointed.ring
            room = plot.view.sceneBoundingRect()
            assert room.contains(box)
            x, y = dot.in_pixels(dot.points)[0]
            reach = dot.reach_px / 2
            assert not box.intersects(QRectF(x - reach, y - reach, 2 * reach, 2 * reach))
            assert not any(map(box.intersects, plot.errors.mean.taken))


def test_the_note_stays_while_nothing_comes_in_its_way(window):
    plot, places = window.figure.data_fit, []
    plot.point_at(1)
    for position in range(20, 100):
        window.session.playback.seek(position)
        places.append(box_of(plot.errors.pointed.note).topLeft().toTuple())
    assert len({(round(x), round(y)) for x, y in places}) == 1


def test_with_squares_that_of_the_row_stands_out(window):
    choose(window, "Squares")
    plot = window.figure.data_fit
    plot.point_at(4)
    window.session.playback.seek(3)
    (x, top), (_, bottom) = plot.errors.pointed.error.in_pixels(plot.errors.pointed.error.points)
    inside = x - (bottom - top) / 2, top + (bottom - top) / 8
    assert LIGHT.name == plot.theme.name
    with_it = colour_at(plot, inside)
    plot.point_at(0)
    without = colour_at(plot, inside)
    assert sum(with_it) < sum(without) < 3 * 255


def test_it_follows_a_row_that_is_dragged(qtbot, window):
    plot = window.figure.data_fit
    plot.point_at(1)
    plot.editing.point_moved.emit(0, 20.0, 40.0)
    wait_until_trained(qtbot, window)
    window.session.playback.seek(0)
    assert "really 40" in note_of(window)
    assert plot.errors.pointed.ring.points.tolist() == [[20, 40]]

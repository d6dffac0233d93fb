"""Pictures that would be too narrow or too low are behind tabs, and as up to date as others."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QTabBar

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.run import Run
from gdviz.ui.features.export.pictures import picture
from gdviz.ui.plots.figure import Figure
from gdviz.ui.plots.picture_row import AGAIN, least_size
from gdviz.ui.theme import LIGHT, with_larger_type

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def figure(qtbot, pizza):
    figure = Figure(LIGHT)
    qtbot.addWidget(figure)
    figure.resize(1000, 600)
    figure.show()
    qtbot.waitExposed(figure)
    experiment = Experiment(pizza, 30, with_bias=True)
    record = run(experiment)[0].record
    figure.set_experiment(experiment)
    figure.show_view("landscape", True)
    figure.turn_to(figure.loss_curve)
    figure.show_row(record, record.at(4), 4, finished=True)
    return figure


def resize(figure, widths, heights):
    """Give a figure the room of so many pictures that can just be read."""
    wide, high = least_size(LIGHT)
    figure.resize(round(widths * wide), round(heights * high))
    QApplication.processEvents()


def seen(figure):
    """Return the names of the pictures on the screen, which are those that `shown` says."""
    names = [view.objectName() for view in figure.views if view.isVisible()]
    assert names == [view.objectName() for view in figure.shown]
    return names


def tabs(figure):
    """Return the visible bars of tabs, the topmost first."""
    bars = [bar for bar in figure.findChildren(QTabBar) if bar.isVisible()]
    return sorted(bars, key=lambda bar: bar.mapTo(figure, bar.rect().topLeft()).y())


def titles(bar):
    return [bar.tabText(index) for index in range(bar.count())]


def click(qtbot, bar, title):
    place = bar.tabRect(titles(bar).index(title)).center()
    qtbot.mouseClick(bar, LEFT, pos=place)


NARROW, ROOMY = (1.9, 4), (3.3, 4.4)
ALL = ["loss_curve", "landscape", "data_fit", "loss_history"]


def test_with_room_all_are_side_by_side(figure):
    assert seen(figure) == ALL
    assert not tabs(figure)


def test_narrow_pictures_are_behind_tabs_with_their_titles(figure):
    resize(figure, *NARROW)
    assert seen(figure) == ["loss_curve", "data_fit"]
    assert [titles(bar) for bar in tabs(figure)] == [
        ["Loss curve", "Landscape"], ["Data", "Loss by iteration"],
    ]  # fmt: skip
    resize(figure, *ROOMY)
    assert seen(figure) == ALL
    assert not tabs(figure)


def test_a_width_in_between_changes_nothing(figure):
    between, narrow = 1 + AGAIN, 1.98
    resize(figure, between, 4)
    assert not tabs(figure)
    resize(figure, narrow, 4)
    resize(figure, between, 4)
    assert len(tabs(figure)) == 2


def test_what_went_for_a_dock_comes_back_when_it_goes(figure):
    between = 1 + AGAIN
    resize(figure, between, 4)
    resize(figure, *NARROW)
    assert len(tabs(figure)) == 2
    resize(figure, between, 4)
    assert not tabs(figure)


def test_larger_type_asks_for_more_width(figure):
    figure.set_theme(with_larger_type(LIGHT, 2.0))
    QApplication.processEvents()
    assert tabs(figure)
    figure.set_theme(LIGHT)
    QApplication.processEvents()
    assert not tabs(figure)


def test_a_low_figure_has_one_row(figure, qtbot):
    resize(figure, 2, 1.9)
    (bar,) = tabs(figure)
    assert titles(bar) == ["Loss curve", "Landscape", "Data", "Loss by iteration"]
    assert figure.loss_curve.height() > least_size(LIGHT)[1]
    click(qtbot, bar, "Data")
    assert seen(figure) == ["data_fit"]
    resize(figure, 5, 1.9)
    assert seen(figure) == ALL
    resize(figure, *ROOMY)
    assert seen(figure) == ALL
    assert figure.data_fit.y() == figure.loss_history.y()
    assert figure.data_fit.mapTo(figure, figure.rect().topLeft()).y() > 200


def drag(qtbot, splitter, by):
    """Drag the first handle of a splitter."""
    handle = splitter.handle(1)
    start = handle.rect().center()
    way = QPoint(by, 0) if splitter.orientation() is Qt.Orientation.Horizontal else QPoint(0, by)
    qtbot.mousePress(handle, LEFT, pos=start)
    qtbot.mouseMove(handle, start + way)
    qtbot.mouseRelease(handle, LEFT, pos=start + way)
    QApplication.processEvents()


@pytest.mark.parametrize("by", [-900, 900])
@pytest.mark.parametrize("which", [0, 1, 2], ids=["rows", "upper", "lower"])
@pytest.mark.parametrize("room", [ROOMY, NARROW, (2.2, 2.2)], ids=["roomy", "tabs", "just"])
def test_no_picture_is_dragged_to_a_size_at_which_it_cannot_be_read(figure, qtbot, which, by, room):
    resize(figure, *room)
    names = seen(figure)
    drag(qtbot, figure.splitters[which], by)
    assert seen(figure) == names
    wide, high = least_size(LIGHT)
    for view in figure.shown:
        assert view.width() >= int(wide), view.objectName()
        assert view.height() >= int(high), view.objectName()
    # The figure itself becomes smaller all the same.
    resize(figure, 1.02, 1.9)
    assert len(seen(figure)) == 1
    assert figure.width() == round(1.02 * wide)


def test_the_pictures_of_a_drawing_are_as_large_as_it_is(figure):
    drawing = Figure(LIGHT)
    drawing.arrange_as(figure)
    drawing.resize(400, 200)
    image = drawing.grab()
    assert image.size().toTuple() == (400, 200)
    boxes = [QRect(view.mapTo(drawing, QPoint()), view.size()) for view in drawing.shown]
    assert all(drawing.rect().contains(box) for box in boxes)
    assert not any(a.intersects(b) for a, b in combinations(boxes, 2))
    drawing.deleteLater()


def test_a_picture_is_drawn_when_its_tab_is_chosen(figure, qtbot):
    resize(figure, *NARROW)
    record = run(Experiment(figure.data_fit._dataset, 40, with_bias=True))[0].record
    figure.set_experiment(Experiment(figure.data_fit._dataset, 40, with_bias=True))
    figure.show_row(record, record.at(9), 9, finished=True)
    assert figure.landscape._record is not record
    click(qtbot, tabs(figure)[0], "Landscape")
    assert seen(figure) == ["landscape", "data_fit"]
    assert figure.landscape._record is record
    row = record.at(9)
    assert figure.landscape._hiker.points.tolist() == [[row.weight, row.bias]]
    click(qtbot, tabs(figure)[1], "Loss by iteration")
    assert figure.loss_history._dot.points.tolist() == [[9, row.loss]]


def laid_out(monkeypatch, view):
    """Return a list that gets longer whenever a picture is laid out."""
    times, set_record = [], view.set_record
    monkeypatch.setattr(
        view, "set_record", lambda record: (times.append(record), set_record(record))
    )
    return times


def test_kept_runs_are_laid_out_only_in_what_is_seen(figure, monkeypatch, pizza):
    experiment = Experiment(pizza, 20, with_bias=True)
    kept = Run(experiment, run(experiment)[0].record, name="other", number=0)
    resize(figure, 1.5, 4)
    seen, behind = laid_out(monkeypatch, figure.loss_curve), laid_out(monkeypatch, figure.landscape)
    figure.set_kept([kept])
    assert (len(seen), len(behind)) == (1, 0)
    assert not figure.landscape.kept
    figure.turn_to(figure.landscape)
    assert len(behind) == 1
    assert figure.landscape.kept == [kept]


def test_pictures_are_taken_away_in_one_go(figure, monkeypatch):
    set_pictures, times = figure._upper.set_pictures, []
    monkeypatch.setattr(
        figure._upper, "set_pictures", lambda views: (times.append(views), set_pictures(views))
    )
    figure.take_away([figure.landscape, figure.data_fit])
    assert times == [[figure.loss_curve]]
    figure.take_away([])
    assert len(times) == 2
    assert {"landscape", "data_fit"} <= {view.objectName() for view in figure.shown}


def test_keys_choose_a_tab_and_the_choice_stays(figure, qtbot):
    resize(figure, *NARROW)
    bar = tabs(figure)[0]
    assert bar.accessibleName()
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert seen(figure)[0] == "landscape"
    resize(figure, *ROOMY)
    resize(figure, *NARROW)
    assert seen(figure)[0] == "landscape"


def test_a_picture_that_is_asked_for_comes_before_the_others(figure):
    resize(figure, *NARROW)
    figure.show_view("landscape", False)
    figure.show_view("surface", True)
    assert "surface" in seen(figure)


def test_what_is_behind_a_tab_is_on_no_exported_picture(figure):
    resize(figure, *NARROW)
    drawn = picture(figure)
    below = figure.loss_curve.mapTo(figure, figure.loss_curve.rect().bottomRight()).y()
    top = figure.loss_curve.mapTo(figure, figure.loss_curve.rect().topLeft()).y()
    alone = picture(figure.loss_curve)
    assert drawn.copy(0, top, figure.loss_curve.width(), below - top + 1) == alone


def test_tabs_are_all_seen_where_a_picture_can_be_read(figure):
    resize(figure, 1.02, 1.9)
    (bar,) = tabs(figure)
    assert bar.count() == 4
    assert bar.rect().contains(bar.tabRect(3))
    resize(figure, 2, 1.9)
    assert bar.rect().contains(bar.tabRect(3))


def test_the_history_alone_needs_less_height_than_pictures_do(figure):
    figure.show_view("landscape", False)
    resize(figure, 2.5, 1.8)
    assert not tabs(figure)
    above, below = (
        view.mapTo(figure, QPoint()).y() for view in (figure.loss_curve, figure.loss_history)
    )
    assert above < below
    figure.show_view("landscape", True)
    QApplication.processEvents()
    assert len(tabs(figure)) == 1

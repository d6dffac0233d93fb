"""A key ends a drag, and so does what takes the focus: the button's release may never come."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from support import child, choose, pixel, wait_until_trained

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
NAMES = ["hiker", "line", "point", "landscape", "surface"]


class Drag:
    """A thing in a picture that the mouse has taken hold of, and its way."""

    def __init__(self, window, name):
        self.window = window
        self.stack = window.session.undo.stack
        figure = window.figure
        row = window.session.playback.row
        views = {"landscape": figure.landscape, "surface": figure.surface}
        self.plot = views.get(name, figure.loss_curve if name == "hiker" else figure.data_fit)
        match name:
            case "hiker":
                start, way = (row.weight, row.loss), [(0.5, 600), (1.0, 400)]
            case "line":
                start, way = (10, row.weight * 10 + row.bias), [(10, 8), (10, 12)]
            case "point":
                x, y = self.state[0]
                start, way = (x, y), [(x + 1, y + 2), (x + 2, y + 4)]
            case _:
                start, way = (row.weight, row.bias), [(0.3, 2), (0.6, 4)]
        if name == "surface":
            panorama = self.plot._seen().panorama
            hiker = panorama.trace(panorama.relief.place(row.weight, row.bias))
            place = QPointF(*hiker.places[0]).toPoint()
            self.start, self.way = place, [place + QPoint(9, 0), place + QPoint(18, 3)]
        else:
            self.start = pixel(self.plot, *start)
            self.way = [pixel(self.plot, *place) for place in way]
        self.before = self.state

    @property
    def state(self):
        """All that a drag can change."""
        experiment = self.window.session.runs.experiment
        data = zip(experiment.dataset.x.tolist(), experiment.dataset.y.tolist(), strict=True)
        return [*data, experiment.start]

    @property
    def is_on(self):
        """Whether anything waits for the button to be let go."""
        still = [
            getattr(view, "held_still", None) or getattr(view, "_held_still", None)
            for view in self.window.figure.views
        ]
        return self.window.session.undo.held or any(still)

    def begin(self):
        assert self.plot.isVisible()
        self.plot.setFocus()
        QTest.mousePress(self.plot.viewport(), LEFT, pos=self.start)
        self.move_on()
        assert self.is_on
        assert self.state != self.before

    def move_on(self):
        for place in self.way:
            QTest.mouseMove(self.plot.viewport(), place)
            QApplication.processEvents()

    def end(self):
        QTest.mouseRelease(self.plot.viewport(), LEFT, pos=self.way[-1])
        QApplication.processEvents()


@pytest.fixture(params=NAMES)
def drag(request, window, qtbot):
    if request.param in ("landscape", "surface"):
        window.tuning.set_settings(with_bias=True)
        if request.param not in window.figure.chosen:
            choose(window, request.param.capitalize())
        window.figure.turn_to(getattr(window.figure, request.param))
        wait_until_trained(qtbot, window)
        QApplication.processEvents()
    drag = Drag(window, request.param)
    drag.begin()
    return drag


def test_undo_takes_the_drag_back_and_the_mouse_holds_nothing(drag, qtbot):
    qtbot.keyClick(drag.plot, Qt.Key.Key_Z, CTRL)
    assert not drag.is_on
    assert drag.state == drag.before
    drag.move_on()
    drag.end()
    assert drag.state == drag.before


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_what_opens_beside_it_ends_it(drag):
    menu = QMenu(drag.window)
    menu.addAction("anything")
    menu.popup(drag.window.mapToGlobal(drag.window.rect().center()))
    assert not drag.is_on
    left = drag.state
    assert left != drag.before
    menu.close()
    drag.move_on()
    assert drag.state == left
    drag.end()
    assert drag.state == left


def test_a_dialog_that_is_asked_for_by_key_ends_it(drag, qtbot):
    qtbot.keyClick(drag.plot, Qt.Key.Key_N, CTRL)
    child(drag.window, "generate_dialog").reject()
    assert not drag.is_on
    # Each change that follows is a step of its own.
    count = drag.stack.count()
    drag.window.tuning.set_settings(iterations=55)
    drag.window.tuning.set_settings(learning_rate=0.0005)
    assert drag.stack.count() == count + 2


def test_a_key_that_is_held_ends_nothing(drag, qtbot):
    for key in (Qt.Key.Key_Shift, Qt.Key.Key_Control):
        qtbot.keyClick(drag.plot, key)
    assert drag.is_on
    drag.end()
    assert not drag.is_on


def test_a_point_that_is_deleted_in_a_drag_comes_back_where_it_was_dropped(window, qtbot):
    drag = Drag(window, "point")
    drag.begin()
    dropped, rows = drag.state, len(window.session.runs.experiment.dataset)
    qtbot.keyClick(drag.plot, Qt.Key.Key_Delete)
    assert not drag.is_on
    assert len(window.session.runs.experiment.dataset) == rows - 1
    drag.move_on()
    drag.end()
    texts = [drag.stack.text(index) for index in range(drag.stack.count())]
    assert texts == ["move a point", "delete a point"]
    drag.stack.undo()
    assert drag.state == dropped
    drag.stack.undo()
    assert drag.state == drag.before
    assert child(window, "data_fit") is drag.plot

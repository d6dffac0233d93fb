"""What a chapter hides stays hidden, what it lights stays lit, and all is as it was afterwards."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from support import child, wait_until_trained

from gdviz.core.descent.methods import Adam, GradientDescent
from gdviz.core.lessons.chapter import MARKS, PARTS, Setup
from gdviz.ui.widgets.spotlight import Spotlight


@pytest.fixture
def stage(window):
    window.tuning.panel.more_settings.setChecked(True)
    QApplication.processEvents()
    return window.teaching._stage


def is_seen(window, name):
    return child(window, name).isVisible()


def seen(window):
    """Return the names of all that is seen."""
    return {w.objectName() for w in window.findChildren(QWidget) if w.isVisible()} & {*PARTS}


def lit(window):
    return {light.objectName() for light in window.findChildren(Spotlight) if light.isVisible()}


def do_much(window, qtbot):
    """Do what has the window show other parts."""
    more = window.tuning.panel.more_settings
    for change in (
        {"with_bias": True}, {"standardise": True}, {"method": Adam(), "batch_size": 5},
        {"learning_rate": 100.0, "method": GradientDescent()}, {"learning_rate": 0.001},
        {"batch_size": None, "standardise": False}, {"with_bias": False},
    ):  # fmt: skip
        window.tuning.set_settings(**change)
        wait_until_trained(qtbot, window)
        window.session.playback.step(1)
        yield
    for is_open in (False, True):
        more.setChecked(is_open)
        yield


@pytest.mark.parametrize("name", [name for name in PARTS if name != "more_settings"])
def test_what_is_hidden_stays_hidden_whatever_happens(window, qtbot, stage, name):
    before = seen(window)
    stage.apply(Setup(hide=(name,)))
    assert not is_seen(window, name)
    for _ in do_much(window, qtbot):
        assert not is_seen(window, name)
    stage.apply(Setup(hide=()))
    QApplication.processEvents()
    assert seen(window) == before


def test_what_a_change_does_not_name_stays(window, stage):
    stage.apply(Setup(hide=("transport", "slope"), light=("weight",)))
    lights = lit(window)
    stage.apply(Setup())
    assert not is_seen(window, "transport")
    assert lit(window) == lights == {"spotlight_weight"}
    stage.apply(Setup(light=("play", "loss_curve")))
    assert not is_seen(window, "transport")
    stage.apply(Setup(hide=("slope",)))
    assert is_seen(window, "transport")
    assert not is_seen(window, "slope")
    stage.clear()
    assert is_seen(window, "slope")
    assert lit(window) == set()


def test_hidden_parts_that_stay_hidden_are_left_alone(window, stage):
    """Else the focus would go, and the window would be laid out anew."""
    stage.apply(Setup(hide=("tolerance",)))
    box = child(window, "learning_rate")
    box.setFocus()
    stage.apply(Setup(hide=("tolerance", "iterations")))
    assert box.hasFocus()


def test_a_number_that_is_not_needed_any_more_does_not_come_back(window, qtbot, stage):
    window.tuning.set_settings(method=Adam())
    wait_until_trained(qtbot, window)
    assert is_seen(window, "step")
    stage.apply(Setup(hide=("step", "seed", "batches")))
    window.tuning.set_settings(method=GradientDescent())
    stage.clear()
    assert not is_seen(window, "step")
    assert not is_seen(window, "seed")
    assert is_seen(window, "batches")


def test_marks_are_hidden_in_the_pictures(window, stage):
    for names in (MARKS, ("tangent",), ()):
        stage.apply(Setup(hide=names))
        assert window.figure.loss_curve.unseen == {*names}
    stage.apply(Setup(hide=("minimum", "data_fit")))
    assert not is_seen(window, "data_fit")
    stage.clear()
    assert window.figure.loss_curve.unseen == set()
    assert is_seen(window, "data_fit")


def test_with_a_box_its_label_goes_and_comes(window, stage):
    def labels():
        box = child(window, "iterations")
        return [label for label in window.findChildren(QLabel)
                if label.buddy() is box and label.isVisible()]  # fmt: skip

    assert labels()
    stage.apply(Setup(hide=("iterations",)))
    assert not labels()
    stage.clear()
    assert labels()


def test_large_type_goes_unless_the_learner_had_it(window, stage):
    large = window.presenter.action
    stage.enlarge()
    assert large.isChecked()
    stage.clear()
    assert not large.isChecked()
    large.setChecked(True)
    stage.enlarge()
    stage.clear()
    assert large.isChecked()


def test_pictures_are_seen_as_at_first_when_a_chapter_is_over(window, qtbot, stage):
    view = window.figure.loss_curve.view
    home = view.viewRange()
    view.scaleBy((0.5, 0.5))
    stage.clear()
    qtbot.waitUntil(lambda: view.viewRange() == home)
    assert QApplication.focusWidget() is not None
    qtbot.keyClick(window, Qt.Key.Key_Right)
    assert window.session.playback.iteration == 1

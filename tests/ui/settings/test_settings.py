"""Every setting can be chosen with mouse and keys, shows in the run, and can be undone."""

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QCheckBox, QComboBox, QLabel, QWidget
from support import child, other_value, press, text, type_into, wait_until_trained

from gdviz.core.descent import textbook
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.methods import METHODS, GradientDescent, Momentum
from gdviz.core.descent.rates import Zone
from gdviz.core.descent.settings import SETTINGS, hyperparameters, values
from gdviz.core.words.glossary import explained
from gdviz.ui.preferences import Preferences
from gdviz.ui.settings.form import Form
from gdviz.ui.settings.method_box import MethodBox
from gdviz.ui.shell.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def settings(window, qtbot):
    """Open what a first look doesn't need."""
    press(qtbot, window, "more_settings")
    return lambda: window.session.runs.experiment


def choose(qtbot, window, name, label):
    child(window, name).setCurrentText(label)
    wait_until_trained(qtbot, window)


def tick(qtbot, window, name):
    box = child(window, name)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center().__class__(8, 8))
    wait_until_trained(qtbot, window)


# The table: a row that is forgotten somewhere fails here


def pick(qtbot, window, setting):
    """Choose another value for a setting as a user does."""
    box = child(window, setting.name)
    match box:
        case QCheckBox():
            tick(qtbot, window, setting.name)
        case QComboBox():
            choose(qtbot, window, setting.name, METHODS[other_value(setting)].label)
        case _:
            type_into(qtbot, window, setting.name, str(other_value(setting)))


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_each_setting_is_chosen_asked_about_remembered_and_undone(window, qtbot, settings, setting):
    if setting.name in ("batch_size", "seed"):
        choose(qtbot, window, "batches", "mini-batches")
    before = setting.default if setting.name == "batch_size" else setting.of(settings())
    pick(qtbot, window, setting)
    experiment = settings()
    assert setting.of(experiment) == other_value(setting) != before
    assert window.teaching._facts(setting.name) == other_value(setting)
    preferences = Preferences()
    preferences.set_experiment(experiment)
    preferences.save()
    assert values(Preferences().experiment(experiment.dataset)) == values(experiment)
    undo = window.session.undo.stack
    assert (setting.place or setting.name).split(".")[0].replace("_", " ") in undo.undoText()
    undo.undo()
    wait_until_trained(qtbot, window)
    assert setting.of(settings()) == before


def test_each_setting_has_a_control_with_its_label_and_range(window, qtbot, settings):
    choose(qtbot, window, "batches", "mini-batches")
    assert settings().in_batches
    panel = child(window, "settings")
    assert panel.widget().minimumSizeHint().width() <= panel.viewport().width()
    labels = {label.buddy(): label.text() for label in window.findChildren(QLabel)}
    for setting in SETTINGS.values():
        box = child(window, setting.name)
        assert box.toolTip() == explained(setting.label, setting.help)
        label = box.text() if isinstance(box, QCheckBox) else labels.get(box, box.accessibleName())
        assert label == setting.label
        if setting.kind in (int, float):
            zero_is_off = setting.off and box.specialValueText()
            assert box.minimum() == (0 if zero_is_off else setting.low)
            assert box.maximum() == setting.high


@pytest.mark.usefixtures("settings")
def test_all_labels_stand_in_one_column_and_all_boxes_in_another(window, qtbot):
    choose(qtbot, window, "method", "Adam")
    choose(qtbot, window, "batches", "mini-batches")
    panel = child(window, "panel")
    labels = [label for label in panel.findChildren(QLabel) if label.buddy() and label.isVisible()]
    boxes = [label.buddy() for label in labels]
    assert len(boxes) > 8
    assert len({label.x() for label in labels}) == 1
    assert len({(box.x(), box.width()) for box in boxes}) == 1


def test_what_ends_the_panel_is_never_hidden(window, settings):
    window.resize(1024, 560)
    QApplication.processEvents()
    bar = child(window, "settings").verticalScrollBar()
    assert bar.isVisible()
    for name in ("keep", "outcome"):
        part = child(window, name)
        assert part.visibleRegion().boundingRect() == part.rect()
    assert settings().iterations == 100


@pytest.mark.parametrize("kind", METHODS.values(), ids=METHODS)
def test_each_hyperparameter_has_a_control_with_its_label_and_range(qtbot, kind):
    panel, form = QWidget(), Form()
    qtbot.addWidget(panel)
    panel.setLayout(form)
    MethodBox(form).set_method(kind())
    labels = {label.buddy().objectName(): label.text() for label in panel.findChildren(QLabel)}
    rows = hyperparameters(kind)
    assert labels == {row.name: row.label for row in (SETTINGS["method"], *rows)}
    for row in rows:
        control = child(panel, row.name)
        assert (control.minimum(), control.maximum()) == (row.low, row.high)
        assert control.toolTip() == row.help


# The bias


def test_with_the_bias_the_window_shows_the_lessons_numbers(window, qtbot):
    tick(qtbot, window, "with_bias")
    type_into(qtbot, window, "iterations", "20000")
    press(qtbot, window, "to_end")
    assert (text(window, "weight"), text(window, "bias")) == ("1.0811", "13.1723")
    assert text(window, "loss") == "22.8427"
    row = window.session.playback.row
    assert f"w={row.weight:.10f}, b={row.bias:.10f}" == "w=1.0811301700, b=13.1722676564"


def test_the_bias_brings_the_landscape_and_a_second_line(window, qtbot):
    names = ("landscape", "bias", "bias_slope", "next_bias")
    assert not any(child(window, name).isVisible() for name in names)
    tick(qtbot, window, "with_bias")
    assert all(child(window, name).isVisible() for name in names)
    tick(qtbot, window, "with_bias")
    assert not any(child(window, name).isVisible() for name in names)


def test_both_slopes_are_those_of_the_lesson(window, qtbot, pizza):
    tick(qtbot, window, "with_bias")
    window.session.playback.seek(7)
    row = window.session.playback.row
    slopes = textbook.gradients(pizza.x, pizza.y, row.weight, row.bias)
    assert (row.weight_gradient, row.bias_gradient) == pytest.approx(slopes, rel=1e-12)
    minus = "\N{MINUS SIGN}"
    assert text(window, "slope") == f"{slopes[0]:.4f}".replace("-", minus)
    assert text(window, "bias_slope") == f"{slopes[1]:.4f}".replace("-", minus)


@pytest.mark.parametrize("along_bias", [False, True])
def test_the_loss_curve_is_the_slice_through_the_hiker(window, qtbot, pizza, along_bias):
    tick(qtbot, window, "with_bias")
    window.viewing.switches["along_bias"].setChecked(along_bias)
    for iteration in (0, 50, 100):
        window.session.playback.seek(iteration)
        row = window.session.playback.row
        values, losses = window.figure.loss_curve._curve.points.T
        lines = [(row.weight, v) if along_bias else (v, row.bias) for v in values]
        expected = np.array([textbook.loss(pizza.x, pizza.y, *line) for line in lines])
        np.testing.assert_allclose(losses, expected, rtol=1e-9)
        left, right = window.figure.loss_curve._tangent.points
        slope = row.bias_gradient if along_bias else row.weight_gradient
        assert (right - left)[1] / (right - left)[0] == pytest.approx(slope, rel=1e-6)


def test_without_the_bias_there_is_no_slice_along_it(window, qtbot):
    assert not window.viewing.switches["along_bias"].isEnabled()
    tick(qtbot, window, "with_bias")
    window.viewing.switches["along_bias"].trigger()
    assert window.figure.loss_curve.bottom.labelText == "bias b"
    tick(qtbot, window, "with_bias")
    assert not window.viewing.switches["along_bias"].isEnabled()
    assert window.figure.loss_curve.bottom.labelText == "weight w"


# The start


def test_start_values_are_typed_negative_ones_too(window, qtbot, settings):
    type_into(qtbot, window, "start_weight", "-2.5")
    type_into(qtbot, window, "start_bias", "4")
    assert settings().start == Point(-2.5, 4.0)
    assert window.session.runs.record[0][1:3] == (-2.5, 4.0)


def scene_place(plot, x, y):
    """Return where a place of a plot is in its widget."""
    scene = plot.view.mapViewToScene(plot.view.boundingRect().center().__class__(x, y))
    return plot.mapFromScene(scene)


def test_a_double_click_in_the_loss_curve_starts_there(window, qtbot, settings):
    curve = window.figure.loss_curve
    place = scene_place(curve, 3.0, 500.0)
    qtbot.mouseDClick(curve.viewport(), Qt.MouseButton.LeftButton, pos=place)
    wait_until_trained(qtbot, window)
    assert settings().start.weight == pytest.approx(3.0, abs=0.02)
    assert settings().start.bias == 0


def test_the_start_is_dragged_along_the_loss_curve(window, qtbot, settings):
    curve = window.figure.loss_curve
    row = window.session.runs.record[0]
    before = scene_place(curve, row.weight, row.loss)
    after = scene_place(curve, 3.5, 500.0)
    viewport, left = curve.viewport(), Qt.MouseButton.LeftButton
    qtbot.mousePress(viewport, left, pos=before)
    qtbot.mouseMove(viewport, after)
    qtbot.mouseRelease(viewport, left, pos=after)
    wait_until_trained(qtbot, window)
    assert settings().start.weight == pytest.approx(3.5, abs=0.02)


# Methods


@pytest.mark.parametrize("kind", METHODS.values(), ids=METHODS)
def test_a_chosen_method_shows_its_hyperparameters_and_only_those(window, qtbot, kind):
    choose(qtbot, window, "method", kind.label)
    assert window.session.runs.experiment.method == kind()
    panel = child(window, "method").parentWidget()
    shown = {
        box.objectName(): box.value()
        for box in panel.findChildren(QAbstractSpinBox)
        if box.isVisible() and box.objectName() not in SETTINGS
    }
    assert shown == dataclasses.asdict(kind())


def test_a_hyperparameter_is_typed_and_bounded(window, qtbot):
    choose(qtbot, window, "method", "Momentum")
    type_into(qtbot, window, "momentum", "0.5")
    assert window.session.runs.experiment.method == Momentum(0.5)
    type_into(qtbot, window, "momentum", "1.5")
    child(window, "iterations").setFocus()
    assert window.session.runs.experiment.method.momentum < 1


def test_a_method_box_keeps_the_box_that_is_typed_into(qtbot):
    panel, form = QWidget(), Form()
    qtbot.addWidget(panel)
    panel.setLayout(form)
    box = MethodBox(form)
    box.set_method(Momentum(0.5))
    known = child(panel, "momentum")
    box.set_method(Momentum(0.7))
    assert child(panel, "momentum") is known
    assert box.values() == {"method": "momentum", "momentum": 0.7}


# Batches and scale


def test_mini_batches_have_a_size_and_a_seed(window, qtbot, settings):
    assert not child(window, "batch_size").isVisible()
    choose(qtbot, window, "batches", "mini-batches")
    type_into(qtbot, window, "batch_size", "7")
    type_into(qtbot, window, "seed", "3")
    assert (settings().batch_size, settings().seed) == (7, 3)
    choose(qtbot, window, "batches", "single rows")
    assert settings().batch_size == 1
    choose(qtbot, window, "batches", "all rows")
    assert settings().batch_size is None
    assert not child(window, "seed").isVisible()


def test_step_search_takes_no_batches(window, qtbot, settings):
    choose(qtbot, window, "batches", "single rows")
    choose(qtbot, window, "method", "Step search")
    assert settings().batch_size is None
    assert not child(window, "batches").isEnabled()


def test_standardising_brings_the_bias_and_shows_both_scales(window, qtbot, settings, pizza):
    tick(qtbot, window, "standardise")
    assert (settings().standardise, settings().with_bias) == (True, True)
    type_into(qtbot, window, "learning_rate", "0.4")
    press(qtbot, window, "to_end")
    slope, height = np.polyfit(pizza.x, pizza.y, 1)
    assert (text(window, "weight"), text(window, "bias")) == (f"{slope:.4f}", f"{height:.4f}")
    assert text(window, "scaled_weight") == f"{slope * pizza.x.std():.4f}"
    assert text(window, "scaled_bias") == f"{pizza.y.mean():.4f}"
    assert settings().scaled_bowl.condition == pytest.approx(1)
    tick(qtbot, window, "with_bias")
    assert (settings().standardise, settings().with_bias) == (False, False)
    assert not child(window, "standardise").isChecked()


# Undo


def test_every_change_is_undone_and_redone(window, qtbot, settings):
    before = settings()
    tick(qtbot, window, "with_bias")
    type_into(qtbot, window, "learning_rate", "0.002")
    choose(qtbot, window, "method", "Adam")
    type_into(qtbot, window, "start_weight", "-1")
    after = settings()
    undone = 0
    while window.session.undo.stack.canUndo():
        qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
        undone += 1
    wait_until_trained(qtbot, window)
    assert undone >= 4
    assert settings() is before
    assert type(settings().method) is GradientDescent
    assert child(window, "learning_rate").value() == 0.001
    assert child(window, "method").currentText() == "Gradient descent"
    while window.session.undo.stack.canRedo():
        qtbot.keyClick(window, Qt.Key.Key_Z, CTRL_SHIFT)
    wait_until_trained(qtbot, window)
    assert settings() is after
    assert child(window, "start_weight").value() == -1


def test_undo_names_what_it_undoes(window, qtbot):
    type_into(qtbot, window, "iterations", "7")
    assert window.session.undo.stack.undoText() == "iterations"


def test_what_changes_nothing_is_no_step_to_undo(window):
    window.tuning.set_settings(iterations=window.session.runs.experiment.iterations)
    assert not window.session.undo.stack.canUndo()


# Remembered


def test_all_settings_are_remembered(window, qtbot, settings):
    tick(qtbot, window, "with_bias")
    choose(qtbot, window, "method", "RMSProp")
    type_into(qtbot, window, "alpha", "0.5")
    type_into(qtbot, window, "start_bias", "3")
    choose(qtbot, window, "batches", "mini-batches")
    type_into(qtbot, window, "batch_size", "4")
    expected = dataclasses.replace(settings())
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    remembered = again.session.runs.experiment
    for field in dataclasses.fields(expected):
        if field.name != "dataset":
            assert getattr(remembered, field.name) == getattr(expected, field.name)
    assert not again.findChild(QComboBox, "method").signalsBlocked()
    again.close()


# What is offered to a run that takes too long


def test_one_click_takes_a_creeping_run_to_the_best_rate_and_one_undo_takes_it_back(window, qtbot):
    offer = child(window, "offer")
    assert not offer.isVisible()
    type_into(qtbot, window, "learning_rate", "1e-5")
    assert offer.isVisible()
    assert offer.text() == "Use the best rate"
    assert offer.width() >= offer.sizeHint().width()
    assert offer.focusPolicy() & Qt.FocusPolicy.TabFocus
    press(qtbot, window, "offer")
    wait_until_trained(qtbot, window)
    assert child(window, "learning_rate").text() == "0.002285"
    assert child(window, "rate_dial").zone is Zone.FAST
    assert not offer.isVisible()
    window.session.undo.stack.undo()
    assert child(window, "learning_rate").text() == "1e-5"
    assert offer.isVisible()


def test_where_a_lesson_hides_the_forecast_nothing_is_offered(window):
    window.tuning.set_settings(learning_rate=1e-5)
    forecast, offer = child(window, "forecast"), child(window, "offer")
    forecast.hide()
    assert not offer.isVisible()
    window.tuning.set_settings(learning_rate=1e-6)
    assert not offer.isVisible()
    forecast.show()
    assert offer.isVisible()

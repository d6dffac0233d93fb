"""Generated data show at once behind the dialog; OK keeps them, Cancel brings back what was."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from room import clipped
from support import child, choose, press, text, wait_until_trained

from gdviz.core.tables.generating import KINDS, generate

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    dialog = child(window, "generate_dialog")
    qtbot.waitExposed(dialog)
    return dialog


def settle():
    for _ in range(10):
        QApplication.processEvents()


def assert_same(data, expected):
    assert (data.x.tolist(), data.y.tolist()) == (expected.x.tolist(), expected.y.tolist())


def test_every_choice_shows_behind_the_dialog(window, qtbot, dialog):
    kind = child(dialog, "generate_kind")
    for index, name in enumerate(KINDS):
        kind.setCurrentIndex(index)
        assert_same(window.session.runs.experiment.dataset, generate(name, 30, 3.0, 0))
        assert child(dialog, "generate_noise").isEnabled() is (name != "clean")
        assert text(dialog, "generate_about")
    for name, value in (("rows", 12), ("noise", 1.5), ("seed", 4)):
        box = child(dialog, f"generate_{name}")
        box.selectAll()
        qtbot.keyClicks(box, str(value))
    assert_same(window.session.runs.experiment.dataset, generate(KINDS[-1], 12, 1.5, 4))
    assert len(window.figure.data_fit._points.points) == 12


@pytest.mark.parametrize("noise", ["0.001", "1e-5", "0", "2.5e4"])
def test_the_noise_may_be_of_any_size(window, qtbot, dialog, noise):
    box = child(dialog, "generate_noise")
    assert box.text() == "3"
    box.selectAll()
    qtbot.keyClicks(box, noise)
    assert_same(window.session.runs.experiment.dataset, generate("noisy", 30, float(noise), 0))
    assert box.text() == noise


def test_ok_keeps_them_as_one_step_to_undo(window, qtbot, dialog):
    child(dialog, "generate_seed").setValue(5)
    press(qtbot, dialog, "generate_ok")
    wait_until_trained(qtbot, window)
    assert_same(window.session.runs.experiment.dataset, generate("noisy", 30, 3.0, 5))
    assert window.windowTitle() == "Noisy — gdviz"
    assert not child(window, "x_column").isVisible()
    stack = window.session.undo.stack
    assert (stack.count(), stack.undoText()) == (1, "generate data")
    stack.undo()
    assert window.windowTitle() == "pizza.txt — gdviz"


@pytest.mark.parametrize("how", ["button", "escape"])
def test_cancel_brings_back_what_was(window, qtbot, pizza, dialog, how):
    child(dialog, "generate_seed").setValue(5)
    if how == "button":
        press(qtbot, dialog, "generate_cancel")
    else:
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    wait_until_trained(qtbot, window)
    assert_same(window.session.runs.experiment.dataset, pizza)
    stack = window.session.undo.stack
    assert not stack.canUndo()
    assert not stack.canRedo()


def test_the_dialog_remembers_its_settings(window, qtbot, dialog):
    child(dialog, "generate_rows").setValue(44)
    press(qtbot, dialog, "generate_ok")
    window.changing.generate()
    assert len(window.session.runs.experiment.dataset) == 44


def test_closing_the_window_cancels_the_dialog(window, pizza, dialog):
    assert window.close()
    assert not dialog.isVisible()
    assert_same(window.session.runs.experiment.dataset, pizza)


def test_it_covers_none_of_the_pictures_that_it_changes(window, dialog):
    pictures = window.figure.rect().translated(window.figure.mapToGlobal(QPoint()))
    assert not dialog.frameGeometry().intersects(pictures)


@pytest.mark.parametrize("before", [True, False], ids=["made before", "made then"])
def test_all_of_it_is_seen_in_large_type(window, before):
    if before:
        choose(window, "Generate data")
        child(window, "generate_cancel").click()
    choose(window, "Full screen")
    settle()
    choose(window, "Generate data")
    settle()
    assert not clipped(child(window, "generate_dialog"))
    child(window, "generate_cancel").click()

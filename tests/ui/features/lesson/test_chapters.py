"""The lesson's chapters: each is done with clicks and keys, as its text asks."""

import numpy as np
import pytest
from learner import CHAPTERS, Learner
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from room import clipped
from support import PIZZA, child, choose, text


@pytest.fixture
def learner(window, qtbot):
    """Someone who has opened the lesson."""
    qtbot.keyClick(window, Qt.Key.Key_F1)
    return Learner(qtbot, window)


def guess_a_weight(learner):
    learner.predict(30)
    learner.turn_line(1)
    learner.turn_line(1.9)


def what_the_loss_is(learner):
    learner.predict("Twice as bad")
    learner.answer(9)
    learner.turn_line(1.8)


def the_curve_of_all_guesses(learner):
    learner.predict("On a line that falls")
    for weight in (1, 1.5, 2.5):
        learner.turn_line(weight)
    learner.answer(1.8)


def a_hiker_in_the_dark(learner):
    learner.predict("Nobody can tell in the fog")
    learner.answer("Right")
    learner.press("play")


def the_slope(learner):
    learner.predict("It stays negative")
    learner.answer(5.06)
    learner.drag_hiker(1.845)


def one_step_by_hand(learner):
    learner.predict("The same")
    learner.answer(1.2605)
    learner.answer(1.5157)
    # No click: Return has given the keys back to the pictures.
    learner.key(Qt.Key.Key_Right)


def steps_that_shrink(learner):
    learner.predict("Shorter")
    for _ in range(4):
        learner.key(Qt.Key.Key_Right)
    learner.answer(0.0807)


def when_to_stop(learner):
    learner.predict("Yes: it is flat")
    learner.set("tolerance", "1")


def too_small_too_large(learner):
    learner.predict("Creep", "Creep", "Creep", "Creep")
    learner.set("learning_rate", "0.0023")
    learner.press("sweep_start")


def where_the_limit_comes_from(learner):
    learner.predict("At the bottom", "It gets higher")
    for step in (4.2, -0.42, 4.662):
        learner.answer(step)
    learner.drag_dot(4, 20, 25)


def the_bias_comes_back(learner):
    learner.predict("0")
    learner.tick("with_bias")
    learner.answer(13.2)


def the_valley(learner):
    learner.predict("In a spiral", "Just as long")
    learner.tick("standardise")
    learner.press("best_rate")


def other_ways_down(learner):
    learner.predict("They stay: the walls are the same", "Momentum", "Adam again")
    learner.choose_method("Gradient descent")
    learner.press("best_rate")


def your_own_data(learner):
    learner.predict("It depends on how large y is")
    open_table(learner, PIZZA.with_name("fever.csv"))


def challenges(learner):
    learner.predict("One step")
    learner.set("learning_rate", "0.0022852")


def write_it_yourself(learner):
    learner.predict("To step uphill")
    for sign in (1, -1):
        learner.check(printed_by_a_loop(sign))
        assert learner.is_done is (sign < 0)
        assert any("Mend it" in said for said in learner.replies) is (sign > 0)


def printed_by_a_loop(sign):
    (x, y), w, printed = np.loadtxt(PIZZA, skiprows=1, unpack=True), 0.0, ""
    for k in range(100):
        printed += f"Iteration {k} w = {w} loss = {np.average((x * w - y) ** 2)}\n"
        w += sign * 0.001 * 2 * np.average(x * (x * w - y))
    return printed


def open_table(learner, path):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        choose(learner._window, "Open…")
    learner.wait()


WAYS = {
    way.__name__.replace("_", "-"): way
    for way in (
        guess_a_weight, what_the_loss_is, the_curve_of_all_guesses, a_hiker_in_the_dark, the_slope,
        one_step_by_hand, steps_that_shrink, when_to_stop, too_small_too_large,
        where_the_limit_comes_from, the_bias_comes_back, the_valley, other_ways_down,
        your_own_data, challenges, write_it_yourself,
    )
}  # fmt: skip


def test_every_chapter_is_done_here():
    assert list(WAYS) == list(CHAPTERS)


@pytest.mark.usefixtures("quick_mouse")
@pytest.mark.parametrize("name", CHAPTERS)
def test_doing_what_a_chapter_asks_is_noticed(name, learner, window, qtbot):
    window.resize(1024, 640)
    learner.begin(name)
    assert clipped(window) == []
    WAYS[name](learner)
    qtbot.waitUntil(lambda: learner.is_done)
    qtbot.waitUntil(lambda: clipped(window) == [])
    assert text(window, "lesson_praise").startswith("✓ ")
    assert CHAPTERS[name].keep.text.split("{")[0] in text(window, "lesson_keep")
    assert child(window, "lesson_chapter").currentText() == f"✓  {CHAPTERS[name].title}"

"""A chapter's flow: predictions, what they reveal, the task, questions, hints, praise."""

import pytest
from own_chapters import ASKED, PREDICTED, chapter, choose_answer, said, type_answer, write
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from support import child, choose, press, text, type_into, wait_until_trained

from gdviz.core.descent.playhead import Speed

KEEPS_PLAYING = (
    '[setup]\niterations = 20\n[[prediction]]\ntext = "?"\n[prediction.reveal]\nplay = true'
)


@pytest.fixture
def teach(window, qtbot, tmp_path):
    """Open a lesson of some chapters; return the window."""

    def teach(*chapters):
        window.teaching.open(write(tmp_path / "mine", *chapters))
        wait_until_trained(qtbot, window)
        box = child(window, "lesson_task").parentWidget()
        qtbot.waitUntil(lambda: box.height() > 0)
        return window

    return teach


def words(window):
    return child(window, "lesson_words").toPlainText()


# Predictions


def test_a_prediction_comes_before_what_it_reveals(teach):
    window = teach(PREDICTED)
    assert said(window, "question") == "The slope is \N{MINUS SIGN}806.8. Which way?"
    assert "More words" not in words(window)
    assert "step" not in said(window, "task_text")
    assert not said(window, "reply")
    assert window.session.runs.experiment.learning_rate == 0.0005
    window.session.playback.step(1)
    assert not said(window, "praise")


@pytest.mark.parametrize(
    ("place", "reply"),
    [
        (1, "You predicted “Left”. There the ground rises."),
        (2, "You predicted “Right”. Against the slope."),
        (3, "You predicted “Nowhere”. Only where it is level."),
    ],
)
def test_every_prediction_has_its_own_reply(teach, qtbot, place, reply):
    window = teach(PREDICTED)
    choose_answer(qtbot, window, place)
    assert said(window, "reply") == reply
    assert said(window, "question") == "How many steps?"
    assert window.session.runs.experiment.learning_rate == 0.001
    assert not window.viewing.switches["landscape"].isChecked()


@pytest.mark.parametrize(
    ("place", "reply"),
    [(1, "You predicted “Left”. Let's see."), (2, "As you predicted: “Right”.")],
)
def test_what_comes_true_is_told_so_where_the_chapter_has_no_reply(teach, qtbot, place, reply):
    asked = '[[prediction]]\ntext = "?"\nanswers = ["Left", "Right"]\nanswer = "Right"'
    window = teach(chapter(more=asked))
    choose_answer(qtbot, window, place)
    assert said(window, "reply") == reply


@pytest.mark.parametrize(("typed", "reply"), [("3", "3 is few."), ("12,5", "12.5 is many.")])
def test_after_the_last_prediction_all_is_revealed_and_the_task_begins(teach, qtbot, typed, reply):
    window = teach(PREDICTED)
    choose_answer(qtbot, window, 1)
    type_answer(qtbot, window, typed)
    assert said(window, "reply").endswith(reply)
    assert not said(window, "question")
    assert said(window, "task_text") == "Take a step."
    assert words(window).endswith("First words.\nMore words.")
    assert window.viewing.switches["landscape"].isChecked()
    assert not window.viewing.switches["fog"].isChecked()
    press(qtbot, window, "step_forward")
    assert said(window, "praise") == "✓ The loss fell to 304.4."


def test_what_is_no_number_is_not_taken(teach, qtbot):
    window = teach(PREDICTED)
    choose_answer(qtbot, window, 1)
    type_answer(qtbot, window, "many")
    assert said(window, "verdict") == "Type a number, such as 0.5."
    assert said(window, "question") == "How many steps?"


def test_more_words_are_scrolled_to(teach, qtbot):
    many = "\n\n".join(f"Paragraph {n}." for n in range(60))
    window = teach(
        PREDICTED.replace("First words.", many).replace("More words.", f"New.\n\n{many}")
    )
    choose_answer(qtbot, window, 1)
    type_answer(qtbot, window, "3")
    QApplication.processEvents()
    browser = child(window, "lesson_words")
    assert browser.cursorForPosition(browser.viewport().rect().topLeft()).block().text() in (
        "Paragraph 59.", "New.",
    )  # fmt: skip


def test_a_reveal_can_be_looked_at_before_the_next_question_takes_it_away(teach, qtbot):
    asked = '[[prediction]]\ntext = "{n}?"\n[prediction.setup]\nlearning_rate = {rate}\n'
    revealed = "[prediction.reveal]\nposition = 5\nplay = true\n"
    more = "".join(asked.replace("{n}", n).replace("{rate}", rate) + revealed
                   for n, rate in (("A", "0.001"), ("B", "0.002")))  # fmt: skip
    window = teach(chapter(more=f"[setup]\niterations = 20\n{more}"))
    type_answer(qtbot, window, "1")
    assert window.session.playback.playing
    assert window.session.runs.experiment.learning_rate == 0.001
    assert not said(window, "question")
    assert not said(window, "task_text")
    press(qtbot, window, "lesson_next_question")
    assert said(window, "task_text") == "Predict first. Any answer will do."
    assert said(window, "question") == "B?"
    assert window.session.runs.experiment.learning_rate == 0.002


def test_what_a_chapter_plays_ends_with_it(teach, qtbot):
    window = teach(chapter(more=KEEPS_PLAYING), chapter())
    type_answer(qtbot, window, "1")
    assert window.session.playback.playing
    press(qtbot, window, "lesson_next")
    assert not window.session.playback.playing
    press(qtbot, window, "lesson_back")
    type_answer(qtbot, window, "1")
    press(qtbot, window, "lesson_leave")
    assert not window.session.playback.playing


def test_to_predict_can_be_all_there_is_to_do(teach, qtbot):
    window = teach(chapter("predicted", '[[prediction]]\ntext = "?"'))
    assert not said(window, "praise")
    type_answer(qtbot, window, "1")
    assert said(window, "praise") == "✓ Well done."


# Questions


@pytest.mark.parametrize(
    ("typed", "reply"),
    [("-0.81", "\N{MINUS SIGN}0.81 is on the other side."), ("2", "2? Multiply.")],
)
def test_a_wrong_answer_gets_a_reply_with_its_own_value_and_is_typed_over(
    teach, qtbot, typed, reply
):
    window = teach(ASKED)
    type_answer(qtbot, window, typed)
    number = child(window, "lesson_number")
    assert said(window, "verdict") == reply
    assert number.hasFocus()
    assert number.selectedText() == typed
    assert said(window, "question") == "Rate 0.001: the next weight?"
    assert window.session.playback.iteration == 0


def test_questions_are_asked_one_after_the_other(teach, qtbot):
    window = teach(ASKED)
    type_answer(qtbot, window, "2")
    type_answer(qtbot, window, "0.807")
    assert said(window, "reply") == "0.807, yes."
    assert said(window, "question") == "At 0.807 now. Which way?"
    assert not said(window, "praise")
    choose_answer(qtbot, window, 2)
    assert said(window, "verdict") == "The slope says otherwise."
    choose_answer(qtbot, window, 1)
    assert said(window, "reply") == "Yes: “On”."
    assert not said(window, "verdict")
    assert said(window, "praise") == "✓ All is right."


def test_whoever_answers_by_the_keyboard_goes_on_by_it(teach, qtbot):
    window = teach(ASKED)
    child(window, "lesson_words").setFocus()
    qtbot.keyClick(child(window, "lesson_words"), Qt.Key.Key_Tab)
    assert child(window, "lesson_number").hasFocus()
    type_answer(qtbot, window, "0.8068")
    assert child(window, "lesson_answer_1").hasFocus()
    qtbot.keyClick(child(window, "lesson_answer_1"), Qt.Key.Key_Down)
    assert child(window, "lesson_answer_2").hasFocus()
    assert not said(window, "verdict")
    qtbot.keyClick(child(window, "lesson_answer_2"), Qt.Key.Key_1)
    assert said(window, "praise")
    assert QApplication.focusWidget() is window.figure
    qtbot.keyClick(window.figure, Qt.Key.Key_Right)
    assert window.session.playback.iteration == 2


def test_tab_goes_from_the_words_to_the_answers_and_on(teach, qtbot):
    window = teach(chapter(), PREDICTED, chapter())
    press(qtbot, window, "lesson_next")
    wait_until_trained(qtbot, window)
    child(window, "lesson_words").setFocus()
    stops = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        stops.append(QApplication.focusWidget().objectName())
    assert stops == ["lesson_answer_1", "lesson_back", "lesson_next", "lesson_leave"]


def test_number_keys_answer_while_the_words_are_read(teach, qtbot):
    window = teach(PREDICTED)
    browser = child(window, "lesson_words")
    browser.setFocus()
    for key in (Qt.Key.Key_0, Qt.Key.Key_7, Qt.Key.Key_3):
        qtbot.keyClick(browser, key)
    assert said(window, "reply").startswith("You predicted “Nowhere”.")


# The task


HINTED = chapter("start_weight > 1.7 and start_weight < 1.9", """[setup]
iterations = 20
[hints]
"weight > 1.9" = "w = {weight} is too far."
"weight == 0" = "That is where you began."
""")  # fmt: skip


def test_a_hint_follows_an_attempt_and_says_its_value(teach, qtbot):
    window = teach(HINTED)
    assert not said(window, "hint")
    type_into(qtbot, window, "start_weight", "2.5")
    assert said(window, "hint") == "w = 2.5 is too far."
    type_into(qtbot, window, "start_weight", "1")
    assert not said(window, "hint")
    type_into(qtbot, window, "start_weight", "0")
    assert said(window, "hint") == "That is where you began."
    type_into(qtbot, window, "start_weight", "1.8")
    assert not said(window, "hint")
    assert said(window, "praise")


def test_what_the_chapter_itself_does_is_no_attempt(teach, qtbot):
    hints = '[hints]\n"iteration >= 0" = "You tried."'
    window = teach(chapter(more=f"{KEEPS_PLAYING}\n{hints}"))
    type_answer(qtbot, window, "1")
    window.session.playback.set_speed(Speed("quick", iterations_per_s=100))
    window.session.playback.seek(5)
    assert window.session.playback.playing
    qtbot.waitUntil(lambda: not window.session.playback.playing)
    assert not said(window, "hint")
    press(qtbot, window, "step_back")
    assert said(window, "hint") == "You tried."


def test_a_number_that_is_half_typed_ticks_nothing(teach, qtbot):
    window = teach(chapter("start_weight == 2"))
    box = child(window, "start_weight")
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "2")
    assert not said(window, "praise")
    qtbot.keyClicks(box, ".4")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    wait_until_trained(qtbot, window)
    assert not said(window, "praise")
    type_into(qtbot, window, "start_weight", "2")
    assert said(window, "praise")


@pytest.mark.parametrize("takes", [False, True])
def test_a_dialog_that_is_cancelled_ticks_nothing(teach, qtbot, monkeypatch, tmp_path, takes):
    (tmp_path / "own.csv").write_text("u,v\n1,2\n2,4\n3,7\n")
    name = str(tmp_path / "own.csv") if takes else ""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (name, ""))
    window = teach(chapter("opened >= 1"))
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    wait_until_trained(qtbot, window)
    assert bool(said(window, "praise")) is takes


def test_nothing_ticks_while_a_dialog_is_open(teach, qtbot):
    window = teach(chapter("learning_rate > 0.005"))
    choose(window, "Start the lesson again")
    window.tuning.set_settings(learning_rate=0.006)
    assert not said(window, "praise")
    child(window, "start_again").reject()
    qtbot.waitUntil(lambda: bool(said(window, "praise")))


def test_what_is_taken_back_before_it_is_let_go_ticks_nothing(teach, qtbot):
    window = teach(chapter("start_weight > 1"))
    undo = window.session.undo
    undo.hold()
    window.tuning.set_settings(learning_rate=0.002)
    type_into(qtbot, window, "start_weight", "3")
    assert not said(window, "praise")
    type_into(qtbot, window, "start_weight", "0")
    undo.release()
    assert not said(window, "praise")
    type_into(qtbot, window, "start_weight", "3")
    qtbot.waitUntil(lambda: bool(said(window, "praise")))


def test_praise_and_the_sentence_to_keep_hold_the_numbers_of_their_moment(teach, qtbot):
    window = teach(
        chapter(more='praise = "At {weight}."\nkeep = "From {loss}."\n[setup]\niterations = 20')
    )
    assert not said(window, "keep")
    press(qtbot, window, "step_forward")
    told = said(window, "praise"), said(window, "keep")
    assert told == ("✓ At 0.8068.", "Keep: From 304.4.")
    press(qtbot, window, "step_forward")
    assert (said(window, "praise"), said(window, "keep")) == told


# Challenges


CHALLENGES = chapter("solved >= 1", """[setup]
iterations = 20
[[challenge]]
text = "Step."
done = "stepped >= 1"
praise = "To {weight}."
[[challenge]]
text = "Go right."
done = "start_weight > 2"
""")  # fmt: skip


def signs(window):
    return [text(window, f"lesson_challenge_sign_{place}") for place in (1, 2)]


def test_challenges_are_solved_in_any_order_and_stay_so(teach, qtbot):
    window = teach(CHALLENGES, chapter())
    assert signs(window) == ["☐", "☐"]
    type_into(qtbot, window, "start_weight", "3")
    assert signs(window) == ["☐", "✓"]
    assert said(window, "praise")
    press(qtbot, window, "lesson_next")
    assert window.findChildren(type(child(window, "lesson_task_text")), "lesson_challenge_1") == []
    press(qtbot, window, "lesson_back")
    assert signs(window) == ["☐", "✓"]
    press(qtbot, window, "step_forward")
    assert signs(window) == ["✓", "✓"]
    assert said(window, "challenge_1") == "Step.\nTo 0.8068."


# Once more


def do_all(qtbot, window):
    choose_answer(qtbot, window, 3)
    type_answer(qtbot, window, "12")
    press(qtbot, window, "step_forward")
    assert said(window, "praise") == "✓ The loss fell to 304.4."


def test_a_chapter_that_was_done_begins_as_new_until_what_came_out_is_asked_for(teach, qtbot):
    window = teach(PREDICTED, chapter())
    assert not said(window, "recall")
    do_all(qtbot, window)
    press(qtbot, window, "lesson_next")
    press(qtbot, window, "lesson_back")
    QApplication.processEvents()
    assert child(window, "lesson_chapter").currentText() == "✓  Predicted"
    assert said(window, "question").endswith("Which way?")
    assert not any(said(window, name) for name in ("praise", "keep", "reply"))
    assert "More words" not in words(window)
    press(qtbot, window, "lesson_recall")
    assert said(window, "reply") == (
        "You predicted “Nowhere”. Only where it is level.\nYou predicted 12. 12 is many."
    )
    assert said(window, "praise") == "✓ The loss fell to 304.4."
    assert said(window, "keep") == "Keep: Steep ground, long step."
    assert words(window).endswith("More words.")
    assert window.viewing.switches["landscape"].isChecked()
    assert not said(window, "question")
    assert not said(window, "recall")


def test_of_a_chapter_that_was_rewritten_no_numbers_are_made_up(teach, qtbot):
    window = teach(PREDICTED)
    do_all(qtbot, window)
    window = teach(PREDICTED.replace("Take a step.", "Take one step."))
    QApplication.processEvents()
    press(qtbot, window, "lesson_recall")
    assert said(window, "praise") == "✓ Done before."
    assert said(window, "keep") == "Keep: Steep ground, long step."
    assert said(window, "reply").endswith("You predicted 12. 12 is many.")


def test_answers_to_questions_come_out_as_well(teach, qtbot):
    window = teach(ASKED)
    type_answer(qtbot, window, "0.8068")
    choose_answer(qtbot, window, 1)
    window = teach(ASKED)
    QApplication.processEvents()
    press(qtbot, window, "lesson_recall")
    assert window.session.playback.iteration == 1
    assert said(window, "praise")
    assert not said(window, "question")


def start_again(qtbot, window, press_button):
    choose(window, "Start the lesson again")
    box = child(window, "start_again")
    button = next(b for b in box.buttons() if press_button in b.text().replace("&", ""))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_until_trained(qtbot, window)


def test_starting_again_forgets_this_lesson_and_asks_first(teach, qtbot, tmp_path):
    other = write(tmp_path / "other", PREDICTED)
    window = teach(PREDICTED, CHALLENGES)
    window.teaching.open(other)
    do_all(qtbot, window)
    window = teach(PREDICTED, CHALLENGES)
    do_all(qtbot, window)
    press(qtbot, window, "lesson_next")
    press(qtbot, window, "step_forward")
    assert signs(window) == ["✓", "☐"]
    start_again(qtbot, window, "Cancel")
    assert text(window, "lesson_progress") == "2 of 2"
    start_again(qtbot, window, "Start again")
    assert text(window, "lesson_progress") == "1 of 2"
    assert child(window, "lesson_chapter").currentText() == "1  Predicted"
    QApplication.processEvents()
    assert not said(window, "recall")
    press(qtbot, window, "lesson_next")
    assert signs(window) == ["☐", "☐"]
    window.teaching.open(other)
    QApplication.processEvents()
    assert said(window, "recall")


def test_the_last_chapter_offers_to_start_again_once_it_is_done(teach, qtbot):
    window = teach(chapter(), chapter())
    press(qtbot, window, "step_forward")
    assert not said(window, "restart")
    press(qtbot, window, "lesson_next")
    press(qtbot, window, "step_forward")
    QApplication.processEvents()
    press(qtbot, window, "lesson_restart")
    assert "Nothing else is lost." in child(window, "start_again").text()
    child(window, "start_again").reject()


def test_the_lesson_can_be_started_again_while_it_is_closed(teach, qtbot):
    window = teach(chapter(), chapter())
    press(qtbot, window, "step_forward")
    press(qtbot, window, "lesson_next")
    press(qtbot, window, "lesson_leave")
    start_again(qtbot, window, "Start again")
    assert text(window, "lesson_progress") == "1 of 2"
    assert child(window, "lesson_chapter").currentText() == "1  Mine"


def test_what_is_new_is_said(teach, qtbot):
    window, told = teach(PREDICTED), []
    window.teaching.view.said.connect(told.append)
    do_all(qtbot, window)
    assert [sentence for sentence in told if sentence] == [
        "You predicted “Nowhere”. Only where it is level.",
        "Predict first. Any answer will do.", "How many steps?",
        "You predicted 12. 12 is many.", "Take a step.",
        "The loss fell to 304.4.", "Keep: Steep ground, long step.",
    ]  # fmt: skip

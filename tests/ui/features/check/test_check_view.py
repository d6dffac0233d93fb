"""What the dock of a check shows, page by page: nothing is computed here."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication
from support import child, press, text

from gdviz.core.check.diagnosis import Cause, Diagnosis, Difference, Explanation, Given
from gdviz.core.check.logs.log import Log
from gdviz.core.check.logs.reading import read_sheet
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.methods import METHODS, Momentum
from gdviz.ui.features.check.check_view import CheckView
from gdviz.ui.features.check.paste_box import MOST_LETTERS
from gdviz.ui.theme import DARK, LIGHT

LINES = tuple(f"Iteration {k} => Loss: {9 - k}.5" for k in range(4))
LOG = Log(np.arange(1, 5), LINES, np.arange(4))
HALF = Cause(
    "gradient without the 2", "The gradient lacks its 2.",
    "gradient = np.average(X * (X * w - Y))", "gradient = 2 * np.average(X * (X * w - Y))",
)  # fmt: skip
RATE = Cause("rate", "The rate is half of it.", "lr = 0.0005", "lr = 0.001")
WALK = np.zeros((4, 2))
SHEET = read_sheet("".join(f"{line}, width: 3.5\n" for line in LINES))


def diagnosis(*explanations):
    difference = Difference(1, 2, 1, "loss", "8.5", "8.25")
    found = tuple(Explanation(causes, 0.001, WALK) for causes in explanations)
    return Diagnosis(False, LOG, 1, difference, found, Given())


AGREES = Diagnosis(True, LOG, 10, None, (), Given())


@pytest.fixture
def view(qtbot):
    view = CheckView()
    qtbot.addWidget(view)
    view.set_theme(LIGHT)
    view.resize(360, 700)
    view.show()
    qtbot.waitExposed(view)
    return view


def is_seen(view, name):
    return child(view, name).isVisible()


def test_agreement_is_said_in_green_and_aloud(view, qtbot):
    with qtbot.waitSignal(view.said) as said:
        view.show_answer(AGREES)
    assert text(view, "check_answer").startswith("Your 4 lines are right")
    assert said.args[0].startswith("Your 4 lines are right")
    for theme in (LIGHT, DARK):
        view.set_theme(theme)
        shown = child(view, "check_answer").palette().windowText().color().name()
        assert shown == theme.text_of("optimum")
    assert not any(is_seen(view, name) for name in ("check_line", "check_found", "check_several"))


def test_the_first_line_that_differs_is_shown_with_the_wrong_and_the_right_code(view):
    view.show_answer(diagnosis((HALF,)))
    assert text(view, "check_line") == LINES[1]
    assert text(view, "check_found").endswith("8.5.")
    assert text(view, "check_expected").endswith("8.25.")
    assert text(view, "check_cause_1_1") == HALF.sentence
    assert child(view, "check_wrong_1_1").toPlainText() == HALF.wrong
    assert child(view, "check_right_1_1").toPlainText() == HALF.right
    assert not is_seen(view, "check_show_1")


def marked(box):
    """Return the letters that are underlined or struck out."""
    block, found = box.document().firstBlock(), ""
    while block.isValid():
        for form in block.layout().formats():
            if form.format.fontUnderline() or form.format.fontStrikeOut():
                found += block.text()[form.start : form.start + form.length]
        block = block.next()
    return found


def test_only_what_differs_is_marked_in_the_code(view):
    view.show_answer(diagnosis((HALF, RATE)))
    assert marked(child(view, "check_wrong_1_1")) == ""
    assert marked(child(view, "check_right_1_1")).strip() == "2 *"
    assert marked(child(view, "check_wrong_1_2")) == "0005"
    assert marked(child(view, "check_right_1_2")) == "001"


def test_code_is_as_high_as_its_lines(view, qtbot):
    view.show_answer(diagnosis((HALF,)))
    code = child(view, "check_wrong_1_1")
    for width in (700, 300):
        view.resize(width, 700)
        qtbot.waitUntil(lambda: code.height() == code.heightForWidth(code.width()))
        assert code.verticalScrollBar().maximum() == 0
        assert code.horizontalScrollBar().maximum() == 0


def test_of_several_explanations_each_can_be_shown(view, qtbot):
    view.show_answer(diagnosis((HALF,), (RATE,)))
    view.answer.set_shown(0)
    assert is_seen(view, "check_several")
    assert not is_seen(view, "check_show_1")
    with qtbot.waitSignal(view.answer.chosen) as chosen:
        press(qtbot, view, "check_show_2")
    assert chosen.args == [1]


def test_without_an_explanation_that_is_said(view):
    view.show_answer(diagnosis())
    assert is_seen(view, "check_several")
    view.show_answer(AGREES)
    assert not is_seen(view, "check_several")


def test_the_answer_leads_back_to_the_log(view, qtbot):
    view.show_answer(AGREES)
    press(qtbot, view, "check_back")
    assert is_seen(view, "check_log")
    assert not is_seen(view, "check_answer")


def test_columns_are_shown_with_what_they_are_and_can_be_corrected(view, qtbot):
    assert not child(view, "check_check").isEnabled()
    view.log.set_sheet(SHEET)
    assert child(view, "check_check").isEnabled()
    assert view.log.roles == {0: "iteration", 1: "loss", 2: ""}
    with qtbot.waitSignal(view.log.roles_changed):
        child(view, "check_role_3").setCurrentText("weight")
    assert view.log.roles == {0: "iteration", 1: "loss", 2: "weight"}
    view.log.set_sheet(replace(SHEET, columns=SHEET.columns * 10))
    assert "18 more columns" in text(view, "check_more_columns")
    view.log.set_sheet(None, "There are no numbers.")
    assert text(view, "check_fault") == "There are no numbers."
    assert not child(view, "check_check").isEnabled()


def test_the_settings_are_the_windows_until_others_are_said(view, qtbot, pizza):
    first = Experiment(pizza, learning_rate=0.001, method=Momentum(0.5), with_bias=True)
    view.log.follow(first)
    assert view.log.given == Given(0.001, True, Momentum(0.5), 0.0, 0.0, None, False)
    rate = child(view, "check_rate")
    rate.selectAll()
    qtbot.keyClicks(rate, "0,01")
    qtbot.keyClick(rate, Qt.Key.Key_Return)
    child(view, "check_bias").setCurrentText("not known")
    child(view, "check_method").setCurrentText(METHODS["adam"].label)
    start = child(view, "check_start_weight")
    start.clear()
    qtbot.keyClick(start, Qt.Key.Key_Return)
    said = Given(0.01, None, METHODS["adam"](), None, 0.0, None, False)
    assert view.log.given == said
    view.log.follow(Experiment(pizza, learning_rate=0.5, start=Point(3.0, 2.0)))
    assert view.log.given == said


@pytest.mark.parametrize("typed", ["abc", "-1", "0"])
def test_a_rate_that_is_none_gives_way_to_the_last_one(view, qtbot, pizza, typed):
    view.log.follow(Experiment(pizza, learning_rate=0.001))
    rate = child(view, "check_rate")
    rate.selectAll()
    qtbot.keyClicks(rate, typed)
    qtbot.keyClick(rate, Qt.Key.Key_Return)
    assert rate.text() == "0.001"
    assert view.log.given.learning_rate == 0.001
    assert typed in text(view, "remark")


def test_a_long_text_is_held_whole_and_shown_in_part(view):
    box, long = child(view, "check_log"), "loss 3.25\n" * MOST_LETTERS
    QApplication.clipboard().setText(long)
    box.paste()
    assert view.log.text == long
    assert len(box.toPlainText()) <= MOST_LETTERS
    assert box.isReadOnly()
    assert is_seen(view, "check_part_shown")
    QApplication.clipboard().setText("loss 3")
    box.paste()
    assert view.log.text == "loss 3"
    assert not box.isReadOnly()
    assert not is_seen(view, "check_part_shown")


def test_a_file_that_is_dropped_on_the_box_is_asked_for(view, qtbot, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.log"))])
    box = child(view, "check_log")
    assert box.canInsertFromMimeData(data)
    with qtbot.waitSignal(view.log.file_dropped) as dropped:
        box.insertFromMimeData(data)
    assert dropped.args == [tmp_path / "a.log"]


def test_while_it_is_checked_it_can_be_cancelled(view, qtbot):
    view.log.set_busy(True)
    assert not is_seen(view, "check_check")
    with qtbot.waitSignal(view.log.cancel_requested):
        press(qtbot, view, "check_cancel")
    view.log.set_busy(False)
    assert is_seen(view, "check_check")
    assert not is_seen(view, "check_busy")

"""The lesson: every chapter sees what it asks for; next, back, leave and resume; large type."""

import pytest
from learner import Learner
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QTextBrowser, QWidget
from room import clipped
from support import PIZZA, child, press, text, type_into, wait_until_trained

from gdviz import cli
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.settings import SETTINGS, values
from gdviz.core.lessons import chapter
from gdviz.core.lessons.chapter import PARTS, SHOWN
from gdviz.core.lessons.conditions import FACTS
from gdviz.core.lessons.reading import read_lesson
from gdviz.resources import resource
from gdviz.ui.plots import figure
from gdviz.ui.shell.window import MainWindow

CHAPTERS = read_lesson(resource("assets", "lessons")).chapters
MINE = """+++
title = "{title}"
task = "Take a step."
done = "stepped >= 1"
{more}
+++
A word.
"""


@pytest.fixture
def lesson(window, qtbot):
    """The window with the lesson open at its first chapter."""
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert child(window, "lesson_dock").isVisible()
    return window


def go_to(qtbot, window, name):
    """Choose a chapter in the list, and wait until it is set up."""
    chapters = child(window, "lesson_chapter")
    number = [chapter.name.partition("-")[2] for chapter in CHAPTERS].index(name)
    chapters.setFocus()
    way = number - chapters.currentIndex()
    for _ in range(abs(way)):
        qtbot.keyClick(chapters, Qt.Key.Key_Down if way > 0 else Qt.Key.Key_Up)
    wait_until_trained(qtbot, window)
    assert text(window, "lesson_progress") == f"{number + 1} of {len(CHAPTERS)}"
    assert not is_done(window)


def is_done(window):
    return child(window, "lesson_praise").isVisible()


def write(folder, name="mine.md", title="Mine", more=""):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(MINE.format(title=title, more=more), encoding="utf-8")
    return folder / name


def test_a_chapter_shows_its_words_hides_and_lights_up(lesson, qtbot):
    words = lesson.findChild(QTextBrowser, "lesson_words").toPlainText()
    assert words.startswith("Guess a weight")
    assert "how many tables were reserved" in words
    assert not child(lesson, "transport").isVisible()
    assert not child(lesson, "loss_history").isVisible()
    assert not any(label.isVisible() and label.text() == "&Iterations"
                   for label in lesson.findChildren(QLabel))  # fmt: skip
    light = child(lesson, "spotlight_data_fit")
    plot = lesson.figure.data_fit
    middle = plot.mapTo(lesson, plot.rect().center())
    assert light.isVisible()
    assert light.geometry().contains(middle)
    assert not light.mask().contains(middle - light.pos())
    lesson.resize(1100, 700)
    qtbot.waitUntil(lambda: light.geometry().size().width() == plot.width() + 12)
    assert lesson.childAt(plot.mapTo(lesson, QPoint(2, 2))) not in (light, None)


def test_next_and_back_go_through_all_chapters(lesson, qtbot):
    titles = []
    for _ in CHAPTERS:
        titles.append(child(lesson, "lesson_chapter").currentText().split("  ")[1])
        press(qtbot, lesson, "lesson_next")
        wait_until_trained(qtbot, lesson)
    assert titles == [chapter.title for chapter in CHAPTERS]
    assert not child(lesson, "lesson_next").isEnabled()
    press(qtbot, lesson, "lesson_back")
    assert text(lesson, "lesson_progress") == f"{len(CHAPTERS) - 1} of {len(CHAPTERS)}"


def test_leaving_gives_back_what_was_there_and_f1_resumes(window, qtbot, tmp_path):
    (tmp_path / "own.csv").write_text("a,b,c\n1,2,3\n2,3,3\n4,6,1\n")
    window.opening.open_file(tmp_path / "own.csv")
    column = window.findChild(QComboBox, "y_column")
    column.setCurrentIndex(2)
    window.tuning.set_settings(iterations=50, learning_rate=0.02, with_bias=True, start=Point(1, 2))
    window.viewing.switches["directions"].setChecked(True)
    wait_until_trained(qtbot, window)
    window.session.playback.seek(7)
    before, shown = window.session.runs.experiment, window.figure.shown
    qtbot.keyClick(window, Qt.Key.Key_F1)
    go_to(qtbot, window, "too-small-too-large")
    assert text(window, "file_name") == "pizza.txt"
    type_into(qtbot, window, "learning_rate", "0.002")
    press(qtbot, window, "lesson_leave")
    wait_until_trained(qtbot, window)
    assert window.session.runs.experiment is before
    assert text(window, "file_name") == "own.csv"
    assert column.currentText() == "c"
    assert window.figure.shown == shown
    assert window.viewing.switches["directions"].isChecked()
    qtbot.waitUntil(lambda: window.session.playback.iteration == 7)
    assert all(child(window, name).isVisible() for name in ("transport", "tolerance", "readout"))
    assert not [w for w in window.findChildren(QWidget)
                if w.objectName().startswith("spotlight") and w.isVisible()]  # fmt: skip
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert text(window, "lesson_progress") == f"9 of {len(CHAPTERS)}"
    assert window.session.runs.experiment.learning_rate == 0.00001


def test_what_a_chapter_set_does_not_count_as_typed(window, qtbot, tmp_path):
    (tmp_path / "own.csv").write_text("a,b\n1,2\n2,3\n")
    window.opening.open_file(tmp_path / "own.csv")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    go_to(qtbot, window, "too-small-too-large")
    assert window.session.runs.experiment.learning_rate == 0.00001
    assert not child(window, "notice").isVisible()
    press(qtbot, window, "lesson_leave")
    window.opening.open_example()
    wait_until_trained(qtbot, window)
    assert window.session.runs.experiment.learning_rate == 0.001


def test_leaving_can_be_one_undo_step(window, qtbot):
    window.tuning.set_settings(learning_rate=0.002)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    wait_until_trained(qtbot, window)
    assert window.session.runs.experiment.learning_rate == 0.002
    assert window.session.undo.stack.canUndo()


def test_a_window_closed_in_a_lesson_keeps_the_users_settings_and_what_was_done(lesson, qtbot):
    learner = Learner(qtbot, lesson)
    learner.predict(35)
    learner.set("start_weight", "1.9")
    press(qtbot, lesson, "lesson_next")
    lesson.close()
    again = MainWindow()
    qtbot.addWidget(again)
    again.show()
    wait_until_trained(qtbot, again)
    assert again.session.runs.experiment.start == Point(0, 0)
    assert not child(again, "lesson_dock").isVisible()
    qtbot.keyClick(again, Qt.Key.Key_F1)
    assert text(again, "lesson_progress") == f"2 of {len(CHAPTERS)}"
    assert child(again, "lesson_chapter").itemText(0).startswith("✓")
    press(qtbot, again, "lesson_back")
    assert not is_done(again)
    wait_until_trained(qtbot, again)
    press(qtbot, again, "lesson_recall")
    assert is_done(again)


def test_a_broken_lesson_gets_a_sentence_with_its_line(window, tmp_path):
    path = write(tmp_path / "mine", more='light = ["plya"]')
    assert not window.teaching.open(path)
    sentence = text(window, "notice_text")
    assert sentence.startswith("mine.md, line 5: ")
    assert "Did you mean play?" in sentence
    assert not child(window, "lesson_dock").isVisible()


def test_a_teachers_lesson_uses_its_own_table(window, qtbot, tmp_path, monkeypatch):
    folder = tmp_path / "mine"
    write(folder, "01.md", "One", '[setup]\nfile = "t.csv"\nlearning_rate = 0.01\nposition = 3')
    write(folder, "02.md", "Two")
    (folder / "t.csv").write_text("u,v\n1,2\n2,4\n3,7\n")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    window.teaching.choose_folder()
    wait_until_trained(qtbot, window)
    assert text(window, "file_name") == "t.csv"
    assert text(window, "lesson_progress") == "1 of 2"
    qtbot.waitUntil(lambda: window.session.playback.iteration == 3)
    assert not is_done(window)
    press(qtbot, window, "step_forward")
    assert is_done(window)
    press(qtbot, window, "lesson_next")
    assert text(window, "file_name") == PIZZA.name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (name, value)
        for name, row in SETTINGS.items() if row.kind in (int, float) and name != "iterations"
        for value in (row.kind(row.low), row.kind(row.high))
    ],
)  # fmt: skip
def test_the_panel_shows_the_least_and_the_most_that_a_chapter_can_set(
    name, value, window, qtbot, tmp_path
):
    path = write(tmp_path / "mine", more=f"[setup]\nposition = 1000000\n{name} = {value!r}")
    assert window.teaching.open(path)
    wait_until_trained(qtbot, window)
    experiment = window.session.runs.experiment
    assert SETTINGS[name].of(experiment) == value
    assert values(window.tuning.panel.experiment(experiment.dataset)) == values(experiment)


def test_a_newcomer_is_told_of_the_lesson_once(window, qtbot):
    window.teaching.invite()
    assert "F1" in text(window, "notice_text")
    press(qtbot, window, "notice_action")
    assert child(window, "lesson_dock").isVisible()
    assert not child(window, "notice").isVisible()
    window.teaching.invite()
    assert not child(window, "notice").isVisible()


def test_the_invitation_goes_when_the_lesson_is_opened_otherwise(window, qtbot):
    window.teaching.invite()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert not child(window, "notice").isVisible()


def test_an_invitation_waits_for_what_is_more_urgent(window):
    window.notices.notice.say("Something went wrong.")
    window.teaching.invite()
    assert text(window, "notice_text") == "Something went wrong."
    window.notices.notice.hide()
    window.teaching.invite()
    assert "F1" in text(window, "notice_text")


def test_a_chapter_can_ask_for_large_type(window, qtbot, tmp_path):
    window.teaching.open(write(tmp_path / "mine", more="large_type = true"))
    assert window.presenter.action.isChecked()
    press(qtbot, window, "lesson_leave")
    assert not window.presenter.action.isChecked()


def test_a_chapter_hides_marks_and_leaving_it_shows_them(window, qtbot, tmp_path):
    curve = window.figure.loss_curve
    window.teaching.open(write(tmp_path / "mine", more='hide = ["next_step", "minimum"]'))
    wait_until_trained(qtbot, window)
    assert curve._arrow.is_empty
    assert curve._optimum.is_empty
    assert not curve._tangent.is_empty
    press(qtbot, window, "lesson_leave")
    assert not curve._arrow.is_empty
    assert not curve._optimum.is_empty


def test_guesses_of_a_chapter_are_gone_after_it(window, qtbot, tmp_path):
    more = '[setup]\nshow = ["loss_curve", "guesses"]'
    window.teaching.open(write(tmp_path / "mine", more=more))
    wait_until_trained(qtbot, window)
    guesses = window.figure.loss_curve.aids.guesses
    type_into(qtbot, window, "start_weight", "3")
    assert len(guesses.points) == 2
    window.viewing.switches["guesses"].setChecked(False)
    assert len(guesses.points) == 2
    press(qtbot, window, "lesson_leave")
    assert len(guesses.points) == 0


def test_the_window_knows_every_part_and_every_fact(lesson):
    for part in PARTS:
        child(lesson, part)
    assert chapter.MARKS == figure.MARKS
    assert {*SHOWN, "logarithmic"} == {*lesson.teaching._workplace._parts.shown}
    kinds = {"number": (int, float), "yes or no": bool, "text": str}
    of_sitting = {"predicted", "given", "answered", "answered_right", "solved"}
    for name, (kind, _) in FACTS.items():
        if name in of_sitting:
            continue
        assert isinstance(lesson.teaching._facts(name), kinds[kind]), name


def test_the_command_line_names_a_broken_lesson(tmp_path, capsys):
    path = write(tmp_path / "mine", more="lihgt = []")
    assert cli.main(["lesson", str(path)]) == 2
    assert "mine.md, line 5: there is no field “lihgt”" in capsys.readouterr().err


def test_numbers_that_a_chapter_hides_stay_hidden_after_one_with_a_bias(lesson, qtbot):
    go_to(qtbot, lesson, "your-own-data")
    lesson.tuning.set_settings(with_bias=True)
    assert child(lesson, "next_weight").isVisible()
    go_to(qtbot, lesson, "the-slope")
    assert child(lesson, "slope").isVisible()
    assert not child(lesson, "next_weight").isVisible()


def test_a_light_on_the_step_falls_on_the_slope_where_the_step_is_made_of_it(window, tmp_path):
    path = write(tmp_path / "mine", more='light = ["step"]')
    assert window.teaching.open(path)
    assert child(window, "step").isHidden()
    assert child(window, "spotlight_slope").isVisible()


def test_hiding_the_slope_hides_what_it_is_multiplied_by(window, tmp_path):
    path = write(tmp_path / "mine", more='hide = ["slope", "next_weight"]')
    assert window.teaching.open(path)
    strip = child(window, "readout")
    seen = {label.text() for label in strip.findChildren(QLabel) if label.isVisible()}
    assert not seen & {"slope", "learning rate", "next weight", "=", "\N{MULTIPLICATION SIGN}"}
    assert child(window, "weight").isVisible()


@pytest.mark.qt_log_ignore("plugin does not support raise", extend=True)
def test_a_lesson_in_a_window_of_its_own_follows_into_large_type(lesson, qtbot):
    dock = child(lesson, "lesson_dock")
    dock.setFloating(True)
    width = dock.width()
    qtbot.keyClick(lesson, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: dock.width() > width)
    assert clipped(dock) == []


def test_a_window_closed_in_large_type_comes_back_as_it_was(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F11)
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    again.show()
    wait_until_trained(qtbot, again)
    assert not again.isFullScreen()


@pytest.mark.parametrize("name", ["a-hiker-in-the-dark", "the-valley"])
def test_at_the_smallest_size_nothing_of_a_chapter_is_cut_off(name, lesson, qtbot):
    lesson.resize(1024, 640)
    go_to(qtbot, lesson, name)
    for place in (1, 2):
        button = child(lesson, f"lesson_answer_{place}")
        assert button.width() >= button.sizeHint().width()
    speed, where = child(lesson, "speed"), child(lesson, "where")
    qtbot.waitUntil(lambda: where.isHidden() or not where.geometry().intersects(speed.geometry()))


def test_the_picture_a_chapter_speaks_of_comes_before_those_in_its_way(lesson, qtbot):
    lesson.resize(900, 640)
    QApplication.processEvents()
    go_to(qtbot, lesson, "the-valley")
    assert len(lesson.figure.shown) < 4
    assert child(lesson, "landscape").isVisible()
    assert child(lesson, "spotlight_landscape").isVisible()


def test_a_picture_that_a_chapter_hides_is_behind_no_tab(lesson, qtbot):
    go_to(qtbot, lesson, "guess-a-weight")
    for width in (900, 1280, 900):
        lesson.resize(width, 640)
        QApplication.processEvents()
        assert not child(lesson, "loss_history").isVisible()
        assert child(lesson, "spotlight_data_fit").isVisible()
    press(qtbot, lesson, "lesson_leave")
    lesson.resize(1280, 800)
    QApplication.processEvents()
    assert child(lesson, "loss_history").isVisible()


def test_rows_that_were_closed_in_the_lesson_stay_closed_after_it(window, tmp_path):
    more = child(window, "more_settings")
    more.click()
    assert child(window, "start_weight").isVisible()
    window.teaching.open(write(tmp_path / "mine", more='hide = ["start_weight"]'))
    more.click()
    window.teaching.close()
    assert child(window, "start_weight").isVisible() is more.isChecked()

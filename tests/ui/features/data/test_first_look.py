"""The first look at one's own data is a descent, and says which rate it took."""

import math

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from support import OWN_TABLES, PIZZA, child, press, text, type_into, wait_until_trained

from gdviz.core.descent.descent import Ending
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.rates import is_growing
from gdviz.core.tables.reading import read_table
from gdviz.core.words.numbers import MINUS
from gdviz.ui.shell.window import MainWindow

YEARS, HEIGHTS, TEMPERATURES, PRICES = OWN_TABLES


def rate(window):
    return window.session.runs.experiment.learning_rate


def open_file(qtbot, window, path):
    assert window.opening.open_file(path)
    wait_until_trained(qtbot, window)


def notice(window):
    """Return what the notice says; nothing if there is none."""
    return text(window, "notice_text") if child(window, "notice").isVisible() else ""


def diverges(taken):
    return f"A rate of 0.001 would diverge on these data: {taken} was taken.".replace("-", MINUS)


def assert_descends(window):
    runs = window.session.runs
    assert runs.outcome.ending is Ending.REACHED
    assert not is_growing(runs.record)
    assert runs.record[-1].loss < 0.1 * runs.record[0].loss
    assert not child(window, "divergence").isVisible()
    # What is written has no more characters than a person reads.
    for label in window.findChildren(QLabel):
        if label.isVisible():
            assert not any(mark in label.text() for mark in ("nan", "inf", "e+", "e-")), (
                label.text()
            )


@pytest.mark.parametrize("with_bias", [False, True])
@pytest.mark.parametrize(
    ("path", "taken"), OWN_TABLES.items(), ids=lambda of: getattr(of, "name", "")
)
def test_ordinary_tables_open_as_a_descent_undone_in_one_step(
    window, qtbot, path, taken, with_bias
):
    window.tuning.set_settings(with_bias=with_bias)
    before = window.session.runs.experiment
    open_file(qtbot, window, path)
    assert rate(window) == child(window, "learning_rate").value() == taken
    assert_descends(window)
    said = diverges(child(window, "learning_rate").text())
    assert notice(window) == ("" if taken == 0.001 else said)
    window.session.undo.stack.undo()
    wait_until_trained(qtbot, window)
    assert window.session.runs.experiment is before
    assert not notice(window)
    window.session.undo.stack.redo()
    wait_until_trained(qtbot, window)
    assert (rate(window), window.windowTitle()) == (taken, f"{path.name} — gdviz")


@pytest.mark.parametrize("path", OWN_TABLES, ids=lambda path: path.name)
def test_ticking_the_bias_goes_on_as_a_descent(window, qtbot, path):
    open_file(qtbot, window, path)
    window.tuning.set_settings(with_bias=True)
    wait_until_trained(qtbot, window)
    assert_descends(window)


@pytest.mark.parametrize(
    ("rows", "with_bias", "taken"),
    [
        ("3 1\n", False, 0.02), ("3 1\n3 2\n", True, 0.02), ("0 1\n0 2\n", False, 0.001),
        ("1e-9 1\n2e-9 3\n", True, 0.2), ("1e-9 1\n2e-9 3\n", False, 1e17),
        ("1e12 1\n2e12 3\n", True, 1e-25), ("-3e12 1e12\n2e12 3\n", False, 3e-26),
    ],
)  # fmt: skip
def test_strange_tables_open_without_an_explosion(window, qtbot, tmp_path, rows, with_bias, taken):
    path = tmp_path / "strange.txt"
    path.write_text(rows)
    window.tuning.set_settings(with_bias=with_bias)
    open_file(qtbot, window, path)
    assert rate(window) == taken
    assert math.isfinite(window.session.runs.record[-1].loss)
    assert not child(window, "divergence").isVisible()


def test_pasted_columns_and_the_example_too(window, qtbot):
    QGuiApplication.clipboard().setText("year\ttemperature\n1960\t13.9\n2020\t14.8\n")
    window.opening.paste()
    wait_until_trained(qtbot, window)
    assert notice(window) == diverges("6e-8")
    window.opening.open_example()
    wait_until_trained(qtbot, window)
    assert (rate(window), notice(window)) == (0.001, "")


def test_what_was_typed_for_other_data_does_not_count(window, qtbot):
    type_into(qtbot, window, "learning_rate", "0.002")
    open_file(qtbot, window, YEARS)
    assert rate(window) == 0.001
    assert window.session.undo.stack.undoText() == "open years_salary.csv"


def test_what_was_typed_for_these_data_is_never_changed(window, qtbot):
    open_file(qtbot, window, HEIGHTS)
    type_into(qtbot, window, "learning_rate", "0.00004")
    assert not notice(window), "8e-6 isn't what is in force any more"
    open_file(qtbot, window, PRICES)
    assert rate(window) == 5e-8
    open_file(qtbot, window, HEIGHTS)
    assert (rate(window), notice(window)) == (4e-5, "")
    open_file(qtbot, window, HEIGHTS)
    assert rate(window) == 4e-5


def test_the_rate_typed_for_two_columns_comes_back_with_them(window, qtbot, tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text("a,b,c\n1000,2,3\n2000,4,9\n")
    open_file(qtbot, window, path)
    assert rate(window) == 1e-7
    type_into(qtbot, window, "learning_rate", "2e-7")
    child(window, "x_column").setCurrentText("b")
    wait_until_trained(qtbot, window)
    assert rate(window) == 0.02
    child(window, "x_column").setCurrentText("a")
    wait_until_trained(qtbot, window)
    assert (rate(window), notice(window)) == (2e-7, "")


def test_a_rate_typed_on_z_is_none_for_x(window, qtbot):
    window.tuning.set_settings(with_bias=True, standardise=True)
    open_file(qtbot, window, HEIGHTS)
    assert rate(window) == 0.2
    type_into(qtbot, window, "learning_rate", "0.4")
    window.tuning.set_settings(standardise=False)
    open_file(qtbot, window, HEIGHTS)
    assert rate(window) == 8e-6


def test_methods_without_a_known_limit_take_their_published_rate(window, qtbot):
    for name, published in (("adam", 0.001), ("rmsprop", 0.01)):
        window.tuning.set_settings(method=METHODS[name](), learning_rate=0.5)
        open_file(qtbot, window, TEMPERATURES)
        assert (rate(window), notice(window)) == (published, "")
        window.opening.open_example()


def test_rows_left_out_and_the_rate_are_told_together(window, qtbot, tmp_path):
    path = tmp_path / "holes.csv"
    path.write_text("a,b\n1900,1\nx,2\n2000,3\n")
    open_file(qtbot, window, path)
    assert notice(window) == f"holes.csv: some rows are left out. {diverges('6e-8')}"
    type_into(qtbot, window, "learning_rate", "5e-8")
    assert notice(window) == "holes.csv: some rows are left out."
    assert "line 3" in child(window, "notice_details").toPlainText()


def test_a_notice_that_was_closed_or_says_something_else_stays_as_it_is(window, qtbot, tmp_path):
    open_file(qtbot, window, HEIGHTS)
    window.opening.open_file(tmp_path / "gone.txt")
    assert "gone.txt" in notice(window)
    type_into(qtbot, window, "learning_rate", "1e-5")
    assert "gone.txt" in notice(window)
    path = tmp_path / "holes.csv"
    path.write_text("a,b\n1900,1\nx,2\n2000,3\n")
    open_file(qtbot, window, path)
    press(qtbot, window, "notice_close")
    type_into(qtbot, window, "learning_rate", "1e-8")
    assert not notice(window)


def test_generated_data_take_a_rate_that_works_and_give_the_old_one_back(window, qtbot):
    window.tuning.set_settings(with_bias=True, standardise=True, learning_rate=0.3)
    before, count = window.session.runs.experiment, window.session.undo.stack.count()
    for button in ("generate_cancel", "generate_ok"):
        window.changing.generate()
        dialog = child(window, "generate_dialog")
        for seed in (5, 6, 7):
            child(dialog, "generate_seed").setValue(seed)
            assert rate(window) == 0.2
        assert "0.2 was taken" in notice(window)
        press(qtbot, dialog, button)
        wait_until_trained(qtbot, window)
        if button == "generate_cancel":
            assert window.session.runs.experiment is before
            assert not notice(window)
    stack = window.session.undo.stack
    assert (stack.count(), stack.undoText()) == (count + 1, "generate data")
    stack.undo()
    assert window.session.runs.experiment is before


# At the start


def started(qtbot, *arguments):
    """Return another window, as a start of the program makes it."""
    window = MainWindow(*arguments)
    qtbot.addWidget(window)
    window.show()
    wait_until_trained(qtbot, window)
    return window


def test_a_file_given_at_the_start_has_the_same_decision(window, qtbot):
    type_into(qtbot, window, "learning_rate", "0.002")
    window.close()
    again = started(qtbot, read_table(HEIGHTS))
    assert rate(again) == 8e-6
    assert notice(again) == diverges("8e-6")
    assert not again.session.undo.stack.canUndo()
    again.close()


def test_a_rate_given_at_the_start_is_taken(qtbot):
    again = started(qtbot, read_table(HEIGHTS), {"learning_rate": 1e-5, "with_bias": True})
    assert (rate(again), notice(again)) == (1e-5, "")
    assert again.session.runs.experiment.with_bias
    again.close()


@pytest.mark.parametrize(("typed", "remembered"), [("", 0.001), ("1e-5", 1e-5)])
def test_a_typed_rate_is_remembered_and_one_that_was_taken_is_not(window, qtbot, typed, remembered):
    open_file(qtbot, window, HEIGHTS)
    if typed:
        type_into(qtbot, window, "learning_rate", typed)
    window.close()
    again = started(qtbot)
    assert (text(again, "file_name"), rate(again)) == (PIZZA.name, remembered)
    again.close()


# A valley too long to walk


@pytest.mark.parametrize("path", [HEIGHTS, TEMPERATURES, PRICES], ids=lambda path: path.name)
def test_one_click_standardises_where_a_valley_is_too_long(window, qtbot, path):
    offer = child(window, "offer")
    open_file(qtbot, window, path)
    assert not offer.isVisible()
    window.tuning.set_settings(with_bias=True)
    wait_until_trained(qtbot, window)
    before, count = window.session.runs.experiment, window.session.undo.stack.count()
    assert offer.isVisible()
    assert offer.text() == "Standardise x: 28 iterations"
    assert offer.width() >= offer.sizeHint().width()
    press(qtbot, window, "offer")
    wait_until_trained(qtbot, window)
    experiment = window.session.runs.experiment
    assert (experiment.standardise, experiment.learning_rate) == (True, 0.2)
    assert not offer.isVisible()
    assert text(window, "forecast").startswith("Converges: about 28 iterations")
    height = window.session.runs.record[28].loss - experiment.bowl.minimum
    assert height <= 1e-9 * window.session.runs.record[0].loss
    assert window.session.undo.stack.count() == count + 1
    window.session.undo.stack.undo()
    wait_until_trained(qtbot, window)
    assert window.session.runs.experiment is before
    assert offer.isVisible()


def test_pizza_has_no_such_offer_and_nothing_moves_for_it(window, qtbot):
    box = child(window, "tolerance")
    place = box.pos()
    window.tuning.set_settings(with_bias=True)
    wait_until_trained(qtbot, window)
    assert not child(window, "offer").isVisible()
    open_file(qtbot, window, TEMPERATURES)
    assert child(window, "offer").isVisible()
    assert box.pos() == place

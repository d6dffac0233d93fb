"""Show as Python: the program of the current run, as it is read, copied and saved."""

import json
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog
from silence import SILENCE_S, Listener
from support import child, press, text, type_into, wait_until_trained

from gdviz.core.descent.methods import Adam
from gdviz.core.words.log import result_line
from gdviz.core.words.program import program
from gdviz.ui.features.code.code_view import FEW_ROWS, MOST_ROWS
from gdviz.ui.features.export.exporter import PROGRAM_FILTERS
from gdviz.ui.theme import DARK, LIGHT

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
PYTHON, NOTEBOOK = PROGRAM_FILTERS


@pytest.fixture
def shown(window, qtbot):
    """The window with the program in sight."""
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL_SHIFT)
    QApplication.processEvents()
    return window


@pytest.fixture
def save_as(monkeypatch):
    """Answer the next file dialogs with a name and a filter."""

    def save_as(path, chosen=""):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), chosen))

    return save_as


def code(window):
    return child(window, "code").toPlainText()


def notice(window):
    return child(window, "notice_text").text() if child(window, "notice").isVisible() else ""


def colour_of(window, word):
    """Return the colour of the first place where a word stands."""
    cursor = child(window, "code").document().find(word)
    start = cursor.selectionStart() - cursor.block().position()
    formats = cursor.block().layout().formats()
    found = [f.format for f in formats if f.start <= start < f.start + f.length]
    return found[0].foreground().color().name() if found else None


def open_rows(window, qtbot, path, rows, header="x,y"):
    lines = [f"{row},{row % 7}" for row in range(rows)]
    path.write_text("\n".join([header, *lines]))
    window.opening.open_file(path)
    wait_until_trained(qtbot, window)


def last_line(path):
    done = subprocess.run(
        [sys.executable, "-I", str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.splitlines()[-1]


# Showing


def test_a_key_shows_and_hides_it(window, qtbot):
    assert not window.coding.dock.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL_SHIFT)
    assert window.coding.dock.isVisible()
    assert code(window) == program(window.session.runs.experiment).text
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL_SHIFT)
    assert not window.coding.dock.isVisible()


def test_it_is_in_the_view_menu(window):
    view = next(a.menu() for a in window.menuBar().actions() if a.text() == "&View")
    assert "Show as &Python" in [action.text() for action in view.actions()]


def test_it_follows_every_change(shown, qtbot):
    assert "learning_rate = 0.001\n" in code(shown)
    type_into(qtbot, shown, "learning_rate", "0.002")
    assert "learning_rate = 0.002\n" in code(shown)
    type_into(qtbot, shown, "iterations", "77")
    assert "iterations = 77\n" in code(shown)
    shown.tuning.set_settings(method=Adam(), with_bias=True, batch_size=4, standardise=True)
    assert code(shown) == program(shown.session.runs.experiment).text
    shown.session.undo.stack.undo()
    assert code(shown) == program(shown.session.runs.experiment).text
    assert "Adam" not in code(shown)
    wait_until_trained(qtbot, shown)


def test_a_change_leaves_the_view_where_it_was(shown, qtbot):
    text = child(shown, "code")
    shown.resize(1024, 640)
    QApplication.processEvents()
    text.verticalScrollBar().setValue(9)
    type_into(qtbot, shown, "learning_rate", "0.002")
    assert text.verticalScrollBar().value() == 9


def test_hidden_it_does_nothing(window, qtbot):
    type_into(qtbot, window, "learning_rate", "0.002")
    assert not window.coding.dock.is_made
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL_SHIFT)
    assert "learning_rate = 0.002\n" in code(window)
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL_SHIFT)
    type_into(qtbot, window, "learning_rate", "0.003")
    assert "learning_rate = 0.002\n" in code(window)


def test_names_have_the_colours_of_the_pictures(shown):
    for theme in (DARK, LIGHT):
        shown.appearance.choose(theme.name)
        assert colour_of(shown, "X = ") == theme.text_of("data")
        assert colour_of(shown, "w = ") == theme.text_of("hiker")
        assert colour_of(shown, "slope = ") == theme.text_of("slope")
        assert colour_of(shown, "# The data") == theme.muted
        assert colour_of(shown, "iterations") is None


def test_a_letter_beyond_16_bits_shifts_nothing(shown, qtbot, tmp_path):
    open_rows(shown, qtbot, tmp_path / "data.csv", 5, header="🍕,🍕🍕")
    assert "# X: 🍕\n" in code(shown)
    type_into(qtbot, shown, "learning_rate", "0.05")
    assert code(shown) == program(shown.session.runs.experiment).text


# Data


def test_the_data_can_be_read_from_the_file(shown, qtbot):
    assert child(shown, "code_inline").isChecked()
    press(qtbot, shown, "code_by_path")
    assert "np.loadtxt(" in code(shown)
    assert "pizza.txt'" in code(shown)
    type_into(qtbot, shown, "iterations", "50")
    assert "np.loadtxt(" in code(shown)
    press(qtbot, shown, "code_inline")
    assert "np.loadtxt(" not in code(shown)


def test_many_rows_are_read_from_the_file(shown, qtbot, tmp_path):
    open_rows(shown, qtbot, tmp_path / "some.csv", FEW_ROWS)
    assert child(shown, "code_inline").isChecked()
    open_rows(shown, qtbot, tmp_path / "many.csv", FEW_ROWS + 1)
    assert child(shown, "code_by_path").isChecked()
    assert child(shown, "code_inline").isEnabled()
    open_rows(shown, qtbot, tmp_path / "most.csv", MOST_ROWS + 1)
    assert child(shown, "code_by_path").isChecked()
    assert not child(shown, "code_inline").isEnabled()
    assert "np.loadtxt(" in code(shown)


def test_a_file_beyond_numpy_is_written_out(shown, qtbot, tmp_path):
    press(qtbot, shown, "code_by_path")
    path = tmp_path / "comma.csv"
    path.write_text("x;y\n1,5;2\n3;4\n")
    shown.opening.open_file(path)
    wait_until_trained(qtbot, shown)
    assert not child(shown, "code_by_path").isEnabled()
    assert "can't read this file" in child(shown, "code_by_path").toolTip()
    assert "1.5, 3,\n" in code(shown)


def test_a_large_file_beyond_numpy_has_no_program_and_says_why(shown, qtbot, tmp_path):
    path = tmp_path / "comma.csv"
    path.write_text("x;y\n" + "1,5;2\n3;4\n" * MOST_ROWS)
    shown.opening.open_file(path)
    wait_until_trained(qtbot, shown)
    assert code(shown) == ""
    assert "10,000 rows are too many" in child(shown, "code_reason").text()
    assert child(shown, "code_reason").isVisible()
    assert not child(shown, "code_copy").isEnabled()
    assert not child(shown, "code_save").isEnabled()
    shown.opening.open_example()
    wait_until_trained(qtbot, shown)
    assert not child(shown, "code_reason").isVisible()
    assert code(shown) == program(shown.session.runs.experiment).text


# Taking it along


def test_copy_puts_it_on_the_clipboard(shown, qtbot):
    press(qtbot, shown, "code_copy")
    assert QGuiApplication.clipboard().text() == code(shown)
    assert "Copied the program" in notice(shown)


@pytest.mark.parametrize("where", ["code_inline", "code_by_path"])
def test_the_saved_program_prints_the_last_line_of_the_run(shown, qtbot, tmp_path, save_as, where):
    press(qtbot, shown, where)
    target = tmp_path / "descent.py"
    save_as(target, PYTHON)
    press(qtbot, shown, "code_save")
    assert notice(shown) == f"Saved {target}."
    assert last_line(target) == result_line(shown.session.runs.record[-1], with_bias=False)


def test_the_filter_decides_that_it_is_a_notebook(shown, qtbot, tmp_path, save_as):
    save_as(tmp_path / "descent", NOTEBOOK)
    press(qtbot, shown, "code_save")
    notebook = json.loads((tmp_path / "descent.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]
    joined = tmp_path / "joined.py"
    joined.write_text("\n".join(cells))
    assert last_line(joined) == result_line(shown.session.runs.record[-1], with_bias=False)


def test_another_kind_of_file_is_refused(shown, qtbot, tmp_path, save_as):
    save_as(tmp_path / "descent.doc", PYTHON)
    press(qtbot, shown, "code_save")
    assert notice(shown).startswith("descent.doc: “.doc” is no kind of file")
    assert ".py or .ipynb" in notice(shown)
    assert list(tmp_path.glob("descent*")) == []


def test_what_cannot_be_saved_is_said(shown, qtbot, tmp_path, save_as):
    target = tmp_path / "nowhere" / "descent.py"
    save_as(target, PYTHON)
    press(qtbot, shown, "code_save")
    assert notice(shown).startswith(f"{target} can't be written: ")


def test_who_cancels_saves_nothing(shown, qtbot, save_as):
    save_as("")
    press(qtbot, shown, "code_save")
    assert notice(shown) == ""


def test_a_long_file_is_tried_without_a_silence(window, qtbot, tmp_path):
    path = tmp_path / "long.csv"
    open_rows(window, qtbot, path, 300_000)
    seen = []

    def known():
        seen.append(text(window, "code_reason"))
        return "np.loadtxt" in code(window)

    assert Listener().longest_s(window.coding.dock.open, known, 5) < SILENCE_S
    assert "Trying whether NumPy alone reads long.csv, all 300,000 rows of it…" in seen
    assert not child(window, "code_reason").isVisible()
    assert str(path) in code(window)


def test_what_is_tried_ends_with_the_window_and_with_other_data(window, qtbot, tmp_path):
    open_rows(window, qtbot, tmp_path / "long.csv", 300_000)
    window.coding.dock.open()
    window.opening.open_example()
    wait_until_trained(qtbot, window)
    assert "long.csv" not in code(window) + text(window, "code_reason")
    assert "13" in code(window)
    window.session.undo.stack.undo()
    window.close()


@pytest.mark.parametrize(("wrong", "readable"), [("7,x", False), ("", True), ("# 1,2", True)])
def test_each_line_of_a_long_file_counts(window, qtbot, tmp_path, wrong, readable):
    path = tmp_path / "long.csv"
    lines = [f"{row},{row % 7}" for row in range(6000)]
    path.write_text("\n".join(["x,y", *lines, *([wrong] * 1000)]) + "\n")
    window.opening.open_file(path)
    wait_until_trained(qtbot, window)
    window.coding.dock.open()
    qtbot.waitUntil(lambda: "Trying" not in text(window, "code_reason"))
    assert ("np.loadtxt" in code(window)) is readable

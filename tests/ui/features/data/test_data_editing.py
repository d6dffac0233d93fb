"""Points are dragged, added, removed, pasted and saved with mouse and keys; everything follows."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox
from support import PIZZA, child, press, text, type_into, wait_until_trained

from gdviz.core.geometry.thinning import MOST_POINTS
from gdviz.core.tables.reading import read_table

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def plot(window):
    return window.figure.data_fit


@pytest.fixture
def data(window):
    """Return the data of now, when called."""
    return lambda: window.session.runs.experiment.dataset


@pytest.fixture
def save_as(monkeypatch):
    def answer_with(path):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))

    return answer_with


def place(plot, x, y):
    """Return where a point is in the plot's widget."""
    return plot.mapFromScene(plot.view.mapViewToScene(QPointF(x, y)))


def drag(qtbot, plot, *places):
    """Drag with the mouse from the first place over all others."""
    pixels = [place(plot, *where) for where in places]
    qtbot.mousePress(plot.viewport(), LEFT, pos=pixels[0])
    for pixel in pixels[1:]:
        move(plot, pixel)
    qtbot.mouseRelease(plot.viewport(), LEFT, pos=pixels[-1])


def move(plot, pixel, buttons=LEFT):
    """Move the mouse, with buttons held down; QTest's own moves hold none."""
    kind, none = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
    spot, everywhere = QPointF(pixel), QPointF(plot.viewport().mapToGlobal(pixel))
    event = QMouseEvent(kind, spot, everywhere, Qt.MouseButton.NoButton, buttons, none)
    QApplication.sendEvent(plot.viewport(), event)


def first(data):
    return float(data.x[0]), float(data.y[0])


def test_everything_follows_a_point_while_it_is_dragged(window, qtbot, plot, data):
    before, home = data(), plot.view.viewRange()
    start = first(before)
    qtbot.mousePress(plot.viewport(), LEFT, pos=place(plot, *start))
    for y in (40.0, 50.0):
        move(plot, place(plot, 20.0, y))
        assert first(data()) == (pytest.approx(20, abs=0.3), pytest.approx(y, abs=0.6))
        assert data().x[1:].tolist() == before.x[1:].tolist()
        wait_until_trained(qtbot, window)
        best = np.sum(data().x * data().y) / np.sum(data().x ** 2)
        assert window.figure.loss_curve._optimum.points[0, 0] == pytest.approx(best)
        assert plot.view.viewRange() == home
        assert plot.viewport().cursor().shape() is Qt.CursorShape.ClosedHandCursor
    qtbot.mouseRelease(plot.viewport(), LEFT, pos=place(plot, 20.0, 50.0))
    wait_until_trained(qtbot, window)
    assert plot._points.points[0].tolist() == list(first(data()))
    assert window.session.runs.record.rows[1, 0] == pytest.approx(
        0.002 * np.mean(data().x * data().y), rel=1e-12
    )
    assert before.x[0] == start[0]


def test_a_drag_is_one_step_to_undo(window, qtbot, plot, data):
    before = data()
    drag(qtbot, plot, first(before), (15, 30), (20, 40), (18, 45))
    wait_until_trained(qtbot, window)
    after = data()
    stack = window.session.undo.stack
    assert (stack.count(), stack.undoText()) == (1, "move a point")
    assert text(window, "file_name").startswith("pizza.txt")
    assert window.windowTitle() == "pizza.txt (changed) — gdviz"
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert data() is before
    assert window.windowTitle() == "pizza.txt — gdviz"
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL_SHIFT)
    assert data() is after


def test_the_axes_take_in_a_point_that_left_them_when_it_is_let_go(window, qtbot, plot, data):
    (left, right), (_, top) = plot.view.viewRange()
    drag(qtbot, plot, first(data()), (right * 1.05, top))
    wait_until_trained(qtbot, window)
    assert data().x[0] > right
    assert plot.view.viewRange()[0][1] > data().x[0]
    assert plot.view.viewRange()[0][0] == left
    assert plot._line.points[:, 0].max() <= plot.view.viewRange()[0][1]


def test_a_click_chooses_and_moves_nothing(window, qtbot, plot, data):
    before = data()
    qtbot.mouseClick(plot.viewport(), LEFT, pos=place(plot, *first(before)) + QPoint(2, -3))
    assert data() is before
    assert plot.editing.rings.points.tolist() == [list(first(before))]
    assert window.session.undo.stack.count() == 0


def test_a_point_under_the_mouse_gets_a_ring_and_a_hand(plot, data):
    none = Qt.MouseButton.NoButton
    move(plot, place(plot, *first(data())), none)
    assert plot.editing.rings.points.tolist() == [list(first(data()))]
    assert plot.viewport().cursor().shape() is Qt.CursorShape.OpenHandCursor
    move(plot, place(plot, 2.0, 50.0), none)
    assert not len(plot.editing.rings.points)
    assert plot.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor


def test_empty_ground_still_shifts_the_view(qtbot, plot, data):
    before, dataset = plot.view.viewRange(), data()
    drag(qtbot, plot, (3.0, 50.0), (5.0, 45.0), (8.0, 40.0))
    assert plot.view.viewRange() != before
    assert data() is dataset


def test_a_double_click_adds_a_point_and_delete_removes_it(window, qtbot, plot, data):
    before = data()
    qtbot.mouseDClick(plot.viewport(), LEFT, pos=place(plot, 4.0, 50.0))
    assert len(data()) == len(before) + 1
    assert (data().x[-1], data().y[-1]) == (pytest.approx(4, abs=0.2), pytest.approx(50, abs=0.5))
    assert plot.editing.chosen == len(before)
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Delete)
    assert data().x.tolist() == before.x.tolist()
    assert [window.session.undo.stack.text(i) for i in range(2)] == [
        "add a point", "delete a point"
    ]  # fmt: skip
    window.session.undo.stack.undo()
    assert len(data()) == len(before) + 1


def test_a_double_click_on_a_point_adds_none(qtbot, plot, data):
    before = data()
    qtbot.mouseDClick(plot.viewport(), LEFT, pos=place(plot, *first(before)))
    assert data() is before


def test_keys_alone_choose_move_add_and_remove(qtbot, plot, data):
    plot.setFocus()
    before = data()
    qtbot.keyClick(plot, Qt.Key.Key_PageDown)
    leftmost = int(np.argmin(before.x))
    assert plot.editing.rings.points[0, 0] == before.x[leftmost]
    qtbot.keyClick(plot, Qt.Key.Key_Up, CTRL)
    chosen = plot.editing.chosen
    assert data().y[chosen] > before.y[chosen]
    assert data().x.tolist() == before.x.tolist()
    qtbot.keyClick(plot, Qt.Key.Key_Insert)
    assert len(data()) == len(before) + 1
    qtbot.keyClick(plot, Qt.Key.Key_Delete)
    assert len(data()) == len(before)


def test_the_last_point_stays(window, qtbot, plot, data, tmp_path):
    (tmp_path / "one.csv").write_text("2,3\n")
    window.opening.open_file(tmp_path / "one.csv")
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_PageDown)
    qtbot.keyClick(plot, Qt.Key.Key_Delete)
    assert len(data()) == 1
    assert "at least one point" in text(window, "notice_text")


def test_the_menu_of_the_plot_adds_and_deletes(plot, data):
    before = data()
    for where, offer, count in (
        (first(before), "Delete this point", -1), ((3.0, 50.0), "Add a point here", 0),
    ):  # fmt: skip
        menu = QMenu(plot)
        plot.editing.fill_menu(menu, place(plot, *where))
        next(action for action in menu.actions() if action.text() == offer).trigger()
        assert len(data()) == len(before) + count


def test_kept_runs_follow_the_data(window, qtbot, plot, data):
    press(qtbot, window, "keep")
    type_into(qtbot, window, "iterations", "50")
    drag(qtbot, plot, first(data()), (15, 30), (20, 45))
    qtbot.waitUntil(lambda: not window.session.runs.busy)
    kept = window.session.runs.kept[0]
    assert kept.experiment.dataset is data()
    assert kept.record.newest == 100


def test_a_choice_stays_with_a_moved_point_and_goes_with_other_data(window, qtbot, plot, data):
    drag(qtbot, plot, first(data()), (15, 30), (20, 45))
    window.session.undo.stack.undo()
    assert plot.editing.rings.points.tolist() == [list(first(data()))]
    QGuiApplication.clipboard().setText("1 2\n3 4\n5 6")
    window.opening.paste()
    assert not len(plot.editing.rings.points)


def test_too_many_rows_are_left_alone(window, plot, data):
    rng = np.random.default_rng(1)
    x = rng.uniform(1, 2, MOST_POINTS + 1)
    window.tuning.set_settings(dataset=type(data())(x, x), learning_rate=0.1)
    before = data()
    window.changing.add_point()
    assert data() is before
    assert "20,000 rows" in plot.toolTip()


# Undo across files


def test_opening_a_file_is_undone_with_its_columns_and_name(window, qtbot, data, tmp_path):
    (tmp_path / "sales.csv").write_text("a,b,c\n1,2,3\n2,3,5\n3,5,4\n")
    before = data()
    type_into(qtbot, window, "iterations", "7")
    window.opening.open_file(tmp_path / "sales.csv")
    assert window.session.undo.stack.undoText() == "open sales.csv"
    box = child(window, "y_column")
    box.setCurrentIndex(2)
    assert data().y_name == "c"
    for name, y_name in (("sales.csv", "b"), ("pizza.txt", before.y_name)):
        window.session.undo.stack.undo()
        assert (text(window, "file_name"), data().y_name) == (name, y_name)
        assert window.windowTitle() == f"{name} — gdviz"
    assert data() is before
    assert not box.isVisible()
    window.session.undo.stack.redo()
    assert box.isVisible()
    assert box.currentText() == "b"


def test_more_than_a_hundred_steps_go_back(window, plot, data):
    before = data()
    for step in range(120):
        plot.editing.point_moved.emit(0, 1.0 + step, 2.0)
    for _ in range(120):
        window.session.undo.stack.undo()
    assert data() is before


# Paste


@pytest.mark.parametrize(("copied", "x", "y"), [
    ("guests\tpizzas\n1,5\t2\n3\t4,5\n", [1.5, 3], [2, 4.5]),
    ("1,2\n3,4\n", [1, 3], [2, 4]),
    ("1 2\n\n3 4", [1, 3], [2, 4]),
])  # fmt: skip
def test_columns_are_pasted(window, qtbot, data, copied, x, y):
    QGuiApplication.clipboard().setText(copied)
    window.playing.transport.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_V, CTRL)
    assert (data().x.tolist(), data().y.tolist()) == (x, y)
    assert window.session.undo.stack.undoText() == "paste data"


def test_a_pasted_row_that_can_not_be_used_is_named(window, qtbot, data):
    QGuiApplication.clipboard().setText("a\tb\n1\t2\nx\t3\n4\t5\n")
    qtbot.keyClick(window, Qt.Key.Key_V, CTRL)
    assert data().x.tolist() == [1, 4]
    details = child(window, "notice_details").toPlainText()
    assert "line 3, column 1 (a): “x” is not a number" in details


@pytest.mark.parametrize(
    ("copied", "words"),
    [("", "is empty"), ("hello there", "no rows below"), ("hello\nyou", "not a number")],
)
def test_what_is_no_table_gives_a_sentence(window, qtbot, data, copied, words):
    before = data()
    QGuiApplication.clipboard().setText(copied)
    qtbot.keyClick(window, Qt.Key.Key_V, CTRL)
    assert data() is before
    said = text(window, "notice_text")
    assert said.startswith("Pasted text" if copied else "The clipboard")
    assert words in said


def test_a_number_pasted_into_a_box_goes_into_the_box(window, qtbot, data):
    before = data()
    QGuiApplication.clipboard().setText("37")
    box = child(window, "iterations")
    box.setFocus()
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_V, CTRL)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.value() == 37
    assert data() is before


# Saving


@pytest.mark.parametrize("kind", [".txt", ".csv", ".tsv"])
def test_saved_data_open_with_the_same_numbers(window, qtbot, plot, data, save_as, tmp_path, kind):
    drag(qtbot, plot, first(data()), (15, 30), (20, 40))
    target = tmp_path / f"mine{kind}"
    save_as(target)
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL)
    again, bad = read_table(target).dataset()
    assert not bad
    assert (again.x.tolist(), again.y.tolist()) == (data().x.tolist(), data().y.tolist())
    assert (again.x_name, again.y_name) == (data().x_name, data().y_name)
    assert window.changing.may_close()


def test_the_opened_file_is_never_written(window, qtbot, plot, data, save_as, tmp_path):
    copy = tmp_path / "copy.txt"
    copy.write_bytes(PIZZA.read_bytes())
    window.opening.open_file(copy)
    drag(qtbot, plot, first(data()), (15, 30), (20, 40))
    save_as(copy)
    window.changing.save_as()
    assert copy.read_bytes() == PIZZA.read_bytes()
    assert "copy.txt is the file that was opened" in text(window, "notice_text")


def test_a_kind_of_file_that_is_not_written_is_refused(window, save_as, tmp_path):
    save_as(tmp_path / "mine.xlsx")
    assert not window.changing.save_as()
    assert ".xlsx" in text(window, "notice_text")
    assert not (tmp_path / "mine.xlsx").exists()


# Closing


def answer(button):
    """Press a button of the question that is about to be asked."""
    asked = []

    def press_button():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        box.button(button).click()

    QTimer.singleShot(0, press_button)
    return asked


def test_closing_with_changed_data_asks_first(window, qtbot, plot, data, save_as, tmp_path):
    drag(qtbot, plot, first(data()), (15, 30), (20, 40))
    kinds = QMessageBox.StandardButton
    asked = answer(kinds.Cancel)
    assert not window.close()
    assert "changed the data" in asked[0]
    assert window.isVisible()
    save_as(tmp_path / "mine.csv")
    answer(kinds.Save)
    assert window.close()
    assert read_table(tmp_path / "mine.csv").dataset()[0].x.tolist() == data().x.tolist()


def test_discarding_closes(window, qtbot, plot, data):
    drag(qtbot, plot, first(data()), (15, 30), (20, 40))
    answer(QMessageBox.StandardButton.Discard)
    assert window.close()


def test_undone_changes_are_no_reason_to_ask(window, qtbot, plot, data):
    drag(qtbot, plot, first(data()), (15, 30), (20, 40))
    window.session.undo.stack.undo()
    assert window.close()


@pytest.mark.parametrize("by", ["opening a file", "a lesson"])
def test_changed_data_that_were_left_are_asked_about(
    window, qtbot, plot, data, save_as, tmp_path, by
):
    drag(qtbot, plot, first(data()), (15, 30), (20, 40))
    left = data()
    if by == "a lesson":
        qtbot.keyClick(window, Qt.Key.Key_F1)
    else:
        (tmp_path / "other.csv").write_text("a,b\n1,2\n3,4\n")
        window.opening.open_file(tmp_path / "other.csv")
    assert data() is not left
    asked = answer(QMessageBox.StandardButton.Cancel)
    assert not window.close()
    assert asked == ["You have changed the data of pizza.txt. Save them under a new name?"]
    save_as(tmp_path / "mine.csv")
    answer(QMessageBox.StandardButton.Save)
    assert window.close()
    assert read_table(tmp_path / "mine.csv").dataset()[0].x.tolist() == left.x.tolist()


def test_changed_data_that_were_left_and_taken_back_are_no_reason_to_ask(
    window, qtbot, plot, data, tmp_path
):
    drag(qtbot, plot, first(data()), (15, 30), (20, 40))
    (tmp_path / "other.csv").write_text("a,b\n1,2\n3,4\n")
    window.opening.open_file(tmp_path / "other.csv")
    for _ in range(2):
        window.session.undo.stack.undo()
    assert window.close()


def test_a_point_whose_drag_is_undone_is_let_go(window, qtbot, plot, data, tmp_path):
    (tmp_path / "other.csv").write_text("a,b\n1,2\n3,4\n")
    window.opening.open_file(tmp_path / "other.csv")
    wait_until_trained(qtbot, window)
    canvas = plot.viewport()
    qtbot.mousePress(canvas, LEFT, pos=place(plot, *first(data())))
    qtbot.mouseMove(canvas, place(plot, 2.0, 3.0))
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert text(window, "file_name").startswith("pizza.txt")
    before = data()
    qtbot.mouseMove(canvas, place(plot, 20.0, 30.0))
    qtbot.mouseRelease(canvas, LEFT, pos=place(plot, 20.0, 30.0))
    assert data() is before
    assert not plot.editing.dragging
    assert not window.session.undo.held

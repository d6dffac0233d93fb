"""The table tells runs apart, sorts and copies them, and passes on what the user wants."""

import csv
import dataclasses
import io

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QPushButton, QTableView

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import Momentum
from gdviz.core.descent.run import Run
from gdviz.core.descent.trajectory import Record, Trajectory
from gdviz.core.words.comparison import RunSummary
from gdviz.core.words.numbers import MINUS
from gdviz.ui.features.compare.runs_model import COLUMNS, MISSING
from gdviz.ui.features.compare.runs_view import RunsView
from gdviz.ui.plots.drawing.shapes import sample_icon
from gdviz.ui.theme import DARK, LIGHT
from gdviz.ui.widgets.spin_boxes import ScientificBox

LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
TITLES = [column.title for column in COLUMNS]


@pytest.fixture
def runs(pizza):
    """The current run and three kept ones: fast, slow and one that diverges."""
    chosen = {
        "now": Experiment(pizza, 2000, with_bias=True),
        "momentum": Experiment(pizza, 2000, with_bias=True, method=Momentum()),
        "slow": Experiment(pizza, 300, 1e-5, with_bias=True, start=Point(1, 2)),
        "too fast": Experiment(pizza, 2000, 0.1, with_bias=True),
    }
    rows = []
    for number, (name, experiment) in zip((None, 0, 1, 2), chosen.items(), strict=True):
        trajectory, outcome = run(experiment)
        rows.append(Run(experiment, trajectory.record, outcome, name, number))
    return rows


@pytest.fixture
def view(qtbot, runs):
    view = RunsView()
    qtbot.addWidget(view)
    view.set_theme(LIGHT)
    view.set_goal(30.8)
    view.set_runs(runs)
    view.resize(1044, 230)
    view.show()
    view.activateWindow()
    qtbot.waitExposed(view)
    return view


def table(view):
    return view.findChild(QTableView, "runs_table")


def button(view, name):
    return view.findChild(QPushButton, name)


def column(view, title):
    """Return what a column shows, from top to bottom."""
    model, place = table(view).model(), TITLES.index(title)
    return [model.index(row, place).data() for row in range(model.rowCount())]


def row_of(view, name):
    return column(view, "Run").index(name)


def index_of(view, name, title="Run"):
    return table(view).model().index(row_of(view, name), TITLES.index(title))


def click(qtbot, view, name, title="Method", modifier=Qt.KeyboardModifier.NoModifier):
    place = table(view).visualRect(index_of(view, name, title)).center()
    qtbot.mouseClick(table(view).viewport(), LEFT, modifier, place)


def click_head(qtbot, view, title):
    header = table(view).horizontalHeader()
    left = header.sectionViewportPosition(TITLES.index(title))
    qtbot.mouseClick(header.viewport(), LEFT, pos=QPoint(left + 20, header.height() // 2))


def click_box(qtbot, view, name):
    box = table(view).visualRect(index_of(view, name))
    qtbot.mouseClick(table(view).viewport(), LEFT, pos=QPoint(box.left() + 9, box.center().y()))


def selected(view):
    rows = sorted(index.row() for index in table(view).selectionModel().selectedRows())
    return [column(view, "Run")[row] for row in rows]


def changed(row, **changes):
    """Return a row with other fields."""
    return dataclasses.replace(row, **changes)


def answer(view, runs):
    """Change the runs as they are wished for, as the window does."""
    rows = list(runs)

    def alter(numbers, **changes):
        rows[:] = [changed(r, **changes) if r.number in numbers else r for r in rows]
        view.set_runs(rows)

    def remove(numbers):
        rows[:] = [r for r in rows if r.number not in numbers]
        view.set_runs(rows)

    view.rename_requested.connect(lambda number, name: alter([number], name=name))
    view.visible_requested.connect(lambda numbers, visible: alter(numbers, visible=visible))
    view.remove_requested.connect(remove)


# What it says


def test_every_run_has_a_row_in_the_order_given(view):
    assert column(view, "Run") == ["now", "momentum", "slow", "too fast"]
    assert column(view, "Method") == ["Gradient descent", "Momentum"] + 2 * ["Gradient descent"]
    assert column(view, "Outcome") == ["all steps"] * 3 + ["diverged"]
    assert column(view, "Settings")[2] == f"rate 1e{MINUS}5 · bias · start (1, 2)"


def test_numbers_are_rounded_and_their_tooltips_are_not(view, runs):
    last = runs[1].record.last
    index = index_of(view, "momentum", "w")
    assert index.data() == f"{last.weight:.4f}"
    assert float(index.data(Qt.ItemDataRole.ToolTipRole)) == last.weight
    far = index_of(view, "too fast", "Final loss")
    assert "e" in far.data()
    assert len(far.data()) < 8
    assert float(far.data(Qt.ItemDataRole.ToolTipRole)) == runs[3].record.last.loss


def test_the_iterations_to_the_goal_are_counted(view, runs):
    losses = runs[1].record.loss.tolist()
    expected = next(k for k, loss in enumerate(losses) if loss <= 30.8)
    assert column(view, "To goal")[1:] == [str(expected), MISSING, MISSING]


def test_another_goal_that_is_typed_counts(qtbot, view, runs):
    box = view.findChild(ScientificBox, "goal_loss")
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "100")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    expected = next(k for k, loss in enumerate(runs[0].record.loss.tolist()) if loss <= 100)
    assert column(view, "To goal")[0] == str(expected)
    assert view.goal == 100


def test_a_goal_that_was_typed_stays_until_another_is_proposed(qtbot, view):
    box = view.findChild(ScientificBox, "goal_loss")
    box.selectAll()
    qtbot.keyClicks(box, "55")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    view.set_goal(30.8)
    assert view.goal == 55
    view.set_goal(76.6)
    assert view.goal == 76.6


def test_a_run_that_goes_on_is_shown_as_far_as_it_is(view, runs, pizza):
    trajectory = Trajectory()
    running = changed(runs[0], record=trajectory.record, outcome=None)
    view.set_runs([running, *runs[1:]])
    assert column(view, "Final loss")[0] == column(view, "w")[0] == MISSING
    trajectory.append(run(Experiment(pizza, 40))[0].record.rows)
    view.set_runs([changed(running, record=trajectory.record), *runs[1:]])
    assert column(view, "Iterations")[0] == "40"
    assert column(view, "Outcome")[0] == "running"


def test_no_runs_are_an_empty_table(view):
    view.set_runs([])
    assert table(view).model().rowCount() == 0
    assert view.table_text(".csv").count("\n") == 1
    assert not any(b.isEnabled() for b in view.findChildren(QPushButton))


def test_everything_has_a_name_and_says_what_it_does(view):
    parts = [table(view), *view.findChildren(QPushButton), view.findChild(ScientificBox)]
    assert all(part.accessibleName() for part in parts)
    assert all(part.toolTip() for part in parts[1:])
    head = table(view).model()
    for place in range(len(COLUMNS)):
        assert head.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_marks_have_the_colours_of_the_runs(view, theme):
    view.set_theme(theme)
    icon = index_of(view, "momentum").data(Qt.ItemDataRole.DecorationRole)
    image = icon.pixmap(16, 16).toImage()
    assert image.pixelColor(image.rect().center()) == QColor(theme.kept[0])


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("shape", ["big dot", "square", "triangle", "diamond"])
def test_every_shape_can_be_drawn(shape):
    image = sample_icon(shape, "#ff0000").pixmap(16, 16).toImage()
    assert image.pixelColor(8, 8) == QColor("#ff0000")
    assert image.pixelColor(0, 0).alpha() == 0


# Sorting


def test_a_click_on_a_head_sorts_and_the_third_one_undoes_it(qtbot, view):
    before = column(view, "Run")
    click_head(qtbot, view, "Run")
    assert column(view, "Run") == ["momentum", "now", "slow", "too fast"]
    click_head(qtbot, view, "Run")
    assert column(view, "Run") == ["too fast", "slow", "now", "momentum"]
    click_head(qtbot, view, "Run")
    assert column(view, "Run") == before


def test_numbers_sort_as_numbers_and_what_is_missing_comes_last(qtbot, view):
    click_head(qtbot, view, "To goal")
    assert column(view, "Run")[:2] == ["momentum", "now"]
    assert column(view, "To goal")[2:] == [MISSING] * 2
    click_head(qtbot, view, "To goal")
    assert column(view, "Run")[:2] == ["now", "momentum"]
    assert column(view, "To goal")[2:] == [MISSING] * 2


@pytest.mark.parametrize(
    ("title", "field"),
    [("Final loss", "loss"), ("w", "weight"), ("b", "bias"), ("Distance", "distance"),
     ("Iterations", "ended")],
)  # fmt: skip
def test_every_number_can_be_sorted_by(qtbot, view, runs, title, field):
    expected = sorted(runs, key=lambda row: getattr(RunSummary.of(row, 30.8), field))
    click_head(qtbot, view, title)
    assert column(view, "Run") == [row.name for row in expected]


def test_the_order_holds_when_the_numbers_change(qtbot, view, runs):
    click_head(qtbot, view, "Iterations")
    assert column(view, "Run")[:2] == ["too fast", "slow"]
    other = run(Experiment(runs[0].experiment.dataset, 3))
    view.set_runs([changed(runs[0], record=other[0].record, outcome=other[1]), *runs[1:]])
    assert column(view, "Run")[0] == "now"


# Wishes


def test_keep_is_wished_for_with_the_button(qtbot, view):
    with qtbot.waitSignal(view.keep_requested):
        qtbot.mouseClick(button(view, "keep_run"), LEFT)


def test_keep_is_off_where_it_makes_no_sense(view, runs):
    view.set_runs(runs, can_keep=False)
    assert not button(view, "keep_run").isEnabled()
    view.set_runs(runs)
    assert button(view, "keep_run").isEnabled()
    view.set_runs(runs[1:])
    assert not button(view, "keep_run").isEnabled()


def test_a_click_into_the_box_hides_a_run_and_shows_it_again(qtbot, view, runs):
    answer(view, runs)
    with qtbot.waitSignal(view.visible_requested) as hiding:
        click_box(qtbot, view, "slow")
    assert hiding.args == [[1], False]
    check = index_of(view, "slow").data(Qt.ItemDataRole.CheckStateRole)
    assert Qt.CheckState(check) is Qt.CheckState.Unchecked
    with qtbot.waitSignal(view.visible_requested) as showing:
        click_box(qtbot, view, "slow")
    assert showing.args == [[1], True]


def test_a_box_changes_only_with_the_run(qtbot, view):
    click_box(qtbot, view, "slow")
    check = index_of(view, "slow").data(Qt.ItemDataRole.CheckStateRole)
    assert Qt.CheckState(check) is Qt.CheckState.Checked


def test_the_current_run_has_no_box_and_keeps_its_name(qtbot, view):
    with qtbot.assertNotEmitted(view.visible_requested):
        click_box(qtbot, view, "now")
    assert index_of(view, "now").data(Qt.ItemDataRole.CheckStateRole) is None
    click(qtbot, view, "now")
    qtbot.keyClick(table(view), Qt.Key.Key_F2)
    assert table(view).state() is not QAbstractItemView.State.EditingState


@pytest.mark.parametrize("sort", [False, True])
def test_a_double_click_renames_a_run_in_place(qtbot, view, runs, sort):
    answer(view, runs)
    if sort:
        click_head(qtbot, view, "Run")
    place = table(view).visualRect(index_of(view, "slow")).center()
    qtbot.mouseClick(table(view).viewport(), LEFT, pos=place)
    qtbot.mouseDClick(table(view).viewport(), LEFT, pos=place)
    editor = table(view).findChild(QLineEdit)
    assert editor.text() == "slow"
    editor.selectAll()
    qtbot.keyClicks(editor, "a tortoise")
    with qtbot.waitSignal(view.rename_requested) as renaming:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert renaming.args == [1, "a tortoise"]
    names = column(view, "Run")
    assert "a tortoise" in names
    assert names == sorted(names) or not sort


def test_control_characters_in_a_name_become_visible(qtbot, view, runs):
    answer(view, runs)
    click(qtbot, view, "slow")
    qtbot.keyClick(table(view), Qt.Key.Key_F2)
    editor = table(view).findChild(QLineEdit)
    editor.setText("a\x01\x1b tortoise")
    with qtbot.waitSignal(view.rename_requested) as renaming:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert renaming.args == [1, "a\\x01\\x1b tortoise"]


@pytest.mark.parametrize("typed", ["", "   ", "slow"])
def test_no_name_and_the_same_name_are_not_passed_on(qtbot, view, typed):
    click(qtbot, view, "slow")
    qtbot.keyClick(table(view), Qt.Key.Key_F2)
    editor = table(view).findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    qtbot.keyClicks(editor, typed)
    with qtbot.assertNotEmitted(view.rename_requested):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert "slow" in column(view, "Run")


def test_a_name_that_is_being_typed_survives_a_refresh(qtbot, view, runs):
    click(qtbot, view, "slow")
    qtbot.keyClick(table(view), Qt.Key.Key_F2)
    editor = table(view).findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "half a na")
    view.set_runs([runs[0], *(changed(row, outcome=None) for row in runs[1:])])
    assert column(view, "Outcome")[1:] == ["running"] * 3
    assert table(view).findChild(QLineEdit) is editor
    assert editor.text() == "half a na"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)


def test_h_hides_and_shows_what_is_selected(qtbot, view, runs):
    answer(view, runs)
    click(qtbot, view, "momentum")
    click(qtbot, view, "slow", modifier=CONTROL)
    wishes = []
    view.visible_requested.connect(lambda *wish: wishes.append(wish))
    qtbot.keyClick(table(view), Qt.Key.Key_H)
    qtbot.keyClick(table(view), Qt.Key.Key_H)
    assert [(sorted(numbers), visible) for numbers, visible in wishes] == [
        ([0, 1], False), ([0, 1], True),
    ]  # fmt: skip


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, None])
def test_a_kept_run_is_made_the_current_one(qtbot, view, key):
    click(qtbot, view, "too fast")
    with qtbot.waitSignal(view.restore_requested) as restoring:
        if key:
            qtbot.keyClick(table(view), key)
        else:
            qtbot.mouseClick(button(view, "restore_run"), LEFT)
    assert restoring.args == [2]


def test_only_one_run_that_is_another_can_be_made_the_current_one(qtbot, view, runs):
    restore = button(view, "restore_run")
    assert not restore.isEnabled()
    click(qtbot, view, "slow")
    assert restore.isEnabled()
    click(qtbot, view, "momentum", modifier=CONTROL)
    assert not restore.isEnabled()
    click(qtbot, view, "now")
    assert not restore.isEnabled()
    view.set_runs([runs[0], changed(runs[1], experiment=runs[0].experiment)])
    click(qtbot, view, "momentum")
    assert not restore.isEnabled()
    with qtbot.assertNotEmitted(view.restore_requested):
        qtbot.keyClick(table(view), Qt.Key.Key_Return)


@pytest.mark.parametrize("with_key", [False, True])
def test_the_selected_kept_runs_are_removed(qtbot, view, runs, with_key):
    answer(view, runs)
    removed = []
    view.remove_requested.connect(removed.append)
    for name in ("now", "momentum", "too fast"):
        click(qtbot, view, name, modifier=CONTROL)
    if with_key:
        qtbot.keyClick(table(view), Qt.Key.Key_Delete)
    else:
        qtbot.mouseClick(button(view, "remove_run"), LEFT)
    assert list(map(sorted, removed)) == [[0, 2]]
    assert column(view, "Run") == ["now", "slow"]
    assert selected(view) == ["now"]
    assert not button(view, "remove_run").isEnabled()


def test_the_export_is_wished_for_with_the_button(qtbot, view):
    with qtbot.waitSignal(view.export_requested):
        qtbot.mouseClick(button(view, "export_runs"), LEFT)


# The selection


def test_the_selection_stays_with_its_runs(qtbot, view, runs):
    click(qtbot, view, "slow")
    view.set_runs([changed(runs[0], name="later"), *runs[1:]])
    assert selected(view) == ["slow"]
    view.set_runs([runs[0], *runs[2:]])
    assert selected(view) == ["slow"]
    click_head(qtbot, view, "Final loss")
    assert selected(view) == ["slow"]
    assert button(view, "remove_run").isEnabled()


# Text


def read(text, delimiter):
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def test_the_text_is_the_table_as_sorted_with_every_digit(qtbot, view, runs):
    click_head(qtbot, view, "To goal")
    head, *rows = read(view.table_text(".csv"), ",")
    assert head[0] == "run"
    assert [row[0] for row in rows] == column(view, "Run")
    by_name = {row.name: row.record.last for row in runs}
    assert all(float(row[4]) == by_name[row[0]].loss for row in rows)


def test_as_markdown_it_is_sorted_as_well(qtbot, view):
    click_head(qtbot, view, "To goal")
    lines = view.table_text(".md").splitlines()
    assert [line.split(" | ")[0] for line in lines[2:]] == [f"| {n}" for n in column(view, "Run")]


def test_control_c_copies_the_selected_rows_with_their_heads(qtbot, view, runs):
    click(qtbot, view, "too fast")
    click(qtbot, view, "momentum", modifier=CONTROL)
    qtbot.keyClick(table(view), Qt.Key.Key_C, CONTROL)
    head, *rows = read(QGuiApplication.clipboard().text(), "\t")
    assert head[1] == "method"
    assert [row[0] for row in rows] == ["momentum", "too fast"]
    assert float(rows[0][5]) == runs[1].record.last.weight


def test_without_a_selection_the_clipboard_stays(qtbot, view):
    QGuiApplication.clipboard().setText("mine")
    table(view).clearSelection()
    table(view).setFocus()
    qtbot.keyClick(table(view), Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "mine"


# Long runs


class Searched(Record):
    """A record that counts how often its losses are looked through."""

    times = 0

    @property
    def loss(self):
        Searched.times += 1
        return super().loss


def test_a_refresh_searches_only_the_run_that_goes_on(view, runs):
    rows = [changed(row, record=Searched(**vars(row.record))) for row in runs]
    view.set_runs(rows)
    Searched.times = 0
    view.set_runs([changed(rows[0], record=Searched(**vars(runs[0].record))), *rows[1:]])
    assert Searched.times == 1

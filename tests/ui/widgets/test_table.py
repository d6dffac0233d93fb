"""A table sorts its rows, keeps what is selected, and says what changed."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QFont
from PySide6.QtWidgets import QApplication, QMenu

from gdviz.ui.theme import DARK, LIGHT
from gdviz.ui.widgets.table import Column, Table, TableModel

DOWN, UP = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
Role = Qt.ItemDataRole
SIZES = st.none() | st.floats(allow_nan=False)


def columns():
    return (
        Column("Name", "What it is called", lambda row: row[0], lambda row: row[0], words=True),
        Column(
            "Size", "How large it is", lambda row: str(row[1]), lambda row: row[1],
            tip=lambda row: f"exactly {row[1]}", spoken=lambda row: f"size {row[1]}",
        ),
    )  # fmt: skip


def model_of(rows, muted=lambda _: False):
    model = TableModel(columns(), lambda row: row[0], muted)
    model.set_rows(rows)
    return model


@pytest.fixture
def table(qtbot):
    model = model_of([("b", 2.0), ("a", 3.0), ("c", None), ("d", 1.0)])
    table = Table(model, "things", "Things")
    qtbot.addWidget(table)
    table.set_theme(LIGHT)
    table.resize(400, 200)
    table.show()
    qtbot.waitExposed(table)
    return table


def names(table):
    model = table.model()
    return [model.index(place, 0).data() for place in range(model.rowCount())]


def click_head(qtbot, table, column):
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


@settings(derandomize=True, deadline=None)
@given(st.lists(SIZES, max_size=30), st.sampled_from([DOWN, UP]))
def test_rows_are_sorted_and_what_is_missing_comes_last(sizes, order):
    rows = [(str(place), size) for place, size in enumerate(sizes)]
    model = model_of(rows)
    model.sort(1, order)
    known = [size for size in sizes if size is not None]
    missing = [None] * (len(sizes) - len(known))
    assert [row[1] for row in model.rows] == sorted(known, reverse=order is DOWN) + missing
    model.sort(-1)
    assert model.rows == rows


@settings(derandomize=True, deadline=None)
@given(st.lists(SIZES, min_size=1, max_size=20), st.lists(SIZES, min_size=20, max_size=20))
def test_an_index_stays_with_its_row_while_the_numbers_change(sizes, others):
    model = model_of([(str(place), size) for place, size in enumerate(sizes)])
    model.sort(1)
    kept = [(QPersistentModelIndex(model.index(k, 0)), row[0]) for k, row in enumerate(model.rows)]
    model.set_rows([(str(place), others[place]) for place in range(len(sizes))])
    assert all(index.data() == name for index, name in kept)


def test_a_click_on_a_head_sorts_and_the_third_gives_the_rows_their_order_back(qtbot, table):
    assert names(table) == ["b", "a", "c", "d"]
    click_head(qtbot, table, 1)
    assert names(table) == ["d", "b", "a", "c"]
    click_head(qtbot, table, 1)
    assert names(table) == ["a", "b", "d", "c"]
    click_head(qtbot, table, 1)
    assert names(table) == ["b", "a", "c", "d"]


def test_what_is_selected_stays_so_when_rows_come_and_go(qtbot, table):
    table.select(["a", "d"])
    click_head(qtbot, table, 0)
    assert [row[0] for row in table.selected] == ["a", "d"]
    table.model().set_rows([("d", 5.0), ("e", 6.0)])
    assert table.selected == [("d", 5.0)]
    flags = QItemSelectionModel.SelectionFlag
    table.selectionModel().select(table.model().index(1, 0), flags.ClearAndSelect | flags.Rows)
    assert table.selected == [("e", 6.0)]


def test_rows_that_are_not_there_cannot_be_selected(table):
    table.select(["nobody"])
    assert table.selected == []
    assert table.model().place("nobody") is None


def test_only_the_columns_that_changed_are_said_to_have(qtbot, table):
    model = table.model()
    with qtbot.waitSignal(model.dataChanged) as told:
        model.set_rows([("b", 9.0), ("a", math.inf), ("c", 1.0), ("d", 1.0)], first_column=1)
    assert told.args[0].column() == 1
    assert model.index(0, 1).data() == "9.0"


def test_heads_and_cells_say_more_when_asked(table):
    model = table.model()
    heads = [model.headerData(1, Qt.Orientation.Horizontal, role)
             for role in (Role.DisplayRole, Role.ToolTipRole)]  # fmt: skip
    assert heads == ["Size", "How large it is. Click to sort."]
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.index(0, 1).data(Role.ToolTipRole) == "exactly 2.0"
    assert model.index(0, 1).data(Role.AccessibleTextRole) == "size 2.0"
    assert model.index(0, 0).data(Role.ToolTipRole) is None


def test_rows_that_stand_back_have_the_theme_s_muted_colour():
    model = model_of([("a", 1.0), ("b", 2.0)], muted=lambda row: row[0] == "b")
    model.set_theme(DARK)
    assert model.index(0, 0).data(Role.ForegroundRole) is None
    assert model.index(1, 0).data(Role.ForegroundRole) == QColor(DARK.muted)


def test_a_larger_font_makes_rows_taller(table):
    before = table.rowHeight(0)
    table.setFont(QFont(table.font().family(), 30))
    assert table.rowHeight(0) > before + 10


def test_other_columns_begin_without_rows(table):
    table.model().set_columns(columns()[:1])
    assert (table.model().columnCount(), table.model().rowCount()) == (1, 0)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_what_a_click_on_a_head_does_is_in_the_menu_for_whoever_has_no_mouse(qtbot, table):
    table.setFocus()
    for entry, order in (
        ("Sort by Size, upwards", ["d", "b", "a", "c"]),
        ("Sort by Size, downwards", ["a", "b", "d", "c"]),
        ("Sort as before", ["b", "a", "c", "d"]),
    ):
        table.setCurrentIndex(table.model().index(0, 1))
        place = table.visualRect(table.currentIndex()).center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, QPoint())
        QApplication.sendEvent(table.viewport(), event)
        (menu,) = table.findChildren(QMenu)
        (action,) = [a for a in menu.actions() if a.text().replace("&", "") == entry]
        action.trigger()
        assert names(table) == order
        menu.close()
        qtbot.waitUntil(lambda: not table.findChildren(QMenu))

"""Dates on x are counted in the unit, and from the day, that is chosen in the menu of the plot."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu
from support import text, wait_until_trained

from gdviz.core.tables.calendar import Calendar


@pytest.fixture
def dates(window, qtbot, dated):
    window.session.restart(window.session.on_new(dated))
    wait_until_trained(qtbot, window)
    return window


def offers(window):
    """Return what the menu of the plot offers of counting, by menu and text."""
    plot, menu = window.figure.data_fit, QMenu(window)
    plot.fill_menu(menu, QPoint(5, 5))
    return {
        part.title().replace("&", ""): {action.text(): action for action in part.actions()}
        for part in menu.findChildren(QMenu)
    }


def test_the_unit_is_chosen(dates):
    units = offers(dates)["Count x in"]
    assert [text for text, action in units.items() if action.isChecked()] == ["Days"]
    units["Weeks"].trigger()
    data = dates.session.runs.experiment.dataset
    assert (data.x * 7).tolist() == pytest.approx([0, 1, 2, 31])
    assert text(dates, "rows") == "4 rows\ndate → sales"
    dates.session.undo.stack.undo()
    assert dates.session.runs.experiment.dataset.x.tolist() == [0, 1, 2, 31]


def test_the_origin_is_chosen(dates):
    origins = offers(dates)["Count x from"]
    assert list(origins) == ["The first row (2024-01-01)", "The epoch (1970-01-01)"]
    origins["The epoch (1970-01-01)"].trigger()
    data = dates.session.runs.experiment.dataset
    assert data.calendar == Calendar("date", 0.0, "days")
    assert data.x[0] == 19_723
    offers(dates)["Count x from"]["The first row (2024-01-01)"].trigger()
    assert dates.session.runs.experiment.dataset.x.tolist() == [0, 1, 2, 31]


def test_numbers_offer_nothing_of_the_kind(window):
    assert offers(window) == {}

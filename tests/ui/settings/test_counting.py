"""Where x stands for dates or times, the panel says what it counts, and lets that be chosen."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from room import clipped
from support import child, wait_until_trained

from gdviz.core.descent.descent import Experiment
from gdviz.core.tables.calendar import Calendar
from gdviz.core.tables.dataset import Dataset

DAYS = np.array([0.0, 7.0, 14.0])
NEW_YEAR_2024 = 19_723.0


@pytest.fixture
def dated(window, qtbot):
    window.resize(1024, 640)
    calendar = Calendar("date", NEW_YEAR_2024, "days")
    dataset = Dataset(DAYS, DAYS + 1, "day", "y", "dates.csv", calendar)
    window.session.restart(Experiment(dataset), "open dates")
    wait_until_trained(qtbot, window)
    return window


def choose(window, name, entry):
    box = child(window, name)
    box.setCurrentText(entry)
    box.activated.emit(box.currentIndex())


def dataset(window):
    return window.session.runs.experiment.dataset


def entries(window, name):
    box = child(window, name)
    return [box.itemText(index) for index in range(box.count())]


def test_without_dates_there_is_nothing_to_choose(window):
    assert not child(window, "x_unit").isVisible()
    assert not child(window, "x_origin").isVisible()


def test_units_and_origins_are_chosen_and_undone(dated):
    assert child(dated, "x_unit").currentText() == "days"
    assert entries(dated, "x_origin") == ["the first row (2024-01-01)", "the epoch (1970-01-01)"]
    choose(dated, "x_unit", "weeks")
    assert dataset(dated).x.tolist() == [0, 1, 2]
    choose(dated, "x_origin", "the epoch (1970-01-01)")
    assert dataset(dated).x[0] == NEW_YEAR_2024 / 7
    assert child(dated, "x_unit").currentText() == "weeks"
    stack = dated.session.undo.stack
    stack.undo()
    stack.undo()
    assert dataset(dated).x.tolist() == DAYS.tolist()
    assert child(dated, "x_unit").currentText() == "days"


def test_an_origin_of_another_kind_is_listed(window):
    calendar = Calendar("time", 3600.0, "hours")
    window.session.restart(Experiment(Dataset(DAYS + 1, DAYS, "t", "y", "times.csv", calendar)))
    assert entries(window, "x_origin") == [
        "the first row (02:00:00)", "midnight (00:00:00)", "01:00:00",
    ]  # fmt: skip
    assert child(window, "x_origin").currentText() == "01:00:00"


def test_all_of_it_is_seen(dated):
    for _ in range(10):
        QApplication.processEvents()
    assert clipped(dated) == []
    assert child(dated, "x_unit").currentText() == "days"
    assert "2024-01-01" in child(dated, "x_origin").currentText()

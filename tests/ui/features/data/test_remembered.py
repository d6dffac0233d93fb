"""What was chosen for a table is how others with the same names, and its own file, are read."""

import json
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from support import child, press, text, wait_until_trained

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.head import Head, HeadLine
from gdviz.core.tables.reading import read_table
from gdviz.ui.features.data.raw_table import RawTable
from gdviz.ui.features.data.remembered import MOST_REMEMBERED, Manner, Remembered, keys_of
from gdviz.ui.preferences import Preferences
from gdviz.ui.shell.window import MainWindow

TABLE = "a;b;c\n1,5;2;3\n2,5;4;5\n3,5;6;2\n"


@pytest.fixture
def files(tmp_path):
    paths = [tmp_path / f"{number}.csv" for number in (1, 2)]
    for path in paths:
        path.write_text(TABLE)
    return paths


def dataset(window):
    return window.session.runs.experiment.dataset


def names(window):
    return dataset(window).x_name, dataset(window).y_name


def asked(window):
    return window.opening.table_of(dataset(window)).asked


def test_columns_are_those_used_last_time_for_these_names(window, qtbot, files):
    window.opening.open_file(files[0])
    wait_until_trained(qtbot, window)
    child(window, "y_column").setCurrentText("c")
    wait_until_trained(qtbot, window)
    window.opening.open_file(files[1])
    assert names(window) == ("a", "c")
    assert asked(window) == Choices()


def test_choices_are_those_of_last_time_and_said_to_be(window, qtbot, files):
    window.opening.show(RawTable(files[0]), Manner(Choices(decimal=","), "b", "c"), by_hand=True)
    wait_until_trained(qtbot, window)
    window.opening.open_file(files[1])
    wait_until_trained(qtbot, window)
    assert asked(window) == Choices(decimal=",")
    assert names(window) == ("b", "c")
    said = "2.csv: It is read as you chose last time: decimal sign comma."
    assert text(window, "notice_text").startswith(said)
    assert text(window, "notice_action") == "Read automatically"
    press(qtbot, window, "notice_action")
    wait_until_trained(qtbot, window)
    assert asked(window) == Choices()
    window.opening.open_file(files[1])
    assert asked(window) == Choices()


def test_each_file_keeps_its_own(window, files):
    window.opening.show(RawTable(files[0]), Manner(Choices(decimal=","), "b", "c"), by_hand=True)
    window.opening.show(RawTable(files[1]), Manner(Choices(header=1), "a", "c"), by_hand=True)
    window.opening.open_file(files[0])
    assert asked(window) == Choices(decimal=",")
    assert names(window) == ("b", "c")


def test_choices_that_no_longer_work_give_way(window, files):
    manner = Manner(Choices(delimiter=";"), "b", "c")
    window.opening.show(RawTable(files[0]), manner, by_hand=True)
    window.opening.remembered.note(
        keys_of(RawTable(files[1]).head(Choices()), files[1]), Manner(Choices(delimiter="\t"))
    )
    assert window.opening.open_file(files[1])
    assert asked(window) == Choices()
    assert "can't be read as you chose last time" in text(window, "notice_text")


def test_other_names_are_read_as_they_come(window, files, tmp_path):
    window.opening.show(RawTable(files[0]), Manner(Choices(decimal="."), "b", "c"), by_hand=True)
    other = tmp_path / "other.csv"
    other.write_text(TABLE.replace("a;", "z;"))
    window.opening.open_file(other)
    assert asked(window) == Choices()
    assert names(window) == ("z", "b")


def test_without_names_only_the_file_itself_is_remembered(window, tmp_path):
    for name in ("one.csv", "two.csv"):
        tmp_path.joinpath(name).write_text("1;2;3\n2;4;5\n3;6;2\n")
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    window.opening.open_file(one)
    child(window, "x_column").setCurrentIndex(2)
    chosen = names(window)
    window.opening.open_file(two)
    assert names(window) != chosen
    window.opening.open_file(one)
    assert names(window) == chosen


def test_a_paste_with_the_same_names_is_read_alike(window, files):
    window.opening.show(RawTable(files[0]), Manner(Choices(), "b", "c"), by_hand=True)
    QApplication.clipboard().setText(TABLE)
    window.opening.paste()
    assert names(window) == ("b", "c")


def test_a_window_opens_a_table_as_last_time(window, qtbot, files):
    manner = Manner(Choices(decimal=","), "b", "c")
    window.opening.show(RawTable(files[0]), manner, by_hand=True)
    window.close()
    for table, expected in (
        (read_table(files[1]), ("b", "c")),
        # Columns that were asked for stay.
        (replace(read_table(files[1]), suggested=(0, 1), why=""), ("a", "b")),
    ):
        again = MainWindow(table)
        qtbot.addWidget(again)
        assert names(again) == expected
        assert (asked(again) == manner.choices) is (expected == ("b", "c"))


@pytest.mark.usefixtures("qapp")
def test_it_lasts_and_has_an_end(own_settings):
    preferences = Preferences()
    remembered = Remembered(preferences)
    for number in range(MOST_REMEMBERED + 5):
        remembered.note(
            [str(number)], Manner(Choices(skip=number), "x", "y", "weeks", number + 0.5)
        )
    remembered.note(["long"], Manner(Choices(), "x" * 10_000, "y"))
    preferences.save()
    known = Remembered(Preferences()).known
    assert len(known) == MOST_REMEMBERED
    assert list(known)[:2] == ["long", str(MOST_REMEMBERED + 4)]
    assert known["long"] == Manner()
    assert known["100"] == Manner(Choices(skip=100), "x", "y", "weeks", 100.5)
    assert own_settings.joinpath("gdviz", "gdviz.conf").stat().st_size < 50_000


GOOD = {"key": "k", "x": "a", "y": "b", "choices": {"decimal": ","}}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    "broken",
    [
        {}, {"key": 5}, {"choices": None}, {"choices": {"decimal": 5}}, {"x": None},
        {"choices": {"skip": -1}}, {"choices": {"skip": True}}, {"choices": {"skip": 1e9}},
        {"choices": {"unknown": 1}}, {"choices": {"encoding": "rot13"}},
        {"choices": {"comment": "#" * 5000}}, {"unit": "moons"}, {"unit": None}, {"unit": [1]},
        {"origin": "now"}, {"origin": 1e300}, {"origin": True},
    ],
    ids=str,
)  # fmt: skip
def test_a_broken_entry_is_passed_over(own_settings, broken):
    file = own_settings / "gdviz" / "gdviz.conf"
    file.parent.mkdir(parents=True)
    entry = GOOD | broken if broken else {}
    file.write_text(f"[General]\ntables={json.dumps([entry, 5, GOOD | {'key': 'good'}])}\n")
    assert Remembered(Preferences()).known == {"good": Manner(Choices(decimal=","), "a", "b")}


def test_keys_tell_headers_and_files_apart(tmp_path):
    def keys(name, *cells):
        return keys_of(Head((HeadLine(1, "names", cells),)), tmp_path / name)

    assert keys("a", "x", "y") == keys("a", "x", "y")
    assert keys("a", "x", "y")[1] == keys("b", "x", "y")[1]
    assert keys("a", "x", "y")[0] != keys("b", "x", "y")[0]
    assert not set(keys("a", "x", "y")) & set(keys("a", "xy"))

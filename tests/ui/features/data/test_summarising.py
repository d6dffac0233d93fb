"""Tables in several files, or too big for the memory: read once, and shown as they are read."""

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog
from support import child, choose, press, text, wait_until_trained

from gdviz.core.big.sources import sources_of
from gdviz.core.big.streaming import streamed
from gdviz.ui.features.data.raw_table import RawTable

ROWS, FILES = 8_000, 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A table of 24,000 rows in three files."""
    folder = tmp_path_factory.mktemp("evenings")
    generator = np.random.default_rng(2)
    for number in range(FILES):
        x = generator.normal(15, 6, ROWS)
        columns = x, 3 * x + generator.normal(0, 2, ROWS), generator.normal(0, 1, ROWS)
        path = folder / f"part-{number}.csv"
        np.savetxt(path, np.column_stack(columns), "%.6f", ",", header="guests,sold,c", comments="")
    return folder


@pytest.fixture
def opened(window, qtbot, folder):
    assert window.opening.open_file(folder)
    wait_until_trained(qtbot, window)
    return window


def test_a_folder_is_one_table_and_what_was_read_is_told(opened, folder):
    dataset = opened.session.runs.experiment.dataset
    assert dataset.bowl == streamed(sources_of(folder)).summary.bowl
    assert text(opened, "file_name") == "part-0.csv and 2 more files"
    assert text(opened, "rows") == "24,000 rows\nguests → sold"
    assert "a sample of 10,000 of 24,000 rows" in child(opened, "rows").toolTip()
    assert (
        "The loss counts all 24,000 rows in 3 files; single rows are those of a sample of 10,000 "
        "of 24,000 rows." in text(opened, "notice_text")
    )
    plot = child(opened, "data_fit")
    assert plot._density.isVisible()
    assert plot._density.image.sum() > 0


def test_the_menu_asks_for_a_folder(window, qtbot, folder, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    choose(window, "Open folder…")
    wait_until_trained(qtbot, window)
    assert text(window, "rows").startswith("24,000 rows")


def test_other_columns_are_summed_up_anew(opened, qtbot):
    box = child(opened, "y_column")
    box.setCurrentIndex(box.findText("c"))
    box.activated.emit(box.currentIndex())
    wait_until_trained(qtbot, opened)
    assert text(opened, "rows") == "24,000 rows\nguests → c"
    assert opened.session.runs.experiment.dataset.bowl.optimum.weight == pytest.approx(0, abs=0.01)


def test_undo_leads_back_and_again_to_it(opened):
    choose(opened, "Undo open evenings0")
    assert text(opened, "rows").startswith("30 rows")
    choose(opened, "Redo open evenings0")
    assert text(opened, "rows").startswith("24,000 rows")


def test_what_needs_rows_says_that_it_has_a_sample(opened, qtbot):
    opened.explaining.ledger_dock.open()
    qtbot.waitUntil(lambda: text(opened, "ledger_total") != "")
    assert text(opened, "ledger_total").startswith(
        "These are the shares of rows in a sample of 10,000 of 24,000 rows. The slope of all is "
    )
    opened.coding.dock.open()
    assert "these 24,000 of part-0.csv and 2 more files were only summarised" in text(
        opened, "code_reason"
    )


def test_what_takes_all_rows_says_that_they_are_not_there(opened, qtbot, tmp_path, monkeypatch):
    opened.checking.open_text("w=1 loss=2\nw=1.5 loss=1.7\nw=1.75 loss=1.2\n")
    qtbot.waitUntil(lambda: child(opened, "check_check").isEnabled())
    press(qtbot, opened, "check_check")
    qtbot.waitUntil(lambda: "these were only summarised" in text(opened, "check_fault"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.gdviz"), ""))
    assert not opened.projects.save_as()
    assert "only summarised, which a project can't hold" in text(opened, "notice_text")


def test_cancelled_what_was_read_stays_and_is_called_so(window, qtbot, folder):
    window.opening._summarising._timer.setInterval(1)
    choose(window, "Performance")

    def cancel():
        if "% of" in text(window, "file_name"):
            window.opening.reader._cancel()
        else:
            QTimer.singleShot(1, cancel)

    QTimer.singleShot(1, cancel)
    assert not window.opening.open_file(folder)
    wait_until_trained(qtbot, window)
    rows = text(window, "rows").split("\n")[0]
    assert text(window, "notice_text") == (
        f"Cancelled: {rows} of {folder.name} were summarised, and are shown."
    )
    # How many they were a second is told as they come: nothing else was read.
    qtbot.waitUntil(lambda: text(window, "performance_rows").endswith(" a second"))


def test_cancelled_before_anything_is_shown_nothing_changes(window, folder):
    QTimer.singleShot(0, window.opening.reader.stop)
    assert not window.opening.open_file(folder)
    assert text(window, "file_name") == "pizza.txt"


@pytest.mark.parametrize(
    ("name", "says"),
    [("part-9*.csv", "has no file that fits it"), ("", "has no file in it")],
)
def test_where_there_is_no_file_the_data_stay(window, tmp_path, name, says):
    assert not window.opening.open_file(tmp_path / name)
    assert says in text(window, "notice_text")
    assert text(window, "file_name") == "pizza.txt"


def test_a_file_that_does_not_fit_into_memory_is_summarised(window, qtbot, folder, monkeypatch):
    monkeypatch.setattr("gdviz.core.big.memory.free_memory", lambda: 1_000_000)
    assert RawTable(folder / "part-0.csv").is_big is False
    assert not RawTable(folder / "part-0.csv", text="1 2").is_big
    monkeypatch.setattr("gdviz.core.big.memory.free_memory", lambda: 10_000)
    assert RawTable(folder / "part-0.csv").is_big
    # All rows of so few are in the sample.
    assert window.opening.open_file(folder / "part-0.csv")
    wait_until_trained(qtbot, window)
    assert text(window, "rows").startswith("8,000 rows")
    assert window.session.runs.experiment.dataset.whole is None

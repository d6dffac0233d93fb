"""Nothing in the window is clipped: every label, button and box has room for its text."""

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QWidget
from room import clipped
from support import child, choose, wait_until_trained

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.methods import METHODS
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.features.data.raw_table import RawTable

SIZES = [(1024, 640), (1280, 800)]
GENERATED = np.random.default_rng(3)
X = GENERATED.uniform(1, 9, 12)
# Data of any magnitude, with long names, one row, and all x equal.
TABLES = {
    "tiny": Dataset(1e-9 * X, -1e-9 * X**2, "molar mass of the sample", "y", "tiny.csv"),
    "huge": Dataset(1e12 * X, -3e12 * X, "x", "price in the second quarter", "a long name.csv"),
    "long names": Dataset(X, X, "temperature_anomaly_in_degrees_celsius", "y" * 60, "n" * 80),
    "years": Dataset(1990 + X.round(), 14 + 0.02 * X, "year", "temperature", "warming.csv"),
    "one row": Dataset(X[:1], X[:1], "x", "y", "one.csv"),
    "all x equal": Dataset(np.full(4, 2.0), X[:4], "x", "y", "same.csv"),
}
RUNS = {
    "plain": {},
    "far": {"iterations": 20_000, "with_bias": True},
    "standardised": {"with_bias": True, "standardise": True},
    "batches": {"batch_size": 5},
    "creeping": {"learning_rate": 1e-9, "iterations": 1_000_000, "with_bias": True},
    "tolerance": {"tolerance": 2.5e-7, "iterations": 1000},
    **{name: {"method": kind(), "with_bias": True} for name, kind in METHODS.items()},
    "diverging": {"learning_rate": 0.01},
    "gone": {"learning_rate": 5.0, "with_bias": True, "iterations": 1000},
}
DOCKS = ("Explain", "Log", "Runs", "Lesson", "Ledger", "Sweep", "Check my work")


@pytest.fixture(params=SIZES, ids=str)
def sized(window, request):
    window.resize(*request.param)
    return window


@pytest.fixture
def enlarged(sized):
    """A window in large type, as large as it was."""
    size = sized.size()
    sized.presenter.action.trigger()
    sized.showNormal()
    sized.resize(size)
    return sized


def assert_all_is_seen(qtbot, window, what):
    """Wait until the window is laid out, and measure it."""
    wait_until_trained(qtbot, window)
    for _ in range(10):
        QApplication.processEvents()
        if not (found := clipped(window)):
            return
    pytest.fail(f"{what}: {found}")


def run_all(qtbot, window, dataset, runs):
    """Run experiments one after another, each from the panel's first settings, and measure."""
    for name in runs:
        window.session.restart(Experiment(dataset, **RUNS[name]))
        assert_all_is_seen(qtbot, window, f"{dataset.source}, {name}")
        window.session.playback.to_end()
        assert_all_is_seen(qtbot, window, f"{dataset.source}, {name}, at its end")


def test_forecasts_accounts_sentences_and_numbers_of_any_run_are_seen(sized, qtbot, pizza):
    run_all(qtbot, sized, pizza, RUNS)


@pytest.mark.parametrize("table", TABLES)
def test_numbers_of_any_data_are_seen(sized, qtbot, table):
    run_all(qtbot, sized, TABLES[table], ["plain", "far", "standardised", "diverging"])


def test_all_is_seen_in_large_type(enlarged, qtbot, pizza):
    run_all(qtbot, enlarged, pizza, ["plain", "far", "standardised", "creeping", "adam"])
    run_all(qtbot, enlarged, TABLES["huge"], ["diverging"])


def test_names_that_are_too_long_are_shortened_and_whole_in_the_tooltip(window, qtbot, tmp_path):
    names = ["temperature_anomaly_in_degrees_celsius", "year_of_the_measurement_that_counts", "z"]
    path = tmp_path / f"{'measured' * 9}.csv"
    path.write_text(f"{','.join(names)}\n1,2,3\n2,3,5\n")
    window.opening.open_file(path)
    assert_all_is_seen(qtbot, window, "long names")
    assert child(window, "file_name").toolTip() == str(path)
    assert names[0] in child(window, "rows").toolTip()
    assert child(window, "x_column").toolTip().endswith(names[0])
    window.close()


@pytest.mark.parametrize("dock", DOCKS)
def test_docks_and_what_is_beside_them_are_seen(sized, qtbot, dock):
    choose(sized, dock)
    assert_all_is_seen(qtbot, sized, dock)
    sized.tuning.set_settings(with_bias=True, learning_rate=0.01)
    assert_all_is_seen(qtbot, sized, f"{dock} and a run that diverges")


@pytest.mark.parametrize("dock", ["Explain", "Runs"])
def test_docks_and_a_run_that_diverges_are_seen_in_large_type(enlarged, qtbot, dock):
    choose(enlarged, dock)
    enlarged.tuning.set_settings(with_bias=True, learning_rate=0.01)
    assert_all_is_seen(qtbot, enlarged, dock)
    assert child(enlarged, "divergence").height() < enlarged.height() / 2


@pytest.mark.parametrize("size", [(880, 560), *SIZES], ids=str)
def test_the_task_of_a_lesson_is_seen_above_other_docks(window, qtbot, size):
    window.resize(*size)
    for dock in ("Lesson", "Sweep"):
        choose(window, dock)
    chapters, task = child(window, "lesson_chapter"), child(window, "lesson_task")
    scrolled = task.parentWidget().parentWidget()
    for number in range(chapters.count()):
        chapters.activated.emit(number)
        assert_all_is_seen(qtbot, window, f"chapter {number + 1}")
        assert scrolled.height() <= task.heightForWidth(scrolled.width())
        hidden = task.height() > scrolled.height()
        assert scrolled.verticalScrollBar().isVisible() is hidden


def test_what_is_said_of_a_guess_is_seen_in_narrow_pictures_and_large_type(window, qtbot):
    choose(window, "Predict the next step")
    choose(window, "Landscape")
    for size in (1280, 800), (900, 700):
        for _ in range(2):
            window.presenter.action.trigger()
            window.showNormal()
            window.resize(*size)
            assert_all_is_seen(qtbot, window, "what to do")
            for name in ("loss_curve", "landscape"):
                child(window, name).say("Not yet: you were 0.91 off; the step was 3.6 long.")
            assert_all_is_seen(qtbot, window, "a verdict")


def test_a_long_notice_and_all_settings_are_seen(sized, qtbot):
    words = "This is what went wrong, and in which line of which file it did. " * 4
    sized.notices.notice.say(words, "line 7: “seven”\n" * 9, [("Choose other columns", print)])
    assert_all_is_seen(qtbot, sized, "a notice")
    offers = ("Read as decimals", "The day first", "Import with options…")
    sized.notices.notice.say(words, "Details", [(offer, print) for offer in offers])
    assert_all_is_seen(qtbot, sized, "a notice with offers")
    sized.notices.notice.hide()
    child(sized, "more_settings").click()
    for batches in ("all rows", "mini-batches", "single rows"):
        child(sized, "batches").setCurrentText(batches)
        assert_all_is_seen(qtbot, sized, batches)


@pytest.mark.parametrize("kind", ["usual", "broken", "long"])
def test_all_of_the_import_dialog_is_seen(sized, qtbot, tmp_path, kind):
    path = tmp_path / f"{kind}.csv"
    names = "hours,score" if kind != "long" else f"{'n' * 200},score of all of them"
    path.write_text(f"{names}\n" + ("1,2\n" * 300 if kind != "broken" else "x,y\n"))
    sized.importing.show_options(RawTable(path))
    dialog = child(sized, "import_dialog")
    assert_all_is_seen(qtbot, dialog.parentWidget(), kind)
    assert clipped(dialog) == []
    assert dialog.height() <= sized.height()
    dialog.reject()


@pytest.mark.parametrize("with_bias", [False, True])
def test_no_scroll_bar_is_needed_for_what_a_first_look_needs(sized, qtbot, with_bias):
    sized.tuning.set_settings(with_bias=with_bias)
    assert_all_is_seen(qtbot, sized, "a first look")
    assert not child(sized, "settings").verticalScrollBar().isVisible()
    assert child(sized, "keep").visibleRegion().boundingRect() == child(sized, "keep").rect()


def test_nothing_lies_on_anything_else_beside_a_lesson_in_large_type(enlarged, qtbot):
    choose(enlarged, "Lesson")
    enlarged.tuning.set_settings(iterations=20_000, with_bias=True)
    assert_all_is_seen(qtbot, enlarged, "the lesson")
    bar = child(enlarged, "transport")
    parts = [part for part in bar.children() if isinstance(part, QWidget) and part.isVisible()]
    places = {part.objectName(): part.geometry() for part in parts}
    for one, other in combinations(places, 2):
        assert not places[one].intersects(places[other]), (one, other)

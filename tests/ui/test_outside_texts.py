"""What files, columns and runs are called can be anything: all is shown as it is, in short."""

from pathlib import Path

import numpy as np
import pytest
from outside import texts
from PySide6 import QtGui
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from silence import SILENCE_S, Listener
from support import child, choose, command, wait_until_trained

from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.faults import Faults
from gdviz.core.tables.names import LONGEST_NAME
from gdviz.core.tables.notations.numerals import NumberNotation
from gdviz.core.tables.reading import read_table
from gdviz.core.tables.table import Table
from gdviz.ui.features.data.sources import Source
from gdviz.ui.plain import JOINER

MARKUP = "<h1>H&lt;<img src=x>"
DOCKS = (
    "Explain this step", "Ledger", "Show as Python", "Log", "Runs", "Sweep", "Check my work",
)  # fmt: skip


def open_all(window, qtbot):
    """Open all docks, one after the other where they share a place, and keep a run."""
    choose(window, "Keep this run")
    for name in DOCKS:
        choose(window, name)
        qtbot.wait(1)
        yield


def found(part):
    """Return where a part of a text is seen, and what may be taken for HTML."""
    seen, rich = set(), []
    for where, shown, auto in texts():
        plain = shown.replace(JOINER, "").replace("&&", "&")
        if part in plain:
            seen.add(where)
            if auto and QtGui.Qt.mightBeRichText(shown):
                rich.append(f"{where}: {shown!r}")
    return seen, rich


@pytest.fixture
def marked(window, qtbot, tmp_path, listening):
    """The window with a file full of markup, and such a run beside it."""
    assert listening
    path = tmp_path / f"{MARKUP.replace('/', '')} & co.csv"
    path.write_text(f"{MARKUP}1,{MARKUP}2,{MARKUP}3\n1,2,3\n2,3,5\n3,5,8\n")
    assert window.opening.open_file(path)
    wait_until_trained(qtbot, window)
    return window


def test_markup_is_shown_as_it_is_written(marked, qtbot):
    seen = set()
    for _ in open_all(marked, qtbot):
        marked.session.undo.rename(0, f"{MARKUP} run")
        now, rich = found("<h1>H")
        assert not rich
        seen |= now
    for where in (
        "QLabel file_name", "file_name, toolTip", "rows", "rows, toolTip", "x_column",
        "x_column, toolTip", "gdviz, title",
        "accessible Description", "ledger_table, head", "runs_table, cell's tip",
    ):  # fmt: skip
        assert any(where in one for one in seen), where


def test_in_menus_too(marked):
    menu = next(m for m in marked.findChildren(QMenu) if m.title() == "Open &recent")
    assert menu.actions()[0].text().endswith(f"{MARKUP} & co.csv".replace("&", "&&"))
    undo = command(marked, "Undo")
    assert undo.text() == f"&Undo open {MARKUP} & co.csv".replace("& ", "&& ").replace("&l", "&&l")


def test_in_messages_too(marked, tmp_path, monkeypatch):
    titles, rich = [], []

    def look():
        box = QApplication.activeModalWidget()
        if box is not None:
            titles.append(box.windowTitle())
            try:
                rich.extend(found("<h1>H")[1])
            finally:
                box.reject()

    timer = QTimer(marked, interval=5)
    timer.timeout.connect(look)
    timer.start()
    marked.changing.add_point()
    assert not marked.close()
    # Then they are data that were left, and named.
    marked.opening.open_example()
    assert not marked.close()
    (tmp_path / f"{MARKUP}.txt").write_text("")
    target = str(tmp_path / MARKUP)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (target, ""))
    assert not marked.changing.save_as()
    assert titles == ["Unsaved data", "Unsaved data", "Export"]
    assert rich == []


def test_and_exports_are_files_as_they_should_be(marked, tmp_path):
    from xml.etree import ElementTree

    from gdviz.core.words.sentences import caption
    from gdviz.ui.features.export.pictures import export_picture

    session = marked.session
    said = caption(session.runs.experiment, session.playback.row, session.runs.length)
    export_picture(marked.figure, tmp_path / "out.svg", caption=said)
    written = "".join(ElementTree.parse(tmp_path / "out.svg").getroot().itertext())
    assert "<h1>H&lt;" in written


@pytest.fixture
def endless(window, tmp_path, listening):
    """The window with a table whose names have five million letters."""
    assert listening
    path = tmp_path / "endless.csv"
    names = tuple(f"{letter}{'long name ' * 500_000}" for letter in "xyz")
    x = np.arange(1.0, 31.0)
    faults = Faults([NumberNotation()] * len(names), names)
    table = Table(path, names, np.column_stack([x, 2 * x, 3 * x]), (0, 1, 2), faults)
    dataset, _ = table.dataset()
    window.opening.sources.remember(dataset, Source(table))

    def show():
        window.session.restart(window.session.on_new(dataset), "open it")

    silent_s = Listener().longest_s(show, lambda: not window.session.runs.busy, 30)
    assert silent_s < SILENCE_S
    return window


def test_a_name_of_five_million_letters_is_shown_in_short(endless):
    for name in DOCKS:
        opening = command(endless, name)
        assert Listener().longest_s(opening.trigger, lambda: True, 30) < SILENCE_S
        too_long = [where for where, shown, _ in texts() if len(shown) > 8 * LONGEST_NAME
                    and "long name" in shown]  # fmt: skip
        assert not too_long
    x_title = child(endless, "ledger_table").model().headerData(1, Qt.Orientation.Horizontal)
    assert len(x_title) < LONGEST_NAME + 10
    assert endless.figure.data_fit.bottom.labelText.startswith("xlong name")
    assert Listener().longest_s(endless.session.playback.toggle, lambda: True, 100) < SILENCE_S


def test_and_saved_as_a_whole(endless, tmp_path, monkeypatch):
    target = tmp_path / "saved.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    assert endless.changing.save_as()
    header = target.read_text().partition("\n")[0]
    assert header.count("long name") == 1_000_000


def test_what_cant_be_printed_is_written_as_its_code():
    shown = Dataset([1], [2], "a\x1bb", "p\N{NO-BREAK SPACE}q\tr", "\u202eexe.csv").shown
    assert shown == ("a\\x1bb", "p q r", "\\u202eexe.csv")
    joined = f"می{chr(0x200C)}شود"
    assert Dataset([1], [2], joined).shown.x == joined


def test_a_table_with_bad_cells_says_so_in_short(window, tmp_path):
    path = Path(tmp_path, "b.csv")
    path.write_text(f"{'x' * 3000},y\n1,2\n2,?\n3,4\n")
    table = read_table(path)
    assert len(str(table.faults.first(table.numeric)[0])) < 100
    assert window.opening.open_file(path)
    assert all(len(shown) < 1000 for _, shown, _ in texts() if "xxx" in shown)

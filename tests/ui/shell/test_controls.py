"""The table of every control: what it is called, how a keyboard gets there, and whether it shows.

It is written into build/, to be read: controls.csv and controls.md.
"""

import csv
import re
from pathlib import Path

import numpy as np
import pytest
from colours import luminances
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QGraphicsView,
    QHeaderView,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)
from support import PIZZA, child, wait_until_trained

from gdviz.core.descent.descent import Experiment
from gdviz.ui.theme import THEMES
from gdviz.ui.widgets.focus_ring import GAP, LINE, FocusRing

BUILD = Path(__file__).parents[3] / "build"
COLUMNS = "control", "state", "name", "tooltip", "key", "reached by Tab", "focus seen"
KINDS = (
    QAbstractButton | QAbstractItemView | QAbstractSlider | QAbstractSpinBox | QComboBox
    | QGraphicsView | QLineEdit | QPlainTextEdit | QTabBar | QTextEdit
)  # fmt: skip
LEAST_CONTRAST, LEAST_SHARE = 3.0, 0.8
SIZES = {"usual": (1280, 800), "small": (1024, 640)}


def more_settings(window):
    child(window, "more_settings").setChecked(True)
    child(window, "standardise").setChecked(True)
    child(window, "batches").setCurrentIndex(1)
    child(window, "method").setCurrentText("Momentum")


def messages(window):
    for notice in (window.notices.notice, window.notices.divergence):
        notice.say("Something to read", "Details", actions=[("Mend it", lambda: None)])


def moved_pictures(window):
    window.viewing.switches["landscape"].setChecked(True)
    for view in window.figure.shown:
        view.view.setXRange(0, 1e-3)


def columns(window):
    names = "x\ty\tz\n"
    rows = "".join(f"{row}\t{2 * row + 900}\t{row % 3}\n" for row in range(1000, 1020))
    QApplication.clipboard().setText(names + rows)
    window.opening.paste()


def lesson(window, chapter):
    window.teaching.dock.open()
    box = child(window, "lesson_chapter")
    box.setCurrentIndex(chapter - 1)
    box.activated.emit(chapter - 1)


def surface(window):
    window.viewing.switches["surface"].setChecked(True)


def runs(window):
    window.comparing.runs_dock.open()
    window.session.runs.keep()
    QApplication.processEvents()
    child(window, "runs_table").selectRow(1)


def log_to_check(window):
    window.checking.open_text("epoch 0 w=1.5 loss=3.25\nepoch 1 w=1.75 loss=3.125\n")
    while not child(window, "check_check").isEnabled():
        QApplication.processEvents()


STATES = {
    "at first": lambda _: None,
    "more settings": more_settings,
    "messages": messages,
    "moved pictures": moved_pictures,
    "surface": surface,
    "runs": runs,
    "sweep": lambda window: window.comparing.sweep_dock.open(),
    "log": lambda window: window.logging.dock.open(),
    "program": lambda window: window.coding.dock.open(),
    "explained": lambda window: window.explaining.dock.open(),
    "ledger": lambda window: window.explaining.ledger_dock.open(),
    "lesson": lambda window: lesson(window, 1),
    "question": lambda window: lesson(window, 4),
    "number": lambda window: lesson(window, 6),
    "columns": columns,
    "log to check": log_to_check,
}


def controls_of(window):
    """Return what can be worked and is seen: not what Qt makes its widgets of."""
    return [widget for widget in window.findChildren(QWidget) if is_control(widget)]


def is_control(widget):
    if not isinstance(widget, KINDS) and not hasattr(widget, "own_keys"):
        return False
    is_part = isinstance(widget, QScrollBar | QHeaderView) or widget.objectName().startswith("qt_")
    if is_part or type(widget).__name__ == "QTableCornerButton":
        return False
    painted = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
    is_seen = widget.isVisible() and not painted.visibleRegion().isEmpty()
    return is_seen and widget.isEnabled() and isinstance(widget.window(), QMainWindow)


def name_of(widget):
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def key_of(widget):
    """Return the key that a tooltip or the control itself speaks of."""
    told = re.search(r"\((\S+)\)$", widget.toolTip())
    own = ", ".join(getattr(widget, "own_keys", {}))
    return told[1] if told and not QKeySequence(told[1]).isEmpty() else own


def seen_share(window):
    """Return how much of the ring differs enough from what was there before."""
    ring = window.findChild(FocusRing)
    if ring is None or not ring.isVisible():
        return 0.0
    with_ring = luminances(window.grab(ring.geometry()).toImage())
    ring.hide()
    without = luminances(window.grab(ring.geometry()).toImage())
    ring.show()
    low, high = np.minimum(with_ring, without), np.maximum(with_ring, without)
    enough = (high + 0.05) / (low + 0.05) >= LEAST_CONTRAST
    # Going around it, either the line or the gap inside it stands out.
    wide = LINE + GAP
    sides = (
        enough[:wide].any(0),
        enough[-wide:].any(0),
        enough[:, :wide].any(1),
        enough[:, -wide:].any(1),
    )
    return float(np.concatenate(sides).mean())


def by_tab(window):
    """Press Tab until it has gone around; return how much of each one's ring is seen."""
    window.figure.setFocus()
    reached = {}
    for _ in range(150):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
        QApplication.processEvents()
        stop = QApplication.focusWidget()
        if stop in reached:
            break
        place = stop.rect().translated(stop.mapTo(window, stop.rect().topLeft()))
        assert window.rect().intersects(place), f"{stop} is off the screen"
        reached[stop] = seen_share(window)
    return reached


def in_group(widget):
    """Return whether arrows lead to a button from another one, which Tab reaches."""
    group = getattr(widget, "group", lambda: None)()
    return group is not None and not widget.isChecked()


@pytest.mark.parametrize("size", SIZES)
def test_every_control_has_a_name_and_is_reached_and_seen(window, qtbot, size):
    window.resize(*SIZES[size])
    qtbot.waitUntil(window.isActiveWindow)
    rows, bad = {}, []
    for state, prepare in STATES.items():
        window.session.undo.change(Experiment(window.session.runs.experiment.dataset))
        for feature in window.features:
            for dock in feature.docks:
                dock.close()
        prepare(window)
        wait_until_trained(qtbot, window)
        QApplication.processEvents()
        reached = by_tab(window)
        for control in controls_of(window):
            seen = reached.get(control, 0.0)
            row = (
                control.objectName(), state, name_of(control), control.toolTip(),
                key_of(control), control in reached, f"{seen:.0%}",
            )  # fmt: skip
            rows.setdefault(control.objectName(), row)
            if in_group(control):
                continue
            if not (row[0] and row[2] and control in reached and seen >= LEAST_SHARE):
                bad.append(row)
    write(size, rows.values())
    assert len(rows) > 60
    assert bad == [], "\n".join(map(str, bad))


def write(size, rows):
    BUILD.mkdir(exist_ok=True)
    with (BUILD / f"controls-{size}.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    lines = [COLUMNS, ["---"] * len(COLUMNS), *rows]
    cells = [[str(cell).replace("\n", " ").replace("|", "\\|") for cell in line] for line in lines]
    text = "".join(f"| {' | '.join(line)} |\n" for line in cells)
    (BUILD / f"controls-{size}.md").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("theme", THEMES)
def test_the_ring_is_seen_in_every_theme(window, qtbot, theme):
    qtbot.waitUntil(window.isActiveWindow)
    window.appearance.choose(theme)
    window.viewing.switches["landscape"].setChecked(True)
    QApplication.processEvents()
    reached = by_tab(window)
    assert len(reached) > 15
    assert {stop.objectName(): seen for stop, seen in reached.items() if seen < LEAST_SHARE} == {}


def test_the_focus_is_seen_in_a_dialog(window, qtbot):
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = child(window, "generate_dialog")
    qtbot.waitUntil(dialog.isActiveWindow)
    seen = {}
    for _ in range(8):
        QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Tab)
        seen[QApplication.focusWidget().objectName()] = seen_share(dialog)
    names = "generate_kind generate_rows generate_noise generate_seed generate_ok generate_cancel"
    assert set(seen) == set(names.split())
    assert all(share >= LEAST_SHARE for share in seen.values())
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Escape)


def test_the_focus_is_seen_in_the_import_dialog(window, qtbot, monkeypatch):
    qtbot.waitUntil(window.isActiveWindow)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(PIZZA), ""))
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_O, both)
    dialog = child(window, "import_dialog")
    qtbot.waitUntil(dialog.isActiveWindow)
    seen = {}
    for _ in range(16):
        QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Tab)
        QApplication.processEvents()
        stop = QApplication.focusWidget()
        seen[stop.objectName() or type(stop).__name__] = seen_share(dialog)
    names = (
        "encoding skip header comment delimiter decimal thousands dates missing x y preview "
        "open cancel"
    )
    assert set(seen) == {f"import_{name}" for name in names.split()}
    assert {name: share for name, share in seen.items() if share < LEAST_SHARE} == {}
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Escape)

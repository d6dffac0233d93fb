"""Draw many states of the window, or compare two folders of such drawings.

    python tests/draw_states.py FOLDER            draws them
    python tests/draw_states.py FOLDER bias log   draws those whose names hold one of the words
    python tests/draw_states.py BEFORE AFTER --compare

Every state begins with a new window, and is reached as a person reaches it: by the names of boxes,
the texts of commands and the mouse. So what is inside may be rebuilt between two drawings.
"""

import argparse
import gc
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QTableView,
    QToolButton,
    QWidget,
)

from gdviz.resources import resource
from gdviz.ui.shell.window import MainWindow

SMALL, USUAL, LARGE = (1024, 640), (1280, 800), (1920, 1080)
LEFT = Qt.MouseButton.LeftButton
# Enough for what the window does a few times a second.
REST_MS, LONG_REST_MS, LONGEST_MS = 60, 900, 60_000


class Hand:
    """What does to a window what a person would do."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window, self.folder = window, folder
        self.dialog: QImage | None = None

    def find(self, name: str) -> QWidget:
        """Return the widget of a name."""
        found = self.window.findChild(QWidget, name)
        assert found is not None, name
        return found

    def set(self, **values: object) -> None:
        """Fill boxes, by their names, and wait for the run that follows."""
        for name, value in values.items():
            box = self.find(name)
            if isinstance(box, QComboBox):
                box.setCurrentText(value)
                assert box.currentText() == value
            elif isinstance(box, (QCheckBox, QToolButton)):
                box.setChecked(value)
            else:
                box.setValue(value)
            self.wait()

    def choose(self, *commands: str) -> None:
        """Trigger commands, by their texts in the menus."""
        for command in commands:
            texts = {
                action.text().replace("&", ""): action
                for action in self.window.findChildren(QAction)
            }
            texts[command].trigger()
            self.wait()

    def press(self, name: str) -> None:
        """Click a button."""
        QTest.mouseClick(self.find(name), LEFT)
        self.wait()

    def go_to(self, iteration: int) -> None:
        """Show an iteration."""
        self.set(position=iteration)

    def click(self, plot: str, x: float, y: float, twice: bool = False) -> None:
        """Click a plot at shares of its width and height."""
        target = self.find(plot).viewport()
        place = QPoint(round(x * target.width()), round(y * target.height()))
        QTest.mouseClick(target, LEFT, pos=place)
        if twice:
            QTest.mouseDClick(target, LEFT, pos=place)
            QTest.mouseRelease(target, LEFT, pos=place)
        self.wait()

    def wheel(self, plot: str, x: float, y: float, notches: int) -> None:
        """Turn the wheel over a plot at shares of its width and height."""
        target = self.find(plot).viewport()
        place = QPointF(x * target.width(), y * target.height())
        event = QWheelEvent(
            place, target.mapToGlobal(place), QPoint(), QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(target, event)
        self.wait()

    def drop(self, name: str, text: str) -> None:
        """Drop a file of some text onto the window."""
        path = self.folder / name
        path.write_text(text)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        for kind, place in ((QDragEnterEvent, QPoint(400, 300)), (QDropEvent, QPointF(400, 300))):
            copied, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(self.window, kind(place, copied, data, LEFT, keys))
        self.wait()

    def expect_dialog(self) -> None:
        """Draw the dialog that opens next, then leave it."""
        QTimer.singleShot(300, self._draw_dialog)

    def _draw_dialog(self) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog), dialog
        self.dialog = dialog.grab().toImage()
        dialog.reject()

    def rest(self, ms: int) -> None:
        """Let the window do what it does later."""
        QTest.qWait(ms)

    def wait(self) -> None:
        """Wait until nothing is computed any more."""
        for _ in range(LONGEST_MS // 5):
            QTest.qWait(5)
            sweep = self.window.findChild(QWidget, "sweep_start")
            idle = sweep is None or sweep.text() == "Sweep"
            if idle and self.find("stop").isHidden():
                break
        else:
            raise TimeoutError("it still trains")
        QTest.qWait(REST_MS)


def nothing(hand: Hand) -> None:
    """Leave the window as it opens."""


def bias(hand: Hand, at: int | None = None, **settings: object) -> None:
    """Fit a line with a bias."""
    hand.set(iterations=400, with_bias=True, **settings)
    if at is not None:
        hand.go_to(at)


def large_data(hand: Hand) -> None:
    """Open more rows than there are points drawn."""
    rng = np.random.default_rng(0)
    x = rng.uniform(0, 30, 40_000)
    y = 1.2 * x + 10 + rng.normal(0, 4, x.size)
    rows = "\n".join(f"{a:.3f} {b:.3f}" for a, b in zip(x, y, strict=True))
    hand.drop("large.txt", f"tables orders\n{rows}\n")
    hand.go_to(12)


def three_columns(hand: Hand) -> None:
    """Open a table that leaves a choice, and has rows that can't be used."""
    rows = "\n".join(f"{k},{2 * k + 1},{k % 5}" for k in range(1, 12))
    hand.drop("three.csv", f"day,orders,guests\n{rows}\n12,many,3\n13,,4\n")


def import_dialog(hand: Hand) -> None:
    """Open a table that has rows that can't be used, and look how it is read."""
    three_columns(hand)
    hand.expect_dialog()
    hand.press("notice_action")
    hand.rest(400)


def race(hand: Hand, **settings: object) -> None:
    """Keep three runs, and look half way."""
    hand.set(iterations=300, **settings)
    hand.press("keep")
    hand.set(method="Momentum")
    hand.press("keep")
    hand.set(method="Adam", learning_rate=0.05)
    hand.press("keep")
    hand.set(method="Gradient descent", learning_rate=0.002)
    hand.go_to(30)


def docks(hand: Hand, *commands: str) -> None:
    """Open docks, and let them fill."""
    hand.choose(*commands)
    hand.rest(LONG_REST_MS)
    # What is shown a few times a second is shown at the next move.
    hand.go_to(1)
    hand.go_to(0)


def explain(hand: Hand, iteration: int) -> None:
    """Explain one step."""
    hand.choose("Explain this step")
    hand.go_to(iteration)


def ledger(hand: Hand) -> None:
    """List the shares of a step, and choose two of them."""
    hand.choose("Ledger of the slope")
    hand.go_to(2)
    table = hand.find("ledger_table")
    assert isinstance(table, QTableView)
    table.selectRow(3)
    hand.wait()


def sweep(hand: Hand, measure: str) -> None:
    """Try many rates."""
    hand.choose("Sweep")
    hand.press("sweep_start")
    hand.set(sweep_measure=measure)


def check(hand: Hand, slope: float) -> None:
    """Check what a loop printed whose slope has such a factor, where 2 is right."""
    x, y = np.loadtxt(resource("data", "pizza.txt"), skiprows=1, unpack=True)
    w, lines = 0.0, []
    for i in range(40):
        lines.append(f"Iteration {i:4d} => Loss: {np.mean((w * x - y) ** 2):.10f}")
        w -= 0.001 * slope * np.mean(x * (w * x - y))
    hand.drop("loop.log", "\n".join(lines))
    hand.rest(LONG_REST_MS)
    hand.press("check_check")
    while not hand.find("check_answer").isVisible():
        hand.rest(REST_MS)
    hand.rest(LONG_REST_MS)


def lesson(hand: Hand, chapter: int) -> None:
    """Open a chapter of the lesson."""
    hand.choose("Lesson")
    box = hand.find("lesson_chapter")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(chapter - 1)
    box.activated.emit(chapter - 1)
    hand.wait()


def dialog(hand: Hand, command: str) -> None:
    """Draw the dialog of a command."""
    hand.expect_dialog()
    hand.choose(command)
    hand.rest(400)


def unsaved(hand: Hand) -> None:
    """Change the data, then close the window."""
    hand.choose("Add a point")
    hand.expect_dialog()
    hand.window.close()
    hand.rest(400)


def presenter(hand: Hand) -> None:
    """Fill the screen with large type."""
    hand.choose("Full screen, large type")
    hand.window.resize(*USUAL)
    hand.wait()
    hand.go_to(4)


def guess(hand: Hand) -> None:
    """Guess the next step, and see it."""
    hand.choose("Predict the next step")
    hand.click("loss_curve", 0.4, 0.6)


def start_elsewhere(hand: Hand) -> None:
    """Start from a place of the curve."""
    hand.click("loss_curve", 0.8, 0.4, twice=True)
    hand.go_to(3)


State = tuple[tuple[int, int], str, Callable[[Hand], None]]
STATES: dict[str, State] = {
    "start": (USUAL, "Light", nothing),
    "start dark": (USUAL, "Dark", nothing),
    "start small": (SMALL, "Light", nothing),
    "start small dark": (SMALL, "Dark", nothing),
    "start large": (LARGE, "Light", nothing),
    "start large dark": (LARGE, "Dark", nothing),
    "iteration 7": (USUAL, "Light", lambda hand: hand.go_to(7)),
    "last iteration": (USUAL, "Dark", lambda hand: hand.go_to(100)),
    "start elsewhere": (USUAL, "Light", start_elsewhere),
    "tolerance": (USUAL, "Light", lambda hand: hand.set(tolerance=1.0)),
    "logarithmic": (USUAL, "Light", lambda hand: (
        hand.choose("Logarithmic"), hand.go_to(40))),
    "zoomed": (USUAL, "Light", lambda hand: (
        hand.go_to(5), hand.wheel("loss_curve", 0.6, 0.7, 5), hand.wheel("data_fit", 0.5, 0.5, -4),
        hand.wheel("loss_history", 0.5, 0.5, 3))),
    "bias": (USUAL, "Light", lambda hand: bias(hand, at=60)),
    "bias dark": (USUAL, "Dark", lambda hand: bias(hand, at=400)),
    "bias small": (SMALL, "Light", lambda hand: bias(hand, at=60)),
    "bias large dark": (LARGE, "Dark", lambda hand: bias(hand, at=60)),
    "along the bias": (USUAL, "Light", lambda hand: (
        bias(hand, at=60), hand.choose("Loss curve along the bias"))),
    "directions": (USUAL, "Dark", lambda hand: (
        bias(hand, at=60), hand.choose("Directions of the valley"))),
    "landscape alone": (USUAL, "Light", lambda hand: (
        bias(hand, at=60), hand.choose("Loss curve"))),
    "standardised": (USUAL, "Light", lambda hand: (
        bias(hand, standardise=True, learning_rate=0.1, more_settings=True), hand.go_to(5))),
    "surface": (USUAL, "Light", lambda hand: (
        bias(hand, at=60), hand.choose("Surface in 3-D"))),
    "momentum": (USUAL, "Light", lambda hand: bias(hand, at=60, method="Momentum")),
    "adam dark": (USUAL, "Dark", lambda hand: bias(
        hand, at=60, method="Adam", learning_rate=0.5)),
    "mini-batches": (USUAL, "Light", lambda hand: bias(
        hand, at=60, more_settings=True, batches="mini-batches")),
    "single rows dark": (USUAL, "Dark", lambda hand: bias(
        hand, at=60, more_settings=True, batches="single rows", learning_rate=0.0005)),
    "divergence": (USUAL, "Light", lambda hand: (
        hand.set(learning_rate=0.0047), hand.go_to(20))),
    "far divergence dark": (USUAL, "Dark", lambda hand: (
        hand.set(iterations=5000, learning_rate=0.01),
        hand.choose("Logarithmic"), hand.go_to(30))),
    "bias divergence": (USUAL, "Light", lambda hand: bias(hand, at=5, learning_rate=0.006)),
    "many rows": (USUAL, "Light", large_data),
    "many rows dark": (USUAL, "Dark", lambda hand: (
        large_data(hand), docks(hand, "Ledger of the slope"))),
    "three columns": (USUAL, "Light", three_columns),
    "broken file": (USUAL, "Dark", lambda hand: hand.drop("broken.txt", "no\nnumbers\n")),
    "kept runs": (USUAL, "Light", race),
    "kept runs dark": (USUAL, "Dark", lambda hand: race(hand, with_bias=True)),
    "fog": (USUAL, "Light", lambda hand: (
        hand.choose("Fog: see only where you stood"), hand.go_to(6))),
    "bias fog dark": (USUAL, "Dark", lambda hand: (
        bias(hand), hand.choose("Fog: see only where you stood"), hand.go_to(30))),
    "predict": (USUAL, "Light", lambda hand: hand.choose("Predict the next step")),
    "guess dark": (USUAL, "Dark", guess),
    "sticks": (USUAL, "Light", lambda hand: (hand.choose("Sticks"), hand.go_to(2))),
    "squares dark": (USUAL, "Dark", lambda hand: (hand.choose("Squares"), hand.go_to(2))),
    "explain": (USUAL, "Light", lambda hand: explain(hand, 2)),
    "explain dark": (USUAL, "Dark", lambda hand: (
        bias(hand, method="Momentum"), explain(hand, 30))),
    "ledger": (USUAL, "Light", ledger),
    "runs": (USUAL, "Light", lambda hand: (race(hand), docks(hand, "Runs"))),
    "runs dark": (USUAL, "Dark", lambda hand: (
        race(hand, with_bias=True), docks(hand, "Runs"))),
    "sweep": (USUAL, "Light", lambda hand: sweep(hand, "iterations to the goal")),
    "sweep dark": (LARGE, "Dark", lambda hand: (
        bias(hand), sweep(hand, "final loss"))),
    "log": (USUAL, "Light", lambda hand: (hand.choose("Log"), hand.go_to(20))),
    "python": (USUAL, "Light", lambda hand: docks(hand, "Show as Python")),
    "python dark": (LARGE, "Dark", lambda hand: (
        bias(hand, method="Adam"), docks(hand, "Show as Python"))),
    "check": (USUAL, "Light", lambda hand: hand.choose("Check my work")),
    "check wrong": (USUAL, "Light", lambda hand: check(hand, 1)),
    "check wrong small dark": (SMALL, "Dark", lambda hand: check(hand, 1)),
    "check right dark": (USUAL, "Dark", lambda hand: check(hand, 2)),
    "lesson": (USUAL, "Light", lambda hand: lesson(hand, 1)),
    "lesson dark": (USUAL, "Dark", lambda hand: lesson(hand, 6)),
    "lesson question": (USUAL, "Light", lambda hand: lesson(hand, 4)),
    "presenter": (USUAL, "Light", presenter),
    "export dialog": (USUAL, "Light", lambda hand: dialog(hand, "Export picture…")),
    "film dialog": (USUAL, "Light", lambda hand: dialog(hand, "Export animation…")),
    "generate dialog": (USUAL, "Dark", lambda hand: dialog(hand, "Generate data…")),
    "import dialog": (USUAL, "Light", import_dialog),
    "import dialog dark": (SMALL, "Dark", import_dialog),
    "about dialog": (USUAL, "Light", lambda hand: dialog(hand, "About gdviz")),
    "performance dialog": (USUAL, "Dark", lambda hand: dialog(hand, "Performance")),
    "unsaved dialog": (USUAL, "Light", unsaved),
}  # fmt: skip


def draw(name: str, target: Path) -> None:
    """Draw one state."""
    size, theme, act = STATES[name]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        window = MainWindow()
        window.setAnimated(False)
        window.resize(*size)
        window.show()
        QTest.qWaitForWindowActive(window)
        hand = Hand(window, Path(folder))
        hand.choose(theme)
        hand.wait()
        act(hand)
        QApplication.processEvents()
        picture = hand.dialog or window.grab().toImage()
        assert picture.save(str(target))
        close(window)


def close(window: MainWindow) -> None:
    """Close a window; what was changed in it is not to be asked about."""
    box_at = QTimer()
    box_at.timeout.connect(_discard)
    box_at.start(50)
    window.close()
    box_at.stop()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def _discard() -> None:
    box = QApplication.activeModalWidget()
    if box is not None:
        box.button(box.StandardButton.Discard).click()


def draw_all(folder: Path, words: list[str]) -> None:
    """Draw every state, or those whose names hold a word."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("gdviz")
    app.setStyle("Fusion")
    app.setCursorFlashTime(0)
    app.setEffectEnabled(Qt.UIEffect.UI_General, False)
    folder.mkdir(parents=True, exist_ok=True)
    for name in STATES:
        if not words or any(word in name for word in words):
            draw(name, folder / f"{name.replace(' ', '-')}.png")
            print(name, flush=True)


def pixels(path: Path) -> np.ndarray:
    """Return a picture's pixels, of shape (height, width)."""
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    lines = np.frombuffer(image.constBits(), np.uint32)
    return lines.reshape(image.height(), image.bytesPerLine() // 4)[:, : image.width()].copy()


def difference(before: Path, after: Path) -> str:
    """Say in what two pictures differ; nothing: not at all."""
    if not (before.exists() and after.exists()):
        return f"only in {before.parent if before.exists() else after.parent}"
    one, other = pixels(before), pixels(after)
    if one.shape != other.shape:
        return f"{one.shape[::-1]} became {other.shape[::-1]}"
    rows, columns = np.nonzero(one != other)
    if not rows.size:
        return ""
    left, right, top, bottom = columns.min(), columns.max(), rows.min(), rows.max()
    return f"{rows.size} pixels differ, all in x {left}–{right}, y {top}–{bottom}"  # noqa: RUF001


def compare(before: Path, after: Path) -> int:
    """Name the pictures that differ, and return how many do."""
    names = sorted({path.name for folder in (before, after) for path in folder.glob("*.png")})
    told = {name: difference(before / name, after / name) for name in names}
    for name, text in told.items():
        if text:
            print(f"{name}: {text}")
    differing = sum(map(bool, told.values()))
    print(f"{differing} of {len(names)} pictures differ.")
    return differing


def main() -> int:
    """Draw or compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("words", nargs="*", help="draw those only; with --compare: a folder")
    parser.add_argument("--compare", action="store_true", help="name the pictures that differ")
    arguments = parser.parse_args()
    if arguments.compare:
        return min(compare(arguments.folder, Path(*arguments.words)), 1)
    draw_all(arguments.folder, arguments.words)
    return 0


if __name__ == "__main__":
    sys.exit(main())

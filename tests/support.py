"""What several test modules call."""

import shutil
import warnings
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QAction, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gdviz.core.tables.loadtxt import find_loadtxt_call
from gdviz.ui.plots.drawing.sheet import Paper

# Where folders are made for many files, if possible: on a disk each takes 10 ms to be safe.
MEMORY = next(filter(Path.is_dir, [Path("/dev/shm")]), None)
PIZZA = Path(__file__).parents[1] / "data" / "pizza.txt"
# Four ordinary tables of a person's own, and the rate that each opens with; with the bias it is
# the same.
OWN_TABLES = {
    Path(__file__).parent / "data" / name: rate
    for name, rate in (
        ("years_salary.csv", 0.001), ("height_weight.csv", 8e-6),
        ("year_temperature.csv", 6e-8), ("square_feet_price.csv", 5e-8),
    )
}  # fmt: skip


def drop(window, what):
    """Drop a file, or other data, on a window that takes it."""
    data = what
    if not isinstance(what, QMimeData):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(what))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    rest = copy, data, left, Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings():
        # Qt 6.12 deprecates the only constructor that 6.11 has.
        warnings.simplefilter("ignore", DeprecationWarning)
        events = QDragEnterEvent(QPoint(50, 50), *rest), QDropEvent(QPointF(50, 50), *rest)
    for event in events:
        QApplication.sendEvent(window, event)
        assert event.isAccepted()
        assert event.dropAction() == copy


@contextmanager
def furnished():
    """Make a folder with tables to open, of a name that is quickly typed."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for table in (PIZZA, *OWN_TABLES):
            shutil.copy(table, folder)
        (folder / "broken.csv").write_text("no\nnumbers\n")
        (folder / "three.csv").write_text("day,orders,guests\n1,3,2\n2,5,1\n3,many,4\n4,9,0\n")
        (folder / "saved").mkdir()
        yield folder


def loadtxt_call(table, dataset):
    """Return how NumPy reads a data set, when all has been tried."""
    steps = find_loadtxt_call(table, dataset)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def forget_changes(window):
    """Let a window close without the question what to do with the data or project changed in it."""
    window.projects.path, window.projects._is_restored = None, False
    sources = window.opening.sources
    for dataset in sources.unsaved(window.session.runs.experiment.dataset):
        sources.mark_saved(dataset)


def wait_until_trained(qtbot, window):
    """Wait until the run is over and its picture drawn."""
    qtbot.waitUntil(lambda: not window.session.runs.training)
    QApplication.processEvents()


def child(window, name):
    """Return the widget of a name."""
    found = window.findChild(QWidget, name)
    assert found is not None, name
    return found


def text(window, name):
    """Return what a label or a button says."""
    return child(window, name).text()


def type_into(qtbot, window, name, typed):
    """Type into a box, press Return and wait for the run that follows."""
    box = child(window, name)
    box.selectAll()
    qtbot.keyClicks(box, typed)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    wait_until_trained(qtbot, window)


def press(qtbot, window, name):
    """Click a button."""
    qtbot.mouseClick(child(window, name), Qt.MouseButton.LeftButton)


def heard(widget):
    """Return what a screen reader is told of a widget: its role and its name."""
    face = QAccessible.queryAccessibleInterface(widget)
    return face.role(), face.text(QAccessible.Text.Name)


def other_value(setting):
    """Return a value of a setting that isn't the default one."""
    match setting.default:
        case bool():
            return not setting.default
        case int():
            return setting.default + 3
        case float():
            return (setting.default or 1.0) / 2
    return "momentum"


def command(window, text):
    """Return the command of the menus that begins with a text."""
    actions = window.findChildren(QAction)
    return next(a for a in actions if a.text().replace("&", "").startswith(text))


def choose(window, text):
    """Choose a command of the menus."""
    command(window, text).trigger()


def paper_of(plot):
    """Return what the marks of a plot are laid out on."""
    return Paper(None, plot.view.sceneBoundingRect(), *plot.moving.scale_and_shift(), clips=True)


def pixel(plot, x, y):
    """Return where a place of a plot is on its viewport."""
    return plot.mapFromScene(plot.view.mapViewToScene(QPointF(x, y)))


def drag(plot, start, *places):
    """Drag from one place to others, in units of the plot, and let go at the last one."""
    view, left = plot.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(view, left, pos=pixel(plot, *start))
    # Where they are on the screen now: what is dragged may change the picture.
    targets = [pixel(plot, *place) for place in places]
    for target in targets:
        QTest.mouseMove(view, target)
        QApplication.processEvents()
    QTest.mouseRelease(view, left, pos=targets[-1])
    QApplication.processEvents()


def pixels(image):
    """Return the colours of an image, of shape (height, width, 3)."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    colours = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return colours[..., :3].astype(int)

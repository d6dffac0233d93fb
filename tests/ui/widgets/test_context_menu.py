"""Every picture and table has a menu of what can be done with it, opened by mouse or keys."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu
from shiboken6 import isValid
from support import child, choose, type_into, wait_until_trained

# Without a window system a menu can't take the keyboard.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SHIFT = Qt.KeyboardModifier.ShiftModifier
EXPORTS = ["Copy this picture", "Export the {}…"]


@pytest.fixture
def full(window, qtbot):
    """The window with every picture."""
    window.resize(1400, 900)
    window.tuning.set_settings(with_bias=True)
    choose(window, "Surface")
    wait_until_trained(qtbot, window)
    QApplication.processEvents()
    return window


@pytest.fixture
def opened():
    """Return the menu of a widget, opened at a place; it is closed at the end."""
    menus = []

    def opened(widget, place=None):
        inside = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        place = place or inside.rect().center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, inside.mapToGlobal(place))
        QApplication.sendEvent(inside, event)
        menus.append(widget.findChildren(QMenu, f"{widget.objectName()}_menu")[-1])
        assert menus[-1].isVisible()
        return menus[-1]

    yield opened
    for menu in filter(isValid, menus):
        menu.close()


def texts(menu):
    shown = [action for action in menu.actions() if action.isVisible() and not action.isSeparator()]
    return [action.text().replace("&", "").split("\t")[0] for action in shown]


def take(menu, text):
    actions = [a for a in menu.actions() if a.text().replace("&", "").startswith(text)]
    assert len(actions) == 1, texts(menu)
    actions[0].trigger()
    menu.close()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            "loss_curve",
            [
                "Loss curve along the bias",
                "Fog: see only where you stood",
                "Rise and run of the slope",
                "Past steps side by side",
                "Curvature, limit, and where a step lands",
                "Guesses alone: no curve",
            ],
        ),
        ("landscape", ["Directions of the valley", "Fog: see only where you stood"]),
        ("surface", ["Fog: see only where you stood"]),
        ("data_fit", ["Line's equation in the data", "Residuals"]),
        ("loss_history", ["Loss history"]),
    ],
)
def test_a_picture_is_copied_exported_and_drawn_otherwise(full, opened, name, shown):
    picture = child(full, name)
    said = texts(opened(picture))
    exports = [text.format(picture.title.lower()) for text in EXPORTS]
    assert [text for text in said if not text.startswith("Add a point")] == exports + shown


def test_the_menu_does_what_the_commands_do(full, opened):
    take(opened(child(full, "loss_curve")), "Fog")
    assert full.viewing.switches["fog"].isChecked()
    take(opened(child(full, "landscape")), "Copy this picture")
    assert "Copied “Landscape”" in full.notices.notice.text
    assert not QGuiApplication.clipboard().image().isNull()


def test_what_was_moved_can_be_shown_again(full, opened):
    curve = child(full, "loss_curve")
    home = curve.view.viewRange()
    curve.view.setRange(xRange=(0.5, 0.6), padding=0)
    take(opened(curve), "Show all again")
    assert curve.view.viewRange() == home
    assert "Show all again" not in texts(opened(curve))


def test_keys_open_the_menu_of_what_has_the_focus(full, qtbot):
    for name in ("loss_history", "surface", "data_fit"):
        picture = child(full, name)
        picture.setFocus()
        qtbot.keyClick(picture, Qt.Key.Key_F10, SHIFT)
        menu = picture.findChild(QMenu, f"{name}_menu")
        assert menu.isVisible()
        assert "Copy this picture" in texts(menu)
        menu.close()


def test_a_point_added_by_keys_lands_in_the_middle_and_can_be_deleted(full, opened):
    data = child(full, "data_fit")
    count = len(full.session.runs.experiment.dataset)
    nowhere = QPoint(-1, -1)
    take(opened(data, nowhere), "Add a point here")
    dataset = full.session.runs.experiment.dataset
    assert len(dataset) == count + 1
    (left, right), (low, high) = data.view.viewRange()
    assert left < dataset.x[-1] < right
    assert low < dataset.y[-1] < high
    data.editing._hover(None)
    take(opened(data, QPoint(60, 60)), "Delete the chosen point")
    assert len(full.session.runs.experiment.dataset) == count


def test_a_table_of_runs_does_by_its_menu_what_it_does_by_keys(window, qtbot, opened):
    choose(window, "Runs")
    window.session.runs.keep()
    type_into(qtbot, window, "learning_rate", "0.0005")
    table = child(window, "runs_table")
    table.setFocus()
    table.selectRow(1)
    assert texts(opened(table)) == [
        "Sort by Run, upwards", "Export…", "Export the trajectory of this run…",
        "Copy the selected runs", "Forget the selected runs", "Rename a run",
        "Hide or show the selected runs", "Make a run current",
    ]  # fmt: skip
    take(opened(table), "Hide or show")
    assert not window.session.runs.kept[0].visible
    take(opened(table), "Make a run current")
    assert window.session.runs.experiment.learning_rate == 0.001
    take(opened(table), "Forget")
    assert not window.session.runs.kept


def test_rows_of_the_ledger_are_copied_with_all_their_digits(window, qtbot, opened):
    choose(window, "Ledger")
    table = child(window, "ledger_table")
    qtbot.waitUntil(lambda: table.model().rowCount() > 0)
    table.selectRow(2)
    take(opened(table), "Copy the selected rows")
    heads, row = (line.split("\t") for line in QGuiApplication.clipboard().text().split("\n"))
    assert heads[:3] == ["row", "x: Reservations", "y: Pizzas"]
    assert row[:5] == ["3", "14.0", "32.0", "0.0", "-32.0"]
    assert float(row[-1]) == pytest.approx(2 / 30 * 14 * -32, rel=1e-12)


def test_lines_of_the_log_are_copied(window, qtbot, opened):
    window.logging.dock.toggleViewAction().trigger()
    log = child(window, "log")
    qtbot.waitUntil(lambda: log.model().rowCount() > 0)
    take(opened(log), "Copy the selected lines")
    assert QGuiApplication.clipboard().text().endswith("0 => Loss: 812.8666666667")


def test_a_point_of_the_sweep_offers_its_rate(window, qtbot, opened):
    choose(window, "Sweep")
    plot = child(window, "sweep_plot")
    child(window, "sweep_count").setValue(5)
    qtbot.mouseClick(child(window, "sweep_start"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(plot.trials) == 5)
    trial = plot.trials[1]
    place = plot.mapFromScene(plot.view.mapViewToScene(QPointF(*plot._places([trial])[0])))
    menu = opened(plot, QPoint(place))
    assert texts(menu)[0].startswith("Use the rate ")
    assert "Export the sweep…" in texts(menu)
    take(menu, "Use the rate")
    assert window.session.runs.experiment.learning_rate == trial.rate

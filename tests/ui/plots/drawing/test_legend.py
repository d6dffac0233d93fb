"""A legend takes one line; what has no room there is one click away, and whole on paper."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QCheckBox, QMenu, QPushButton
from support import child, press

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.run import Run
from gdviz.ui.features.export.pictures import picture
from gdviz.ui.plots.drawing.legend import MARGIN
from gdviz.ui.plots.loss_curve import LossCurve
from gdviz.ui.plots.surface.surface import Surface
from gdviz.ui.theme import LIGHT, with_larger_type

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(params=[LossCurve, Surface])
def plot(request, qtbot, pizza):
    plot = request.param()
    qtbot.addWidget(plot)
    plot.set_theme(LIGHT)
    plot.resize(700, 300)
    experiment = Experiment(pizza, with_bias=True)
    record = run(experiment)[0].record
    plot.set_experiment(experiment)
    plot.set_record(record)
    plot.show_row(record[3])
    plot.show()
    qtbot.waitExposed(plot)
    return plot


def legend_of(plot):
    return plot.legend


def labels(entries):
    return [entry.label for entry in entries]


def resize(plot, width, height=300):
    plot.resize(width, height)
    QApplication.processEvents()


@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_it_takes_one_line_and_stays_away_from_the_buttons(plot, scale):
    plot.set_theme(with_larger_type(LIGHT, scale))
    legend, more = legend_of(plot), child(plot, f"{plot.objectName()}_more")
    corner = child(plot, f"{plot.objectName()}_export").parent()
    metrics = QFontMetricsF(legend._font)
    for width in (900, 600, 450, 380, 320, 280):
        resize(plot, width)
        room = corner.x() - MARGIN
        assert legend.size().height() == pytest.approx(21 * scale, abs=1)
        ends = [
            place.x() + 20 + metrics.horizontalAdvance(entry.label)
            for entry, place in legend.written
        ]
        assert all(end <= room for end in ends)
        assert {place.y() for _, place in legend.written} <= {0}
        assert sorted(labels(legend.folded + tuple(e for e, _ in legend.written))) == sorted(
            labels(legend.entries)
        )
        assert more.isVisible() is bool(legend.folded)
        if legend.folded:
            assert more.text() == f"+{len(legend.folded)} …"
            assert max(ends, default=0) <= more.x() - MARGIN
            assert more.geometry().right() - MARGIN <= room
            assert metrics.horizontalAdvance(more.text()) <= more.width()
    assert legend.folded
    resize(plot, 2000)
    assert not legend.folded
    assert not more.isVisible()


# Without a window system a menu can't take the keyboard.
def test_in_a_narrow_picture_with_large_type_no_button_is_cut(plot):
    plot.set_theme(with_larger_type(LIGHT, 2.0))
    buttons = plot.findChildren(QPushButton) + plot.findChildren(QCheckBox)
    for width in (300, 240, 200, 160, 130):
        resize(plot, width)
        for button in buttons:
            assert plot.rect().contains(button.geometry()) or not button.isVisible(), width


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_button_lists_the_rest_with_their_samples(plot, qtbot):
    resize(plot, 300)
    legend, more = legend_of(plot), child(plot, f"{plot.objectName()}_more")
    assert "more marks" in more.accessibleName()
    more.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(more, Qt.Key.Key_Space)
    menu = plot.findChild(QMenu, f"{plot.objectName()}_more_menu")
    qtbot.waitUntil(menu.isVisible)
    assert [action.text() for action in menu.actions()] == labels(legend.folded)
    for action, entry in zip(menu.actions(), legend.folded, strict=True):
        sample = action.icon().pixmap(16, 16).toImage()
        colours = {sample.pixelColor(x, y).name() for x in range(16) for y in range(16)}
        assert LIGHT.colour(entry.colour) in colours
    menu.close()
    qtbot.waitUntil(lambda: plot.findChild(QMenu, f"{plot.objectName()}_more_menu") is None)


def test_runs_are_the_last_to_be_folded(plot, pizza):
    other = Experiment(pizza, with_bias=True, learning_rate=0.0004)
    plot.set_kept([Run(other, run(other)[0].record, name="slower", number=0)])
    resize(plot, 320)
    written = [entry.label for entry, _ in legend_of(plot).written]
    assert "slower" in written
    assert legend_of(plot).folded


def test_paper_names_all_and_the_screen_is_as_before(plot):
    resize(plot, 320)
    before = plot.grab().toImage()
    legend, seen = legend_of(plot), []
    paint = legend.paint
    legend.paint = lambda *args: (seen.append([e.label for e, _ in legend.written]), paint(*args))
    try:
        picture(plot)
    finally:
        legend.paint = paint
    assert legend.folded
    QApplication.processEvents()
    assert plot.grab().toImage() == before


def test_a_narrow_window_folds_legends(window, qtbot):
    for name in ("loss_curve", "data_fit", "loss_history"):
        assert child(window, name).legend.size().height() < 24
    press(qtbot, window, "keep")
    assert "rate 0.001" in [e.label for e, _ in child(window, "loss_history").legend.written]
    assert window.findChild(QPushButton, "loss_history_more").isHidden()

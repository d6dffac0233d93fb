"""The explain panel: it follows the playhead, and symbols and plots point at each other."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication
from room import clipped
from support import child, choose, heard, text, wait_until_trained

from gdviz.core.descent.methods import METHODS
from gdviz.core.explain.explanation import Explainer
from gdviz.core.explain.pieces import figure
from gdviz.core.explain.slopes import Slopes
from gdviz.core.explain.symbols import SYMBOLS
from gdviz.ui.features.explain import explaining
from gdviz.ui.plots.touch.symbol_links import HOMES, MEANT, symbols_at
from gdviz.ui.widgets.paragraph import Paragraph
from gdviz.ui.widgets.typeset import place_of


@pytest.fixture
def view(qtbot, window):
    window.explaining.dock.show()
    window.tuning.set_settings(with_bias=True, learning_rate=0.0005)
    wait_until_trained(qtbot, window)
    return window.explaining.dock.content


def hover(qtbot, line, symbol):
    """Move the mouse onto a symbol of a line."""
    glyph = next(g for g in line._block.glyphs if g.word.symbol == symbol)
    QApplication.processEvents()  # it is laid out
    child(line.window(), "explain_scroll").ensureWidgetVisible(line)
    place = place_of(glyph).translated(0, line._base).center().toPoint()
    qtbot.mouseMove(line, place + QPoint(0, 200))
    qtbot.mouseMove(line, place)


def line_of(view, start):
    """Return the first line that starts so."""
    return next(line for line in view.lines if line.text.startswith(start))


def lit(window):
    """Return the names of the marks that have a light around them."""
    views = window.figure.views
    return {name for view in views for name, mark in view.marks.items() if mark.lit}


def point_at(qtbot, plot, x, y):
    scene = plot.view.mapViewToScene(QPointF(x, y))
    qtbot.mouseMove(plot.viewport(), plot.mapFromScene(scene))


def picture(widget):
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_it_is_hidden_at_first_and_opens_with_its_key(qtbot, window):
    assert not window.explaining.dock.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert window.explaining.dock.isVisible()
    assert len(window.explaining.dock.content.lines) > 6


def test_it_computes_nothing_while_it_is_hidden(window, monkeypatch):
    asked = []
    monkeypatch.setattr(Explainer, "explain", lambda *_: asked.append(1))
    window.session.playback.step(1)
    assert not asked


def test_it_follows_the_playhead_to_the_new_weight(window, view):
    for k in (0, 1, 50):
        window.session.playback.seek(k)
        next_row = window.session.runs.record[k + 1]
        shown = [line.text for line in view.lines]
        assert any(s.startswith("w_new = ") and s.endswith(figure(next_row.weight)) for s in shown)
        assert any(s.startswith("b_new = ") and s.endswith(figure(next_row.bias)) for s in shown)
        assert any(s.startswith("L = ") and s.endswith(figure(window.session.playback.row.loss))
                   for s in shown)  # fmt: skip


@pytest.mark.parametrize("name", METHODS)
def test_every_method_is_shown(qtbot, window, view, name):
    window.tuning.set_settings(method=METHODS[name](), learning_rate=0.001)
    wait_until_trained(qtbot, window)
    window.session.playback.seek(2)
    weight = figure(window.session.runs.record[3].weight)
    ends = [line.text for line in view.lines if line.text.startswith("w_new")]
    assert ends[1].endswith(f" = {weight}")


def test_without_a_bias_nothing_is_said_of_it(qtbot, window, view):
    window.tuning.set_settings(with_bias=False)
    wait_until_trained(qtbot, window)
    assert not any(line.text.startswith(("g_b", "b_new")) for line in view.lines)


def test_numbers_keep_their_place_while_they_change(window, view):
    window.session.playback.seek(40)
    line = [one for one in view.lines if one.text.startswith("w_new")][1]
    ends = set()
    for k in range(41, 60):
        window.session.playback.seek(k)
        ends.add(round(line._block.width))
    assert len(ends) == 1


@pytest.mark.parametrize("symbol", ["w", "b", "x", "prediction"])
def test_a_symbol_under_the_mouse_is_named_and_lit(qtbot, window, view, symbol):
    hover(qtbot, view.lines[0], symbol)
    assert SYMBOLS[symbol].name in text(window, "symbol_meaning")
    assert lit(window) == HOMES[symbol]


def test_the_slope_lights_its_tangent_and_the_error_its_sticks(qtbot, window, view):
    hover(qtbot, line_of(view, "g_w"), "slope_w")
    assert lit(window) == {"slope along weight", "slice along weight"}
    residuals = window.figure.data_fit.residuals
    assert not residuals.visible
    hover(qtbot, line_of(view, "e_i"), "error")
    assert lit(window) == {"errors"}
    assert residuals.visible
    hover(qtbot, view.lines[0], "x")
    assert not residuals.visible


def test_leaving_a_symbol_leaves_the_plots_as_they_were(qtbot, window, view):
    window.session.playback.seek(3)
    plots = window.figure.loss_curve, window.figure.landscape, window.figure.data_fit
    before = [picture(plot) for plot in plots]
    line = view.lines[0]
    hover(qtbot, line, "w")
    qtbot.waitUntil(lambda: all(picture(p) != b for p, b in zip(plots, before, strict=True)))
    qtbot.mouseMove(line, QPoint(line.width() - 2, 2))
    qtbot.waitUntil(lambda: [picture(plot) for plot in plots] == before)
    assert text(window, "symbol_meaning").startswith("Point at a symbol")


def test_the_hiker_under_the_mouse_marks_its_symbols(qtbot, window, view):
    window.session.playback.seek(3)
    row = window.session.playback.row
    formula = view.lines[0]
    before = picture(formula)
    point_at(qtbot, window.figure.loss_curve, row.weight, row.loss)
    qtbot.waitUntil(lambda: "hiker" in lit(window))
    assert SYMBOLS["w"].name in text(window, "symbol_meaning")
    assert picture(formula) != before
    point_at(qtbot, window.figure.loss_curve, -0.8, 30)
    qtbot.waitUntil(lambda: not lit(window))
    assert picture(formula) == before


@pytest.mark.usefixtures("view")
def test_the_line_and_the_step_under_the_mouse(qtbot, window):
    window.session.playback.seek(1)
    row = window.session.playback.row
    plot = window.figure.data_fit
    point_at(qtbot, plot, 17.5, row.weight * 17.5 + row.bias)
    assert lit(window) == {"line"}
    assert SYMBOLS["prediction"].name in text(window, "symbol_meaning")
    point_at(qtbot, window.figure.loss_history, row.iteration, row.loss)
    assert lit(window) == {"loss"}


@pytest.mark.usefixtures("view")
def test_a_closed_panel_leaves_the_mouse_alone(qtbot, window):
    window.session.playback.seek(3)
    window.explaining.dock.close()
    row = window.session.playback.row
    point_at(qtbot, window.figure.loss_curve, row.weight, row.loss)
    assert not lit(window)


def test_every_mark_that_is_spoken_of_exists(window):
    views = window.figure.views
    names = {name for view in views for name in view.marks} | {"slope along bias"}
    assert set().union(*HOMES.values()) == names == set(MEANT)
    assert set(HOMES) <= set(SYMBOLS)
    assert all(MEANT[name] in symbols_at(name) for name in names)
    window.figure.loss_curve.set_along("bias")
    assert "slope along bias" in window.figure.loss_curve.marks


def test_symbols_can_be_reached_by_key(qtbot, window, view):
    line = view.lines[0]
    line.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(line.hasFocus)
    assert SYMBOLS["prediction"].name in text(window, "symbol_meaning")
    before = window.session.playback.iteration
    qtbot.keyClick(line, Qt.Key.Key_Right)
    assert SYMBOLS["w"].name in text(window, "symbol_meaning")
    assert lit(window) == HOMES["w"]
    qtbot.keyClick(line, Qt.Key.Key_Left)
    assert SYMBOLS["prediction"].name in text(window, "symbol_meaning")
    assert window.session.playback.iteration == before
    assert heard(line) == (QAccessible.Role.StaticText, "y hat i equals w x i plus b")


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("size", [QSize(1280, 800), QSize(1024, 640)])
def test_nothing_is_wider_than_the_panel(qtbot, window, view, size, name):
    window.resize(size)
    batch_size = 5 if METHODS[name].takes_batches else None
    window.tuning.set_settings(method=METHODS[name](), batch_size=batch_size, standardise=True)
    wait_until_trained(qtbot, window)
    for k in (3, 9, 70):
        window.session.playback.seek(k)
        for line in view.lines:
            assert line._block.width <= line.width(), line.text


def test_dark_and_light_differ_and_use_the_colours_of_the_plots(window, view):
    colours = {}
    for name in ("light", "dark"):
        window.appearance.choose(name)
        image = picture(view.lines[0])
        pixels = (
            image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())
        )
        colours[name] = {colour.name() for colour in pixels}
        assert window.figure.theme.hiker in colours[name]
    assert colours["light"] != colours["dark"]


def test_the_switch_is_in_the_view_menu(window):
    assert window.explaining.dock.toggleViewAction().text() == "&Explain this step"
    assert child(window, "explain_dock") is window.explaining.dock


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_meaning_has_room_and_none_moves_the_formulas(window, scale):
    choose(window, "Explain")
    view = window.explaining.dock.content
    font = view.font()
    font.setPointSizeF(scale * font.pointSizeF())
    view.setFont(font)
    QApplication.processEvents()
    places = set()
    for symbol in ("", *SYMBOLS):
        view.set_meaning(symbol)
        QApplication.processEvents()
        assert not [line for line in clipped(window) if "symbol_meaning" in line], symbol
        places.add(child(window, "symbol_meaning").geometry().getRect())
    assert len(places) == 1


def said(view):
    """Return all that the panel says in words."""
    return " ".join(words.text for words in view.findChildren(Paragraph) if words.isVisible())


def test_where_the_order_of_the_rows_is_drawn_for_long_the_panel_says_so(
    view, window, qtbot, monkeypatch
):
    monkeypatch.setattr(explaining, "ORDERED_AT_ONCE", 100)
    window.tuning.set_settings(batch_size=15, iterations=40)
    wait_until_trained(qtbot, window)
    qtbot.waitUntil(lambda: "whose order is drawn first" not in said(view))
    window.session.playback.to_end()
    assert "This step looks at 15 of 30 rows, whose order is drawn first." in said(view)
    qtbot.waitUntil(lambda: "This step looks at one batch only" in said(view))
    assert "Iteration 40: the step" in said(view)
    # What is looked up for a run that is gone is dropped.
    window.session.playback.seek(0)
    qtbot.waitUntil(lambda: "This step looks at one batch only" in said(view))
    window.session.playback.to_end()
    window.tuning.set_settings(batch_size=None)
    assert "rows, whose order" not in said(view)


@pytest.mark.usefixtures("view")
def test_an_order_that_could_not_be_drawn_is_said_and_not_tried_again(window, qtbot, monkeypatch):
    tries = []

    def breaks_off(_, iteration):
        tries.append(iteration)
        raise MemoryError("no room for the order")

    monkeypatch.setattr(explaining, "ORDERED_AT_ONCE", 100)
    monkeypatch.setattr(Slopes, "towards", breaks_off)
    window.tuning.set_settings(batch_size=15, iterations=40)
    wait_until_trained(qtbot, window)
    with qtbot.waitSignal(window.explaining.said) as told:
        window.session.playback.to_end()
    assert told.args == ["MemoryError: no room for the order"]
    window.session.playback.step(-1)
    assert len(tries) == 1

"""The marks of the plots: what is drawn on their sheets."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter

from gdviz.ui.plots.drawing.marks import Curve, Dots, draw_line, polygon, stroke_pen
from gdviz.ui.plots.drawing.shapes import MANY, draw_shapes
from gdviz.ui.plots.drawing.sheet import Sheet
from gdviz.ui.plots.plot import Plot
from gdviz.ui.theme import DARK, LIGHT

SIZE = 200
SPIRAL = np.array(
    [(100 + 0.45 * t * np.cos(t / 12), 100 + 0.45 * t * np.sin(t / 12)) for t in range(200)]
)


def drawn(draw, pen):
    """Return how dark each pixel is where something is drawn with a pen."""
    image = QImage(SIZE, SIZE, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    draw(painter)
    painter.end()
    return 255 - np.frombuffer(image.constBits(), np.uint8).reshape(SIZE, -1).astype(int)


@pytest.fixture
def plot(qtbot):
    made = Plot()
    qtbot.addWidget(made)
    made.set_theme(LIGHT)
    made.resize(300, 200)
    made.show()
    qtbot.waitExposed(made)
    made.view.go_home()
    return made


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("dashes", [None, [6.0, 2.0], [8.0, 2.0, 2.0, 2.0]])
@pytest.mark.parametrize("width", [1.0, 1.6, 3.0])
def test_a_line_drawn_in_pieces_looks_like_one_drawn_whole(width, dashes):
    pen = stroke_pen(replace(LIGHT, text="black"), "text", width, dashes)
    pieces = drawn(lambda painter: draw_line(painter, SPIRAL), pen)
    whole = drawn(lambda painter: painter.drawPolyline(polygon(SPIRAL)), pen)
    assert whole.sum() > 100_000
    apart = np.abs(pieces - whole)
    assert apart.sum() <= 0.03 * whole.sum()
    assert (apart > 100).sum() <= 5


def test_an_empty_sheet_is_hidden_and_comes_back_with_its_marks(plot):
    curve, dots = Curve(), Dots(8)
    sheet = Sheet(curve, dots)
    plot.add(sheet)
    assert not sheet.isVisible()
    dots.set_points([1.0], [2.0])
    assert sheet.isVisible()
    dots.set_visible(False)
    assert not sheet.isVisible()
    curve.set_points([0.0, 1.0], [0.0, 1.0])
    assert sheet.isVisible()
    sheet.remove(curve)
    assert not sheet.isVisible()


def test_a_mark_is_drawn_where_its_points_are_and_no_longer_once_removed(plot):
    dots = Dots(20, colour="hiker")
    plot.moving.add(dots)
    plot.set_theme(DARK)
    dots.set_points([0.5], [0.5])
    ((x, y),) = dots.in_pixels(dots.points).astype(int).tolist()
    assert plot.grab().toImage().pixelColor(x, y) == QColor(DARK.hiker)
    plot.moving.remove(dots)
    assert plot.grab().toImage().pixelColor(x, y) != QColor(DARK.hiker)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_many_dots_look_like_few(scale):
    points = np.random.default_rng(0).normal((150, 100), 40, (MANY + 100, 2))

    def painted(*parts):
        image = QImage(QSize(300, 200) * scale, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(scale)
        image.fill("white")
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0.3, 0.7)
        # Of one colour: outlines lie upon the discs of the part before.
        for part in parts:
            draw_shapes(painter, "disc", part, 8, QColor("blue"), QColor("blue"))
        painter.end()
        return np.frombuffer(image.constBits(), np.uint8).astype(int)

    few = painted(*np.array_split(points, 2))
    many = painted(points)
    assert np.abs(few - many).max() < 40
    assert np.abs(few - many).mean() < 1

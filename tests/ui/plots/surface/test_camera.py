"""The camera: the box is in sight, and what is seen at a pixel can be found again."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from gdviz.core.geometry.relief import BOX, HALF_HEIGHT
from gdviz.ui.plots.surface.camera import MAX_ZOOM, MIN_ZOOM, Camera


def test_the_whole_box_is_seen_from_everywhere():
    corners = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]) * BOX
    room = QRectF(50, 30, 300, 200)
    for azimuth in range(0, 360, 15):
        for elevation in range(0, 91, 15):
            sight = Camera(azimuth, elevation).sight(room, HALF_HEIGHT)
            places = sight.pixels(corners)
            assert (places >= (49, 29)).all()
            assert (places <= (351, 231)).all()


def test_zoom_and_elevation_have_an_end():
    camera = Camera().zoomed(1e9).turned(725, 500)
    assert (camera.zoom, camera.elevation) == (MAX_ZOOM, 90)
    camera = Camera().zoomed(1e-9).turned(0, -500)
    assert (camera.zoom, camera.elevation) == (MIN_ZOOM, 0)


def test_the_way_of_a_pixel_leads_to_what_is_seen_there():
    rng = np.random.default_rng(0)
    for camera in (Camera(), Camera(200, 0, 2), Camera(10, 90, 0.5)):
        sight = camera.sight(QRectF(50, 30, 300, 200), HALF_HEIGHT)
        for point in rng.uniform(-BOX, BOX, (10, 3)):
            way = sight.way(QPointF(*sight.pixels(point).tolist()))
            assert way @ (point - camera.eye) > 0
            assert np.abs(np.cross(way, point - camera.eye)).max() < 1e-9


def test_what_is_higher_is_seen_higher():
    sight = Camera().sight(QRectF(50, 30, 300, 200), HALF_HEIGHT)
    low, high = sight.pixels(np.array([[0, 0, -0.5], [0, 0, 0.5]]))
    assert high[1] < low[1]

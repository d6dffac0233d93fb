"""The window fits every screen: nothing lies beyond its edge, and nothing in it is cut off."""

import pytest
from on_screen import start

SCREENS = [
    (1024, 640, {}),
    (1280, 800, {}),
    (1366, 768, {}),
    (1920, 1080, {}),
    (2560, 1600, {"QT_SCALE_FACTOR": "2"}),
    (1366, 768, {"QT_SCALE_FACTOR": "1.5"}),
    (1366, 768, {"QT_FONT_DPI": "144"}),
    (1366, 768, {"QT_FONT_DPI": "192"}),
    (1920, 1080, {"QT_FONT_DPI": "192"}),
]
NAMES = [f"{width}x{height} {' '.join(more.values())}" for width, height, more in SCREENS]
# Type on the screens of which a part is full of pictures.
LINES = 30


@pytest.mark.parametrize(("width", "height", "more"), SCREENS, ids=NAMES)
def test_a_first_start_fits_the_screen(width, height, more):
    for name, found in start(width, height, "f11", **more).items():
        assert found["fits"], name
        assert not found["clipped"], name
        assert {"play", "speed", "position"} <= set(found["whole"]), name
        assert "keep" in found["whole"] or name == "f11", name
        least_width, least_height = found["least"]
        assert found["pictures"], name
        for picture in found["pictures"]:
            assert picture[0] >= 0.9 * least_width, name
            # Along the iterations less is to be seen.
            assert picture[1] >= 0.55 * least_height, name


def test_every_pair_of_docks_leaves_a_picture_that_can_be_read():
    for name, found in start(1024, 640, "docks").items():
        assert not found["clipped"], name
        assert {"play"} <= set(found["whole"]) or "Lesson" in name, name
        least_width, least_height = found["least"]
        assert any(
            width >= 0.9 * least_width and height >= 0.9 * least_height
            for width, height in found["pictures"]
        ), (name, found["pictures"])


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080)])
def test_full_screen_can_be_read_from_the_back_row(width, height):
    states = start(width, height, "f11")
    found = states["f11"]
    assert found["size"] == [width, height]
    size, what = found["smallest"]
    assert size >= height / LINES, what
    assert not found["panel"]
    assert states["after"]["places"] == states["bias"]["places"]
    assert states["after"]["panel"]


@pytest.mark.parametrize(("width", "height", "more"), SCREENS, ids=NAMES)
def test_dialogs_fit_the_screen(width, height, more):
    found = start(width, height, "dialogs", **more)
    assert found["shortcuts"]
    assert found["about"]


def test_a_lesson_can_be_read_in_the_largest_type():
    found = start(1366, 768, "lesson", QT_FONT_DPI="192")
    assert not found["lesson"]["clipped"]

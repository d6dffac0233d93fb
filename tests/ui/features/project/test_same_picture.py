"""Whatever a window shows, a project shows it again, to the pixel, and is the same file."""

import pytest
from on_desk import look, saved
from support import choose, press, wait_until_trained

from gdviz.core.descent.bowl import Point
from gdviz.ui.plots.surface.camera import Camera


def plain(_, window):
    window.session.playback.seek(30)


def with_bias(qtbot, window):
    window.tuning.set_settings(with_bias=True, learning_rate=0.0015, start=Point(1, 2))
    wait_until_trained(qtbot, window)
    choose(window, "Surface")
    window.viewing.set_residuals("squares")
    window.session.playback.seek(20)
    window.figure.surface.view.take_sight(Camera(10.0, 50.0, 2.0))


def zoomed(_, window):
    choose(window, "Landscape")
    window.viewing.switches["past_steps"].setChecked(True)
    window.viewing.histories["above_minimum"].setChecked(True)
    window.session.playback.seek(3)
    window.figure.loss_curve.view.scaleBy((0.4, 0.6))
    window.figure.landscape.view.scaleBy((0.5, 0.5))
    window.figure.data_fit.view.scaleBy((0.7, 0.7))


def kept(qtbot, window):
    for rate in (0.0004, 0.0008, 0.0016):
        window.tuning.set_settings(learning_rate=rate)
        wait_until_trained(qtbot, window)
        press(qtbot, window, "keep")
    window.session.undo.show([1], False)
    window.viewing.set_residuals("sticks")
    window.session.playback.seek(11)
    choose(window, "Runs")


def diverging(qtbot, window):
    window.tuning.set_settings(learning_rate=0.1)
    wait_until_trained(qtbot, window)
    window.session.playback.seek(5)
    choose(window, "Explain this step")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("state", [plain, with_bias, zoomed, kept, diverging])
def test_reopening_shows_the_identical_picture(new_window, qtbot, tmp_path, state, theme):
    window, path = new_window(), tmp_path / "mine.gdviz"
    choose(window, theme)
    state(qtbot, window)
    wait_until_trained(qtbot, window)
    told, picture = saved(window, path), look(window)
    window.close()
    again = new_window()
    assert again.projects.open(path)
    wait_until_trained(qtbot, again)
    assert look(again) == picture
    assert saved(again, path) == told

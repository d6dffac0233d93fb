"""A large PNG is painted in strips: the window goes on, shows how far it is, and can cancel."""

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QProgressBar
from silence import SILENCE_S, Listener
from support import child, pixels, text, wait_until_trained

from gdviz.core.format import Format
from gdviz.ui.features.export.pictures import in_strips, picture
from gdviz.ui.plots.surface import scenery
from gdviz.ui.widgets import saving

VIEWS = ("figure", "loss_curve", "landscape", "surface", "data_fit", "loss_history")
OLD = "what was there before"
# Qt shades slanting lines and gradients a little otherwise where they are cut off, but no words.
SHADE, MOST_SHADE, OFTEN = 4, 50, 4e-3


@pytest.fixture
def three(window, qtbot):
    window.resize(1400, 900)
    window.tuning.set_settings(with_bias=True)
    wait_until_trained(qtbot, window)
    window.viewing.switches["surface"].trigger()
    window.session.playback.seek(40)
    return window


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("scale", [1, 3.125])
def test_strips_make_the_same_picture(three, name, scale):
    view = child(three, name)
    whole = pixels(picture(view, scale, "caption"))
    apart = np.abs(pixels(picture(view, scale, "caption", strip=64)) - whole)
    assert apart.max() <= MOST_SHADE
    assert (apart > SHADE).mean() < OFTEN


@pytest.fixture
def save(three, tmp_path, monkeypatch):
    """Write a large picture; return the file, and how long the window was silent."""
    target = tmp_path / "out.png"
    target.write_text(OLD)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    def save(side, head_start_ms=60):
        monkeypatch.setattr(saving, "HEAD_START_MS", head_start_ms)
        draft = three.exporter.draft("figure")
        draft.take(Format("px", side, side, dpi=600))
        return target, Listener().longest_s(
            lambda: three.exporter.write(draft, "figure"), lambda: True, 3
        )

    return save


def in_the_meantime(window, act):
    """Do something as soon as the progress is seen."""
    timer = QTimer(window, interval=1)

    def look():
        dialog = window.findChild(QDialog, "writing")
        if dialog is not None and dialog.isVisible():
            timer.stop()
            act(dialog)

    timer.timeout.connect(look)
    timer.start()


def test_the_window_goes_on_and_shows_how_far_it_is(three, save):
    seen = []

    def look(dialog):
        bar = dialog.findChild(QProgressBar)
        bar.valueChanged.connect(lambda value: seen.append(value / bar.maximum()))

    in_the_meantime(three, look)
    target, silent_s = save(4000.0)
    assert silent_s < SILENCE_S
    assert seen == sorted(seen)
    assert len(seen) > 1
    assert QImage(str(target)).size().toTuple() == (4000, 4000)
    assert text(three, "notice_text") == f"Saved {target}."


def test_cancelled_it_leaves_the_file_as_it_was(three, save):
    def cancel(dialog):
        dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel).click()

    in_the_meantime(three, cancel)
    target, _ = save(4000.0)
    assert target.read_text() == OLD
    assert list(target.parent.iterdir()) == [target]
    assert text(three, "notice_text") == f"Cancelled: nothing was saved, {target} is as it was."


def test_the_surface_is_painted_once_and_in_slices(three, monkeypatch):
    monkeypatch.setattr(scenery, "SLICE_S", 0.0)
    draft, painted = three.exporter.draft("figure"), []
    draft.take(Format("px", 1600, 1600, dpi=200))
    backdrop = draft._view.surface._backdrop
    backdrop.refined.connect(lambda: painted.append(backdrop._picture.cacheKey()))
    images = list(in_strips(draft._view, draft._scale, "", draft.pixels, draft._strip))
    begun = images.index(next(filter(None, images)))
    assert begun > 10
    assert None not in images[begun:]
    assert painted == [backdrop._picture.cacheKey()]
    draft.close()


def test_a_usual_picture_needs_no_progress(three, save):
    in_the_meantime(three, lambda _: pytest.fail("a dialog for a small picture"))
    target, _ = save(800.0, saving.HEAD_START_MS)
    assert QImage(str(target)).size().toTuple() == (800, 800)

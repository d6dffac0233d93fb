"""A film from the window: made while the window goes on, whole or not at all."""

import sys
import time
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from room import clipped
from support import child, choose

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.run import Run
from gdviz.ui.features.export.film_dialog import FilmDialog
from gdviz.ui.features.export.frames import Stage
from gdviz.ui.theme import LIGHT

# No event waits longer.
LONGEST_GAP_S = 0.1


@pytest.fixture
def film_as(window, qtbot, monkeypatch):
    """Ask for a film of half a second, after something has been chosen in its dialog."""

    def film_as(path, fill_in=lambda _: None, button="film_accept"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        timer = QTimer()

        def answer():
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, FilmDialog):
                timer.stop()
                child(dialog, "film_seconds").setValue(0.5)
                fill_in(dialog)
                if button:
                    qtbot.mouseClick(child(dialog, button), Qt.MouseButton.LeftButton)
                else:
                    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

        timer.timeout.connect(answer)
        timer.start()
        choose(window, "Export animation…")
        assert not timer.isActive(), "the dialog never came"

    return film_as


def notice(window):
    return child(window, "notice_text").text()


def figures_now():
    return [widget for widget in QApplication.allWidgets() if widget.objectName() == "figure"]


def wait_for_film(qtbot, window):
    qtbot.waitUntil(lambda: not window.exporter.filming, timeout=20_000)


@pytest.mark.parametrize("kind", [".gif", ".webp", ".apng"])
def test_a_film_is_made_of_what_the_window_shows(window, qtbot, tmp_path, film_as, kind):
    target = tmp_path / f"film{kind}"
    film_as(target)
    wait_for_film(qtbot, window)
    assert notice(window) == f"Saved {target}."
    with Image.open(target) as film:
        assert film.size == (800, 450)
        assert film.n_frames > 6


@pytest.mark.parametrize("kind", [".webm", ".mp4"])
def test_where_pyav_is_so_are_videos(window, qtbot, tmp_path, film_as, kind):
    av = pytest.importorskip("av")
    said = []
    film_as(
        tmp_path / f"film{kind}",
        lambda dialog: said.append((child(dialog, "film_estimate").text(), clipped(dialog))),
    )
    wait_for_film(qtbot, window)
    assert notice(window) == f"Saved {tmp_path / f'film{kind}'}."
    with av.open(tmp_path / f"film{kind}") as film:
        assert film.duration == 1_480_000  # 12 frames, and a hold of a second
    ((estimate, cut),) = said
    assert "WebM or MP4" in estimate
    assert cut == []


@pytest.mark.parametrize("kind", [".webm", ".mp4"])
def test_where_it_is_not_the_dialog_says_how_to_have_them(
    window, tmp_path, film_as, monkeypatch, kind
):
    monkeypatch.setitem(sys.modules, "av", None)
    said = []
    film_as(
        tmp_path / f"film{kind}",
        lambda dialog: said.append((child(dialog, "film_estimate").text(), clipped(dialog))),
    )
    ((estimate, cut),) = said
    assert estimate.endswith("For WebM and MP4: pip install 'gdviz[video]'.")
    assert cut == []
    assert notice(window) == f"film{kind} needs PyAV: pip install 'gdviz[video]'."
    assert not window.exporter.filming
    assert not list(tmp_path.iterdir())


def test_what_is_chosen_in_the_dialog_is_filmed(window, qtbot, tmp_path, film_as):
    def fill_in(dialog):
        for name, text in (
            ("film_view", "Loss curve"), ("film_size", "640 × 360"), ("film_colours", "Dark"),  # noqa: RUF001
        ):  # fmt: skip
            child(dialog, name).setCurrentText(text)
        child(dialog, "film_last").setValue(10)
        child(dialog, "film_hold").setValue(2)
        child(dialog, "film_loop").setChecked(False)
        assert clipped(dialog) == []
        assert "12 frames" in child(dialog, "film_estimate").text()

    film_as(tmp_path / "film.gif", fill_in)
    wait_for_film(qtbot, window)
    with Image.open(tmp_path / "film.gif") as film:
        assert film.size == (640, 360)
        assert "loop" not in film.info
        assert sum(film.convert("RGB").getpixel((320, 180))) < 200
        durations = []
        for number in range(film.n_frames):
            film.seek(number)
            durations.append(film.info["duration"])
    assert sum(durations) == 2480


@pytest.mark.parametrize("kind", [".gif", ".webm", ".mp4"])
def test_the_window_goes_on_while_a_film_is_made(window, qtbot, tmp_path, film_as, kind):
    if kind != ".gif":
        pytest.importorskip("av")
    ticks = []
    clock = QTimer(interval=1)
    clock.timeout.connect(lambda: ticks.append(time.perf_counter()))
    film_as(tmp_path / f"film{kind}", lambda dialog: child(dialog, "film_seconds").setValue(2))
    clock.start()
    wait_for_film(qtbot, window)
    clock.stop()
    gaps = [after - before for before, after in pairwise(ticks)]
    assert np.percentile(gaps, 95) < LONGEST_GAP_S


@pytest.mark.parametrize(
    ("kind", "frames"), [(".gif", 0), (".gif", 1), (".gif", 20), (".webm", 20), (".mp4", 20)]
)
def test_a_film_that_is_cancelled_leaves_what_was_there(
    window, qtbot, tmp_path, film_as, kind, frames
):
    if kind != ".gif":
        pytest.importorskip("av")
    target = tmp_path / f"film{kind}"
    target.write_text("before")
    film_as(target, lambda dialog: child(dialog, "film_seconds").setValue(30))
    bar = child(window, "filming_progress")
    qtbot.waitUntil(lambda: bar.value() >= frames)
    qtbot.keyClick(bar.window(), Qt.Key.Key_Escape)
    wait_for_film(qtbot, window)
    assert notice(window) == f"Cancelled: nothing was saved, {target.name} is as it was."
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_text() == "before"


def test_a_window_that_closes_leaves_no_film(window, tmp_path, film_as):
    film_as(tmp_path / "film.gif", lambda dialog: child(dialog, "film_seconds").setValue(30))
    progress = child(window, "filming")
    assert window.close()
    assert not progress.isVisible()
    assert not list(tmp_path.iterdir())


def test_where_nothing_can_be_written_a_sentence_says_so(window, qtbot, tmp_path, film_as):
    film_as(tmp_path / "gone" / "film.gif")
    wait_for_film(qtbot, window)
    assert "film.gif can't be written" in notice(window)


def test_nothing_is_left_of_a_film_that_was_made_or_not(window, qtbot, tmp_path, film_as):
    figures = len(figures_now())
    film_as(tmp_path / "film.gif")
    wait_for_film(qtbot, window)
    film_as(
        tmp_path / "film.gif",
        lambda dialog: child(dialog, "film_view").setCurrentText("Data"), button="",
    )  # fmt: skip
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(figures_now()) == figures


def test_whoever_changes_their_mind_gets_no_film(window, tmp_path, film_as):
    film_as(tmp_path / "film.gif", button="")
    assert not window.exporter.filming
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("reduced", [False, True])
def test_the_dialog_plays_the_film_unless_motion_is_too_much(
    window, qtbot, tmp_path, film_as, reduced
):
    window.viewing.reduced_motion.setChecked(reduced)

    def watch(dialog):
        preview = child(dialog, "film_preview")

        def seen():
            # What is to be played is made in one turn of the event loop, and seen in the next.
            for _ in range(3):
                QApplication.processEvents()
            return preview.pixmap().toImage()

        first = seen()
        assert not first.isNull()
        if reduced:
            # A film of nothing but the end shows the same.
            child(dialog, "film_first").setValue(child(dialog, "film_last").value())
            assert seen() == first
        else:
            qtbot.waitUntil(lambda: seen() != first)
        child(dialog, "film_view").setCurrentText("Data")
        assert seen() != first

    film_as(tmp_path / "film.gif", watch, button="")


def test_the_dialog_waits_for_no_stage_and_has_one_made_for_several_choices(qtbot, pizza):
    experiment, stages = Experiment(pizza), []
    trajectory, outcome = run(experiment)
    descent = Run(experiment, trajectory.record, outcome)

    def staged(view, theme, size, captioned):
        stages.append(Stage(descent, [], view, theme or LIGHT, size, captioned=captioned))
        return stages[-1]

    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = FilmDialog({"figure": "Whole figure", "data_fit": "Data"}, 100, staged, True, parent)
    preview = child(dialog, "film_preview")
    dialog.show()
    assert stages == []
    qtbot.waitUntil(lambda: not preview.pixmap().isNull())
    child(dialog, "film_view").setCurrentText("Data")
    child(dialog, "film_size").setCurrentText("640 × 360")  # noqa: RUF001
    child(dialog, "film_caption").setChecked(False)
    assert len(stages) == 1
    qtbot.waitUntil(lambda: len(stages) > 1)
    assert len(stages) == 2
    assert stages[1].size.toTuple() == (640, 360)
    dialog.close()
    dialog.close_stage()


def test_a_film_shows_the_pictures_as_the_window_does(window, qtbot, tmp_path, film_as):
    plain, dressed = tmp_path / "plain.gif", tmp_path / "dressed.gif"
    film_as(plain)
    wait_for_film(qtbot, window)
    for name in ("fog", "equation", "logarithmic"):
        window.viewing.switches[name].setChecked(True)
    film_as(dressed)
    wait_for_film(qtbot, window)
    films = [Image.open(path) for path in (plain, dressed)]
    first, second = (np.asarray(film.convert("RGB")) for film in films)
    for film in films:
        film.close()
    assert (first != second).any(axis=2).mean() > 0.01

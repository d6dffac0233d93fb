"""Pictures for papers: other programs draw them alike, and they tell their run."""

import json
import re
import shutil
import subprocess
from xml.etree import ElementTree

import forked
import numpy as np
import pytest
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from support import PIZZA, child, pixels, wait_until_trained

from gdviz.core.format import Format
from gdviz.core.words.provenance import provenance
from gdviz.ui.features.export.pictures import export_picture, picture
from gdviz.ui.plots.surface.camera import Camera
from gdviz.ui.theme import LIGHT

VIEWS = ("figure", "loss_curve", "landscape", "surface", "data_fit", "loss_history")
# What draws a kind of file as a PNG, and Debian's name of what it is part of.
PROGRAMS = {
    "svg": (("rsvg-convert", "{}.svg", "-o", "{}.png"), "librsvg2-bin"),
    "pdf": (("pdftoppm", "-r", "96", "-png", "-singlefile", "{}.pdf", "{}"), "poppler-utils"),
}


def drawn_by_others(path):
    """Return the pixels that another program draws of a file."""
    command, package = PROGRAMS[path.suffix[1:]]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not here: install {package}")
    subprocess.run([part.format(path.with_suffix("")) for part in command], check=True, timeout=60)
    return pixels(QImage(str(path.with_suffix(".png"))))


def texts_of(path):
    return [text.strip() for text in ElementTree.parse(path).getroot().itertext()]


@pytest.fixture
def three(window, qtbot):
    """The window with the bias, all three pictures of the loss, and a few steps taken."""
    window.resize(1600, 900)
    window.tuning.set_settings(with_bias=True)
    wait_until_trained(qtbot, window)
    window.viewing.switches["surface"].trigger()
    window.session.playback.seek(40)
    QApplication.processEvents()
    return window


# Drawn by other programs


def assert_alike(view, path):
    """Assert that another program draws a file of a view as gdviz draws its PNG."""
    export_picture(view, path)
    return assert_same(path, pixels(picture(view)))


def assert_same(path, own):
    """Assert that another program draws a file as gdviz drew these pixels."""
    others = drawn_by_others(path)
    # A page is as large as whole points are.
    assert 0 <= others.shape[0] - own.shape[0] <= 1
    assert 0 <= others.shape[1] - own.shape[1] <= 1
    apart = np.abs(others[: own.shape[0], : own.shape[1]] - own)
    assert apart.mean() < 2.5
    assert (apart.max(axis=2) > 60).mean() < 0.02
    # Letters and edges are drawn a little beside those of Qt, but no area is.
    height, width = (8 * (side // 8) for side in own.shape[:2])
    blocks = (others[:height, :width] - own[:height, :width]).reshape(
        height // 8, 8, width // 8, 8, 3
    )
    assert (np.abs(blocks.mean(axis=(1, 3))).max(axis=2) > 40).mean() < 0.01
    return others


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("kind", PROGRAMS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_another_program_draws_it_as_the_png_is(three, tmp_path, name, kind, theme):
    three.appearance.choose(theme)
    QApplication.processEvents()
    assert_alike(child(three, name), tmp_path / f"out.{kind}")


@pytest.mark.parametrize("name", ["figure", "data_fit"])
@pytest.mark.parametrize("kind", PROGRAMS)
def test_so_it_does_in_another_font_and_in_greys(three, tmp_path, name, kind):
    draft = three.exporter.draft(name)
    draft.take(Format("px", 960.0, 600.0, 96, "Serif", 9.0, 1.5, "greys"))
    for suffix in ("png", kind):
        draft.write(tmp_path / f"own.{suffix}", "")
    draft.close()
    own = pixels(QImage(str(tmp_path / "own.png")))
    others = assert_same((tmp_path / f"own.{kind}").rename(tmp_path / f"out.{kind}"), own)
    assert np.ptp(others, axis=2).max() <= 1


@pytest.mark.parametrize("kind", PROGRAMS)
def test_what_is_looked_at_closely_stays_within_its_axes(three, tmp_path, kind):
    for name in ("loss_curve", "landscape", "data_fit"):
        child(three, name).view.scaleBy((0.3, 0.3))
    three.figure.surface.view.take_sight(Camera(zoom=3))
    QApplication.processEvents()
    assert_alike(three.figure, tmp_path / f"out.{kind}")


@pytest.mark.parametrize("kind", PROGRAMS)
def test_the_hiker_and_the_minimum_are_where_they_are_in_the_png(three, tmp_path, kind):
    plot = three.figure.landscape
    others = assert_alike(plot, tmp_path / f"out.{kind}")
    row, best = three.session.playback.row, three.session.runs.experiment.bowl.optimum
    for place, colour in (((row.weight, row.bias), LIGHT.hiker), (best, LIGHT.optimum)):
        x, y = (round(part) for part in plot.moving.pixel_of(*place))
        assert np.abs(others[y, x] - QColor(colour).getRgb()[:3]).max() < 12, colour


# Text and thin lines


def test_text_is_text_and_the_thin_lines_are_thin(three, tmp_path):
    export_picture(three.figure, tmp_path / "out.svg")
    texts = texts_of(tmp_path / "out.svg")
    assert {"Loss curve", "weight w", "Reservations", "iteration"} <= set(texts)
    widths = [
        float(n) for n in re.findall(r'stroke-width="([\d.]+)"', (tmp_path / "out.svg").read_text())
    ]
    assert 0 < min(widths) <= 1
    export_picture(three.figure, tmp_path / "out.pdf")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not here: install poppler-utils")
    done = subprocess.run(
        ["pdftotext", tmp_path / "out.pdf", "-"], capture_output=True, encoding="utf-8", check=True
    )
    for text in ("Loss curve", "weight w", "Reservations", "iteration"):
        assert text in done.stdout


# What they tell of their run


def told_by(path):
    """Return what a picture tells of its run."""
    match path.suffix:
        case ".png":
            return QImage(str(path)).text("gdviz")
        case ".svg":
            return ElementTree.parse(path).findtext("{http://www.w3.org/2000/svg}desc")
    if shutil.which("pdfdetach") is None:
        pytest.skip("pdfdetach is not here: install poppler-utils")
    saved = path.with_suffix(".json")
    subprocess.run(["pdfdetach", "-save", "1", "-o", saved, path], check=True)
    return saved.read_text()


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_a_picture_tells_its_run(window, tmp_path, kind):
    about = provenance(window.session.runs.experiment, 7)
    export_picture(window.figure, tmp_path / f"out.{kind}", about=about)
    assert told_by(tmp_path / f"out.{kind}") == about


def exported(*arguments):
    forked.run(forked.COMMAND_LINE, "export", PIZZA, *arguments).check_returncode()


def test_the_same_run_gives_the_same_bytes_and_tells_itself(tmp_path):
    one, other = ([tmp_path / f"{name}.{kind}" for kind in ("png", "svg", "pdf")] for name in "ab")
    for targets in (one, other):
        exported(*targets, "--iteration", "20", "--bias")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]
    for path in one:
        told = json.loads(told_by(path))
        assert told["iteration"] == 20
        assert told["settings"]["with_bias"] is True
        assert told["source"] == "pizza.txt"


@pytest.mark.parametrize("view", ["figure", "data_fit"])
def test_the_command_line_writes_what_the_dialog_does(window, qtbot, tmp_path, view):
    window.resize(1500, 1000)  # rows of the figure share it as they do without a window
    window.tuning.set_settings(with_bias=True, iterations=100, learning_rate=0.001, tolerance=1e-9)
    wait_until_trained(qtbot, window)
    window.session.playback.seek(20)
    QApplication.processEvents()
    draft = window.exporter.draft(view)
    draft.take(Format("cm", 16.0, 10.0, 192, "Serif", 9.0, 0.75, "greys", legend=False))
    kinds, about = ("png", "svg", "pdf"), provenance(window.session.runs.experiment, 20)
    for kind in kinds:
        draft.write(tmp_path / f"dialog.{kind}", about)
    draft.close()
    options = {
        "iterations": "100", "learning-rate": "0.001", "tolerance": "1e-9", "iteration": "20",
        "size": "16x10cm", "dpi": "192", "font": "Serif", "font-size": "9", "lines": "0.75",
        "theme": "greys", "view": view.partition("_")[0],
    }  # fmt: skip
    typed = [f"--{name}={value}" for name, value in options.items()]
    exported(*(tmp_path / f"typed.{kind}" for kind in kinds), "--bias", "--no-titles", *typed)
    for kind in kinds:
        one, other = (tmp_path / f"{name}.{kind}" for name in ("dialog", "typed"))
        assert one.read_bytes() == other.read_bytes(), kind


IN_A_WINDOW = """
import os, sys
from pathlib import Path
from gdviz.core.format import Format
from gdviz.ui.shell.app import open_window

app, window = open_window(None, {"with_bias": True})
while window.session.runs.current.outcome is None:
    app.processEvents()
draft = window.exporter.draft("figure")
draft.take(Format("px", 800.0, 600.0))
draft.write(Path(sys.argv[1]), "")
window.end()
os._exit(0)
"""


def test_two_windows_write_the_same_bytes(tmp_path):
    written = []
    for kind in ("svg", "pdf"):
        for name in "ab":
            path = tmp_path / f"{name}.{kind}"
            forked.run(IN_A_WINDOW, path).check_returncode()
            written.append(path.read_bytes())
    assert written[0] == written[1]
    assert written[2] == written[3]


# The clipboard


def test_copy_puts_pixels_and_shapes_on_the_clipboard_at_once(window):
    window.session.playback.seek(7)
    expected = pixels(picture(window.figure.loss_curve, 2))
    window.exporter.copy_image("loss_curve")
    held = QGuiApplication.clipboard().mimeData()
    assert np.array_equal(pixels(QGuiApplication.clipboard().image()), expected)
    image = QImage.fromData(held.data("image/png"), "png")
    assert np.array_equal(pixels(image), expected)
    about = provenance(window.session.runs.experiment, 7)
    assert image.text("gdviz") == about
    root = ElementTree.fromstring(held.data("image/svg+xml").data())
    assert root.findtext("{http://www.w3.org/2000/svg}desc") == about
    assert "weight w" in [text.strip() for text in root.itertext()]

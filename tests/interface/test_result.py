"""What comes of a run goes into tables and pictures, and Qt is there only for the pictures."""

import csv
import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from support import PIZZA

import gdviz

NO_DISPLAY = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
COLUMNS = "iteration", "weight", "bias", "loss"


@pytest.fixture
def data():
    return gdviz.read(PIZZA)


def in_a_program(text, folder):
    """Run a program where there is no display; return what it prints."""
    environment = {name: value for name, value in os.environ.items() if name not in NO_DISPLAY}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", text, str(PIZZA)], cwd=folder, check=False,
        env={**environment, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True, text=True, timeout=100,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_arrays_are_read_only_and_as_long_as_the_record(data):
    run = gdviz.descend(data, 2**20 + 1)  # one more than is kept of every iteration
    for name in COLUMNS:
        column = getattr(run, name)
        assert not column.flags.writeable
        assert len(column) == len(run.run.record)
    assert run.iteration[:3].tolist() == [0, 2, 4]
    assert run.iteration[-1] == 2**20 + 1


def test_the_table_holds_what_the_arrays_hold(data, tmp_path):
    run = gdviz.descend(data, 20, method="adam", bias=True)
    run.to_csv(tmp_path / "run.csv")
    table = pd.read_csv(tmp_path / "run.csv")
    for name, column in zip(COLUMNS, ("iteration", "w", "b", "loss"), strict=True):
        np.testing.assert_allclose(getattr(run, name), table[column], rtol=1e-15)
    assert table.columns[-2:].tolist() == ["w_gradient", "b_gradient"]


def test_numbers_are_computed_and_written_without_qt(tmp_path):
    printed = in_a_program(
        "import sys, gdviz\n"
        "run = gdviz.descend(gdviz.read(sys.argv[1]), 10, method='adam')\n"
        "run.to_csv('run.csv')\n"
        "print(run.outcome, [name for name in sys.modules if 'PySide6' in name])",
        tmp_path,
    )
    assert printed == "Ran all 10 iterations. []\n"
    rows = list(csv.reader(io.StringIO((tmp_path / "run.csv").read_text())))
    assert (len(rows), rows[0]) == (12, ["iteration", "w", "loss", "gradient"])


def test_a_picture_needs_no_display_and_leaves_the_environment_alone(tmp_path):
    printed = in_a_program(
        "import os, sys, gdviz\n"
        "run = gdviz.descend(gdviz.read(sys.argv[1]), 10)\n"
        "for name in ('a.png', 'b.svg', 'c.pdf'): run.figure(name)\n"
        "print('QT_QPA_PLATFORM' in os.environ)",
        tmp_path,
    )
    assert printed == "False\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.png", "b.svg", "c.pdf"]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_is_the_one_that_the_command_line_draws(data, tmp_path, theme):
    run = gdviz.descend(data, 30, method="adam", bias=True)
    other = gdviz.descend(data, 30, 0.001, method="momentum", bias=True)
    path = tmp_path / "run.svg"
    run.figure(path, theme=theme, iteration=12, compare=[other])
    words = ["--iterations", "30", "--method", "adam", "--bias", "--theme", theme]
    words += ["--iteration", "12", "--compare", "momentum=0.001", "--learning-rate", "0.001"]
    drawn = subprocess.run(
        [sys.executable, "-m", "gdviz", "export", PIZZA, tmp_path / "cli.svg", *words],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, check=False,
    )  # fmt: skip
    assert drawn.returncode == 0
    assert path.read_bytes() == (tmp_path / "cli.svg").read_bytes()


@pytest.mark.usefixtures("qapp")
def test_size_and_scale_are_those_asked_for(data, tmp_path):
    path = tmp_path / "run.png"
    gdviz.descend(data).figure(path, size=(900, 600), scale=2)
    image = QImage(str(path))
    assert image.width() == 1800
    assert image.height() >= 1200


@pytest.mark.parametrize(
    ("name", "kind"), [("a.gif", "GIF"), ("a.webp", "WEBP"), ("a.apng", "PNG")]
)
@pytest.mark.usefixtures("qapp")
def test_a_film_has_the_frames_asked_for(data, tmp_path, name, kind):
    run = gdviz.descend(data, 20)
    run.animate(tmp_path / name, size=(400, 300), fps=5, seconds=2, view="loss-curve")
    with Image.open(tmp_path / name) as film:
        assert (film.format, film.size) == (kind, (400, 300))
        assert 5 < film.n_frames <= 10  # what looks the same is one


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"fps": 0}, r"fps must be from 1 to 50, not 0\."),
        ({"seconds": 1e9}, r"seconds must be from 0\.1 to 60, not 1000000000\.0\."),
        ({"hold": -1}, r"hold must be from 0 to 60, not -1\."),
        ({"first": 50, "last": 20}, r"A film from iteration 50 can't end at 20\."),
        ({"last": 200}, r"There is no iteration 200: there are 0 to 100\."),
    ],
)
@pytest.mark.usefixtures("qapp")
def test_a_film_that_cannot_be_is_a_sentence(data, tmp_path, asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        gdviz.descend(data).animate(tmp_path / "a.gif", **asked)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("qapp")
def test_a_video_without_pyav_is_a_sentence(data, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(OSError, match=r"a\.webm needs PyAV: pip install 'gdviz\[video\]'\."):
        gdviz.descend(data).animate(tmp_path / "a.webm")
    assert not list(tmp_path.iterdir())


def test_a_page_needs_no_qt_and_plays_in_a_notebook_as_well(tmp_path):
    printed = in_a_program(
        "import sys, gdviz\n"
        "run = gdviz.descend(gdviz.read(sys.argv[1]), 10)\n"
        "run.page('page.html')\n"
        "print(run.play()._repr_html_()[:15], [name for name in sys.modules if 'Qt' in name])",
        tmp_path,
    )
    assert printed == "<iframe srcdoc= []\n"
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_what_plays_in_a_cell_is_the_page_itself(data):
    player = gdviz.descend(data, 10).play()
    frame = ElementTree.fromstring(player._repr_html_())
    # What reads attributes takes each line break for a space.
    assert frame.get("srcdoc").split() == player.html.split()


@pytest.mark.usefixtures("qapp")
def test_a_notebook_shows_the_whole_figure(data):
    shown = gdviz.descend(data)._repr_svg_()
    assert QSvgRenderer(shown.encode()).isValid()
    assert "Pizzas" in shown


@pytest.mark.usefixtures("qapp")
def test_a_run_without_any_row_has_no_picture_and_says_why(tmp_path):
    run = gdviz.descend(([1e100], [1e100]), start=1e140)
    assert (len(run.weight), run._repr_svg_()) == (0, None)
    with pytest.raises(ValueError, match="The run has no iteration"):
        run.figure(tmp_path / "run.png")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("name", "asked", "sentence"),
    [
        ("a.png", {"view": "loss"}, r"There is no view 'loss'\. There are: figure, loss-curve,"),
        ("a.png", {"theme": "grey"}, r"There is no theme 'grey'\. There are: light, dark\."),
        ("a.png", {"size": (9, 900)}, r"The width must be from 200 to 8,000, not 9\."),
        ("a.png", {"size": (900, 9)}, r"The height must be from 150 to 8,000, not 9\."),
        ("a.png", {"size": (900,)}, r"A size is a width and a height, not \(900,\)\."),
        ("a.png", {"scale": 100}, r"scale must be from 0\.0625 to 16, not 100\."),
        ("a.png", {"iteration": 101}, r"There is no iteration 101: there are 0 to 100\."),
        ("a.bmp", {}, r"a\.bmp: “\.bmp” is no kind of file that can be written here"),
        ("a", {}, r"a: the name has no suffix"),
    ],
)
def test_a_picture_that_cannot_be_is_a_sentence(data, tmp_path, name, asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        gdviz.descend(data).figure(tmp_path / name, **asked)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("qapp")
def test_runs_on_other_data_are_not_drawn_together(data, tmp_path):
    other = gdviz.descend(([1, 2], [3, 4]))
    with pytest.raises(ValueError, match="Only runs on the same data"):
        gdviz.descend(data).figure(tmp_path / "a.png", compare=[other])


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("write", ["to_csv", "figure"])
def test_where_nothing_can_be_written_that_is_told(data, tmp_path, write):
    path = tmp_path / "none" / "run.csv" if write == "to_csv" else tmp_path / "none" / "run.png"
    with pytest.raises(OSError, match=r"run\.\w+ can't be written: No such file or directory\."):
        getattr(gdviz.descend(data), write)(path)


@pytest.mark.usefixtures("qapp")
def test_a_picture_in_another_thread_is_refused_before_it_does_harm(data, tmp_path):
    run = gdviz.descend(data)
    with ThreadPoolExecutor(1) as others, pytest.raises(RuntimeError, match="the main thread"):
        others.submit(run.figure, tmp_path / "a.png").result()

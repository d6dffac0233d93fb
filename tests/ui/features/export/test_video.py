"""Videos, read again by PyAV: they last, say what they show, and are as sharp as the picture."""

import os
import subprocess
import sys

import numpy as np
import pytest
from in_page import needs_browser, opened
from PySide6.QtCore import QSize
from support import PIZZA, pixels

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.run import Run
from gdviz.core.descent.timing import Timing
from gdviz.core.format import Format
from gdviz.core.words.provenance import provenance, told_by_file
from gdviz.ui.features.export.frames import Stage
from gdviz.ui.features.export.headless import export
from gdviz.ui.features.export.pictures import picture
from gdviz.ui.features.export.video import VIDEO_KINDS
from gdviz.ui.theme import THEMES

SMALL = Format("px", 320.0, 200.0, dpi=96)
TIMING = Timing(0, 100, fps=10, seconds=2, hold=0.5)
# How far the light of all pixels but a few may be off, of 255, and as a rule their colours.
WORST, FEW, USUAL = 25, 1e-4, 2
LIGHT = np.array([0.2126, 0.7152, 0.0722])
NEEDED = "film{} needs PyAV: pip install 'gdviz[video]'."
PAGE = """<!DOCTYPE html><video muted src="{}"></video><pre></pre><script>
    const film = document.querySelector("video"), said = document.querySelector("pre");
    film.onerror = () => said.textContent = film.error.message;
    film.onloadeddata = () => said.textContent = [film.duration, film.videoWidth, film.videoHeight];
</script>"""
every_kind = pytest.mark.parametrize("kind", VIDEO_KINDS)


@pytest.fixture
def descent(qapp, pizza):
    assert qapp is not None
    experiment = Experiment(pizza)
    trajectory, outcome = run(experiment)
    return Run(experiment, trajectory.record, outcome)


@pytest.fixture
def av():
    return pytest.importorskip("av")


def in_a_program(program, *arguments, folder=None):
    """Run a program of Python's in a process of its own; return what came of it."""
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, cwd=folder,
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip


@every_kind
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_video_lasts_and_its_light_is_that_of_the_picture(descent, tmp_path, av, kind, theme):
    target, size = tmp_path / f"film{kind}", (640, 360)
    export(descent, 0, [target], form=Format("px", *size, dpi=96, colours=theme), timing=TIMING)
    with av.open(target) as film:
        (stream,) = film.streams
        frames = list(film.decode(stream))
        assert film.duration == 2_500_000
        assert {"webm": "vp9", "mp4": "h264"}[kind[1:]] == stream.codec_context.name
        said = {name.lower(): text for name, text in film.metadata.items()}
    assert [round(frame.time * 10) for frame in frames] == [*range(20), 24]
    assert said["comment"] == provenance(descent.experiment)
    stage = Stage(descent, [], "figure", THEMES[theme], QSize(*size))
    for frame, position in ((frames[0], 0), (frames[-1], 100)):
        stage.stand(position)
        wanted = pixels(picture(stage.shown, caption=stage.caption, pixels=stage.size))
        off = np.abs(frame.to_ndarray(format="gray") - wanted @ LIGHT)
        assert (off > WORST).mean() <= FEW
        assert np.abs(frame.to_ndarray(format="rgb24") - wanted).mean() <= USUAL
    stage.close()


@every_kind
@needs_browser
def test_a_browser_shows_it(descent, tmp_path, av, kind):
    assert av
    export(descent, 0, [tmp_path / f"film{kind}"], form=SMALL, timing=TIMING)
    page = tmp_path / "page.html"
    page.write_text(PAGE.format(f"film{kind}"))
    assert "<pre>2.5,320,200</pre>" in opened(page, tmp_path / "profile")


@every_kind
@pytest.mark.parametrize(("size", "even"), [((401, 301), (402, 302)), ((400, 301), (400, 302))])
def test_odd_sides_are_rounded_up(descent, tmp_path, av, kind, size, even):
    form = Format("px", *size, dpi=96)
    export(descent, 0, [tmp_path / f"film{kind}"], form=form, timing=TIMING)
    with av.open(tmp_path / f"film{kind}") as film:
        assert (film.streams[0].width, film.streams[0].height) == even


@every_kind
@pytest.mark.parametrize("hold", [0, 0.25, 2])
def test_the_end_is_held(descent, tmp_path, av, kind, hold):
    timing = Timing(0, 3, fps=20, seconds=0.5, hold=hold)
    export(descent, 0, [tmp_path / f"film{kind}"], form=SMALL, timing=timing)
    with av.open(tmp_path / f"film{kind}") as film:
        times = [frame.time for frame in film.decode(video=0)]
        assert film.duration == (0.5 + hold) * 1e6
    assert times[-1] == pytest.approx(0.45 + hold)
    assert len(times) == 10 + bool(hold)


@every_kind
def test_another_program_writes_the_same_bytes(descent, tmp_path, av, kind):
    assert av
    export(descent, 0, [tmp_path / f"here{kind}"], form=SMALL, timing=TIMING)
    program = "import sys; from gdviz.cli import main; sys.exit(main(sys.argv[1:]))"
    there = tmp_path / f"there{kind}"
    words = "--size=320x200", "--fps=10", "--seconds=2", "--hold=0.5", "--learning-rate=0.001"
    done = in_a_program(program, "export", PIZZA, there, *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert there.read_bytes() == (tmp_path / f"here{kind}").read_bytes()


@every_kind
def test_what_it_says_is_found_without_what_reads_it(descent, tmp_path, av, kind, monkeypatch):
    assert av
    export(descent, 0, [tmp_path / f"film{kind}"], form=SMALL, timing=TIMING)
    monkeypatch.setitem(sys.modules, "av", None)
    assert told_by_file(tmp_path / f"film{kind}")["source"] == "pizza.txt"


@every_kind
def test_without_pyav_a_sentence_says_what_to_install(tmp_path, kind):
    blocked = "import sys; sys.modules['av'] = None\nfrom gdviz.cli import main; sys.exit(main())"
    done = in_a_program(blocked, "export", PIZZA, "film.gif", f"film{kind}", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr == f"gdviz: {NEEDED.format(kind)}\n"
    assert not list(tmp_path.iterdir())


def test_it_is_not_loaded_before_it_is_needed():
    done = in_a_program("import gdviz.ui.shell.app, gdviz.ui.features.export.film as film, sys\n"
                        "print(film.can_encode() and 'av' in sys.modules)")  # fmt: skip
    assert (done.stdout, done.returncode) == ("False\n", 0)

"""Films, read again by Pillow: they move, last, and end as a still picture of the end looks."""

from dataclasses import replace
from html import unescape
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QSize
from support import pixels

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.run import Run
from gdviz.core.descent.timing import Timing
from gdviz.core.format import Format
from gdviz.core.words.provenance import provenance
from gdviz.ui.features.export.film import ANIMATION_KINDS
from gdviz.ui.features.export.frames import Stage
from gdviz.ui.features.export.headless import export
from gdviz.ui.features.export.palette import CLEAR, COLOURS, Palette
from gdviz.ui.features.export.pictures import picture
from gdviz.ui.theme import THEMES
from gdviz.ui.widgets.saving import SavingError

SIZE = (640, 360)
SMALL = Format("px", *SIZE, dpi=96)
VIEWS = "figure", "loss_curve", "surface", "data_fit"
TIMING = Timing(0, 100, fps=10, seconds=2, hold=0.5)
# An edge's shade may be missing in the palette; a mark's own colour never is.
WORST_SHADE, USUAL_SHADE = 60, 0.5


@pytest.fixture
def descent(qapp, pizza):
    assert qapp is not None
    experiment = Experiment(pizza)
    trajectory, outcome = run(experiment)
    return Run(experiment, trajectory.record, outcome)


def frames_of(path):
    """Return what Pillow sees of a film: its frames and how long each stands."""
    with Image.open(path) as film:
        frames, durations = [], []
        for number in range(film.n_frames):
            film.seek(number)
            frames.append(np.asarray(film.convert("RGB")).astype(int))
            durations.append(film.info["duration"])
    return frames, durations


def said_by(path):
    """Return what Pillow finds that a film says of itself, and whether it begins again."""
    with Image.open(path) as film:
        info = dict(film.info)
        film.seek(film.n_frames - 1)
        film.load()
        info |= film.info
    said = info.get("comment") or info.get("Comment") or info.get("xmp")
    said = said.decode() if isinstance(said, bytes) else said
    return unescape(said), info.get("loop") == 0


@pytest.mark.parametrize(
    ("kind", "view", "theme"),
    [
        *((".gif", view, theme) for view in VIEWS for theme in ("light", "dark")),
        # The frames are the same, only what holds them isn't.
        *((kind, "figure", "dark") for kind in ANIMATION_KINDS if kind != ".gif"),
    ],
)
def test_a_film_ends_as_the_still_picture_looks(descent, tmp_path, kind, view, theme):
    target = tmp_path / f"film{kind}"
    form = replace(SMALL, colours=theme)
    export(descent, 0, [target], view=view, form=form, timing=TIMING)
    frames, durations = frames_of(target)
    assert {frame.shape for frame in frames} == {(SIZE[1], SIZE[0], 3)}
    assert 10 < len(frames) <= TIMING.frames
    assert sum(durations) == 2500
    assert all(np.any(before != after) for before, after in pairwise(frames))
    stage = Stage(descent, [], view, THEMES[theme], QSize(*SIZE))
    for shown, position in ((frames[0], 0), (frames[-1], 100)):
        stage.stand(position)
        off = np.abs(shown - pixels(picture(stage.shown, caption=stage.caption, pixels=stage.size)))
        assert off.max() <= WORST_SHADE
        assert off.mean() <= USUAL_SHADE
    stage.close()


@pytest.mark.parametrize("loop", [True, False])
@pytest.mark.parametrize("kind", ANIMATION_KINDS)
def test_a_film_says_what_it_shows_and_whether_it_begins_again(descent, tmp_path, kind, loop):
    target = tmp_path / f"film{kind}"
    export(descent, 0, [target], form=SMALL, timing=TIMING, loop=loop)
    said, begins_again = said_by(target)
    assert provenance(descent.experiment) in said
    assert begins_again is loop


@pytest.mark.parametrize("kind", ANIMATION_KINDS)
def test_the_same_run_gives_the_same_bytes(descent, tmp_path, kind):
    targets = [tmp_path / f"{name}{kind}" for name in "ab"]
    export(descent, 0, targets, form=SMALL, timing=TIMING)
    assert targets[0].read_bytes() == targets[1].read_bytes()


@pytest.mark.parametrize("kind", ANIMATION_KINDS)
def test_a_run_of_one_row_is_a_film_that_stands_still(descent, tmp_path, kind):
    target = tmp_path / f"film{kind}"
    export(descent, 0, [target], form=SMALL, timing=Timing(3, 3, fps=10, seconds=1, hold=1))
    with Image.open(target) as film:
        assert (getattr(film, "n_frames", 1), film.size) == (1, SIZE)


def test_where_nothing_can_be_written_a_sentence_says_so(descent, tmp_path):
    with pytest.raises(SavingError, match=r"film\.gif can't be written"):
        export(descent, 0, [tmp_path / "gone" / "film.gif"], form=SMALL, timing=TIMING)


def test_a_palette_keeps_what_is_common_and_reaches_what_is_far():
    common = np.full((100, 100), 0xFF123456, np.uint32)
    shades = (0xFF000000 + 0x010101 * np.arange(256)).astype(np.uint32)
    rare = np.array([0xFFFF0000], np.uint32)
    palette = Palette([common, shades, rare])
    assert len(palette.colours) <= COLOURS
    for exact in (0x123456, 0xFF0000):
        index = palette.indices(np.array([exact], np.uint32))[0]
        assert index != CLEAR
        assert tuple(palette.colours[index]) == (exact >> 16, exact >> 8 & 0xFF, exact & 0xFF)
    nearest = palette.colours[palette.indices(shades)].astype(int)
    assert np.abs(nearest - np.arange(256)[:, None]).max() <= 10


@pytest.mark.parametrize("view", ["figure", "loss_curve"])
def test_a_film_has_a_caption_unless_it_is_to_have_none(descent, view):
    size = QSize(*SIZE)
    with_one, without = (
        Stage(descent, [], view, THEMES["light"], size, captioned=captioned)
        for captioned in (True, False)
    )
    assert with_one.image(20).size() == without.image(20).size() == size
    assert "iteration 20" in with_one.caption
    assert without.caption == ""
    assert with_one.shown.height() < without.shown.height() == size.height()
    with_one.close(), without.close()


def test_a_frame_is_painted_to_its_last_row_however_its_caption_folds(descent):
    """The last caption takes most rows; with the first, some are left."""
    stage = Stage(descent, [], "data_fit", THEMES["light"], QSize(200, 150))
    timing = Timing(0, 40, fps=4, seconds=1, hold=0)
    one, other = (list(stage.frames(timing, 2)) for _ in range(2))
    for frame, again in zip(one, other, strict=True):
        np.testing.assert_array_equal(frame, again)
    assert {hex(color) for color in np.unique(one[0][-2:])} == {"0xffffffff"}
    stage.close()

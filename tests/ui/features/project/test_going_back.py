"""An export that is dropped on the window, or opened, brings its run back."""

import json

import pytest
from support import child, command, drop, wait_until_trained

from gdviz.core.descent.settings import values
from gdviz.core.format import Format
from gdviz.core.words.provenance import provenance
from gdviz.ui.features.export import headless


def export(window, path):
    """Write what the window shows."""
    draft = window.exporter.draft("figure")
    draft.take(Format())
    iteration = window.session.playback.row.iteration
    draft.write(path, provenance(window.session.runs.experiment, iteration))
    draft.close()


@pytest.mark.parametrize("kind", ["html", "gif", "webp", "apng", "webm", "mp4", "npz"])
def test_so_do_pages_films_and_trajectories(window, qtbot, tmp_path, kind):
    if kind in ("webm", "mp4"):
        pytest.importorskip("av")
    window.tuning.set_settings(learning_rate=0.0015, iterations=20)
    wait_until_trained(qtbot, window)
    run = window.session.runs.current
    small = Format("px", 320.0, 200.0, dpi=96)
    headless.export(run, 7, [tmp_path / f"out.{kind}"], form=small)
    window.tuning.set_settings(learning_rate=0.001, iterations=50)
    wait_until_trained(qtbot, window)
    drop(window, tmp_path / f"out.{kind}")
    wait_until_trained(qtbot, window)
    assert values(window.session.runs.experiment) == values(run.experiment)


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_a_dropped_export_brings_its_run_back(window, qtbot, tmp_path, kind):
    session = window.session
    window.tuning.set_settings(with_bias=True, learning_rate=0.0015, iterations=200)
    wait_until_trained(qtbot, window)
    session.playback.seek(37)
    export(window, tmp_path / f"out.{kind}")
    settings, row = values(session.runs.experiment), session.playback.row
    window.tuning.set_settings(with_bias=False, learning_rate=0.001, iterations=50)
    wait_until_trained(qtbot, window)
    drop(window, tmp_path / f"out.{kind}")
    wait_until_trained(qtbot, window)
    assert values(session.runs.experiment) == settings
    assert session.playback.row == row
    command(window, "Undo").trigger()
    assert not session.runs.experiment.with_bias


def test_on_other_rows_it_says_which_table_to_open(window, qtbot, tmp_path):
    export(window, tmp_path / "out.svg")
    (tmp_path / "other.csv").write_text("x,y\n1,2\n2,4\n")
    assert window.opening.open_file(tmp_path / "other.csv")
    wait_until_trained(qtbot, window)
    before = window.session.runs.experiment
    drop(window, tmp_path / "out.svg")
    assert window.session.runs.experiment is before
    assert "“pizza.txt”: open that table" in child(window, "notice_text").text()


@pytest.mark.parametrize(
    "change", [{"settings": None}, {"settings": {"iterations": 1e99}}, {"settings": []}]
)
def test_what_cannot_be_run_is_said(window, tmp_path, change):
    before = window.session.runs.experiment
    told = {**json.loads(provenance(before)), **change}
    (tmp_path / "out.svg").write_text(json.dumps(told))
    drop(window, tmp_path / "out.svg")
    assert window.session.runs.experiment is before
    assert "out.svg" in child(window, "notice_text").text()

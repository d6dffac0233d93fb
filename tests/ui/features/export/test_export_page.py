"""The page that plays, from the menu and without a window."""

import json
import re

from PySide6.QtWidgets import QFileDialog
from support import child, choose

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.run import Run
from gdviz.ui.features.export.headless import export


def told(path):
    """Return what a page's script is told of the run."""
    html = path.read_text(encoding="utf-8")
    return json.loads(
        re.search(r'<script type="application/json" id="run">(.*?)</script>', html)[1]
    )


def test_the_menu_writes_a_page_of_what_is_seen(window, monkeypatch, tmp_path):
    answer = lambda *_: (str(tmp_path / "course"), "")  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    window.session.playback.seek(7)
    choose(window, "Export as a page that plays…")
    page = tmp_path / "course.html"
    assert child(window, "notice_text").text() == f"Saved {page}."
    assert told(page)["iteration"] == 7
    assert told(page)["settings"]["iterations"] == window.session.runs.experiment.iterations


def test_kept_runs_stand_in_its_table(pizza, tmp_path):
    experiments = Experiment(pizza, 20), Experiment(pizza, 20, 0.002)
    (one, _), (other, outcome) = map(run, experiments)
    kept = Run(experiments[1], other.record, outcome, "the fast one", 0)
    export(Run(experiments[0], one.record, outcome), 3, [tmp_path / "a.html"], kept=[kept])
    assert "the fast one" in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert told(tmp_path / "a.html")["iteration"] == 3

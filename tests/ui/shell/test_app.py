"""The application at its start."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

# What a test has imported itself says nothing: a start of its own does.
START = """
import json, linecache, sys
from gdviz.ui.shell.app import open_window
app, window = open_window(None, {})
print(json.dumps([sorted(sys.modules), sorted(linecache.cache)]))
window.close()
"""
LATER = """
from pyqtgraph.graphicsItems.PlotItem import PlotItem
from pyqtgraph.widgets import ColorMapWidget
import pyqtgraph.imageview
made = PlotItem(), ColorMapWidget.ColorMapWidget(), pyqtgraph.imageview.ImageView()
"""


@pytest.fixture(scope="module")
def start():
    """The modules that are there when the window is, and the files whose source was read."""
    output = subprocess.run(
        [sys.executable, "-c", START], check=True, capture_output=True, text=True
    ).stdout
    return json.loads(output)


def test_a_start_does_not_wait_for_what_is_opened_later(start):
    modules, _ = start
    features = "gdviz.ui.features"
    assert "gdviz.ui.shell.window" in modules
    for later in (
        f"{features}.code.code_view", f"{features}.explain.explain_view",
        f"{features}.check.check_view", f"{features}.export.film_dialog",
        "gdviz.ui.shell.fault_dialog", "gdviz.ui.shell.shortcuts", "gdviz.core.lessons.reading",
        "importlib.metadata", "PIL", "python_calamine", "charset_normalizer",
        "pyqtgraph.parametertree", "pyqtgraph.multiprocess.remoteproxy",
    ):  # fmt: skip
        assert later not in modules


def test_a_start_reads_no_sources(start):
    _, read = start
    ours = [Path(file).parent.name for file in read if Path(file).suffix == ".py"]
    assert {"shell", "plots", "pyqtgraph"}.isdisjoint(ours)


def test_what_a_start_leaves_of_pyqtgraph_comes_when_it_is_named():
    subprocess.run([sys.executable, "-c", START + LATER], check=True)

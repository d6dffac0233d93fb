"""gdviz as others get it: built, installed into an empty environment, far from the checkout."""

import os
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from gdviz.ui.features.data.examples import EXAMPLES

ROOT = Path(__file__).parents[1]
OPEN_A_WINDOW = """
from gdviz.resources import resource
from gdviz.ui.shell.app import open_window
from gdviz.ui.theme import app_icon

application, window = open_window(None, {})
assert window.isVisible() and "pizza.txt" in window.windowTitle(), window.windowTitle()
assert not app_icon().isNull()
print(len(list(resource("assets", "lessons").glob("*.md"))), resource("data", "pizza.txt"))
window.close()
"""


def call(*words, cwd=None, **environment):
    """Run a program without what leads to the checkout; return what it printed."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PIP_"))}
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, capture_output=True, text=True, timeout=300,
        env=inherited | {"QT_QPA_PLATFORM": "offscreen"} | environment, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with the source distribution, the wheel made from it, and one from the checkout."""
    folder = tmp_path_factory.mktemp("built")
    build = (sys.executable, "-m", "build", "--no-isolation", ROOT, "--outdir")
    call(*build, folder / "from-sdist")
    call(*build, folder / "direct", "--wheel")
    return folder


def wheel_of(folder):
    (wheel,) = folder.glob("*.whl")
    return wheel


def needed_by(requirements):
    """Yield the installed distributions that requirements ask for, and what these ask for."""
    for text in requirements:
        wish = Requirement(text)
        if wish.marker is None or wish.marker.evaluate({"extra": ""}):
            found = distribution(wish.name)
            yield found
            yield from needed_by(found.requires or ())


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    """The Python of an environment that has the wheel, and just what its metadata asks for.

    What it asks for comes from the environment that runs the tests, so that no network is needed.
    """
    folder = tmp_path_factory.mktemp("installed")
    call(sys.executable, "-m", "venv", folder)
    python = folder / "bin" / "python"
    call(python, "-m", "pip", "install", "--no-deps", "--no-index", wheel_of(built / "direct"))
    packages = call(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    asked = call(
        python, "-c", "from importlib.metadata import *; print(*requires('gdviz'), sep='\\n')"
    )
    for found in needed_by(asked.splitlines()):
        for top in {file.parts[0] for file in found.files if file.parts[0] != ".."}:
            link = Path(packages, top)
            if not link.exists():
                link.symlink_to(found.locate_file(top))
    return python


posix_only = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


def test_the_source_distribution_builds_the_same_wheel(built):
    def contents(wheel):
        with zipfile.ZipFile(wheel) as archive:
            return {info.filename: info.CRC for info in archive.infolist()}

    direct = contents(wheel_of(built / "direct"))
    assert direct == contents(wheel_of(built / "from-sdist"))
    assert {f"gdviz/data/{name}" for name in EXAMPLES} <= set(direct)


@posix_only
def test_it_trains_and_exports_away_from_the_checkout(installed, tmp_path):
    where = call(installed, "-c", "import gdviz; print(gdviz.__file__)", cwd=tmp_path).strip()
    assert Path(where).is_relative_to(installed.parents[1])
    pizza = Path(where).parent / "data" / "pizza.txt"
    gdviz = installed.parent / "gdviz"
    assert "w=1.8436928702" in call(gdviz, "train", pizza, "--quiet", cwd=tmp_path)
    call(gdviz, "export", pizza, "descent.png", "descent.svg", cwd=tmp_path)
    assert (tmp_path / "descent.png").read_bytes().startswith(b"\x89PNG")
    assert "gdviz" in call(gdviz, "--version", cwd=tmp_path)


@posix_only
def test_it_opens_its_window_with_icons_data_and_lessons(installed, tmp_path):
    said = call(installed, "-W", "error", "-c", OPEN_A_WINDOW, cwd=tmp_path,
                XDG_CONFIG_HOME=str(tmp_path))  # fmt: skip
    lessons, pizza = said.split(maxsplit=1)
    assert int(lessons) >= 13
    assert Path(pizza.strip()).is_relative_to(installed.parents[1])

"""The examples run as they stand, and say and draw what they promise."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

EXAMPLES = Path(__file__).parents[1] / "examples"


def printed_by(name, folder, *words):
    """Run a script in a folder of its own; return what it prints."""
    done = subprocess.run(
        [sys.executable, "-W", "error", EXAMPLES / name, *words], cwd=folder, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"},
        capture_output=True, encoding="utf-8", timeout=100,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_a_first_descent(tmp_path):
    lines = printed_by("first_descent.py", tmp_path)
    assert lines[0] == "iteration  0: weight 0.0000, loss 812.87"
    assert lines[-1] == "Ran all 40 iterations."
    assert not QImage(str(tmp_path / "first_descent.png")).isNull()
    assert (tmp_path / "first_descent.gif").read_bytes().startswith(b"GIF89a")
    assert (tmp_path / "first_descent.csv").read_text().count("\n") == 42


def test_comparing_methods(tmp_path):
    lines = printed_by("comparing_methods.py", tmp_path)
    counts = [int(line.split()[-2]) for line in lines]
    assert counts[0] > 5 * max(counts[1:])
    picture = (tmp_path / "comparing_methods.svg").read_text(encoding="utf-8")
    for name in ("rate 0.001", "Momentum 0.001"):
        assert name in picture


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "Time (min) = 3.063 * Distance (km) +7.387"),
        (("own.csv",), "b = 2.000 * a +1.000"),
        (("own.csv", "b", "a"), "a = 0.500 * b -0.500"),
    ],
)
def test_your_own_data(tmp_path, words, says):
    (tmp_path / "own.csv").write_text("a,b\n1,3\n2,5\n3,7\n4,9\n")
    line, ended = printed_by("own_data.py", tmp_path, *words)
    assert line == says
    assert ended.startswith("Stopped at iteration")
    assert (tmp_path / "own_data.png").exists()


@pytest.mark.usefixtures("qapp")
def test_what_the_readme_shows(tmp_path, monkeypatch, capsys):
    text = (EXAMPLES.parent / "README.md").read_text(encoding="utf-8")
    program = text.partition("```python\n")[2].partition("```")[0]
    (tmp_path / "data").symlink_to(EXAMPLES.parent / "data")
    monkeypatch.chdir(tmp_path)
    exec(program, {})
    assert capsys.readouterr().out == "Ran all 100 iterations.\n"
    assert sorted(path.name for path in tmp_path.glob("*.*")) == [
        "descent.gif", "descent.html", "descent.svg", "steps.csv",
    ]  # fmt: skip


@pytest.mark.usefixtures("qapp")
def test_every_cell_of_the_notebook(monkeypatch):
    monkeypatch.chdir(EXAMPLES)
    cells = json.loads(Path("descent.ipynb").read_text(encoding="utf-8"))["cells"]
    names = {}
    shown = []
    for cell in cells:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            *before, last = "".join(cell["source"]).splitlines()
            exec("\n".join(before), names)
            try:
                value = eval(last, names)
            except SyntaxError:
                exec(last, names)
                continue
            ways = (getattr(value, name, None) for name in ("_repr_html_", "_repr_svg_"))
            shown.append(next(filter(None, ways), value.__repr__)())
    beginnings = "<?xml", "<iframe", "(array(", "<?xml", "<?xml"
    for picture, beginning in zip(shown, beginnings, strict=True):
        assert picture.startswith(beginning)

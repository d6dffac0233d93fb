"""The program, run by a bare interpreter with NumPy, prints what gdviz prints for the same run."""

import ast
import io
import json
import re
import subprocess
import sys
from contextlib import redirect_stdout
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.cli import main
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Ending, Experiment, run
from gdviz.core.descent.methods import (
    METHODS,
    Adam,
    Method,
    Momentum,
    Nesterov,
    RMSProp,
    StepSearch,
)
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.loadtxt import find_loadtxt_call
from gdviz.core.tables.reading import read_table
from gdviz.core.words.log import Log
from gdviz.core.words.program import LONGEST_NAME, WIDTH, Program, program

ROUNDING = 1.01e-10

examples = settings(derandomize=True, deadline=None)


def loadtxt_call(table, dataset, lines=2):
    """Return what is found out, so many lines at a time."""
    steps, send = find_loadtxt_call(table, dataset), None
    try:
        while True:
            steps.send(send)
            send = lines
    except StopIteration as end:
        return end.value


def printed_by(text):
    """Return the lines that a program prints in an interpreter that has nothing but NumPy."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", text], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.splitlines()


def printed_here(text):
    """Return the same without another process: hundreds of times faster."""
    output = io.StringIO()
    with redirect_stdout(output), np.errstate(all="ignore"):
        exec(compile(text, "program", "exec"), {"__name__": "__main__"})
    return output.getvalue().splitlines()


def expected(experiment):
    """Return the lines of gdviz's log."""
    trajectory, outcome = run(experiment)
    log = Log(trajectory.record, experiment, outcome)
    return [log[index] for index in range(len(log))]


def check(experiment, lines):
    """Compare a program's lines with gdviz's: the last to the letter."""
    *losses, result = expected(experiment)
    assert lines[-1] == result
    assert lines[len(losses)] == ""
    assert len(lines) == len(losses) + 2 + experiment.standardise
    for line, other in zip(lines, losses, strict=False):
        words, other_words = line.rsplit(" ", 1), other.rsplit(" ", 1)
        assert words[0] == other_words[0]
        assert float(words[1]) == pytest.approx(float(other_words[1]), rel=1e-13, abs=ROUNDING)


def kinds():
    """Yield what a program can differ in, for every method."""
    for name, kind in METHODS.items():
        yield pytest.param(name, {}, id=f"{name}-weight")
        yield pytest.param(name, {"with_bias": True}, id=f"{name}-bias")
        yield pytest.param(name, {"with_bias": True, "standardise": True}, id=f"{name}-z")
        if kind.takes_batches:
            batches = {"batch_size": 7, "seed": 3}
            yield pytest.param(name, batches, id=f"{name}-weight-batches")
            every = batches | {"with_bias": True, "standardise": True, "tolerance": 1e-9}
            yield pytest.param(name, every, id=f"{name}-z-batches")


@pytest.mark.parametrize(("name", "kind"), list(kinds()))
def test_it_prints_what_gdviz_prints(pizza, name, kind):
    start = Point(-1.5, 2.25)
    method = METHODS[name]()
    experiment = Experiment(
        pizza, 300, METHODS[name].published_rate, method=method, start=start, **kind
    )
    check(experiment, printed_by(program(experiment).text))


@pytest.mark.parametrize("name", METHODS)
def test_every_method_and_hyperparameter_has_its_lines(pizza, name):
    kind = METHODS[name]
    others = {field.name: 0.25 for field in fields(kind)}
    experiment = Experiment(
        pizza, 50, METHODS[name].published_rate, method=kind(**others), with_bias=True
    )
    text = program(experiment).text
    assert kind.label in text
    for hyperparameter in others:
        assert f"{hyperparameter} = 0.25" in text
    check(experiment, printed_here(text))


def test_a_method_without_its_lines_has_no_program(pizza):
    class Wordless(Method):
        label = "Wordless"

    with pytest.raises(AttributeError, match="source"):
        program(Experiment(pizza, method=Wordless()))


@pytest.mark.parametrize("with_bias", [False, True])
@pytest.mark.parametrize("name", METHODS)
def test_it_imports_numpy_and_nothing_else(pizza, name, with_bias):
    text = program(Experiment(pizza, method=METHODS[name](), with_bias=with_bias)).text
    imports = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == ["import numpy as np"]


@pytest.mark.parametrize("standardise", [False, True])
@pytest.mark.parametrize("name", METHODS)
def test_its_lines_fit_the_panel(pizza, name, standardise):
    experiment = Experiment(
        pizza, method=METHODS[name](), with_bias=True, standardise=standardise, tolerance=1e-3,
        batch_size=7 if METHODS[name].takes_batches else None,
    )  # fmt: skip
    lines = program(experiment).text.splitlines()
    assert [line for line in lines if len(line) > WIDTH] == []


def test_the_whole_output_is_that_of_the_command(tmp_path, capsys):
    data = tmp_path / "data.csv"
    data.write_text("a,b\n1,2\n2,3.5\n4,9\n")
    words = ["--bias", "--standardise", "--learning-rate", "0.1", "--iterations", "40"]
    assert main(["train", str(data), *words]) == 0
    experiment = Experiment(
        read_table(data).dataset()[0], 40, 0.1, with_bias=True, standardise=True
    )
    assert printed_here(program(experiment).text) == capsys.readouterr().out.splitlines()


# Endings


@pytest.mark.parametrize("with_bias", [False, True])
def test_it_stops_on_flat_ground(pizza, with_bias):
    experiment = Experiment(pizza, 50_000, 0.001, with_bias=with_bias, tolerance=1e-3)
    assert run(experiment)[1].ending is Ending.CONVERGED
    check(experiment, printed_by(program(experiment).text))


@pytest.mark.parametrize("with_bias", [False, True])
@pytest.mark.parametrize("tolerance", [None, 1e-6, 3.0])
def test_step_search_stops_where_no_step_helps(pizza, with_bias, tolerance):
    experiment = Experiment(
        pizza, 5000, 0.01, with_bias=with_bias, method=StepSearch(), tolerance=tolerance
    )
    ending = Ending.CONVERGED if tolerance == 3 else Ending.SETTLED
    assert run(experiment)[1].ending is ending
    check(experiment, printed_here(program(experiment).text))


def test_a_divergent_run_ends_outside_the_numbers(pizza):
    experiment = Experiment(pizza, 3000, 0.1)
    trajectory, outcome = run(experiment)
    assert outcome.ending is Ending.DIVERGED
    lines = printed_here(program(experiment).text)
    assert lines[-1] == "w=nan"
    assert lines[: len(trajectory.record)][5].startswith("Iteration    5 => Loss: ")


def test_iterations_beyond_patience_are_written_down_all_the_same(pizza):
    assert "iterations = 1000000000\n" in program(Experiment(pizza, 10**9)).text


# Data


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([3.0], [4.0]),
        ([-0.0, 0.0, 1.0], [-0.0, 1.5, 1e-9]),
        ([0.1, 0.1, 0.1], [1.0, 2.0, 4.0]),
        ([1e-7, 2e-7, 5e-7], [1e-7, 1e-8, 3e-7]),
        ([1e8, 2e8, 5e8], [3e8, 1e8, 2e9]),
        ([1e16, 2e16, -1e17], [1.0, 1 / 3, 1e-5]),
    ],
)
@pytest.mark.parametrize(
    "kind", [{}, {"with_bias": True}, {"with_bias": True, "standardise": True}]
)
def test_unusual_numbers(x, y, kind):
    data = Dataset(x, y)
    experiment = Experiment(data, 20, 1, **kind)
    experiment = replace(experiment, learning_rate=experiment.safe_learning_rate)
    values = printed_numbers(printed_by(program(experiment).text)[-1])
    # Where the ten decimals of the lesson show more digits than a number has, these decide.
    assert values == pytest.approx(printed_numbers(expected(experiment)[-1]), rel=1e-12, abs=1e-10)


def printed_numbers(line):
    return [float(number) for number in re.findall(r"=(\S+?)(?:,|$)", line)]


finite = st.floats(-1e100, 1e100).filter(lambda value: value == 0 or abs(value) > 1e-100)


@examples
@given(st.lists(st.tuples(finite, finite), min_size=1, max_size=300))
def test_every_number_is_kept_to_the_last_bit(rows):
    x, y = zip(*rows, strict=True)
    known = {}
    exec(program(Experiment(Dataset(x, y), iterations=0)).text, known)
    for name, column in (("X", x), ("Y", y)):
        assert known[name].dtype == np.float64
        assert known[name].tobytes() == np.array(column).tobytes()


ODD_NAMES = [
    '"""',
    "'''",
    "a\nimport os",
    "a\r\nb",
    "\\",
    "coding: foo",
    "\u2028x",
    "\udc80",
    "%s{}",
]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_names_stay_in_their_comments(name):
    experiment = Experiment(Dataset([1.0, 2.0], [2.0, 5.0], name, name, name), 3, 0.1)
    text = program(experiment).text
    assert ast.dump(ast.parse(text.encode())) == ast.dump(
        ast.parse(program(replace(experiment, dataset=Dataset([1.0, 2.0], [2.0, 5.0]))).text)
    )
    check(experiment, printed_here(text))


@examples
@given(st.text(), st.text(), st.text())
def test_no_name_changes_the_program(x, y, source):
    named = program(Experiment(Dataset([1.0], [2.0], x, y, source))).text
    plain = program(Experiment(Dataset([1.0], [2.0]))).text
    assert ast.dump(ast.parse(named.encode())) == ast.dump(ast.parse(plain))


def test_a_long_name_is_cut(pizza):
    data = Dataset(pizza.x, pizza.y, "x" * 1000, "y", "pizza.txt")
    assert f"# X: {'x' * LONGEST_NAME}…\n" in program(Experiment(data)).text


# Reading the file


@pytest.mark.parametrize(
    "content",
    [
        "13 33\n2 16\n",
        "Reservations  Pizzas\n13            33\n2  16\n",
        "# made by hand\n\nname;x;y\n1;2;3\n4;5.5;6\n",
        "x,y\r\n1,2\r\n3,4\r\n",
        "größe\tpreis\n1\t2\n3\t5\n",
        "\ufeffx,y\n1,2\n3,4\n",
        "x y\n7 8\n",
    ],
)
@pytest.mark.parametrize("name", ["data.txt", "a \"b\"\\n'c'.txt", "new\nline.csv", "\udc80.csv"])
def test_it_reads_the_file_that_gdviz_reads(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content.encode())
    table = read_table(path)
    data = table.dataset()[0]
    call = loadtxt_call(table, data)
    assert call is not None
    experiment = Experiment(data, 10, 0.01, with_bias=True, batch_size=1)
    check(experiment, printed_here(program(experiment, call).text))


def test_it_reads_the_columns_that_are_shown(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text("a,b,c\n1,2,3\n4,5,7\n")
    table = read_table(path)
    data = table.dataset("c", "a")[0]
    known = {}
    exec("import numpy as np\nX, Y = " + loadtxt_call(table, data), known)
    assert known["X"].tolist() == [3, 7]
    assert known["Y"].tolist() == [1, 4]


@pytest.mark.parametrize(
    "content",
    [
        b"x;y\n1,5;2\n3;4\n",
        b"x,y\n1,2\nabout 3,5\n4,7\n",
        b'x,y\n"1","2"\n"3","4"\n',
        "x\ty\n1\t2\n3\t4\n".encode("utf-16"),
        b"pr\xe4is y\n1 2\n3 4\n",
    ],
)
def test_a_file_that_numpy_alone_reads_otherwise_is_not_read(tmp_path, content):
    path = tmp_path / "data.txt"
    path.write_bytes(content)
    table = read_table(path)
    assert loadtxt_call(table, table.dataset()[0]) is None


def test_a_file_that_is_gone_or_has_changed_is_not_read(tmp_path):
    path = tmp_path / "data.txt"
    path.write_text("1 2\n3 4\n")
    table = read_table(path)
    data = table.dataset()[0]
    path.write_text("1 2\n3 5\n")
    assert loadtxt_call(table, data) is None
    path.unlink()
    assert loadtxt_call(table, data) is None


# The notebook


def joined(notebook):
    """Return the code of a notebook as one program."""
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return "\n".join("".join(cell["source"]) for cell in cells)


@pytest.mark.parametrize("method", [Momentum(), Nesterov(), RMSProp(), Adam(), StepSearch()])
def test_the_cells_of_the_notebook_run_the_same(pizza, method):
    experiment = Experiment(pizza, 60, 0.01, with_bias=True, standardise=True, method=method)
    written = program(experiment)
    assert printed_here(joined(json.loads(written.notebook))) == printed_here(written.text)


def test_the_notebook_has_the_form_of_nbformat(pizza):
    notebook = json.loads(program(Experiment(pizza, with_bias=True, batch_size=4)).notebook)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert notebook.keys() == {"cells", "metadata", "nbformat", "nbformat_minor"}
    assert {"name", "display_name"} <= notebook["metadata"]["kernelspec"].keys()
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in notebook["cells"]:
        assert re.fullmatch(r"[a-zA-Z0-9-_]{1,64}", cell["id"])
        code = {"outputs", "execution_count"} if cell["cell_type"] == "code" else set()
        assert cell["cell_type"] in ("code", "markdown")
        assert cell.keys() == {"cell_type", "id", "metadata", "source"} | code
        assert all(line.endswith("\n") for line in cell["source"][:-1])


def test_the_text_has_every_part(pizza):
    written = program(Experiment(pizza, with_bias=True, batch_size=4, standardise=True))
    assert isinstance(written, Program)
    for title, code in written.parts:
        assert f"# {title}\n{code}\n" in written.text


def test_dates_are_numbers_in_a_program_and_it_says_what_they_count(dated):
    text = program(Experiment(dated)).text
    assert "# X: date\n# X counts: days since 2024-01-01\n" in text
    assert "X = np.array([\n    0, 1, 2, 31,\n], dtype=float)" in text

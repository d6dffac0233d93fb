"""Program: a run as the short NumPy program that a student would write for it."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.settings import settings_of
from gdviz.core.files import shortened

WIDTH = 60
LONGEST_NAME = 48
TITLE = "Gradient descent by gdviz. It needs only NumPy."

_WEIGHT_FUNCTIONS = """\
def predict(X, w):
    return X * w{fixed}


def loss(X, Y, w):
    return np.average((predict(X, w) - Y) ** 2)"""
_WEIGHT_GRADIENT = """


def gradient(X, Y, w):
    return 2 * np.average(X * (predict(X, w) - Y))"""
_BIAS_FUNCTIONS = """\
def predict(X, w, b):
    return X * w + b


def loss(X, Y, w, b):
    return np.average((predict(X, w, b) - Y) ** 2)"""
_BIAS_GRADIENT = """


def gradient(X, Y, w, b):
    w_gradient = 2 * np.average(X * (predict(X, w, b) - Y))
    b_gradient = 2 * np.average(predict(X, w, b) - Y)
    return np.array([w_gradient, b_gradient])"""
_BATCHES = """\
def batches(X, Y, batch_size, seed):
    rng = np.random.default_rng(seed)
    while True:
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            yield X[rows], Y[rows]


batch = batches(X, Y, batch_size, seed)"""
_SCALED_RESULT = """\
scale = "\\nOn z = (x - %.6g) / %.6g:" % (mean_x, sd_x)
print(scale, "w=%.10f, b=%.10f; in units of x:" % (w, b))
w = w / sd_x
b = b - w * mean_x
print("w=%.10f, b=%.10f" % (w, b))"""


class Part(NamedTuple):
    """A step of a program: a cell of the notebook."""

    title: str
    code: str


@dataclass(frozen=True)
class Program:
    """A Python program in parts."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The program as a ``.py`` file."""
        # Fixed words go first: in its first two lines Python looks for the name of an encoding.
        text, gap = f'"""{TITLE}"""\n\nimport numpy as np\n', "\n"
        for title, code in self.parts:
            # Two blank lines stand around functions.
            around = "\n\n" if code.startswith("def ") else "\n"
            text += f"{max(gap, around)}# {title}\n{code}\n"
            gap = around
        return text

    @property
    def notebook(self) -> str:
        """The program as a Jupyter notebook, nbformat 4.5: each part a heading and a cell."""
        import json  # not needed by who only looks at the program

        cells = [_cell("title", f"# {TITLE}"), _cell("imports", "import numpy as np", "code")]
        for number, (title, code) in enumerate(self.parts, 1):
            cells.append(_cell(f"title-{number}", f"## {title}"))
            cells.append(_cell(f"code-{number}", code, "code"))
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
        notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
        return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def program(experiment: Experiment, loadtxt_call: str | None = None) -> Program:
    """Return a program that prints what ``gdviz train`` prints for a run.

    It walks step by step and sums over the rows anew each time, as the lesson does; gdviz knows the
    loss as a paraboloid. So the two agree but for roundings: in about 14 digits, where the rate is
    one that converges. Without a `loadtxt_call`, which reads them, the data are written out.
    """
    parts = [
        Part("The data", _data(experiment, loadtxt_call)),
        Part("The settings", _settings(experiment)),
    ]
    if experiment.standardise:
        parts.append(Part("Standardise: from here on, X is z", _scaling(experiment)))
    parts.append(_functions(experiment))
    if experiment.in_batches:
        parts.append(Part("Batches: each epoch takes all rows, in a new order", _BATCHES))
    title = f"{experiment.method.label}: {experiment.method.source}"
    parts.append(Part(title, "\n".join(_loop(experiment))))
    parts.append(Part("The result", _result(experiment)))
    return Program(tuple(parts))


def _cell(name: str, source: str, kind: str = "markdown") -> dict[str, Any]:
    cell = {"cell_type": kind, "id": name, "metadata": {}, "source": source.splitlines(True)}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def _needs_slope(experiment: Experiment) -> bool:
    return experiment.method.follows_slope or experiment.tolerance is not None


def _data(experiment: Experiment, loadtxt_call: str | None) -> str:
    data = experiment.dataset
    titles = [("File", data.source), ("X", data.x_name), ("Y", data.y_name)]
    if data.calendar is not None:
        titles.insert(2, ("X counts", data.calendar.counts))
    # What a file or a column is called can be anything: here it stays on its line.
    notes = "".join(f"# {title}: {shortened(name, LONGEST_NAME)}\n" for title, name in titles)
    if loadtxt_call is not None:
        return f"{notes}X, Y = {loadtxt_call}"
    return f"{notes}X = {_array(data.x)}\nY = {_array(data.y)}"


def _array(values: NDArray[np.float64]) -> str:
    numbers = ", ".join(map(_number, values.tolist())) + ","
    indent = "    "
    rows = textwrap.fill(
        numbers, WIDTH, initial_indent=indent, subsequent_indent=indent,
        break_on_hyphens=False, break_long_words=False,
    )  # fmt: skip
    return f"np.array([\n{rows}\n], dtype=float)"


def _number(value: float) -> str:
    """Return the shortest text that is read as this number again."""
    text = repr(float(value))
    return text.removesuffix(".0") if text != "-0.0" else text


def _settings(experiment: Experiment) -> str:
    """Return an assignment for everything that decides the run."""
    lines = []
    for setting in settings_of(experiment):
        if setting.note is not None and setting.is_on(experiment):
            value = setting.of(experiment)
            shown = _number(value) if isinstance(value, float) else value
            lines.append(f"{setting.name} = {shown}" + f"  # {setting.note}" * bool(setting.note))
    return "\n".join([*lines, *_start(experiment)])


def _start(experiment: Experiment) -> list[str]:
    weight, bias = (repr(float(value)) for value in experiment.start)
    lines = [f"w = {weight}  # the weight to start from"]
    if experiment.with_bias:
        lines.append(f"b = {bias}  # the bias to start from")
    elif experiment.start.bias:
        lines.append(f"b = {bias}  # the bias, which stays")
    return lines


def _scaling(experiment: Experiment) -> str:
    scaling = "mean_x, sd_x = np.average(X), np.std(X)"
    if experiment.dataset.bowl.sd_x == 0:
        scaling = "mean_x, sd_x = X[0], 1.0  # all x are equal"
    return f"""\
{scaling}
X = (X - mean_x) / sd_x
w, b = w * sd_x, b + w * mean_x  # the same line over z"""


def _functions(experiment: Experiment) -> Part:
    slope = _needs_slope(experiment)
    title = "The line, its loss and the slope of the loss" if slope else "The line and its loss"
    if experiment.with_bias:
        return Part(title, _BIAS_FUNCTIONS + _BIAS_GRADIENT * slope)
    functions = _WEIGHT_FUNCTIONS.format(fixed=" + b" * (experiment.start.bias != 0))
    return Part(title, functions + _WEIGHT_GRADIENT * slope)


def _loop(experiment: Experiment) -> Iterator[str]:
    line = "w, b" if experiment.with_bias else "w"
    memory, update = experiment.method.lines(experiment.with_bias)
    if memory:
        yield memory
    yield "for i in range(iterations):"
    body = [f"here = loss(X, Y, {line})", 'print("Iteration %4d => Loss: %.10f" % (i, here))']
    body += _slope_lines(experiment, line)
    body.append(update)
    body.append("w, b = w + step[0], b + step[1]" if experiment.with_bias else "w = w + step")
    yield textwrap.indent("\n".join(body), "    ")


def _slope_lines(experiment: Experiment, line: str) -> Iterator[str]:
    """Yield what works out the slope, and stops where there is hardly any."""
    all_rows = experiment.tolerance is not None or not experiment.in_batches
    if _needs_slope(experiment) and all_rows:
        yield f"slope = gradient(X, Y, {line})"
    if experiment.tolerance is not None:
        size = "np.hypot(*slope)" if experiment.with_bias else "abs(slope)"
        yield f"if {size} < tolerance:\n    break"
    if experiment.in_batches:
        yield f"slope = gradient(*next(batch), {line})"


def _result(experiment: Experiment) -> str:
    if experiment.standardise:
        return _SCALED_RESULT
    if experiment.with_bias:
        return 'print("\\nw=%.10f, b=%.10f" % (w, b))'
    return 'print("\\nw=%.10f" % w)'

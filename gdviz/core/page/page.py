"""Page: a run as one HTML file that plays, computes anew, and asks no network for anything."""

import base64
import hashlib
import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields, replace
from html import escape
from typing import Any

import numpy as np

from gdviz.core.descent.bowl import Bowl
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.goals import goal_loss
from gdviz.core.descent.method import Method
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.playhead import SPEEDS
from gdviz.core.descent.rates import directions, first_rate, goes_astray, has_limit, zones
from gdviz.core.descent.run import MOST_KEPT, Run
from gdviz.core.descent.settings import NAMES, settings_of
from gdviz.core.geometry.ranges import Box, curve_view, data_view, natural_excess, view_range
from gdviz.core.page.javascript import UntranslatableError, rule_source
from gdviz.core.words.comparison import RunSummary
from gdviz.core.words.forecasts import account, forecast
from gdviz.core.words.numbers import number_text, short_number
from gdviz.core.words.program import program
from gdviz.core.words.provenance import provenance
from gdviz.core.words.rates import MEANINGS
from gdviz.core.words.rows import rows_text
from gdviz.core.words.sentences import outcome_sentence
from gdviz.resources import resource

# What a page takes no longer than a moment to compute; a longer run plays what was recorded.
MOST_ITERATIONS = 100_000
# What works out the numbers, and what shows them, in the order in which they run.
NUMBERS = "descent.js", "forecast.js"
PICTURES = "ranges.js", "picture.js", "pictures.js", "strip.js", "playing.js", "page.js"
# The signs on the buttons, as in the window.
ICONS = "to-start", "step-back", "step-forward", "to-end"
# How much of a large table or a long record is carried along.
MOST_ROWS, MOST_RECORDED = 2_000, 250
MOST_COMPARED = 70
# So many digits place a dot anywhere in a picture.
DRAWN_DIGITS = 11


def page(
    run: Run,
    kept: Sequence[Run] = (),
    iteration: int | None = None,
    loadtxt_call: str | None = None,
) -> str:
    """Return a run as the text of an HTML file of at most 300 kB.

    Parameters
    ----------
    run : Run
        It has at least its start.
    kept : sequence of Run
        Others, for the pictures and the table of runs.
    iteration : int, optional
        Where the hiker stands at first, by default at the end.
    loadtxt_call : str, optional
        What reads the data in the program.
    """
    experiment = run.experiment
    names = experiment.dataset.shown
    at = run.record.newest if iteration is None else iteration
    rules = dict(_rules())
    # In the order in which they run: each is allowed by its hash, and nothing else is.
    numbers, pictures = ["\n\n".join(map(_asset, each)) for each in (NUMBERS, PICTURES)]
    scripts = f"{numbers}\n\n{_as_script(rules)}", f'"use strict";\n\n{pictures}'
    style = _asset("page.css")
    return _filled(_asset("page.html"), {
        "policy": f"default-src 'none'; img-src data:; style-src {_allowed(style)}; "
        f"script-src {' '.join(map(_allowed, scripts))}; base-uri 'none'; form-action 'none'",
        "title": escape(f"Gradient descent on {names.source}"),
        "about": escape(_about(experiment)),
        "style": style,
        "about_run": provenance(experiment, at).replace("<", "\\u003c"),
        "run": _as_json({**_content(run, rules), "iteration": at, "kept": list(map(_kept, kept))}),
        "numbers": scripts[0],
        "pictures": scripts[1],
        "keys": "".join(map(_key, kept)),
        "settings": _settings_table(experiment),
        "sentences": "".join(f"<p>{escape(text)}</p>" for text in _sentences(run)),
        "runs": _runs_table([run, *kept], goal_loss(experiment)),
        "program": _program(experiment, loadtxt_call),
        **{name.replace("-", "_"): _asset(f"{name}.svg", "icons") for name in ICONS},
    })  # fmt: skip


def _filled(template: str, parts: dict[str, str]) -> str:
    """Return the template with all its parts, which may hold what looks like a place for one."""
    return re.sub(r"\{\{(\w+)\}\}", lambda place: parts[place[1]], template)


def _asset(name: str, folder: str = "page") -> str:
    return resource("assets", folder, name).read_text(encoding="utf-8").strip()


def _allowed(text: str) -> str:
    digest = hashlib.sha256(f"\n{text}\n".encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _as_json(value: object) -> str:
    """Return a value as JSON that ends no script, whatever a file or a column is called."""
    return json.dumps(_told(value), ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")


def _told(value: Any) -> Any:  # noqa: ANN401
    """Return a value as JSON has it: numbers beyond all bounds as JavaScript's name for them."""
    match value:
        case dict():
            return {name: _told(one) for name, one in value.items()}
        case list() | tuple():
            return [_told(one) for one in value]
        case float() if not math.isfinite(value):
            return "NaN" if math.isnan(value) else f"{'-' * (value < 0)}Infinity"
    return value


def _rules() -> Iterator[tuple[str, list[str]]]:
    """Yield the rules that can be told in JavaScript: of one parameter, and of the line."""
    for name, kind in METHODS.items():
        try:
            yield name, [rule_source(kind, with_bias) for with_bias in (False, True)]
        except UntranslatableError:
            continue


def _as_script(rules: dict[str, list[str]]) -> str:
    entries = (f'  "{name}": [{", ".join(pair)}],\n' for name, pair in rules.items())
    return f"const RULES = {{\n{''.join(entries)}}};"


def _content(run: Run, rules: dict[str, list[str]]) -> dict[str, Any]:
    """Return what the page's script knows of a run."""
    experiment = run.experiment
    name = NAMES[type(experiment.method)]
    computes = (
        name in rules and not experiment.in_batches and experiment.iterations <= MOST_ITERATIONS
    )
    data = experiment.dataset
    content = {
        "settings": {
            "iterations": experiment.iterations, "learning_rate": experiment.learning_rate,
            "tolerance": experiment.tolerance or 0, "with_bias": experiment.with_bias,
            "method": name, "computes": computes, "standardise": experiment.standardise,
        },
        "methods": {
            each: _method(experiment, kind) for each, kind in METHODS.items()
            if each == name or (computes and each in rules)
        },
        "spaces": [_space(_with(experiment, with_bias=bias)) for bias in (False, True)],
        "data": _data(experiment),
        "most_iterations": MOST_ITERATIONS,
        "meanings": {zone.value: meaning for zone, meaning in MEANINGS.items()},
        "speeds": [asdict(speed) for speed in SPEEDS],
        "x": data.x_counts, "y": data.shown.y,
    }  # fmt: skip
    return content if computes else content | {"record": _record(run)}


def _with(experiment: Experiment, **changed: Any) -> Experiment:  # noqa: ANN401
    """Return an experiment with or without the bias, which to standardise x needs."""
    standardise = experiment.standardise and changed["with_bias"]
    return replace(experiment, **changed, standardise=standardise)


def _method(experiment: Experiment, kind: type[Method]) -> dict[str, Any]:
    """Return what is known of a method, without the bias and with it."""
    own = type(experiment.method) is kind
    method = experiment.method if own else kind()
    batch = experiment.batch_size if own else None
    both = [
        _with(experiment, with_bias=bias, method=method, batch_size=batch) for bias in (False, True)
    ]
    known = map(zones, both)
    return {
        "label": method.label, "words": method.words, "follows_slope": method.follows_slope,
        "hyperparameters": {one.name: getattr(method, one.name) for one in fields(method)},
        "zones": [found and asdict(found) for found in known],
        "forecasts": [None if _follows_rate(each) else forecast(each) for each in both],
        "rates": [first_rate(each).rate for each in both],
    }  # fmt: skip


def _follows_rate(experiment: Experiment) -> bool:
    """Tell whether the forecast depends on the rate: there is something to walk, and a limit."""
    return has_limit(experiment) and bool(directions(experiment))


def _space(experiment: Experiment) -> dict[str, Any]:
    """Return the loss with the bias or without: as drawn, as descended, and what to show of it."""
    scale, bowl = experiment.scale, experiment.bowl
    scatter = experiment.dataset.bowl.minimum
    start = experiment.start
    place = np.array([start])
    natural = replace(bowl, minimum=0.0).along_weight(start.bias)
    loss = bowl.loss(*start)
    curve = curve_view(
        replace(natural, minimum=bowl.best_weight(start.bias)[1]), scatter, bowl.minimum,
        place[:, 0], np.array([natural.optimum]), loss,
    )  # fmt: skip
    return {
        "drawn": _bowl(bowl),
        "bowl": _bowl(experiment.scaled_bowl),
        "mean": scale.mean, "sd": scale.sd,
        "start": scale.scaled(start),
        "ways": [axis.curvature for axis in directions(experiment)],
        "view": _box(view_range(bowl, place)) if experiment.with_bias else _box(curve),
        "natural": natural_excess(bowl, scatter),
    }  # fmt: skip


def _bowl(bowl: Bowl) -> dict[str, Any]:
    steepest, shallowest = bowl.axes
    return {
        "weight": bowl.optimum.weight, "bias": bowl.optimum.bias, "minimum": bowl.minimum,
        "sd_x": bowl.sd_x, "mean_x": bowl.mean_x, "unit": bowl.unit,
        "axes": [steepest, shallowest],
    }  # fmt: skip


def _box(box: Box) -> list[list[float]]:
    return [[float(end) for end in ends] for ends in box]


def _data(experiment: Experiment) -> dict[str, Any]:
    """Return the rows to draw: some of many, the outermost among them."""
    data = experiment.dataset
    x, y = data.x, data.y
    if len(data) > MOST_ROWS:
        chosen = np.linspace(0, len(data) - 1, MOST_ROWS - 4).round().astype(np.int64)
        ends = [x.argmin(), x.argmax(), y.argmin(), y.argmax()]
        chosen = np.union1d(chosen, ends)
        x, y = x[chosen], y[chosen]
    view = data_view(data.x_range, data.y_range, with_zero=data.calendar is None)
    return {
        "x": [float(f"{value:.{DRAWN_DIGITS}g}") for value in x.tolist()],
        "y": [float(f"{value:.{DRAWN_DIGITS}g}") for value in y.tolist()],
        "rows": data.n_rows, "view": _box(view),
    }  # fmt: skip


def _record(run: Run) -> dict[str, Any]:
    """Return what was recorded of a run that a page can't compute, in equal strides."""
    record = run.record.in_strides().thinned(MOST_RECORDED)
    outcome = run.outcome
    return {
        "rows": [list(record[index][1:8]) for index in range(len(record))],
        "stride": record.stride, "newest": record.newest,
        "ending": outcome.ending.value if outcome else "stopped",
        "ended": outcome.iteration if outcome else record.newest,
    }  # fmt: skip


def _kept(run: Run) -> dict[str, Any]:
    """Return where a kept run went, all of its first steps: iteration, weight, bias and loss."""
    record, most = run.record, MOST_COMPARED
    chosen = np.linspace(0, max(len(record) - 1, 0), most).round().astype(np.int64)
    chosen = np.union1d(chosen, np.arange(most))
    rows = [record[index][:4] for index in chosen.tolist() if index < len(record)]
    return {"look": _look(run), "with_bias": run.experiment.with_bias,
            "rows": [[float(f"{value:.9g}") for value in row] for row in rows]}  # fmt: skip


def _look(run: Run) -> str:
    return f"kept-{(run.number or 0) % MOST_KEPT}"


def _key(run: Run) -> str:
    return f'<span class="key kept {_look(run)}">{escape(run.name)}</span>'


def _about(experiment: Experiment) -> str:
    data = experiment.dataset
    rows = rows_text(data)
    if data.n_rows > MOST_ROWS:
        rows += f", of which some {MOST_ROWS:,} are drawn; the loss counts them all"
    return f"{data.shown.y} by {data.x_counts} · {rows}"


def _sentences(run: Run) -> Iterator[str]:
    """Yield how the run was to go, and how it went."""
    experiment, outcome = run.experiment, run.outcome
    yield forecast(experiment)
    if outcome is not None:
        yield outcome_sentence(experiment, outcome)
        if goes_astray(outcome, run.record):
            yield account(experiment, outcome, run.record)


def _settings_table(experiment: Experiment) -> str:
    """Return the settings of a run as rows of a table."""
    rows = []
    for setting in settings_of(experiment):
        if not setting.is_on(experiment):
            continue
        value = setting.of(experiment)
        if isinstance(value, str):
            text = experiment.method.label
        elif isinstance(value, bool):
            text = "yes" if value else "no"
        else:
            text = short_number(value)
        label = setting.label.replace("&", "")
        rows.append(f'<tr><th scope="row">{escape(label)}</th><td>{escape(text)}</td></tr>')
    return "\n".join(rows)


def _runs_table(runs: Sequence[Run], goal: float) -> str:
    """Return a row for each run."""
    heads = (
        "run", "method", "settings", f"iterations to a loss of {short_number(goal)}", "loss", "w",
        "b", "outcome", "last iteration",
    )  # fmt: skip
    cells = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    rows = [f"<thead><tr>{cells}</tr></thead><tbody>"]
    for run in runs:
        one = RunSummary.of(run, goal)
        numbers = (one.loss, one.weight, one.bias)
        texts = [
            one.name, one.method, one.settings,
            "not reached" if one.iterations is None else f"{one.iterations:,}",
            *("" if value is None else number_text(value) for value in numbers),
            one.outcome, f"{one.ended:,}",
        ]  # fmt: skip
        rows.append("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in texts) + "</tr>")
    return "\n".join([*rows, "</tbody>"])


def _program(experiment: Experiment, loadtxt_call: str | None) -> str:
    rows = experiment.dataset.n_rows
    if loadtxt_call is None and rows > MOST_ROWS:
        return f"<p>Left out: with its {rows:,} rows it would be longer than this page.</p>"
    text = escape(program(experiment, loadtxt_call).text, quote=False)
    return f'<pre tabindex="0"><code>{text}</code></pre>'

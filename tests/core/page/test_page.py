"""The page that plays: the digits of gdviz, in one file that asks no network for anything."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from in_page import answers, answers_of_browser, needs_browser, needs_node, opened

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import METHODS, GradientDescent, Momentum, Nesterov
from gdviz.core.descent.rates import zones
from gdviz.core.descent.run import Run
from gdviz.core.page.page import MOST_ITERATIONS, MOST_ROWS, page
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.reading import read_table
from gdviz.core.words.forecasts import forecast
from gdviz.core.words.numbers import number_text, short_number
from gdviz.core.words.program import program
from gdviz.core.words.provenance import provenance
from gdviz.core.words.sentences import line_text, outcome_sentence
from gdviz.resources import resource
from gdviz.ui.theme import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST

PIZZA = read_table(resource("data", "pizza.txt")).dataset()[0]
LARGEST_PAGE = 300_000
CASES = 50


def ran(experiment):
    trajectory, outcome = run(experiment)
    return Run(experiment, trajectory.record, outcome)


def pizza_page(**settings):
    return page(ran(Experiment(PIZZA, **settings)))


def case(number):
    """An experiment of no particular kind: any method, rates from creeping to diverging."""
    random = np.random.default_rng(number)
    x, slope = random.normal(random.normal(), 1, 40), random.normal()
    made = Dataset(x, slope * x + random.normal(0, 0.3, 40) + random.normal(), "x", "y", "made")
    with_bias = bool(number % 2)
    experiment = Experiment(
        [PIZZA, made][number // 7 % 2],
        iterations=int(random.integers(1, 1500)),
        with_bias=with_bias,
        standardise=with_bias and number % 3 == 0,
        start=Point(*random.normal(0, 2, 2).tolist()),
        method=list(METHODS.values())[number % len(METHODS)](),
        tolerance=[None, None, 1e-3][number % 3],
    )
    limit = min(experiment.learning_rate_limit, 1.0)
    return replace(experiment, learning_rate=float(limit * 10 ** random.uniform(-3, 0.4)))


class Reader(HTMLParser):
    """What a browser takes a page for."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag in self.CDATA_CONTENT_ELEMENTS:
            self.texts.append((dict(attributes), []))

    def handle_data(self, text):
        if self.cdata_elem:
            self.texts[-1][1].append(text)


@pytest.mark.parametrize(
    "by_browser",
    [pytest.param(False, marks=needs_node), pytest.param(True, marks=needs_browser)],
)
def test_the_page_comes_to_the_digits_of_gdviz(tmp_path, by_browser):
    """Weight, bias and loss agree to ten decimals, and how a run ends word by word."""
    runs = [ran(case(number)) for number in range(CASES)]
    rows = [np.unique(np.linspace(0, max(0, one.record.newest), 12).astype(int)) for one in runs]
    asked = """(() => {{
        const {{ hyperparameters }} = page.methods[page.settings.method];
        const settings = {{ ...page.settings, hyperparameters }};
        const run = descend(settings);
        const rows = {rows}.map((iteration) => rowAt(run, iteration));
        return [outcomeSentence(settings, run), forecast(settings), run.newest, rows.map((row) =>
            [row.weight, row.bias, row.loss, row.weightSlope, row.biasSlope])];
    }})()"""
    jobs = [
        (page(one), asked.format(rows=each.tolist())) for one, each in zip(runs, rows, strict=True)
    ]
    found = answers_of_browser(jobs, tmp_path) if by_browser else answers(jobs)
    endings = set()
    for one, each, (sentence, before, newest, numbers) in zip(runs, rows, found, strict=True):
        assert sentence == outcome_sentence(one.experiment, one.outcome)
        assert before == forecast(one.experiment)
        assert newest == one.record.newest
        expected = [list(one.record[int(index)][1:6]) for index in each]
        # gdviz takes many steps of a linear rule at once; all else is the same arithmetic.
        at_once = isinstance(one.experiment.method, GradientDescent | Momentum | Nesterov)
        close = {"rel": 1e-10, "abs": 5e-11} if at_once else {"rel": 0, "abs": 0}
        np.testing.assert_allclose(
            np.array(numbers), np.array(expected), close["rel"], close["abs"]
        )
        endings.add(one.outcome.ending)
    assert len(endings) == 4, "reached, converged, settled and diverged"


@needs_node
def test_another_rate_method_or_bias_is_computed_in_the_page():
    html = pizza_page()
    changed = {
        "learning_rate": 0.002, "iterations": 77, "with_bias": True, "method": "momentum",
        "hyperparameters": {"momentum": 0.9},
    }  # fmt: skip
    asked = f"rowAt(descend({{...page.settings, ...{json.dumps(changed)}}}), 77)"
    ((row),) = answers([(html, asked)])
    other = Experiment(PIZZA, 77, 0.002, with_bias=True, method=METHODS["momentum"](momentum=0.9))
    last = ran(other).record.last
    found = row["weight"], row["bias"], row["loss"]
    assert found == pytest.approx((last.weight, last.bias, last.loss), rel=1e-12, abs=5e-11)


@needs_node
@pytest.mark.parametrize("kind", ["gradient-descent", "momentum", "nesterov"])
def test_every_rate_has_the_forecast_of_the_window(kind):
    """From one that is lost in 1 - rate to one that no number can follow."""
    rates = [float(f"{10**power:.3g}") for power in np.linspace(-30, 30, 121)]
    own = Experiment(PIZZA, with_bias=True, method=METHODS[kind]())
    asked = (
        f"{rates}.map((rate) => forecast({{...page.settings, learning_rate: rate, "
        f"hyperparameters: page.methods['{kind}'].hyperparameters}}))"
    )
    (found,) = answers([(page(ran(own)), asked)])
    assert found == [forecast(replace(own, learning_rate=rate)) for rate in rates]


@needs_node
def test_what_a_page_cannot_compute_it_plays_as_recorded():
    one = ran(Experiment(PIZZA, 1000, batch_size=5))
    html = page(one)
    run_in_page, settings = answers([(html, "descend(page.settings)"), (html, "page.settings")])
    assert not settings["computes"]
    assert run_in_page["newest"] == 1000
    (row,) = answers([(html, "rowAt(descend(page.settings), 1000)")])
    assert (row["weight"], row["loss"]) == (one.record.last.weight, one.record.last.loss)


@needs_node
def test_numbers_are_written_as_gdviz_writes_them():
    values = [0, 1, -1.5, 1e-5, 123456, 1234567, 0.000123456789, -9.999999e-8, 1e300, 1 / 3, 2e22]
    html = pizza_page()
    asked = f"{json.dumps(values)}.map((value) => [numberText(value), shortNumber(value)])"
    (found,) = answers([(html, asked)])
    assert found == [[number_text(value), short_number(value)] for value in values]


@needs_node
def test_zones_are_named_as_in_the_window():
    experiment = Experiment(PIZZA, with_bias=True)
    known = zones(experiment)
    rates = [known.fast / 2, known.fast, known.overshooting, known.overshooting * 1.0001,
             known.limit, known.limit * 2]  # fmt: skip
    known_in_page = "page.methods['gradient-descent'].zones[1]"
    asked = f"{json.dumps(rates)}.map((rate) => zoneOf({known_in_page}, rate))"
    assert answers([(pizza_page(), asked)])[0] == [known.zone(rate).value for rate in rates]


@needs_browser
@pytest.mark.parametrize("settings", [{}, {"with_bias": True}, {"batch_size": 5}])
def test_a_browser_draws_it(tmp_path, settings):
    """Its policy lets its own scripts run, and they come to their end."""
    one = ran(Experiment(PIZZA, **settings))
    path = tmp_path / "page.html"
    path.write_text(page(one, [replace(one, name="kept", number=1)]), encoding="utf-8")
    drawn = opened(path, tmp_path / "profile")
    assert len(re.findall('<path class="kept kept-1"', drawn)) == 2, (
        "in the ground and by iteration"
    )
    last, with_bias = one.record.last, one.experiment.with_bias
    place = line_text(last.weight, last.bias if with_bias else None, 4)
    assert f"Iteration 100 of 100: {place}, loss" in drawn
    assert drawn.count('class="hiker"') == 2
    assert drawn.count('<span class="key kept kept-1">kept</span>') == 2, "in both legends"
    assert not re.search(r'="[^"]*(NaN|Infinity|undefined)', drawn)


def test_the_policy_allows_what_is_in_the_page_and_nothing_else():
    reader = Reader(pizza_page())
    (policy,) = (
        about["content"] for tag, about in reader.tags
        if tag == "meta" and about.get("http-equiv") == "Content-Security-Policy"
    )  # fmt: skip
    assert policy.startswith("default-src 'none';")
    assert "http" not in policy
    assert "unsafe" not in policy
    running = ["".join(pieces) for about, pieces in reader.texts if "type" not in about]
    assert len(running) == 3
    for text in running:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_nothing_in_the_page_leads_out_of_it():
    html = pizza_page()
    reader = Reader(html)
    for tag, about in reader.tags:
        assert tag not in ("a", "img", "iframe", "form", "object", "embed")
        assert "style" not in about
        assert not any(name.startswith("on") for name in about)
        assert about.get("href", "data:,") == "data:,"
        assert "src" not in about
    assert set(re.findall(r"https?://[^\"'\s]+", html)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|import\(|eval|innerHTML)\b", html)


def test_names_from_a_file_stay_text():
    name = '</script><script>alert("x")</script><!-- {{program}} & \u2028'
    data = Dataset(PIZZA.x, PIZZA.y, name, name, name)
    html = page(ran(Experiment(data)))
    tags = [tag for tag, _ in Reader(html).tags]
    assert tags.count("script") == 4
    assert tags == [tag for tag, _ in Reader(pizza_page()).tags]


def test_it_tells_of_which_data_and_settings_it_was_made():
    one = ran(Experiment(PIZZA, 60))
    told = re.search(r'id="gdviz">(.*?)</script>', page(one, iteration=7))[1]
    assert told == provenance(one.experiment, 7)


def test_it_is_the_report_too():
    first = ran(Experiment(PIZZA, 60, 0.0005))
    kept = replace(ran(Experiment(PIZZA, 60, 0.002)), name="the fast one", number=0)
    html = page(first, [kept])
    assert "the fast one" in html
    assert outcome_sentence(first.experiment, first.outcome) in html
    assert "Converges: about" in html
    code = program(first.experiment).text
    assert code.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in html


@pytest.mark.parametrize(
    "settings", [{}, {"batch_size": 3, "with_bias": True}, {"iterations": MOST_ITERATIONS + 1}]
)
@pytest.mark.parametrize("count", [MOST_ROWS, 50_000])
def test_a_page_of_many_rows_stays_small(settings, count):
    random = np.random.default_rng(1)
    x, noise = random.normal(1e9, 1e8, count), random.normal(0, 1, count)
    data = Dataset(x, x / 7 + noise, "x", "y", "many.csv")
    experiment = Experiment(data, **{"iterations": 2000, "learning_rate": 1e-20} | settings)
    runs = [replace(ran(experiment), name="n" * 40, number=number) for number in range(6)]
    html = page(runs[0], runs)
    assert len(html.encode()) <= LARGEST_PAGE
    assert f"{count:,} rows" in html


def test_a_run_that_leaves_all_bounds_makes_a_page():
    assert "Diverged: the loss left all bounds" in pizza_page(learning_rate=1e300)


def css_colours(text, start):
    block = text[text.index(start) :]
    block = block[: block.index("}")]
    return dict(re.findall(r"--([\w-]+): ([^;]+);", block))


@pytest.mark.parametrize(
    ("start", "theme"),
    [
        (":root", LIGHT),
        ("@media screen and (prefers-color-scheme: dark)", DARK),
        ("@media screen and (prefers-contrast: more) {", LIGHT_CONTRAST),
        ("@media screen and (prefers-contrast: more) and", DARK_CONTRAST),
    ],
)
def test_colours_are_those_of_the_window(start, theme):
    colours = css_colours(resource("assets", "page", "page.css").read_text(), start)
    low, high = theme.ground
    special = {
        "ground-low": low, "ground-high": high, "breadth": f"{theme.breadth:g}",
        **{f"kept-{number}": colour for number, colour in enumerate(theme.kept)},
    }  # fmt: skip
    assert special.items() <= colours.items()
    for name in colours.keys() - special.keys():
        assert colours[name] == getattr(theme, name.replace("-", "_"))


def test_a_page_needs_no_qt():
    code = "import gdviz.core.page.page, sys; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

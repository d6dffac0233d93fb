"""Each row of the table of settings is known wherever settings are: none can be forgotten."""

import dataclasses
import io
from contextlib import redirect_stdout

import numpy as np
import pytest
from support import PIZZA, other_value

from gdviz.cli import options
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.settings import SETTINGS, experiment_of, hyperparameters, rows, values
from gdviz.core.explain.explanation import Explainer
from gdviz.core.lessons.conditions import FACTS, Condition
from gdviz.core.lessons.reading import parse_chapter
from gdviz.core.lessons.source import LessonError
from gdviz.core.words.comparison import settings_summary
from gdviz.core.words.program import program

# Settings without which some others mean nothing.
COMPANIONS = {"standardise": {"with_bias": True}, "seed": {"batch_size": 3}}
FIRST = {name: setting.default for name, setting in SETTINGS.items()}
CHAPTER = '+++\ntitle = "A title"\ntask = "Do it."\ndone = "ended"\n[setup]\n{}\n+++\nWords.\n'
# Told in a column of their own.
IN_COLUMNS = ("iterations", "method")

every_setting = pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
every_row = pytest.mark.parametrize(
    ("setting", "method"),
    [pytest.param(row, FIRST["method"], id=name) for name, row in SETTINGS.items()]
    + [
        pytest.param(row, name, id=f"{name}-{row.name}")
        for name, kind in METHODS.items() for row in hyperparameters(kind)
    ],
)  # fmt: skip


def chosen(setting, method=FIRST["method"]):
    """Return what a setting is chosen with: its other value, and what it needs."""
    companions = {"method": method} | COMPANIONS.get(setting.name, {})
    return companions | {setting.name: other_value(setting)}


def without(setting, method):
    """Return the same but for the setting itself."""
    return chosen(setting, method) | {setting.name: setting.default}


def words(given):
    """Return what to type on the command line."""
    for row in rows(*METHODS.values()):
        option = row.option.split(" ")[0]
        if row.name in given and option:
            value = given[row.name]
            if row.name == "start_weight" and "start_bias" in given:
                value = f"{value},{given['start_bias']}"
            yield option if value is True else f"{option}={value}"


def test_every_field_of_an_experiment_has_a_row():
    named = {field.name for field in dataclasses.fields(Experiment)} - {"dataset"}
    assert {(row.place or name).split(".")[0] for name, row in SETTINGS.items()} == named


@every_row
def test_it_says_what_it_is(setting, method):
    assert setting.name in METHODS[method].__dataclass_fields__ or setting is SETTINGS[setting.name]
    assert setting.label
    assert setting.help
    assert setting.usage
    assert setting.kind in (bool, str) or setting.allows(setting.default)


@every_row
def test_it_is_where_an_experiment_keeps_it(pizza, setting, method):
    given = chosen(setting, method)
    experiment = experiment_of(pizza, FIRST | given)
    assert setting.of(experiment) == other_value(setting)
    assert values(experiment) == values(experiment_of(pizza, FIRST | given))
    assert given.items() <= values(experiment).items()


@every_row
def test_it_has_a_say(pizza, setting, method):
    _, *ends = (
        run(experiment_of(pizza, FIRST | given))
        for given in ({}, chosen(setting, method), without(setting, method))
    )
    (first, _), (second, _) = ends
    assert not np.array_equal(first.record.loss, second.record.loss)


@every_row
def test_it_has_an_option(pizza, setting, method):
    given = chosen(setting, method)
    if setting.name == "start_bias":  # typed behind the weight
        given["start_weight"] = 0.0
    asked = options.settings(options.parsed(["train", str(PIZZA), *words(given)]))
    assert given.items() <= values(Experiment(pizza, **asked)).items()


@every_setting
def test_a_number_below_its_range_is_no_option_and_no_set_up(setting):
    if setting.kind not in (int, float) or setting.low < 0:
        return
    below = setting.kind(-1)
    assert not setting.allows(below)
    with pytest.raises(options.CommandError, match=f"“{below}” is not a (whole )?number"):
        options.parsed(["train", str(PIZZA), *words({setting.name: below})])
    with pytest.raises(LessonError, match="line 6"):
        parse_chapter(CHAPTER.format(f"{setting.name} = {below}"), "mine.md")


@every_row
def test_a_lesson_can_set_it(pizza, setting, method):
    given = chosen(setting, method)
    lines = "\n".join(f"{name} = {_toml(value)}" for name, value in given.items())
    settings = parse_chapter(CHAPTER.format(lines), "mine.md").setup.settings
    assert given.items() <= values(experiment_of(pizza, settings)).items()


@every_setting
def test_a_lesson_can_ask_for_it(pizza, setting):
    given = chosen(setting)
    experiment = experiment_of(pizza, FIRST | given)
    condition = Condition(f"{setting.name} == {given[setting.name]!r}")
    assert setting.name in FACTS
    assert condition.holds(lambda name: values(experiment)[name])


def _toml(value):
    return str(value).lower() if isinstance(value, bool) else repr(value)


@every_row
def test_the_comparison_tells_it(pizza, setting, method):
    with_it, without_it = (
        settings_summary(experiment_of(pizza, FIRST | given))
        for given in (chosen(setting, method), without(setting, method))
    )
    assert (with_it != without_it) is (setting.name not in IN_COLUMNS)


@every_row
def test_the_program_heeds_it(pizza, setting, method):
    experiment = experiment_of(pizza, FIRST | chosen(setting, method))
    output = io.StringIO()
    with redirect_stdout(output), np.errstate(all="ignore"):
        exec(compile(program(experiment).text, "program", "exec"), {"__name__": "__main__"})
    last = run(experiment)[0].record.last
    assert f"w={last.weight:.10f}" in output.getvalue().splitlines()[-1]


@every_row
def test_the_explanation_comes_to_the_step_that_it_takes(pizza, setting, method):
    experiment = experiment_of(pizza, FIRST | chosen(setting, method))
    record = run(experiment)[0].record
    explainer = Explainer(experiment)
    known = explainer.values(record, record[3])
    for equation in explainer.equations():
        assert equation.right.value(known) == pytest.approx(known[equation.left], rel=1e-9)

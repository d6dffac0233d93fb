"""The formula of a method says what its lines do: both are worked out, and have to agree."""

import re
from dataclasses import fields

import numpy as np
import pytest

from gdviz.core.descent.methods import METHODS
from gdviz.core.explain.updates import COUNT, RATE, Parameter, Update, hyperparameters

SLOPED = [kind for kind in METHODS.values() if kind.follows_slope]
W = Parameter.of("w")
LEARNING_RATE = 0.3


def methods(kind):
    """Yield a method with its default hyperparameters, and with some of others."""
    yield kind()
    for share in np.random.default_rng(1).uniform(0.05, 0.95, 5).tolist():
        names = [known.name for known in fields(kind)]
        yield kind(**{name: share ** (1 + place) for place, name in enumerate(names)})


def disagreement(method):
    """Return by how much formula and lines differ at most, as a share of what the lines make."""
    update, names = Update.of(method, W), method.remembered()
    rule = method.rule(LEARNING_RATE, gives="".join(f"{name}, " for name in ("step", *names)))
    memory, worst = next(rule)[1:], 0.0
    for t, slope in enumerate(np.random.default_rng(2).normal(1, 9, 40).tolist(), 1):
        values = {RATE: LEARNING_RATE, COUNT: t, W.value: 1.0, W.slope: slope}
        values |= hyperparameters(method) | dict(zip(update.old, memory, strict=True))
        for equation in update.equations:
            values[equation.left] = equation.right.value(values)
        step, *memory = rule.send(slope)
        made = {one.left.key: values[one.left] for one in update.equations}
        pairs = [(made[name], known) for name, known in zip(names, memory, strict=True)]
        pairs.append((made[W.new.key] - 1.0, step))
        worst = max(worst, *(abs(one - other) / abs(other) for one, other in pairs))
    return worst


@pytest.mark.parametrize("kind", SLOPED)
def test_the_formula_says_what_the_lines_do(kind):
    for method in methods(kind):
        assert disagreement(method) < 1e-9


def changed(text):
    """Yield the lines with each name that is read made a tenth smaller in turn."""
    code = re.sub(r" *#.*", "", text)
    for name in re.finditer(r"(?<![\w.])(?!np|sqrt|maximum)[a-z]\w*(?![\w(]| =)", code):
        yield f"{code[: name.start()]}({name[0]} * 9 / 10){code[name.end() :]}"


@pytest.mark.parametrize("kind", SLOPED)
@pytest.mark.parametrize("form", ["update", "formula"])
def test_a_change_of_one_of_the_two_is_seen(kind, form):
    texts = list(changed(getattr(kind, form)))
    assert len(texts) >= 2
    for text in texts:
        wrong = type(kind.__name__, (kind,), {form: text})
        assert max(map(disagreement, methods(wrong))) > 1e-6, text

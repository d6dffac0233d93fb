"""The fast loop of a method gives the bits of its own lines, whatever these are."""

import dataclasses
import itertools
from dataclasses import dataclass

import numpy as np
import pytest

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.method import Method
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.unrolled import source, unrolled

FOLLOWING = [kind for kind in METHODS.values() if kind.follows_slope]


@dataclass(frozen=True)
class Clipped(Method):
    """Lines of other kinds than those of the methods that there are."""

    label, source, words = "Clipped", "nobody", "A slope is never larger than so much."
    memory = """\
count = 0
before = slope_before = 0.0"""
    update = """\
count += 1
fading = 1 / (1 + count)
clipped = np.maximum(-5.0, -np.maximum(-5.0, -slope))
if slope_before > slope:
    clipped = clipped * (1 - learning_rate) / count
slope_before = slope
before = before * fading + clipped
step = -learning_rate * (before + np.sqrt(fading) * clipped)"""


def states_by_walk(experiment, count):
    """Return the states of the rule as it is written, one parameter at a time."""
    walk = experiment.method.walk(
        experiment.learning_rate, experiment.start, experiment.with_bias,
        experiment.scaled_bowl.gradient,
    )  # fmt: skip
    return np.array(list(itertools.islice(walk, count)))


def unrolled_states(experiment, sizes):
    states = unrolled(
        experiment.method, experiment.scaled_bowl, experiment.start, experiment.learning_rate,
        experiment.with_bias,
    )  # fmt: skip
    return np.concatenate([states(count) for count in sizes])


@pytest.mark.parametrize("kind", [*FOLLOWING, Clipped])
@pytest.mark.parametrize("with_bias", [False, True])
@pytest.mark.parametrize("rate", [1e-3, 0.02, 3.0])
def test_states_are_those_of_the_lines_bit_for_bit(pizza, kind, with_bias, rate):
    start = Point(0.5, -2.0)
    experiment = Experiment(pizza, 700, rate, with_bias=with_bias, start=start, method=kind())
    states = unrolled_states(experiment, [1, 0, 299, 400])
    np.testing.assert_array_equal(states, states_by_walk(experiment, 700))
    assert states[0, 0] != states[1, 0]
    assert (states[0, 1] != states[1, 1]) == with_bias


@pytest.mark.parametrize("kind", [kind for kind in FOLLOWING if dataclasses.fields(kind)])
def test_hyperparameters_are_those_of_the_method(pizza, kind):
    ends = set()
    for value in (0.0625, 0.25):
        method = kind(**{one.name: value for one in dataclasses.fields(kind)})
        experiment = Experiment(pizza, 50, with_bias=True, method=method)
        states = unrolled_states(experiment, [50])
        np.testing.assert_array_equal(states, states_by_walk(experiment, 50))
        ends.add(tuple(states[-1]))
    assert len(ends) == 2


def test_what_is_the_same_for_both_parameters_is_computed_once():
    lines = source(METHODS["adam"], with_bias=True).splitlines()
    loop = lines.index("        for _ in range(_count):")
    before, within = "\n".join(lines[:loop]), "\n".join(lines[loop:])
    for once in ("= 1 - beta1\n", "= 1 - beta2\n", "= -learning_rate\n"):
        assert before.count(once) == 1
        assert once not in within
    for shared in ("1 - beta1_power", "1 - beta2_power", "beta1_power = beta1_power * beta1"):
        assert within.count(shared) == 1
    assert within.count("sqrt(") == 2

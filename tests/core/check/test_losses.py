"""Losses that belong to the data are passed over; of others it is said what they are."""

import numpy as np
import pytest
from printed import log_of, printed

from gdviz.core.check.losses import as_printed, losses_sentence
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.words.numbers import number_text

SHOWN = "The pictures show those of the data."


@pytest.fixture(scope="module")
def record(pizza):
    return run(Experiment(pizza, 30, with_bias=True))[0].record


def said(record, dataset, loss, decimals=6, rows=slice(None), **others):
    weight, bias = record.weight[rows].tolist(), record.bias[rows].tolist()
    log = log_of(weight, bias, loss, decimals=decimals, **others)
    return losses_sentence(log, log.bias, dataset)


@pytest.mark.parametrize("decimals", [0, 1, 2, 4, 10, 15])
def test_losses_of_the_data_are_passed_over_at_any_precision(pizza, record, decimals):
    assert said(record, pizza, record.loss.tolist(), decimals) == ""


def test_losses_of_single_precision_belong_to_the_data(pizza, record):
    x, y = (column.astype(np.float32) for column in (pizza.x, pizza.y))
    weight, bias = record.weight.astype(np.float32), record.bias.astype(np.float32)
    single = [float(np.mean((w * x + b - y) ** 2)) for w, b in zip(weight, bias, strict=True)]
    log = log_of(weight.tolist(), bias.tolist(), single, decimals=12)
    assert losses_sentence(log, log.bias, pizza) == ""


@pytest.mark.parametrize(("turn", "name"), [
    (lambda loss, _: loss / 2, "half of those"),
    (lambda loss, n: loss * n, "the sums, not the means,"),
    (lambda loss, n: loss * n / 2, "half of the sums"),
    (lambda loss, _: np.sqrt(loss), "the roots of those"),
])  # fmt: skip
@pytest.mark.parametrize("decimals", [2, 6])
def test_usual_ways_to_print_a_loss_are_known(pizza, record, turn, name, decimals):
    sentence = said(record, pizza, turn(record.loss, len(pizza)).tolist(), decimals)
    assert sentence.startswith(f"The 31 losses of the log are {name} of these data: line 1 says ")
    assert sentence.endswith(SHOWN)


def test_a_loss_of_before_the_update_is_known(pizza, record):
    sentence = said(record, pizza, record.loss[:-1].tolist(), rows=slice(1, None))
    assert "that of the row before it" in sentence
    # Only where the row before is the iteration before.
    sentence = said(
        record, pizza, record.loss[:-1].tolist(), rows=slice(1, None), iterations=range(0, 300, 10)
    )
    assert "don't belong to these data" in sentence


def test_other_losses_are_said_with_the_first_line(pizza, record):
    loss = record.loss.tolist()
    loss[3] += 1
    place = round(record.weight[3], 4), round(record.bias[3], 4)
    weight, bias = map(number_text, place)
    assert said(record, pizza, loss, 4) == (
        f"1 of 31 losses doesn't belong to these data: line 4 says {loss[3]:.4f}, and here, at "
        f"w = {weight}, b = {bias}, it is {pizza.bowl.loss(*place):.4f}. {SHOWN}"
    )
    # A weight of two decimals may mean either.
    assert said(record, pizza, loss, 2) == ""
    sentence = said(record, pizza, (record.loss + 1).tolist())
    assert sentence.startswith("The 31 losses of the log don't belong to these data: line 1 says")


def test_only_what_is_said_is_compared(pizza, record):
    loss = [None if k % 2 else value for k, value in enumerate(record.loss.tolist())]
    assert said(record, pizza, loss) == ""
    assert said(record, pizza, [None] * 30 + [np.inf]) == ""
    weight = printed([1, 2])
    assert losses_sentence(log_of([1, 2]), weight, pizza) == ""
    assert losses_sentence(log_of(loss=[1, 2]), weight, pizza) == ""


@pytest.mark.parametrize(("value", "decimals", "expected"), [
    (71.4753, 4, "71.4753"), (71.4753, 2, "71.48"), (71.4753, 0, "71"), (71.5, 4, "71.5000"),
])  # fmt: skip
def test_numbers_have_the_decimals_that_were_printed(value, decimals, expected):
    assert as_printed(value, 0.5 * 10.0**-decimals) == expected

"""What is read and computed from Python are the numbers of the command line, or a sentence."""

import re
import warnings

import numpy as np
import pandas as pd
import pytest
from support import PIZZA

import gdviz
from gdviz.cli import main
from gdviz.core.descent.methods import METHODS


@pytest.fixture
def data():
    return gdviz.read(PIZZA)


def printed_numbers(capsys):
    """Return the numbers of the line that ``gdviz train`` ends with."""
    return [float(number) for number in re.findall(r"=(\S+?),?(?=\s)", capsys.readouterr().out)]


# Reading


def test_read_gives_two_columns_under_their_names(data):
    assert (data.x_name, data.y_name, len(data)) == ("Reservations", "Pizzas", 30)
    assert (data.x[0], data.y[0]) == (13, 33)


def test_columns_and_choices_can_be_named(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("a;b;c\n1,5;2;3\n2,5;4;-999\n3,5;6;9\n")
    with pytest.warns(UserWarning, match=r"own\.csv: some rows are left out\."):
        data = gdviz.read(path, x="a", y=3, decimal=",", missing="-999")
    assert (data.x.tolist(), data.y.tolist()) == ([1.5, 3.5], [3, 9])


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"colour": "red"}, "There is no choice “colour”. There are: encoding, sheet, skip,"),
        ({"header": "two"}, "header must be a count of lines, not 'two'."),
        ({"skip": -1}, "skip must be a count of lines, not -1."),
        ({"dates": "dm"}, "dates must be one of ymd, dmy, mdy, s, ms, none, not 'dm'."),
    ],
)
def test_a_choice_that_cannot_be_made_is_a_sentence(choices, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        gdviz.read(PIZZA, **choices)


def test_what_cannot_be_read_is_a_sentence(tmp_path):
    with pytest.raises(gdviz.DataFileError, match=r"none\.txt doesn't exist"):
        gdviz.read(tmp_path / "none.txt")
    with pytest.raises(gdviz.DataFileError, match="has no column “size”"):
        gdviz.read(PIZZA, x="size")


def test_pizza_needs_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        gdviz.read(PIZZA)


# Descending


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("bias", [False, True])
def test_the_digits_are_those_of_the_command_line(data, capsys, method, bias):
    run = gdviz.descend(data, 20, 0.001, method=method, bias=bias)
    words = ["--iterations", "20", "--learning-rate", "0.001", "--method", method]
    main(["train", str(PIZZA), "--digits", "full", "--quiet", *words, *["--bias"] * bias])
    learnt = [run.weight, run.bias] if bias else [run.weight]
    assert printed_numbers(capsys) == [column[-1] for column in learnt]


def test_the_textbook_takes_the_same_steps(data):
    run = gdviz.descend(data, iterations=50, learning_rate=0.001)
    w = gdviz.train(data.x, data.y, 50, 0.001)
    assert run.weight[-1] == pytest.approx(w, rel=1e-12)
    losses = [gdviz.loss(data.x, data.y, weight) for weight in run.weight]
    np.testing.assert_allclose(run.loss, losses, rtol=1e-12)


@pytest.mark.parametrize("columns", [tuple, list, lambda pair: pd.DataFrame(pair).T.to_numpy().T])
def test_data_can_be_two_columns(data, columns):
    run = gdviz.descend(columns((data.x, data.y)), 10)
    assert run.weight.tolist() == gdviz.descend(data, 10).weight.tolist()


def test_a_start_is_a_weight_or_a_weight_and_a_bias(data):
    assert gdviz.descend(data, 1, start=3).weight[0] == 3
    run = gdviz.descend(data, 1, start=(1, 5), bias=True)
    assert (run.weight[0], run.bias[0]) == (1, 5)


def test_without_a_rate_it_is_the_one_that_the_window_takes(capsys, tmp_path):
    path = tmp_path / "far.csv"
    path.write_text("x,y\n" + "".join(f"{x},{3 * x}\n" for x in range(1000, 1010)))
    run = gdviz.descend(gdviz.read(path), learning_rate=None)
    main(["train", str(path), "--quiet", "--digits", "full"])
    assert printed_numbers(capsys) == [run.weight[-1]]


@pytest.mark.parametrize(
    ("settings", "word", "sentence"),
    [
        ({}, "all steps", "Ran all 100 iterations."),
        ({"tolerance": 0.01}, "converged", "Stopped at iteration 20: the slope is smaller than"),
        ({"learning_rate": 0.01}, "diverges", "The run diverges: from 812.9 at the start the"),
        ({"learning_rate": 0.5}, "diverged", "The run diverged: at iteration 64 the loss left"),
    ],
)
def test_how_it_ended_is_a_word_and_a_sentence(data, settings, word, sentence):
    run = gdviz.descend(data, **settings)
    assert run.outcome.word == word
    assert str(run.outcome).startswith(sentence)
    assert word in repr(run)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"iterations": 0}, "iterations must be a whole number from 1 to 1,000,000,000, not 0."),
        ({"iterations": 1.5}, "iterations must be a whole number from 1 to 1,000,000,000, not 1.5"),
        ({"learning_rate": -1}, "learning_rate must be a number above 0 and at most 1e+300, not"),
        ({"learning_rate": float("nan")}, "learning_rate must be a number above 0"),
        ({"learning_rate": "fast"}, "learning_rate must be a number above 0"),
        ({"tolerance": -1}, "tolerance must be a number above 0"),
        ({"start": "here"}, "A start is a weight, or a weight and a bias, not 'here'."),
        ({"start": (1, 2, 3)}, "A start is a weight, or a weight and a bias, not (1, 2, 3)."),
        ({"batch_size": 2.5}, "batch_size must be a whole number"),
        ({"standardise": True}, "Standardising x needs the bias."),
        ({"method": "newton"}, "There is no method 'newton'. There are: gradient-descent,"),
        ({"momentum": 0.5}, "“momentum” is no setting, nor a hyperparameter of gradient-descent."),
        ({"method": "momentum", "momentum": 2}, "momentum must be at least 0 and less than 1: 2."),
        ({"method": "momentum", "momentum": "a"}, "momentum must be a number, not 'a'."),
    ],
)
def test_a_setting_that_cannot_be_is_a_sentence(data, settings, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        gdviz.descend(data, **settings)


@pytest.mark.parametrize(
    "wrong", [3, "pizza.txt", [1, 2, 3], (["a"], ["b"]), None, np.ones((5, 3))],
    ids=["number", "name", "column", "words", "none", "table"],
)  # fmt: skip
def test_what_is_no_data_is_a_sentence(wrong):
    with pytest.raises(ValueError, match=r"two columns of numbers: \(x, y\)\."):
        gdviz.descend(wrong)

"""The command line as a shell meets it: words in; lines, files and an exit status out."""

import csv
import json
import os
import platform
import re
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import forked
import numpy as np
import pyqtgraph as pg
import pytest
from PIL import Image
from projects import LEAST, default_settings
from PySide6.QtCore import QSize, qVersion
from PySide6.QtGui import QColor, QImage
from support import OWN_TABLES

import gdviz
from gdviz.cli import main
from gdviz.cli.options import parsed
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.textbook import train, train_with_bias
from gdviz.core.projects.writing import project_text
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.table import DataFileError
from gdviz.ui.theme import DARK

PIZZA = Path(__file__).parents[2] / "data" / "pizza.txt"
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
SHOES = "brand,size,price,weight\nred,1,2,5\nblue,2,4,7\ngreen,3,7,8\n"

OPEN_AND_LOOK = """
import sys
from PySide6.QtCore import QTimer
from gdviz import cli
from gdviz.ui.shell import app

open_window = app.open_window

def open_and_look(*arguments):
    application, window = open_window(*arguments)
    def look():
        experiment = window.session.runs.experiment
        print(window.isVisible(), experiment.dataset.source, experiment.iterations,
              experiment.learning_rate, experiment.method.label, *experiment.start)
        window.close()
    QTimer.singleShot(0, look)
    return application, window

app.open_window = open_and_look
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.fixture
def call(capsys):
    """Call the command line in this process; return its status, output and errors."""

    def call(*words):
        try:
            status = main([str(word) for word in words])
        except SystemExit as end:
            status = end.code or 0
        return status, *capsys.readouterr()

    return call


@pytest.fixture
def shoes(tmp_path):
    path = tmp_path / "shoes.csv"
    path.write_text(SHOES)
    return path


def shell(*words, program=("-m", "gdviz"), **variables):
    """Call the command line in a process of its own, by default without a display."""
    return subprocess.run(
        [sys.executable, *program, *map(str, words)],
        env=environment(variables),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def quick_shell(*words, program=forked.COMMAND_LINE, **variables):
    """Do the same where it doesn't matter how the process loads the program."""
    return forked.run(program, *words, env=environment(variables))


def environment(variables):
    """Return this one with some variables, but without a display."""
    kept = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
    return {**kept, "LC_ALL": "C.UTF-8", **variables}


def assert_one_sentence(errors):
    assert errors.startswith("gdviz: ")
    assert errors.endswith("\n")
    assert errors.count("\n") == 1
    assert "Traceback" not in errors


# Training


def test_train_prints_what_the_lesson_prints(call, pizza, capsys):
    train(pizza.x, pizza.y, iterations=100, lr=0.001)
    lesson = capsys.readouterr().out
    assert call("train", PIZZA) == (0, lesson + "\nw=1.8436928702\n", "")


def test_quiet_prints_the_result_alone(call):
    assert call("train", PIZZA, "--quiet") == (0, "w=1.8436928702\n", "")


def test_iterations_and_learning_rate_are_those_asked_for(call, pizza, capsys):
    w = train(pizza.x, pizza.y, iterations=7, lr=2e-4)
    lesson = capsys.readouterr().out
    words = ("--iterations", "7", "--learning-rate", "2e-4")
    assert call("train", PIZZA, *words) == (0, f"{lesson}\nw={w:.10f}\n", "")


def test_a_run_of_many_blocks_counts_on(call):
    _, out, _ = call("train", PIZZA, "--iterations", "9000", "--learning-rate", "1e-6")
    iterations = re.findall(r"^Iteration +(\d+) ", out, re.MULTILINE)
    assert iterations == [str(k) for k in range(9000)]


def test_a_tolerance_stops_the_run_and_says_so(call):
    status, out, errors = call("train", PIZZA, "--iterations", "5000", "--tolerance", "0.01")
    last = len(out.splitlines()) - 3
    assert status == 0
    assert out.splitlines()[last].startswith(f"Iteration {last:4d} ")
    assert errors == f"Stopped at iteration {last:,}: the slope is smaller than 0.01.\n"


def test_quiet_says_nothing_of_a_tolerance(call):
    status, out, errors = call("train", PIZZA, "--tolerance", "0.01", "--quiet")
    assert (status, out.count("\n"), errors) == (0, 1, "")


# Two parameters


def test_with_the_bias_it_prints_the_lessons_loop_to_one_unit_in_the_tenth_decimal(
    call, pizza, capsys
):
    w, b = train_with_bias(pizza.x, pizza.y, iterations=20_000, lr=0.001)
    expected = capsys.readouterr().out.splitlines()
    status, out, errors = call("train", PIZZA, "--bias", "--iterations", "20000")
    *lines, blank, result = out.splitlines()
    assert (status, blank, errors) == (0, "", "")
    assert result == f"w={w:.10f}, b={b:.10f}" == "w=1.0811301700, b=13.1722676564"
    assert len(lines) == 20_000
    for ours, theirs in zip(lines, expected, strict=True):
        (head, loss), (their_head, their_loss) = ours.split("Loss: "), theirs.split("Loss: ")
        assert head == their_head
        assert abs(float(loss) - float(their_loss)) < 1.5e-10


def test_predictions_follow_the_result_in_the_lessons_form(call):
    words = ("--bias", "--iterations", "20000", "--quiet", "--predict", "20", "--predict", "-1.5")
    _, out, _ = call("train", PIZZA, *words)
    assert out.splitlines()[1:] == [
        "Prediction: x=20 => y=34.79",
        "Prediction: x=-1.5 => y=11.55",
    ]


@pytest.mark.parametrize(
    ("words", "result"),
    [
        ("--method step-search", "w=1.8400000000"),
        ("--method step-search --bias --iterations 2000", "w=1.1000000000, b=12.9300000000"),
        ("--standardise --learning-rate 0.5", "w=1.0811119573, b=13.1725818736"),
        ("--start 1.5,2 --iterations 1 --learning-rate 1e-300", "w=1.5000000000"),
        ("--start -1.5,2 --bias --iterations 1 --learning-rate 1e-300",
         "w=-1.5000000000, b=2.0000000000"),
    ],
)  # fmt: skip
def test_every_setting_has_an_option(call, words, result):
    status, out, _ = call("train", PIZZA, "--iterations", "300", *words.split(), "--quiet")
    assert (status, out) == (0, f"{result}\n")


@pytest.mark.parametrize("name", METHODS)
def test_every_method_and_hyperparameter_has_an_option(call, pizza, name):
    kind = METHODS[name]
    half = {field.name: field.default / 2 for field in fields(kind)}
    words = [word for key, value in half.items() for word in (f"--{key}", str(value))]
    status, out, _ = call("train", PIZZA, "--method", name, *words, "--quiet")
    experiment = Experiment(pizza, learning_rate=kind.published_rate, method=kind(**half))
    assert (status, out) == (0, f"w={run(experiment)[0].record[-1].weight:.10f}\n")


def test_batches_repeat_with_their_seed(call, pizza):
    words = ("train", PIZZA, "--batch-size", "7", "--bias", "--quiet", "--seed")
    outs = [call(*words, seed)[1] for seed in ("3", "3", "4")]
    last = run(Experiment(pizza, with_bias=True, batch_size=7, seed=3))[0].record[-1]
    assert outs[0] == outs[1] == f"w={last.weight:.10f}, b={last.bias:.10f}\n"
    assert outs[2] != outs[0]


def test_standardised_results_are_in_the_users_units_with_the_scaled_ones_beside_them(call):
    _, out, _ = call("train", PIZZA, "--standardise", "--learning-rate", "0.5")
    scaled, result = out.splitlines()[-2:]
    assert scaled.startswith("On z = (x - 12.6667) / 7.63908: w=8.2587016022, b=26.8666666667")
    assert result == "w=1.0811119573, b=13.1725818736"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--method newton", "newton"),
        ("--method adam --momentum 0.5", "--momentum is no hyperparameter of the method adam."),
        ("--momentum 0.5", "--momentum is no hyperparameter of the method gradient-descent."),
        ("--method momentum --momentum 1", "momentum must be at least 0 and less than 1: 1."),
        ("--method step-search --batch-size 3", "looks at all rows"),
        ("--start 1,2,3", "“1,2,3” is not a weight, or a weight and a bias"),
        ("--start one", "“one” is not a number"),
        ("--seed -1", "“-1” is not a whole number"),
        ("--batch-size 0", "“0” is not a whole number"),
        ("--predict ten", "“ten” is not a number"),
    ],
)
def test_settings_that_cannot_be_run_are_said_in_one_line(call, words, sentence):
    status, out, errors = call("train", PIZZA, *words.split())
    assert (status, out) == (2, "")
    assert_one_sentence(errors)
    assert sentence in errors


# Columns and rows


def test_columns_are_chosen_by_name_or_number(call, shoes):
    w = run(Experiment(Dataset([2, 4, 7], [5, 7, 8]), learning_rate=0.01))[0].record[-1].weight
    expected = (0, f"w={w:.10f}\n", "")
    words = ("train", shoes, "--quiet", "--learning-rate", "0.01")
    assert call(*words, "--x", "price", "--y", "weight") == expected
    assert call(*words, "--x", "3", "--y", "4") == expected


def test_a_text_column_is_passed_over(call, shoes):
    w = run(Experiment(Dataset([1, 2, 3], [2, 4, 7]), learning_rate=0.05))[0].record[-1].weight
    words = ("train", shoes, "--quiet", "--learning-rate", "0.05")
    assert call(*words) == (0, f"w={w:.10f}\n", "")


def test_rows_left_out_are_named_while_training_goes_on(call, tmp_path):
    path = tmp_path / "holes.csv"
    path.write_text("size,price\n1,2\n2,oops\n3,\n4,8\n")
    status, out, errors = call("train", path, "--quiet", "--learning-rate", "0.001")
    w = run(Experiment(Dataset([1, 4], [2, 8])))[0].record[-1].weight
    assert (status, out) == (0, f"w={w:.10f}\n")
    assert "holes.csv" in errors
    assert "2 rows were left out" in errors
    assert re.search(r"line 3, .*oops", errors)
    assert re.search(r"line 4, ", errors)


def test_what_was_decided_is_told_but_not_to_the_quiet(call, tmp_path):
    path = tmp_path / "shop.csv"
    path.write_text("shop_id,size,price\n7,1,2\n7,2,4\n9,4,7\n")
    words = ("train", path, "--learning-rate", "0.01")
    told = (
        "shop.csv: “shop_id” looks like an id or a row number, so other columns are shown first.\n"
    )
    status, out, errors = call(*words)
    assert (status, errors) == (0, told)
    assert call(*words, "--quiet") == (0, out.splitlines()[-1] + "\n", "")


def test_x_that_never_changes_is_told(call, shoes):
    shoes.write_text("brand,size,price\n7,1,2\n7,2,4\n7,4,7\n")
    _, _, errors = call("train", shoes, "--x", "brand", "--learning-rate", "0.001")
    assert "“brand” is the same in every row: with a bias, many lines fit equally well." in errors


# Reading it


HOLES = "customer_id,size,price\n52,1,2.5\n31,2,oops\n77,3,\n4,4,8\n"


@pytest.fixture
def holes(tmp_path):
    path = tmp_path / "holes.csv"
    path.write_text(HOLES)
    return path


def test_inspect_says_what_was_read(call, holes):
    status, out, errors = call("inspect", holes)
    assert (status, errors) == (0, "")
    assert out.splitlines()[:8] == [
        "holes.csv",
        "columns   customer_id, size, price",
        "x         size",
        "y         price",
        "rows      2",
        "left out  2",
        "first     1, 2.5",
        "last      4, 8",
    ]
    assert "“customer_id” looks like an id" in out
    assert "line 3, column 3 (price): “oops” is not a number" in out


def test_inspect_says_the_same_to_machines(call, holes):
    status, out, errors = call("inspect", holes, "--json")
    found = json.loads(out)
    assert (status, errors, out.count("\n")) == (0, "", 1)
    notices = found.pop("notices")
    assert found == {
        "x": "size", "y": "price", "rows": 2, "left_out": 2, "first": [1, 2.5], "last": [4, 8],
    }  # fmt: skip
    assert any("customer_id" in notice for notice in notices)
    assert any("2 rows were left out" in notice for notice in notices)


def test_inspect_takes_the_columns_asked_for(call, shoes):
    _, out, _ = call("inspect", shoes, "--x", "price", "--y", "4", "--json")
    found = json.loads(out)
    assert (found["x"], found["y"]) == ("price", "weight")
    assert (found["first"], found["last"]) == ([2, 5], [7, 8])


def test_what_is_read_can_be_piped_whatever_the_output_takes(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("größe,气温\n1,2\n3,5\n", encoding="utf-8")
    done = shell("inspect", path, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "gr\\xf6" in done.stdout


CHOSEN = {
    "encoding": ("latin-1", "iso8859-1"),
    "sheet": ("Sheet 2", "Sheet 2"),
    "skip": ("3", 3),
    "header": ("0", 0),
    "comment": ("none", ""),
    "delimiter": ("tab", "\t"),
    "decimal": ("comma", ","),
    "thousands": (".", "."),
    "dates": ("dmy", "dmy"),
    "missing": ("-999", "-999"),
}


def test_every_choice_of_reading_has_an_option():
    assert [field.name for field in fields(Choices)] == list(CHOSEN)


@pytest.mark.parametrize("command", ["open", "inspect", "train", "export"])
def test_how_the_file_is_to_be_read_can_be_said(call, monkeypatch, shoes, command):
    asked = []

    def refuse(path, choices, _):
        asked.append(choices)
        raise DataFileError(path, " was only asked about.")

    monkeypatch.setattr("gdviz.cli.tables.read_table", refuse)
    words = [word for name, (typed, _) in CHOSEN.items() for word in (f"--{name}", typed)]
    assert call(command, shoes, *["out.png"][: command == "export"], *words)[0] == 2
    assert asked == [Choices(**{name: value for name, (_, value) in CHOSEN.items()})]


@pytest.mark.parametrize(
    ("typed", "sign"),
    [("point", "."), (";", ";"), ("space", " "), ("\\t", "\t"), ("fixed", "fixed"), ("none", "")],
)
def test_signs_that_are_hard_to_type_have_names(typed, sign):
    assert parsed(["inspect", "a.csv", "--delimiter", typed]).delimiter == sign


# Digits


@pytest.fixture
def tiny(tmp_path):
    path = tmp_path / "tiny.txt"
    path.write_text("1e6 0.00012\n3e6 0.00031\n4e6 0.00045\n")
    return path


def test_a_number_that_ten_decimals_cant_say_has_a_power_of_ten(call, tiny):
    status, out, _ = call("train", tiny, "--learning-rate", "1e-14", "--iterations", "2")
    assert status == 0
    assert out.splitlines()[0] == "Iteration    0 => Loss: 1.0433333333e-7"
    assert re.fullmatch(r"w=\d\.\d{10}e-\d+", out.splitlines()[-1])


def test_all_digits_are_printed_on_demand(call, pizza):
    words = ("--quiet", "--predict", "20", "--bias", "--digits", "full")
    _, out, _ = call("train", PIZZA, *words)
    last = run(Experiment(pizza, with_bias=True))[0].record[-1]
    assert out.splitlines() == [
        f"w={last.weight!r}, b={last.bias!r}",
        f"Prediction: x=20 => y={last.weight * 20 + last.bias!r}",
    ]


# A rate that works


@pytest.mark.parametrize("bias", [(), ("--bias",)])
@pytest.mark.parametrize(
    ("path", "rate"), OWN_TABLES.items(), ids=lambda of: getattr(of, "name", "")
)
def test_without_a_rate_one_that_works_is_taken_and_told_as_it_is_typed(call, path, rate, bias):
    status, out, errors = call("train", path, "--quiet", *bias)
    told = f"A rate of 0.001 would diverge on these data: {rate:.0e} was taken.\n".replace(
        "e-0", "e-"
    )
    assert (status, errors) == (0, "" if rate == 0.001 else told)
    assert call("train", path, "--quiet", *bias, "--learning-rate", rate) == (0, out, "")


def test_a_rate_that_is_given_is_taken_whatever_it_does(call):
    status, _, errors = call("train", list(OWN_TABLES)[1], "--quiet", "--learning-rate", "0.001")
    assert status == 3
    assert errors.count("\n") == 1
    assert "try 8e-6." in errors


def test_each_method_begins_with_its_own_rate(call):
    path = list(OWN_TABLES)[2]
    words = ("train", path, "--quiet", "--method", "adagrad")
    assert call(*words) == call(*words, "--learning-rate", "0.01")
    assert "4e-8 was taken" in call("train", path, "--quiet", "--method", "nesterov")[2]


def test_a_valley_too_long_to_walk_is_told_with_what_standardising_makes_of_it(call):
    path = list(OWN_TABLES)[2]
    _, _, errors = call("train", path, "--bias", "--learning-rate", "6e-8")
    assert errors == (
        "Converges: about 1.3e12 iterations until the slow direction is a million times smaller. "
        "Your 100 go under 1 % of the way. With --standardise: 28 iterations.\n"
    )
    status, _, errors = call("train", path, "--standardise", "--iterations", "28")
    assert (status, "0.2 was taken" in errors) == (0, True)


def test_a_picture_is_exported_with_the_rate_that_works(tmp_path):
    target = tmp_path / "steps.csv"
    done = quick_shell("export", list(OWN_TABLES)[1], target)
    told = "A rate of 0.001 would diverge on these data: 8e-6 was taken.\n"
    assert (done.returncode, done.stderr) == (0, told)
    with target.open(newline="") as file:
        losses = [float(row["loss"]) for row in csv.DictReader(file)]
    assert losses == sorted(losses, reverse=True)


@pytest.mark.parametrize("quiet", [(), ("--quiet",)])
def test_a_divergent_run_says_where_and_which_rate_works(call, quiet):
    words = ("train", PIZZA, "--iterations", "1000", "--learning-rate", "0.01", *quiet)
    status, out, errors = call(*words)
    assert status == 3
    assert errors.count("\n") == 1
    assert "below 0.00457 work here; try 0.001." in errors
    assert "w=" not in out
    assert "inf" not in out
    assert "nan" not in out
    if not quiet:
        assert f"at iteration {len(out.splitlines())} " in errors


@pytest.mark.parametrize("quiet", [(), ("--quiet",)])
def test_a_run_that_blows_up_within_the_numbers_says_so_as_the_window_does(call, quiet):
    words = ("train", PIZZA, "--iterations", "40", "--learning-rate", "0.005", *quiet)
    status, out, errors = call(*words)
    assert (status, errors.count("\n")) == (3, 1)
    assert errors.startswith("The run diverges: from 812.9 at the start the loss has grown to 7.19")
    assert "below 0.00457 work here; try 0.001." in errors
    assert out.splitlines()[-1].startswith("w=-1810.94")


def test_a_run_that_ends_where_it_began_did_not_blow_up(call):
    words = ("--start", "1.1,12.9", "--bias", "--iterations", "50", "--quiet")
    assert call("train", PIZZA, *words, "--learning-rate", "1e-300")[0] == 0


@pytest.mark.parametrize("command", ["train", "export"])
def test_a_run_without_an_iteration_says_why(call, tmp_path, command):
    table, target = tmp_path / "far.txt", tmp_path / "far.png"
    table.write_text("9e139 2\n5e139 3\n7e139 5\n")
    targets = [target] * (command == "export")
    words = ("--bias", "--start", "1e140", "--learning-rate", "1e-290")
    status, out, errors = call(command, table, *targets, *words)
    assert (status, out) == (3, "")
    assert "The run has no iteration: at its start, w = 1e140, b = 0, the loss is" in errors
    assert "A start at w = 0, b = 0 works." in errors
    assert "-1" not in errors.replace("1e-290", "")
    assert not target.exists()


def test_on_level_ground_the_weight_stays(call, tmp_path):
    path = tmp_path / "level.txt"
    path.write_text("0 1\n0 2\n")
    assert call("train", path, "--quiet", "--learning-rate", "1e6") == (0, "w=0.0000000000\n", "")


# What can't be done


FILES = {"empty.txt": "", "words.txt": "a b\nc d\n"}


@pytest.mark.parametrize(
    "words",
    [
        ["--nonsense"],
        ["train"],
        ["train", "--nonsense", "shoes.csv"],
        ["train", "shoes.csv", "extra"],
        *(["train", "shoes.csv", "--iterations", n] for n in ("0", "-1", "2.5", "abc", "", "1e3")),
        ["train", "shoes.csv", "--iterations", "1000000001"],
        *(
            ["train", "shoes.csv", option, value]
            for option in ("--learning-rate", "--tolerance")
            for value in ("0", "-1", "nan", "inf", "abc", "", "1e-400")
        ),
        ["train", "gone.txt"],
        ["gone.txt"],
        ["open", "gone.txt"],
        ["train", "."],
        ["."],
        *([*command, file] for command in ([], ["train"]) for file in FILES),
        ["train", "shoes.csv", "--x", "colour"],
        ["train", "shoes.csv", "--x", "5"],
        ["train", "shoes.csv", "--x", "0"],
        ["train", "shoes.csv", "--y", "brand"],
        ["inspect", "gone.txt"],
        ["inspect", "words.txt", "--json"],
        ["inspect", "shoes.csv", "--x", "colour"],
        *(
            ["train", "shoes.csv", option, value]
            for option, value in (
                ("--encoding", "klingon"),
                ("--encoding", "hex"),
                ("--encoding", "a\0b"),
                ("--skip", "-1"),
                ("--header", "one"),
                ("--dates", "ydm"),
                ("--digits", "12"),
            )
        ),
        ["export", "shoes.csv"],
        ["export", "gone.txt", "out.png"],
        *(
            ["export", "shoes.csv", "out.png", "--learning-rate", "0.05", "--iteration", k]
            for k in ("101", "-1")
        ),
        ["export", "shoes.csv", "out.png", "--iteration", "half"],
        ["export", "shoes.csv", "out.png", "--view", "nonsense"],
        ["export", "shoes.csv", "out.png", "--theme", "pink"],
        *(["export", "shoes.csv", "out.png", "--scale", s] for s in ("0", "-1", "nan", "17", "x")),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_said_in_one_line(call, shoes, monkeypatch, words):
    monkeypatch.chdir(shoes.parent)
    for name, content in FILES.items():
        shoes.with_name(name).write_text(content)
    before = sorted(shoes.parent.iterdir())
    status, out, errors = call(*words)
    assert (status, out) == (2, "")
    assert_one_sentence(errors)
    assert sorted(shoes.parent.iterdir()) == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["train", "shoes.csv", "--iterations", "0"], "“0” is not a whole number from 1 to"),
        (["train", "shoes.csv", "--learning-rate", "abc"], "“abc” is not a number above 0"),
        (["train", "shoes.csv", "--x", "colour"], "no column “colour”. Its columns are: 1 “brand”"),
        (["train", "gone.txt"], "gone.txt doesn't exist"),
        (["train", "part-*.none"], "has no file that fits it"),
        (["export", "shoes.csv", "o.png", "--iteration", "101"], "iterations 0 to 100"),
        (["export", "shoes.csv", "o.gif", "--to", "101"], "iterations 0 to 100"),
        (["export", "shoes.csv", "o.gif", "--from", "-1"], "no iteration -1"),
        (["export", "shoes.csv", "o.gif", "--from", "9", "--to", "3"], "from iteration 9 can't"),
        (["export", "shoes.csv", "o.gif", "--fps", "60"], "whole number from 1 to 50"),
        (["export", "shoes.csv", "o.gif", "--seconds", "0"], "seconds from 0.1 to 60"),
        (
            ["export", "shoes.csv", "o.gif", "--size", "9x9"],
            "9x9 pixels is not one from 200x150 to 8000x8000",
        ),
        (
            ["export", "shoes.csv", "o.png", "--size", "60x40cm", "--dpi", "600"],
            "14173x9449 pixels",
        ),
        (["export", "shoes.csv", "o.png", "--size", "16x10in"], "nor one such as 16x10cm"),
        (["export", "shoes.csv", "o.png", "--dpi", "150"], "“150” is none of 96, 192, 300, 384, 6"),
        (["export", "shoes.csv", "o.png", "--font-size", "8"], "“8” is none of 6, 7.5, 9, 10.5"),
        (
            ["export", "shoes.csv", "o.png", "--lines", "x"],
            "“x” is none of 0.5, 0.75, 1, 1.5, 2, 3",
        ),
        (["export", "shoes.csv", "o.png", "--theme", "pink"], "“pink” is none of light, dark, gr"),
        (["export", "shoes.csv", "o.gif", "--size", "800"], "a size from 200x150 to 8000x8000"),
    ],
    ids=lambda value: value[-1] if isinstance(value, list) else "",
)
def test_the_line_says_what_is_wrong(call, shoes, monkeypatch, words, says):
    monkeypatch.chdir(shoes.parent)
    assert says in call(*words)[2]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
@pytest.mark.parametrize("command", ["open", "inspect", "train", "export"])
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("pipe", "pipe is a named pipe"),
        ("loop", "loop can't be read: it is a link that leads back to itself"),
        ("/dev/zero", "zero is a device"),
        ("x" * 5000, "this name is too long for a file"),
        ("a\0b", "this name holds a zero character"),
    ],
    ids=["pipe", "loop", "device", "long", "zero"],
)
def test_a_file_that_is_none_is_refused_at_once(call, tmp_path, monkeypatch, command, name, says):
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    Path("loop").symlink_to("loop")
    before = sorted(tmp_path.iterdir())
    status, out, errors = call(command, name, *["out.png"][: command == "export"])
    assert (status, out) == (2, "")
    assert_one_sentence(errors)
    assert says in errors
    assert sorted(tmp_path.iterdir()) == before


def test_a_very_large_file_is_read_if_that_is_asked_for(call, shoes, monkeypatch):
    monkeypatch.setattr("gdviz.cli.tables.LARGEST_BYTES", 10)
    status, out, errors = call("train", shoes, "--quiet")
    assert (status, out) == (2, "")
    assert_one_sentence(errors)
    assert f"shoes.csv is very large: {len(SHOES)} bytes. Add --large" in errors
    status, out, _ = call("train", shoes, "--quiet", "--large")
    assert status == 0
    assert out.startswith("w=")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_an_export_replaces_no_pipe(tmp_path):
    target = tmp_path / "out.csv"
    os.mkfifo(target)
    done = quick_shell("export", PIZZA, target)
    assert done.returncode == 2
    assert "out.csv can't be written: it is a named pipe." in done.stderr
    assert target.is_fifo()


@pytest.mark.parametrize("words", [[], [PIZZA], ["open"], ["open", PIZZA]], ids=len)
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have a display")
def test_without_a_display_the_commands_that_work_are_named(call, monkeypatch, words):
    for name in DISPLAYS:
        monkeypatch.delenv(name, raising=False)
    status, out, errors = call(*words)
    assert (status, out) == (2, "")
    assert_one_sentence(errors)
    assert "gdviz train" in errors
    assert "gdviz export" in errors


def test_without_a_display_a_bad_file_is_said_first(call, monkeypatch, tmp_path):
    for name in DISPLAYS:
        monkeypatch.delenv(name, raising=False)
    assert "gone.txt doesn't exist" in call(tmp_path / "gone.txt")[2]


# Help


def test_version(call):
    status, out, errors = call("--version")
    assert (status, errors) == (0, "")
    assert out.startswith(f"gdviz {gdviz.__version__} (Python {platform.python_version()}, Qt ")
    assert f"Qt {qVersion()}, NumPy {np.__version__}, pyqtgraph {pg.__version__}, " in out


@pytest.mark.parametrize("word", ["-h", "--help"])
def test_help_has_the_commands_and_examples(call, word):
    status, out, errors = call(word)
    assert (status, errors) == (0, "")
    assert all(f"\n    {command} " in out for command in ("open", "inspect", "train", "export"))
    assert "examples:" in out
    assert "gdviz export pizza.txt descent.png" in out


@pytest.mark.parametrize("command", ["open", "inspect", "train", "export"])
def test_every_command_has_help(call, command):
    status, out, errors = call(command, "--help")
    assert (status, errors) == (0, "")
    assert f"gdviz {command}" in out
    assert "FILE" in out


# Processes of their own


def test_python_runs_it_as_a_module():
    done = shell("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"gdviz {gdviz.__version__} (")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have a display")
def test_a_process_without_a_display_ends_with_a_sentence():
    done = shell()
    assert (done.returncode, done.stdout) == (2, "")
    assert_one_sentence(done.stderr)


def test_a_reader_may_leave_early():
    """As `gdviz train pizza.txt --iterations 1000000 | head -1`."""
    words = [sys.executable, "-m", "gdviz", "train", str(PIZZA), "--iterations", "1000000"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"Iteration    0 => Loss: 812.8666666667\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
def test_a_full_disk_under_the_output_is_said_in_one_line():
    """As `gdviz train pizza.txt > /mnt/full/log.txt`."""
    words = [sys.executable, "-m", "gdviz", "train", str(PIZZA)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            words, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", timeout=60, check=False
        )
    assert done.returncode == 2
    assert_one_sentence(done.stderr)


@pytest.mark.skipif(os.name != "posix", reason="a shell's >&-")
def test_a_closed_output_is_no_fault():
    line = f"exec {sys.executable} -m gdviz train {PIZZA} >&-"
    done = subprocess.run(["sh", "-c", line], stderr=subprocess.PIPE, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_open_shows_the_file_with_the_settings_asked_for(shoes):
    words = ("open", shoes, "--iterations", "5", "--learning-rate", "0.01", "--method", "adam",
             "--start", "-1,2", "--bias")  # fmt: skip
    done = shell(*words, program=("-c", OPEN_AND_LOOK), QT_QPA_PLATFORM="offscreen")
    expected = "True shoes.csv 5 0.01 Adam -1.0 2.0\n"
    assert (done.returncode, done.stdout) == (0, expected), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((list(OWN_TABLES)[1],), "height_weight.csv 100 8e-06 Gradient descent"),
        ((list(OWN_TABLES)[1], "--method", "adam"), "height_weight.csv 100 0.001 Adam"),
        (
            (list(OWN_TABLES)[1], "--learning-rate", "1"),
            "height_weight.csv 100 1.0 Gradient descent",
        ),
        (("--iterations", "7"), "pizza.txt 7 0.001 Gradient descent"),
    ],
)
def test_the_window_opens_a_file_with_the_rate_that_works(words, expected):
    done = quick_shell("open", *words, program=OPEN_AND_LOOK, QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, done.stdout) == (0, f"True {expected} 0.0 0.0\n"), done.stderr


def test_the_window_opens_with_the_columns_asked_for(shoes):
    program = OPEN_AND_LOOK.replace(".source,", ".x_name, experiment.dataset.y_name,")
    words = ("--x", "price", "--y", "4", "--learning-rate", "0.01")
    done = quick_shell("open", shoes, *words, program=program, QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, done.stdout[:18]) == (0, "True price weight "), done.stderr


def test_a_project_opens_without_a_word_of_how(tmp_path):
    path = tmp_path / "mine.gdviz"
    settings = default_settings("momentum", iterations=7, learning_rate=1e-5)
    path.write_text("".join(project_text(replace(LEAST, settings=settings))))
    for words in ((path,), ("open", path)):
        done = quick_shell(
            *words, program=OPEN_AND_LOOK,
            QT_QPA_PLATFORM="offscreen", XDG_CONFIG_HOME=str(tmp_path),
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == "True made 7 1e-05 Momentum 0.0 0.0\n"


@pytest.mark.parametrize(("words", "said"), [
    ((), "mine.gdviz, line 1: this is no JSON"),
    (("--iterations", "7"), "A project has all its settings: open it without options."),
    (("--decimal", "comma"), "A project has all its settings"),
])  # fmt: skip
def test_a_project_that_cant_be_opened_is_said_in_one_line(call, tmp_path, words, said):
    (tmp_path / "mine.gdviz").write_text("13 33\n")
    status, out, errors = call(tmp_path / "mine.gdviz", *words)
    assert (status, out) == (2, "")
    assert_one_sentence(errors)
    assert said in errors


# As in a container, with `docker run --user 54321`.
WITHOUT_HOME = (
    """
import os, pwd

os.environ.pop("HOME")

def nobody(uid):
    raise KeyError(f"getpwuid(): uid not found: {uid}")

pwd.getpwuid = nobody
"""
    + OPEN_AND_LOOK
)


@pytest.mark.skipif(os.name != "posix", reason="other systems know users by other means")
def test_the_window_opens_for_a_user_who_has_no_home(tmp_path):
    done = shell(
        program=("-c", WITHOUT_HOME), QT_QPA_PLATFORM="offscreen", XDG_CONFIG_HOME=str(tmp_path)
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("True pizza.txt ")


def test_a_platform_of_qt_that_does_not_exist_is_said_in_one_line():
    done = shell(QT_QPA_PLATFORM="nonsense")
    assert (done.returncode, done.stdout) == (2, "")
    assert_one_sentence(done.stderr)
    assert "Qt has no platform “nonsense”" in done.stderr


def exported(folder, *words, kind="png"):
    """Export pizza.txt by a process without a display, and return the file."""
    target = folder / f"picture{'-'.join(words)}.{kind}"
    done = quick_shell("export", PIZZA, target, *words)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return target


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("exports")


@pytest.fixture(scope="module")
def picture(folder):
    """The picture that an export without options gives."""
    return exported(folder)


def test_export_writes_every_kind_at_once_without_a_display(tmp_path, pizza):
    kinds = ("png", "svg", "pdf", "csv", "npz", "html")
    done = shell("export", PIZZA, *(tmp_path / f"out.{kind}" for kind in kinds))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert sorted(path.name for path in tmp_path.glob("out*")) == sorted(
        f"out.{kind}" for kind in kinds
    )
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in (tmp_path / "out.svg").read_bytes()
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "out.html").read_bytes().startswith(b"<!DOCTYPE html>")
    with (tmp_path / "out.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    record = run(Experiment(pizza))[0].record
    assert header == ["iteration", "w", "loss", "gradient"]
    assert [int(row[0]) for row in rows] == list(range(101))
    np.testing.assert_array_equal(
        [[float(n) for n in row[1:]] for row in rows], record.rows[:, [0, 2, 3]]
    )
    assert np.load(tmp_path / "out.npz")["weight"].tolist() == record.weight.tolist()


@pytest.mark.parametrize("scale", [2, 4])
def test_a_scale_multiplies_the_pixels(folder, picture, scale):
    large = QImage(str(exported(folder, "--scale", str(scale))))
    assert large.size() == QImage(str(picture)).size() * scale


def test_runs_to_compare_with_are_drawn_too(tmp_path):
    alone = exported(tmp_path, "--bias")
    raced = exported(tmp_path, "--bias", "--compare", "momentum", "--compare", "adam=0.1")
    assert alone.read_bytes() != raced.read_bytes()
    done = quick_shell("export", PIZZA, tmp_path / "x.png", "--compare", "newton")
    assert done.returncode == 2
    assert_one_sentence(done.stderr)


def test_the_dark_theme_is_dark(folder, picture):
    dark = QImage(str(exported(folder, "--theme", "dark")))
    assert dark.pixelColor(0, 0) == QColor(DARK.plot)
    assert QImage(str(picture)).pixelColor(0, 0) == QColor("white")


def test_every_view_gives_another_picture(folder, picture):
    names = "loss-curve", "landscape", "surface", "data", "history"
    views = [exported(folder, "--view", view) for view in names]
    assert len({path.read_bytes() for path in (picture, *views)}) == 1 + len(names)


def test_iterations_give_other_pictures_and_the_last_is_the_default(folder, picture):
    assert exported(folder, "--iteration", "3").read_bytes() != picture.read_bytes()
    assert exported(folder, "--iteration", "100").read_bytes() == picture.read_bytes()


def test_the_same_command_gives_the_same_bytes(tmp_path, picture):
    assert exported(tmp_path).read_bytes() == picture.read_bytes()


def test_a_font_that_is_not_installed_is_not_replaced_by_another(tmp_path):
    done = quick_shell("export", PIZZA, tmp_path / "a.png", "--font", "Klingon")
    assert done.returncode == 2
    assert_one_sentence(done.stderr)
    assert "no font “Klingon” here. There are: " in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_film_has_the_size_and_the_length_that_were_asked_for(tmp_path):
    asked = {"size": "400x300", "fps": "10", "seconds": "2", "hold": "1", "to": "20"}
    target = exported(tmp_path, *(f"--{name}={value}" for name, value in asked.items()), kind="gif")
    with Image.open(target) as film:
        assert film.size == (400, 300)
        times = []
        for number in range(film.n_frames):
            film.seek(number)
            times.append(film.info["duration"])
    assert sum(times) == 3000


def test_a_picture_has_the_size_that_was_asked_for(tmp_path):
    for view in ("figure", "loss-curve"):
        target = exported(tmp_path, "--size", "640x360", "--view", view)
        assert QImage(str(target)).size() == QSize(640, 360)


def test_a_divergent_run_is_exported_with_a_sentence(tmp_path):
    target = tmp_path / "astray.csv"
    done = quick_shell("export", PIZZA, target, "--iterations", "1000", "--learning-rate", "0.01")
    assert done.returncode == 0
    assert "try 0.001" in done.stderr
    assert "inf" not in target.read_text()


@pytest.mark.parametrize("name", ["picture.bmp", "picture", "gone/picture.png", "folder.png"])
def test_a_target_that_cannot_be_written_is_named_in_one_line(tmp_path, name):
    tmp_path.joinpath("folder.png").mkdir()
    done = quick_shell("export", PIZZA, tmp_path / name)
    assert (done.returncode, done.stdout) == (2, "")
    assert_one_sentence(done.stderr)
    assert name in done.stderr


def test_nothing_is_written_if_one_kind_is_unknown(tmp_path):
    assert quick_shell("export", PIZZA, tmp_path / "a.png", tmp_path / "a.bmp").returncode == 2
    assert not list(tmp_path.glob("a.*"))

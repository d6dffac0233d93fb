"""`gdviz check` as a shell meets it."""

import csv
import io
import json

import numpy as np
import pytest

from gdviz.cli import main

DATA = "x,y\n1,2\n2,4\n3,5\n4,4\n"


def printed(form="Iteration {i:4d} => Loss: {loss:.10f}", slope=2.0, count=6):
    """Return what a loop prints that learns the weight with a rate of 0.01."""
    x, y = np.loadtxt(io.StringIO(DATA), delimiter=",", skiprows=1, unpack=True)
    w, lines = 0.0, []
    for i in range(count):
        lines.append(form.format(i=i, w=w, loss=np.mean((w * x - y) ** 2)))
        w -= 0.01 * slope * np.mean(x * (w * x - y))
    return "\n".join(lines)


@pytest.fixture
def call(capsys, tmp_path, monkeypatch):
    """Call `gdviz check` in a folder with data and logs; return its status, output and errors."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.csv").write_text(DATA)
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "right.log").write_text(printed())
    (tmp_path / "class" / "half.csv").write_text(printed("{i},{w!r},{loss!r}", slope=1.0))
    (tmp_path / "class" / "none.txt").write_text("I have no numbers.")
    (tmp_path / "class" / ".hidden").write_text("1")

    def call(*words):
        try:
            status = main(["check", *words])
        except SystemExit as end:
            status = end.code or 0
        return status, *capsys.readouterr()

    return call


def test_a_right_log_agrees(call):
    status, out, err = call("data.csv", "class/right.log")
    assert (status, err) == (0, "")
    assert out.startswith("Your 6 lines are right to all ten decimals.\n")
    assert "a learning rate of 0.01" in out
    assert "--learning-rate" in out
    told = call("data.csv", "class/right.log", "--learning-rate", "0.01")[1]
    assert "learning rate" not in told


def test_a_wrong_log_is_told_its_cause_and_the_right_line(call):
    status, out, err = call("data.csv", "class/half.csv", "--learning-rate", "0.01")
    assert (status, err) == (1, "")
    assert out.startswith("Line 2 is the first that isn't right, at iteration 1.\n")
    assert "w_slope = 2 * np.sum(error * X) / n" in out


def test_json_is_for_programs(call):
    status, out, _ = call("data.csv", "class/right.log", "--json")
    assert status == 0
    told = json.loads(out)
    assert told["agrees"] is True
    assert (told["first_difference"], told["causes"]) == (None, [])
    status, out, _ = call("data.csv", "class/half.csv", "--json", "--learning-rate", "0.01")
    assert status == 1
    told = json.loads(out)
    assert told["agrees"] is False
    assert (told["first_difference"], told["line"]) == (1, 2)
    assert ["gradient without the 2"] in told["causes"]
    assert float(told["found"]) < float(told["expected"]) or told["quantity"] == "loss"


def test_a_log_can_come_through_a_pipe(call, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(printed().encode("utf-16"))))
    status, out, _ = call("data.csv", "-")
    assert status == 0
    assert "right to all ten decimals" in out
    monkeypatch.setattr("sys.stdin", None)
    assert call("data.csv", "-")[0] == 2


def test_a_folder_is_a_table_of_a_class(call):
    status, out, err = call("data.csv", "class", "--learning-rate", "0.01")
    assert (status, err) == (1, "")
    head, half, none, right = csv.reader(io.StringIO(out))
    assert head == ["file", "agrees", "first difference", "causes"]
    assert half[:3] == ["half.csv", "no", "1"]
    assert "gradient without the 2" in half[3]
    assert none[:3] == ["none.txt", "can't be read", ""]
    assert none[3].startswith("There are no numbers in this text.")
    assert right == ["right.log", "yes", "", ""]


def test_a_name_in_the_table_is_no_formula_to_a_spreadsheet(call, tmp_path):
    (tmp_path / "class" / "=1+1.log").write_text(printed())
    _, out, _ = call("data.csv", "class")
    assert "\n'=1+1.log,yes,," in out


def test_a_folder_can_be_a_list_for_programs(call, tmp_path):
    (tmp_path / "class" / "half.csv").unlink()
    status, out, _ = call("data.csv", "class", "--json")
    assert status == 0
    none, right = json.loads(out)
    assert (none["file"], none["agrees"]) == ("none.txt", None)
    assert none["error"].startswith("There are no numbers")
    assert (right["file"], right["agrees"]) == ("right.log", True)
    (tmp_path / "class" / "right.log").unlink()
    assert call("data.csv", "class")[0] == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("data.csv", "class/none.txt"), "There are no numbers in this text."),
        (("data.csv", "missing.log"), "missing.log"),
        (("missing.csv", "class/right.log"), "missing.csv"),
        (("data.csv",), "LOG"),
        (("data.csv", "empty"), "There is no file in empty"),
        (("data.csv", "class/right.log", "--columns", "loss,height"), "“height” is none of"),
        (("data.csv", "class/right.log", "--columns", "loss,loss"), "can't both be the loss"),
        (("data.csv", "class/right.log", "--beta1", "0.5"), "--beta1 is no hyperparameter"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(call, tmp_path, words, sentence):
    (tmp_path / "empty").mkdir()
    status, out, err = call(*words)
    assert (status, out) == (2, "")
    assert err.startswith("gdviz: ")
    assert err.count("\n") == 1
    assert sentence in err


def test_columns_can_be_told(call, tmp_path):
    (tmp_path / "odd.log").write_text(printed("alpha {loss:.10f} omega {w:.6f}"))
    status, out, _ = call("data.csv", "odd.log", "--columns", "loss,weight")
    assert status == 0
    assert "Your 6 lines are right" in out


def test_help_documents_exit_statuses_and_keys(call):
    _, out, _ = call("--help")
    assert "exit status: 0 if every number is right, 1 if not, 2 if it can't be read" in out
    for key in ("agrees", "first_difference", "causes", "expected", "found"):
        assert f"\n  {key}" in out or f", {key} " in out

"""The command line sums up what is big, in several files, or asked for so."""

import json

import pytest

from gdviz.cli import commands, tables

ROWS = 20_000


@pytest.fixture
def parts(tmp_path):
    """Write a line's rows in two files."""
    for number in (1, 2):
        rows = "".join(f"{i % 101},{2 * (i % 101) + i % 3}\n" for i in range(ROWS // 2))
        bad = "oops,4\n" if number == 2 else ""
        tmp_path.joinpath(f"part-{number}.csv").write_text(f"size,price\n{rows}{bad}")
    return tmp_path


def test_training_on_a_folder_says_what_was_read(parts, capsys):
    assert commands.main(["train", str(parts), "--bias", "--quiet", "--iterations", "5"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("w=")
    assert (
        "20,000 rows in 2 files, summarised in one pass; what needs rows uses a sample of 10,000."
        in err
    )
    assert "part-2.csv, line 10002, column 1 (size): “oops” is not a number" in err


def test_one_pass_trains_as_the_whole_table_does(parts, capsys):
    asked = ["train", str(parts / "part-1.csv"), "--bias", "--quiet", "--iterations", "50"]
    assert commands.main(asked) == 0
    whole = capsys.readouterr().out
    assert commands.main([*asked, "--summary"]) == 0
    assert capsys.readouterr().out == whole


def test_inspecting_a_pattern(parts, capsys):
    assert commands.main(["inspect", str(parts / "part-*.csv")]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[:9] == [
        "part-1.csv and 1 more file",
        "columns   size, price",
        "x         size",
        "y         price",
        "rows      20,000",
        "left out  1",
        "first     0, 0",
        "least     0, 0",
        "largest   100, 202",
    ]
    assert commands.main(["inspect", "--json", str(parts / "part-*.csv"), "--x", "price"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["x"], found["y"], found["rows"]) == ("price", "size", 20_000)
    assert (found["files"], found["sample"], found["largest"]) == (2, 10_000, [202, 100])


def test_dates_are_shown_as_dates(tmp_path, capsys):
    path = tmp_path / "days.csv"
    path.write_text("day,y\n" + "".join(f"2024-01-{day:02},{day}\n" for day in range(1, 32)))
    assert commands.main(["inspect", "--summary", str(path)]) == 0
    assert "largest   2024-01-31, 31" in capsys.readouterr().out


def test_what_is_larger_than_half_of_the_memory_is_summed_up(parts, capsys, monkeypatch):
    monkeypatch.setattr(tables, "is_big", lambda _: True)
    asked = ["train", str(parts / "part-1.csv"), "--quiet", "--iterations", "1"]
    assert commands.main(asked) == 0
    assert "summarised in one pass" in capsys.readouterr().err
    assert commands.main([*asked, "--large"]) == 0
    assert "summarised" not in capsys.readouterr().err


def test_who_waits_at_a_terminal_is_told_how_far_it_is(parts, capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert commands.main(["inspect", str(parts)]) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if line.endswith(" read")]
    assert told
    size, _, whole = told[-1].removesuffix(" read").partition(" of ")
    assert size == whole

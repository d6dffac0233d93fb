"""A monkey does six hundred things to the window, and all is well after each.

make monkey                        three times ten thousand
make monkey SEED=7 ACTIONS=50000   other ones, or more
"""

import os

import pytest
from PySide6.QtCore import qWarning

from gdviz.ui.running.runs import Runs
from gdviz.ui.settings.panel import SettingsPanel
from monkey.reducing import reduced
from monkey.running import Walked, as_test, run, shortened
from monkey.walk import ROWS, WrongError, replay

# On their way all of them go through the same number of doings, some on each kind of data.
AT_ONCE = 100
ACTIONS = int(os.environ.get("MONKEY_ACTIONS") or 600)
SEED = int(os.environ.get("MONKEY_SEED") or 0)
WALKS = [
    (ROWS[part % len(ROWS)], SEED + part // len(ROWS)) for part in range(-(-ACTIONS // AT_ONCE))
]


@pytest.mark.parametrize(("rows", "seed"), WALKS)
def test_a_monkey_finds_nothing_wrong(rows, seed):
    walked = run({"rows": rows, "seed": seed, "count": AT_ONCE})
    if walked.wrong:
        told = shortened(rows, walked)
        pytest.fail(
            f"{told.wrong}\n\nAfter {len(told.actions)} of {len(walked.actions)} actions:\n\n"
            f"{as_test(rows, told)}\nAgain: make monkey SEED={seed} ACTIONS={len(ROWS) * AT_ONCE}"
        )


# What it is there for


def test_a_list_is_reduced_to_what_it_needs():
    tries = []

    def fails(numbers):
        tries.append(numbers)
        return {17, 18, 241} <= set(numbers)

    assert reduced(range(250), fails) == [17, 18, 241]
    assert len(tries) < 80
    assert reduced(range(9), lambda _: True) == []


def run_here(job):
    """Do again what a job says, in this process."""
    try:
        replay(job["rows"], job["actions"])
    except WrongError as error:
        return Walked(job["actions"], str(error))
    return Walked(job["actions"])


ACTS = [
    ("resize", 1024, 640), ("key", "Ctrl+T"), ("press", "keep"), ("hover", "data_fit", (0.4, 0.6)),
    ("type_into", "learning_rate", "0.002"), ("wheel", "loss_curve", (0.5, 0.5), 2),
    ("choose", "Dark"), ("press", "keep"), ("drag", "loss_curve", "hiker", (0.6, 0.5)),
]  # fmt: skip


def fall(runs):
    """Keep the first run, and fall with the second."""
    if runs.kept:
        raise ZeroDivisionError
    keep(runs)


def complain(runs):
    """Keep the first run, and have Qt complain of the second."""
    if runs.kept:
        qWarning("two are too many")
    keep(runs)


keep = Runs.keep


@pytest.mark.parametrize(
    ("fault", "told"), [(fall, "ZeroDivisionError"), (complain, "Qt: two are too many")]
)
def test_what_goes_wrong_is_shortened_and_written_down(qapp, monkeypatch, fault, told):
    assert qapp is not None
    assert not run_here({"rows": 30, "actions": ACTS}).wrong
    monkeypatch.setattr(Runs, "keep", fault)
    walked = run_here({"rows": 30, "actions": ACTS})
    short = shortened(30, walked, run_here)
    assert short.actions == [
        ("press", "keep"), ("type_into", "learning_rate", "0.002"), ("press", "keep")
    ]  # fmt: skip

    written = {}
    exec(as_test(30, short), written)
    with pytest.raises(WrongError, match=told):
        written["test_what_a_monkey_did"](qapp)


def test_the_panel_that_shows_other_settings_is_found(qapp, monkeypatch):
    assert qapp is not None
    monkeypatch.setattr(SettingsPanel, "set_experiment", lambda *_: None)
    walked = run_here({"rows": 30, "actions": ACTS})
    assert "the panel shows iterations 1, it is 100" in walked.wrong


def test_a_process_that_breaks_off_is_told():
    walked = run({"rows": 30, "seed": "?", "count": None})
    assert not walked.actions
    assert "TypeError" in walked.wrong
    assert walked.kind == "the process ended with 1"

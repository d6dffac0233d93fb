"""Running walks in processes of their own; of one that went wrong, a short test is made."""

import json
import pprint
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from monkey.hands import Action
from monkey.reducing import reduced

# So long an action takes at most, a whole walk in the mean, and reducing one.
HANGS_S, START_S, REDUCING_S = 0.6, 30, 600
WELL, WRONG = "well", "wrong"


Job = dict[str, Any]


@dataclass(frozen=True)
class Walked:
    """What came of a walk: what was done, and what is wrong then, if anything."""

    actions: list[Action]
    wrong: str = ""

    @property
    def kind(self) -> str:
        """What is wrong, without what may be another the next time."""
        return self.wrong.strip().splitlines()[-1].split(":")[0] if self.wrong else ""


def run(job: Job) -> Walked:
    """Do a walk, given by ``rows``, ``seed`` and ``count`` or by ``rows`` and ``actions``."""
    given: list[Action] = job.get("actions", [])
    with TemporaryDirectory() as folder:
        job_file, log = Path(folder, "job"), Path(folder, "log")
        job_file.write_text(json.dumps(job))
        command = [sys.executable, "-X", "faulthandler", "-m", "monkey", str(job_file), str(log)]
        limit_s = START_S + HANGS_S * (job.get("count") or len(given))
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=limit_s, check=False,
                cwd=Path(__file__).parents[1],
            )  # fmt: skip
            end = f"{done.stderr[-3000:]}\nthe process ended with {done.returncode}"
        except subprocess.TimeoutExpired:
            end = f"it hangs: not over after {limit_s:.0f} s"
        lines = [tuple(json.loads(line)) for line in log.read_text().splitlines()]
    *actions, last = lines or [(WRONG, end)]
    if last[0] not in (WELL, WRONG):
        actions, last = lines, (WRONG, end)
    return Walked(given or actions, "" if last[0] == WELL else last[1])


Run = Callable[[Job], Walked]


def shortened(rows: int, walked: Walked, run: Run = run) -> Walked:
    """Return a short walk that goes wrong as another did, as short as there is time for."""
    until = time.monotonic() + REDUCING_S
    shortest = walked

    def fails(actions: list[Action]) -> bool:
        nonlocal shortest
        again = run({"rows": rows, "actions": actions}) if time.monotonic() < until else None
        if again is None or again.kind != walked.kind:
            return False
        shortest = Walked(actions, again.wrong)
        return True

    # What depends on how the threads take turns may not come again.
    if fails(walked.actions) or fails(walked.actions):
        reduced(walked.actions, fails)
    return shortest


def as_test(rows: int, walked: Walked) -> str:
    """Return a test, to be pasted, that does again what went wrong."""
    actions = pprint.pformat(walked.actions, width=88, indent=1)
    body = actions.replace("\n", "\n    ")
    return f"""\
from monkey.walk import replay


def test_what_a_monkey_did(qapp):
    # {walked.wrong.strip().splitlines()[-1]}
    replay({rows}, {body})
"""

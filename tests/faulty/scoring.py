"""How good the diagnosis is: a table by kind, of runs by seeds."""

import sys
import time
from collections import defaultdict
from typing import NamedTuple

from faulty.correct import correct_run
from faulty.equivalence import NO_MATTER, reproduces, same_causes
from faulty.mistakes import MISTAKES
from faulty.runs import faulty_run
from gdviz.core.check.diagnosis import Given, diagnose
from gdviz.core.check.logs.log import LogError
from gdviz.core.check.logs.reading import read_sheet
from gdviz.core.descent.methods import METHODS
from gdviz.core.tables.dataset import Dataset

# Runs that take too long to be long, or end early.
SHORT = {"in batches", "rows shuffled", "another tolerance", "diverged and cut off"}
# How an answer can be right, best first.
RIGHT = ("named", "reproduced")


class Judged(NamedTuple):
    """What came of one run.

    Attributes
    ----------
    verdict : "named", if the true causes or equivalent ones are; "reproduced", if no more causes
        than there are give every number; "other", "none", "agrees", "accused", "unreadable"
    answer : what was named
    """

    seed: int
    truth: tuple[str, ...]
    verdict: str
    answer: str
    seconds: float
    format: str

    @property
    def right(self):
        """Whether the answer is."""
        return self.verdict in RIGHT


def judged(run):
    """Ask the diagnosis what is wrong with a run, and judge the answer."""
    started = time.perf_counter()
    try:
        log = read_sheet(run.text).log()
        answer = diagnose(log, Dataset(run.x, run.y), given_of(run))
    except LogError as error:
        verdict, answer = "unreadable", str(error)
    except Exception as error:  # whatever it is, the run isn't diagnosed
        verdict, answer = "crashed", repr(error)
    seconds = time.perf_counter() - started
    if not isinstance(answer, str):
        verdict, answer = _verdict(run, log, answer)
    return Judged(run.seed, run.causes, verdict, answer, seconds, run.format)


def given_of(run):
    """Return what the learner says as the diagnosis takes it."""
    said = dict(run.given)
    if "method" in said:
        name, hyper = said["method"]
        said["method"] = METHODS[name](**hyper)
    return Given(**said)


def _verdict(run, log, answer):
    names = [tuple(one.name for one in each.causes) for each in answer.explanations]
    told = " | ".join(map(" + ".join, names)) or ("agrees" if answer.agrees else "none")
    truth = set(run.causes) - NO_MATTER
    if answer.agrees:
        return ("agrees" if truth else "named"), told
    if not run.causes:
        return "accused", told
    if any(same_causes(run.causes, each) for each in names):
        return "named", told
    fits = (
        reproduces(run, each.walk, log)
        for each in answer.explanations
        if len(each.causes) <= max(1, len(truth))
    )
    if any(fits):
        return "reproduced", told
    return ("other" if names else "none"), told


def score(seeds, runs=faulty_run):
    """Return what came of every run, by kind; pairs and right runs are kinds of their own, too."""
    table = defaultdict(list)
    for seed in seeds:
        one = judged(runs(seed))
        for kind in one.truth or ("right",):
            table[kind].append(one)
        if one.truth:
            table["SINGLE" if len(one.truth) == 1 else "PAIRS"].append(one)
            table["ALL"].append(one)
    return dict(table)


def told(table):
    """Return a table as text, with what went wrong below."""
    lines = [f"{'kind':32}{'runs':>6}{'named':>7}{'right':>7}{'slowest':>9}"]
    missed = {}
    for kind, runs in sorted(table.items(), key=lambda item: (item[0].isupper(), item[0])):
        named = sum(one.verdict == "named" for one in runs)
        right = sum(one.right for one in runs)
        slowest = max(one.seconds for one in runs)
        lines.append(f"{kind:32}{len(runs):>6}{named:>7}{right:>7}{slowest:>8.2f}s")
        missed |= {one.seed: one for one in runs if not one.right}
    lines += [
        f"seed {one.seed}: {' + '.join(one.truth) or 'right'} ({one.format}): "
        f"{one.verdict}: {one.answer}"
        for one in missed.values()
    ]
    return "\n".join(lines)


def long_run(seed):
    """Return a wrong run whose log has 20,000 rows."""
    kinds = [one.name for one in MISTAKES if one.name not in SHORT]
    return faulty_run(seed, (kinds[seed % len(kinds)],), 20_000)


def main(count, first=0, long_logs=0):
    """Print the tables of so many wrong and right runs, and of some with long logs."""
    for runs, many in ((faulty_run, count), (correct_run, count), (long_run, long_logs)):
        seeds = range(first, first + many)
        sys.stdout.write(told(score(seeds, runs)) + "\n\n")

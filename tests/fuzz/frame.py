"""The frame of the fuzzers: it finds them, and tells by which number a fault can be had again.

A fuzzer is a module ``fuzz_<kind>.py`` in this folder. Its function ``one(random)`` makes one case
from a `random.Random`, and raises whatever it likes where the program doesn't do as it should.
"""

import os
import random
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from complaints import Complaints

One = Callable[[random.Random], None]

# Of each kind, unless asked for otherwise.
CASES = 6_000
# One test takes so many of them.
AT_ONCE = 1_500
# No case takes longer, whatever is read.
SLOWEST_S = 10


class FaultError(AssertionError):
    """A case in which something is wrong; the text says what, and how to have it again."""


def kinds() -> list[str]:
    """Return the kinds there is a fuzzer for, or those that were asked for."""
    found = sorted(
        path.stem.removeprefix("fuzz_") for path in Path(__file__).parent.glob("fuzz_*.py")
    )
    asked = os.environ.get("FUZZ_KINDS", "").replace(",", " ").split()
    return [kind for kind in found if kind in asked or not asked]


def parts(kind: str) -> list[range]:
    """Return the numbers of all cases of a kind, a range for each test."""
    module = import_module(f"fuzz.fuzz_{kind}")
    first = int(os.environ.get("FUZZ_SEED") or 0)
    end = first + int(os.environ.get("FUZZ_COUNT") or getattr(module, "CASES", CASES))
    return [range(start, min(start + AT_ONCE, end)) for start in range(first, end, AT_ONCE)]


def run(kind: str, numbers: range) -> None:
    """Try some cases of a kind.

    Raises
    ------
    FaultError
        At the first in which something is wrong.
    """
    one: One = import_module(f"fuzz.fuzz_{kind}").one
    complaints = Complaints()
    with complaints.listening():
        for number in numbers:
            problem = _problem(one, kind, number, complaints)
            if problem:
                again = f"make fuzz KIND={kind} SEED={number} COUNT=1"
                raise FaultError(f"{kind}, case {number}:\n{problem}\nAgain: {again}")


def _problem(one: One, kind: str, number: int, complaints: Complaints) -> str:
    """Return what is wrong in a case."""
    try:
        with _in_time():
            one(random.Random(f"{kind} {number}"))
    except Exception:
        return traceback.format_exc()
    return "\n".join(complaints.heard)


@contextmanager
def _in_time() -> Iterator[None]:
    """Break off what takes too long, where the system can do so."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def break_off(*_: object) -> None:
        raise TimeoutError(f"not over after {SLOWEST_S} s")

    before = signal.signal(signal.SIGALRM, break_off)
    signal.setitimer(signal.ITIMER_REAL, SLOWEST_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

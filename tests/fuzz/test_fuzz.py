"""Whatever comes from outside, it is used or refused in a sentence; the seeds are always the same.

make fuzz                                  6,000 cases of each kind
make fuzz KIND=tables COUNT=1000000        more of one kind
make fuzz KIND=tables SEED=4711 COUNT=1    one case again
"""

import time
import types

import pytest
from PySide6.QtCore import qWarning

from fuzz import frame


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        pytest.param(kind, numbers, id=f"{kind} {numbers.start}")
        for kind in frame.kinds()
        for numbers in frame.parts(kind)
    ],
)
def test_whatever_comes_is_used_or_refused(qapp, kind, numbers):
    assert qapp is not None
    frame.run(kind, numbers)


# The frame itself


@pytest.fixture
def fuzzer(monkeypatch):
    """Put a function into the place of all fuzzers."""

    def put(one):
        monkeypatch.setattr(frame, "import_module", lambda _: types.SimpleNamespace(one=one))

    return put


def test_a_fault_is_told_with_the_way_to_have_it_again(fuzzer):
    drawn = []

    def one(random):
        drawn.append(random.random())
        assert len(drawn) < 8, "the eighth is wrong"

    fuzzer(one)
    with pytest.raises(frame.FaultError, match="the eighth is wrong") as caught:
        frame.run("cakes", range(100, 200))
    assert str(caught.value).endswith("Again: make fuzz KIND=cakes SEED=107 COUNT=1")

    again = []
    fuzzer(lambda random: again.append(random.random()))
    frame.run("cakes", range(107, 108))
    assert again == drawn[7:]


def test_a_case_that_never_ends_is_a_fault(fuzzer, monkeypatch):
    monkeypatch.setattr(frame, "SLOWEST_S", 0.05)

    def one(_):
        while True:
            time.sleep(0)

    fuzzer(one)
    with pytest.raises(frame.FaultError, match=r"not over after 0\.05 s"):
        frame.run("cakes", range(3))


def test_what_qt_complains_of_is_a_fault(fuzzer):
    fuzzer(lambda _: qWarning("a warning"))
    with pytest.raises(frame.FaultError, match="Qt: a warning"):
        frame.run("cakes", range(3))


def test_cases_are_shared_out(monkeypatch, fuzzer):
    fuzzer(None)
    monkeypatch.setenv("FUZZ_SEED", "7")
    monkeypatch.setenv("FUZZ_COUNT", "6000")
    shared = frame.parts("cakes")
    assert [number for part in shared for number in part] == list(range(7, 6007))
    assert len(shared) == 4

"""Working ahead: the same things in the same order, faults too, and nothing goes on behind it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from gdviz.core.big.ahead import in_order, made_ahead


def counted(stop, log, fault=None):
    try:
        for number in range(stop):
            if number == fault:
                raise LookupError(number)
            log.append((number, threading.get_ident()))
            yield number
    finally:
        log.append("closed")


def test_a_thread_of_its_own_makes_them_in_order():
    log = []
    assert list(made_ahead(counted(50, log), 4)) == list(range(50))
    assert log.pop() == "closed"
    assert len({thread for _, thread in log} | {threading.get_ident()}) == 2


def test_a_fault_comes_behind_what_was_made_before():
    got, log = [], []
    with pytest.raises(LookupError, match="7"):
        got.extend(made_ahead(counted(50, log, fault=7), 4))
    for number in (made := made_ahead(counted(50, log, fault=7), 4)):
        got.append(number)
        if number == 6:
            break
    assert got[-7:] == list(range(7))
    made.close()


def test_who_stops_early_leaves_no_thread_and_has_it_closed():
    before, log = threading.active_count(), []
    made = made_ahead(counted(10**9, log), 4)
    assert [next(made), next(made)] == [0, 1]
    made.close()
    assert log[-1] == "closed"
    # So many at most were made ahead.
    assert len(log) <= 8
    assert threading.active_count() == before


@pytest.mark.parametrize("threads", [0, 1, 3])
def test_what_tasks_return_stays_in_order(threads):
    tasks = (partial(pow, number, 2) for number in range(30))
    with ThreadPoolExecutor(max(1, threads)) as pool:
        got = list(in_order(tasks, pool if threads else None, 5))
    assert got == [number**2 for number in range(30)]

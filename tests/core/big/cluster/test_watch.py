"""Waiting for what a cluster works at: it ends with a sentence where nothing can come of it."""

import os
import time

import pytest
from clusters import running

pytest.importorskip("distributed")
from distributed import Client

from gdviz.core.big.cluster import watch
from gdviz.core.big.cluster.connecting import ClusterError

pytestmark = pytest.mark.cluster


@pytest.fixture
def lonely(monkeypatch):
    """A cluster of one worker, given up soon."""
    # A worker may die once with each task.
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    monkeypatch.setattr(watch, "DESERTED_S", 0.2)
    with running(workers=1) as cluster, Client(cluster.address, set_as_default=False) as client:
        yield cluster, client


def said(client, future):
    with pytest.raises(ClusterError) as raised:
        watch.Watch(client).wait(future, int)
    return str(raised.value)


def test_the_last_worker_and_then_the_scheduler_go(lonely):
    cluster, client = lonely
    waiting = client.submit(time.sleep, 60, retries=5)
    cluster.workers[0].terminate()
    assert said(client, waiting).startswith("no worker is left.")
    cluster.stop()
    address = cluster.address
    assert said(client, waiting) == (
        f"the scheduler at {address} has gone. Start it again, and its workers."
    )


def test_a_task_that_kills_its_worker_is_named(lonely):
    _, client = lonely
    assert said(client, client.submit(os._exit, 1)).startswith(
        "1 worker died as they read the same part of the table, the last of them tcp://127.0.0.1:"
    )

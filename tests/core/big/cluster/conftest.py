import socket

import pytest
from clusters import running


@pytest.fixture(scope="module")
def cluster():
    with running(workers=2) as cluster:
        yield cluster


@pytest.fixture
def own_cluster():
    with running() as cluster:
        yield cluster


@pytest.fixture
def unused_address():
    """An address that nobody listens at, though somebody has it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"tcp://127.0.0.1:{taken.getsockname()[1]}"

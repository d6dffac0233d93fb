"""Sessions that end with their tests."""

import pytest

from gdviz.core.descent.descent import Experiment
from gdviz.ui.running.session import Session


@pytest.fixture
def start(qapp):
    """Start sessions, and end them after the test."""
    sessions = []

    def start(experiment):
        sessions.append(Session(experiment, qapp))
        return sessions[-1]

    yield start
    for session in sessions:
        session.close()
        session.deleteLater()


@pytest.fixture
def session(start, qtbot, pizza):
    """A session with the finished run of pizza.txt, at its start."""
    session = start(Experiment(pizza))
    qtbot.waitUntil(lambda: not session.runs.training)
    return session

"""What every test of the window's parts shares: an application, whichever of them comes first."""

import pytest


@pytest.fixture(autouse=True)
def application(qapp):
    """Without one Qt breaks off whoever draws."""
    return qapp

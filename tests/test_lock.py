"""The versions that were tested are those that are installed."""

import os
import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"


def pins(text):
    """Return the requirements of a lock that count on this Python."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    every = [Requirement(line) for line in lines if line]
    return [pin for pin in every if pin.marker is None or pin.marker.evaluate()]


def differences(text):
    """Name what is installed in another version than a lock says."""
    return [f"{pin} but {version(pin.name)}" for pin in pins(text)
            if not pin.specifier.contains(version(pin.name), prereleases=True)]  # fmt: skip


@pytest.mark.skipif(not os.environ.get("LOCKED"), reason="installed without a lock")
def test_what_is_installed_is_what_the_lock_says():
    assert differences((ROOT / os.environ["LOCKED"]).read_text()) == []


def test_another_version_in_the_lock_is_noticed():
    older = re.sub(r"(?m)^numpy==[\d.]+", "numpy==1.26.0", LOCK.read_text())
    assert differences(older) != []
    assert all(line.startswith("numpy==1.26.0") for line in differences(older)
               if line not in differences(LOCK.read_text()))  # fmt: skip


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_the_lock_has_one_version_of_all_that_is_asked_for(python):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [wishes for extra, wishes in project["optional-dependencies"].items()
              if extra != "bench"]  # fmt: skip
    asked = [*project["dependencies"], *(text for extra in extras for text in extra)]
    here = {"python_version": python, "python_full_version": f"{python}.0"}
    locked = [Requirement(line) for line in LOCK.read_text().splitlines() if line[0] != "#"]
    for wish in map(Requirement, asked):
        if wish.marker is not None and not wish.marker.evaluate(here):
            continue
        name = canonicalize_name(wish.name)
        found = [pin for pin in locked if pin.name == name
                 and (pin.marker is None or pin.marker.evaluate(here))]  # fmt: skip
        assert len(found) == 1, name
        (pin,) = found[0].specifier
        assert wish.specifier.contains(pin.version), f"{wish} but {pin}"

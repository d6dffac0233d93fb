"""Connecting: to a scheduler whose workers have the same versions as this computer."""

import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from distributed import Client

from gdviz.core import __version__

# So long a scheduler may take to answer, and its first worker to come.
ANSWER_S, WORKERS_S = 4, 3
PORT = 8786
# How many numbers of a version have to be the same; of Dask all, as it asks for.
SAME_NUMBERS = {"gdviz": 9, "dask": 9, "distributed": 9, "numpy": 1}
_ADDRESS = re.compile(
    r"(?:(?P<kind>[a-z]+)://)?(?P<host>\[[^\]\s]+\]|[^/:\s]+)(?::(?P<port>\d+))?/?"
)
_KINDS = ("tcp", "tls", "ws", "wss", "ucx")


class ClusterError(Exception):
    """A cluster that can't be used; the text is a sentence a user can act on."""


def full_address(scheduler: str) -> str:
    """Return a scheduler's address as Dask writes it: ``tcp://host:8786``.

    Raises
    ------
    ClusterError
        If it is none.
    """
    found = _ADDRESS.fullmatch(scheduler.strip())
    if not found or (found["kind"] or "tcp") not in _KINDS:
        raise ClusterError(
            f"“{scheduler.strip()}” is no address of a scheduler. "
            f"“dask scheduler” says it when it starts, such as tcp://10.0.0.1:{PORT}."
        )
    return f"{found['kind'] or 'tcp'}://{found['host']}:{found['port'] or PORT}"


def connected(scheduler: str) -> Client:
    """Return a client of a scheduler.

    Raises
    ------
    ClusterError
        If it can't be reached, has no worker, or some have other versions.
    """
    address = full_address(scheduler)
    try:
        client = Client(address, timeout=ANSWER_S, set_as_default=False)
    except (OSError, ValueError, TypeError):
        raise ClusterError(
            f"no scheduler answers at {address}. Start one with “dask scheduler”, and workers "
            f"with “dask worker {address}”; or check the address."
        ) from None
    try:
        _check_workers(client, address)
        fault = fault_of(client.get_versions(packages=["gdviz"]))
    except BaseException:
        client.close(ANSWER_S)
        raise
    if fault:
        client.close(ANSWER_S)
        raise ClusterError(fault)
    return client


def _check_workers(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, WORKERS_S)
    except OSError:
        raise ClusterError(
            f"the scheduler at {address} has no worker. "
            f"Start some with “dask worker {address}”, on computers that have the files."
        ) from None


def fault_of(versions: Mapping[str, Any]) -> str:
    """Say which versions are other than here, and what to install where; empty if none are.

    Parameters
    ----------
    versions : mapping
        As ``Client.get_versions`` returns them.
    """
    here = {**versions["client"]["packages"], "gdviz": __version__}
    others = {"the scheduler": versions["scheduler"]} | {
        f"the worker {address}": worker for address, worker in versions["workers"].items()
    }
    found = defaultdict[tuple[str, str | None], list[str]](list)
    for who, theirs in others.items():
        for package in ("python", *SAME_NUMBERS):
            version = theirs["packages"].get(package)
            if _numbers(package, version) != _numbers(package, here[package]):
                found[package, version].append(who)
                break
    said = [_sentence(*each, here[each[0]], who) for each, who in found.items()]
    # The first goes on behind the name of a file.
    return ". ".join([*said[:1], *(each[:1].upper() + each[1:] for each in said[1:])])


def _numbers(package: str, version: str | None) -> Sequence[str]:
    return (version or "").split(".")[: SAME_NUMBERS.get(package, 2)]


def _sentence(package: str, version: str | None, here: str, who: Sequence[str]) -> str:
    first = who[0]
    if len(who) > 1:
        first += f" and {len(who) - 1:,} more"
    have = "have" if len(who) > 1 else "has"
    if package == "python":
        needed = ".".join(map(str, sys.version_info[:2]))
        theirs = ".".join((version or "?").split(".")[:2])
        return (
            f"{first} {have} Python {theirs}, and this computer {needed}. "
            f"Start {'them' if len(who) > 1 else 'it'} with Python {needed}"
        )
    wanted = f"gdviz[dask]=={here}" if package == "gdviz" else f"{package}=={here}"
    other = f"{package} {version}, and this computer {here}" if version else f"no {package}"
    return f"{first} {have} {other}. Install it there: pip install '{wanted}'"

"""Memory: how much of it is free, and which tables are too big for it."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from gdviz.core.tables.reading import LARGEST_BYTES

# What is read into memory whole may take so much of what is free.
SHARE = 0.5
_SYSTEM = Path("/")


def is_big(path: Path) -> bool:
    """Tell whether a file has more bytes than half of the free memory.

    Where that can't be known, more than `LARGEST_BYTES`.
    """
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        return False  # who opens it says what is wrong
    free = free_memory()
    return size > (LARGEST_BYTES if free is None else SHARE * free)


def free_memory(system: Path = _SYSTEM) -> int | None:
    """Return how many bytes this process can still take; None if nothing is known of it.

    The least of what the computer has, of what a container may use, and of what ``ulimit -v``
    leaves.

    Parameters
    ----------
    system : Path
        Where the files stand in which Linux tells.
    """
    known = [*_available(system), *_within_group(system), *_within_limit(system)]
    return max(0, min(known)) if known else None


def _available(system: Path) -> Iterator[int]:
    """Yield what the computer could give without swapping."""
    for line in _read(system / "proc/meminfo").splitlines():
        name, _, rest = line.partition(":")
        if name == "MemAvailable" and rest.split()[0].isdecimal():
            yield 1024 * int(rest.split()[0])


def _within_group(system: Path) -> Iterator[int]:
    """Yield what each group of processes that this one is in has left: containers are groups."""
    for line in _read(system / "proc/self/cgroup").splitlines():
        number, _, path = line.split(":", 2)
        if number != "0":
            continue
        group = PurePosixPath(path)
        for each in (group, *group.parents):
            folder = system / "sys/fs/cgroup" / str(each).lstrip("/")
            most, used = _read(folder / "memory.max").strip(), _read(folder / "memory.current")
            if most.isdecimal():
                # What the group keeps of files is given back when it is needed.
                files = _of_files(_read(folder / "memory.stat"))
                yield int(most) - int(used.strip() or 0) + files


def _of_files(stat: str) -> int:
    known = dict(line.split() for line in stat.splitlines() if len(line.split()) == 2)
    return int(known.get("inactive_file", 0)) + int(known.get("active_file", 0))


def _within_limit(system: Path) -> Iterator[int]:
    """Yield what the limit of this process leaves it."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    most = resource.getrlimit(resource.RLIMIT_AS)[0]
    pages = _read(system / "proc/self/statm").split()
    if most != resource.RLIM_INFINITY and pages:
        yield most - int(pages[0]) * os.sysconf("SC_PAGE_SIZE")


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (OSError, ValueError):
        return ""

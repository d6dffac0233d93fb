"""How much memory the program takes."""

import os
import sys
from pathlib import Path

STATM = Path("/proc/self/statm")
KILOBYTE, MEGABYTE = 2**10, 2**20


def memory_mb() -> float | None:
    """Return the megabytes that this process takes, or None where the system doesn't say it.

    On Linux those of now; elsewhere the most that there have been.
    """
    if STATM.exists():
        pages = int(STATM.read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE
    if sys.platform == "win32":
        return None
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / MEGABYTE if sys.platform == "darwin" else most * KILOBYTE / MEGABYTE

"""A cluster of Dask on this computer: a scheduler and workers, each a process of its own."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import gdviz

HERE = str(Path(gdviz.__file__).parents[1])


class Cluster:
    """A scheduler and workers, each a process."""

    def __init__(self):
        self._scheduler, said = _started(
            "scheduler", "--host", "127.0.0.1", "--port", "0", until=r"Scheduler at: +(\S+)"
        )
        self.address, self.workers = said[1], []

    def add_worker(self, *folders):
        """Start a worker that finds modules in some folders first."""
        options = self.address, "--no-nanny", "--nthreads", "1"
        until = "Starting established connection"
        worker, _ = _started("worker", *options, until=until, folders=folders)
        self.workers.append(worker)
        return worker

    def stop(self):
        for process in (*self.workers, self._scheduler):
            process.kill()
            process.wait()
            process.stderr.close()


def _started(kind, *options, until, folders=()):
    path = os.pathsep.join([*map(str, folders), HERE, os.environ.get("PYTHONPATH", "")])
    program = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *options]
    process = subprocess.Popen(
        program, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}
    )
    lines = iter(process.stderr.readline, "")
    found = next(filter(None, (re.search(until, line) for line in lines)))
    # What nobody reads would hold it up in the end.
    Thread(target=lambda: [*lines], daemon=True).start()
    return process, found


@contextmanager
def running(workers=0):
    cluster = Cluster()
    try:
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        cluster.stop()

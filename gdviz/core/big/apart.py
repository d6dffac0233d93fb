"""Apart: a table summed up by a process that is started for it, there or on a cluster."""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO

from gdviz.core.big.messages import (
    Asked,
    Begun,
    Counted,
    Finished,
    Message,
    Partial,
    RefusedError,
)
from gdviz.core.big.streaming import BigTable, Shown, unshown
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.formats.stream import Progress, unwatched
from gdviz.core.tables.reading import AS_FOUND

_PROGRAM = Path(__file__).with_name("program.py")


def summed_apart(
    names: str | Path | Sequence[str | Path],
    scheduler: str = "",
    choices: Choices = AS_FOUND,
    x: str | int | None = None,
    y: str | int | None = None,
    progress: Progress = unwatched,
    shown: Shown = unshown,
    seed: int = 0,
) -> BigTable:
    """Return what `streamed` returns, bit for bit, while this process is free for other things.

    Parameters
    ----------
    names : str, Path or sequence of them
        A file, a folder, a pattern, or several of these, as the workers of a cluster see them; what
        is no whole path is one from the current folder.
    scheduler : str
        The address of Dask's scheduler, such as ``tcp://10.0.0.1:8786``, to have it summed up on a
        cluster; by default this computer does it.
    x, y : str or int, optional
        A column's name, or its number counted from 1; by default those suggested.
    progress : callable, optional
        Is told ten times a second how many bytes, or parts, of how many are done, of 0 at first;
        what it raises ends it.
    shown : callable, optional
        Is given what was summed up so far, some times in all.

    Raises
    ------
    DataFileError
        If a file can't be used, or the cluster can't; if Dask isn't installed.
    """
    several = [names] if isinstance(names, str | Path) else names
    whole = tuple(str(Path(name).absolute()) for name in several)
    asked = Asked(whole, scheduler, choices, x, y, seed)
    process = _started()
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(BrokenPipeError):
            process.stdin.write(pickle.dumps(asked))
            process.stdin.flush()
        for message in _messages(process.stdout):
            match message:
                case Counted(done, size):
                    progress(done, size)
                case Begun(begun):
                    table = begun
                case Partial(summary):
                    shown(replace(table, summary=summary))
                case Finished(summary):
                    return replace(table, summary=summary)
                case RefusedError():
                    raise message.as_found()
        raise RefusedError(
            whole[0], f": the program that {_doing(scheduler)} has ended. Try again."
        ).as_found()
    finally:
        # The scheduler forgets what it was asked for by who is gone.
        process.kill()
        process.communicate()


def _doing(scheduler: str) -> str:
    return f"talks to {scheduler}" if scheduler else "sums it up"


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        # -P: what lies beside the program are modules of gdviz, and not Python's.
        [sys.executable, "-P", str(_PROGRAM)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _messages(output: IO[bytes]) -> Iterator[Message]:
    with suppress(EOFError):
        while True:
            yield pickle.load(output)

"""A process of its own that sums a table up, or talks to the cluster that does.

Both would take the window's time: Python runs one thread at a time, and Dask begins several.
"""

import os
import pickle
import sys
import threading
import time
from importlib.util import find_spec
from typing import IO

from gdviz.core.big.messages import Asked, Begun, Counted, Finished, Message, Partial, RefusedError
from gdviz.core.big.sources import sources_of
from gdviz.core.big.streaming import streamed
from gdviz.core.files import TOO_LITTLE_MEMORY
from gdviz.core.tables.table import DataFileError

# What it says is said so often, at least.
OFTEN_S = 0.1
# Whoever started it, and paints meanwhile, goes first.
POLITE = 10


class Telling:
    """Writes messages; how much is done again and again, so that who reads gets turns."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output, self._lock = output, threading.Lock()
        self._counted = Counted(0, 0)
        threading.Thread(target=self._repeat, daemon=True).start()

    def tell(self, message: Message) -> None:
        """Write a message."""
        if isinstance(message, Counted):
            self._counted = message
            return
        self._write(message)

    def _repeat(self) -> None:
        while True:
            self._write(self._counted)
            time.sleep(OFTEN_S)

    def _write(self, message: Message) -> None:
        written = pickle.dumps(message)
        with self._lock:
            self._output.write(written)
            self._output.flush()


def answer(asked: Asked, telling: Telling) -> Finished | RefusedError:
    """Sum up what was asked for, or say why that can't be."""
    return _of_cluster(asked, telling) if asked.scheduler else _of_this_computer(asked, telling)


def _of_this_computer(asked: Asked, telling: Telling) -> Finished | RefusedError:
    try:
        table = streamed(
            sources_of(asked.names),
            asked.choices,
            asked.x,
            asked.y,
            lambda done, size: telling.tell(Counted(done, size)),
            lambda table: telling.tell(Partial(table.summary)),
            asked.seed,
            lambda table: telling.tell(Begun(table)),
        )
        return Finished(table.summary)
    except DataFileError as error:
        return RefusedError.of(error)
    except MemoryError:
        return RefusedError(asked.names[0], f" {TOO_LITTLE_MEMORY}")


def _of_cluster(asked: Asked, telling: Telling) -> Finished | RefusedError:
    first = asked.names[0]
    if find_spec("distributed") is None:
        return RefusedError(first, " needs Dask for a cluster: pip install 'gdviz[dask]'")
    # Not above: it may be missing.
    from gdviz.core.big.cluster.connecting import ClusterError
    from gdviz.core.big.cluster.work import summary_of_table

    try:
        return Finished(summary_of_table(asked, telling.tell))
    except RefusedError as error:
        return error
    except ClusterError as error:
        return RefusedError(first, f": {error}")
    except Exception as error:  # Whatever Dask raises: who asked hears it in a sentence.
        said = " ".join(f"{type(error).__name__}: {error}".split())
        return RefusedError(first, f": the cluster at {asked.scheduler} failed ({said}).")


def main() -> None:
    """Answer the question that stands in the input; end as soon as that is closed."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if hasattr(os, "nice"):  # not on Windows
        os.nice(POLITE)
    asked = pickle.load(sys.stdin.buffer)
    threading.Thread(target=_end_with_input, daemon=True).start()
    telling = Telling(output)
    telling.tell(answer(asked, telling))
    # Dask's own threads may want to go on.
    os._exit(0)


def _end_with_input() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    main()

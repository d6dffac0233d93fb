"""A process of its own that talks to the cluster: Dask would take the window's time and threads."""

import os
import pickle
import sys
import threading
import time
from importlib.util import find_spec
from typing import IO

from gdviz.core.big.cluster.messages import Asked, Counted, Finished, Message, RefusedError

# What it says is said so often, at least.
OFTEN_S = 0.1


class Telling:
    """Writes messages; how many parts are done again and again, so that who reads gets turns."""

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
    first = asked.names[0]
    if find_spec("distributed") is None:
        return RefusedError(first, " needs Dask for a cluster: pip install 'gdviz[dask]'")
    # Not above: it may be missing.
    from gdviz.core.big.cluster.connecting import ClusterError
    from gdviz.core.big.cluster.work import table_of

    try:
        return Finished(table_of(asked, telling.tell))
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

"""Watch: waits for what a cluster works at, for as long as it can still come."""

import time
from typing import TypeVar

from distributed import CancelledError, Client, Future, KilledWorker

from gdviz.core.big.cluster.connecting import ClusterError

Result = TypeVar("Result")

# How often a task is tried again where a worker can't do it: another one may.
RETRIES = 2
LOOK_S, FETCH_S, COUNT_S = 0.1, 5, 1
# Without a worker for so long, none is waited for any more.
DESERTED_S = 20


class Watch:
    """Sees that the scheduler is there, and workers are."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._last_seen = self._counted = time.monotonic()

    def wait(self, future: Future, kind: type[Result]) -> Result:
        """Return what a task gives, of some type.

        Raises
        ------
        ClusterError
            If nothing will come of it.
        """
        while (found := self.result(future, kind)) is None:
            self.rest()
        return found

    def result(self, future: Future, kind: type[Result]) -> Result | None:
        """Return what a task gave; None if it isn't ready, or was lost and is done again."""
        if not future.done():
            return None
        try:
            given = future.result(FETCH_S)
        except TimeoutError:
            return None
        except CancelledError:
            raise self._gone() from None
        except KilledWorker as error:
            died = error.allowed_failures + 1
            raise ClusterError(
                f"{died} worker{'s' * (died > 1)} died as they read the same part of the "
                f"table, the last of them {error.last_worker.address}. They may have too little "
                "memory: see what they say."
            ) from None
        assert isinstance(given, kind)
        return given

    def rest(self) -> None:
        """Let some time pass; see now and then that there are workers."""
        time.sleep(LOOK_S)
        now = time.monotonic()
        if self._client.status in ("closed", "closing"):
            raise self._gone()
        if now - self._counted < COUNT_S:
            return
        self._counted = now
        if self._client.status == "running" and self._client.nthreads():
            self._last_seen = now
        elif now - self._last_seen > DESERTED_S:
            raise ClusterError("no worker is left. See what they say, and start them again.")

    def _gone(self) -> ClusterError:
        address = self._client.scheduler.address
        return ClusterError(
            f"the scheduler at {address} has gone. Start it again, and its workers."
        )

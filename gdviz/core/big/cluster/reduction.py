"""Reduction: the sums of all parts, added up on the cluster as a tree, and its last ones here."""

from collections.abc import Callable, Sequence

from distributed import Client, Future

from gdviz.core.big.cluster.tasks import sum_of_part, sum_of_sums
from gdviz.core.big.cluster.watch import RETRIES, Watch
from gdviz.core.big.messages import Counted, Message, Partial
from gdviz.core.big.parts import Part
from gdviz.core.summary.summary import Summary

Tell = Callable[[Message], None]

# So many sums are added up by one task; so many at most are left to be fetched.
TOGETHER, FETCHED = 8, 16


def summed(client: Client, parts: Sequence[Part], seed: int, tell: Tell) -> Summary:
    """Return the sum of all parts, told of as it grows.

    Sums are exact: which worker had which part changes none of their bits, nor does one that dies.

    Raises
    ------
    RefusedError
        If a part can't be read.
    ClusterError
        If the scheduler goes away, or all workers do.
    """
    sums = client.map(sum_of_part, parts, seed=seed, pure=False, retries=RETRIES)
    return _Fetching(client, sums, _added(client, sums), tell).all()


def _added(client: Client, sums: list[Future]) -> list[Future]:
    """Have sums added up until few are left."""
    level = 0
    while len(sums) > FETCHED:
        level += 1
        groups = [sums[first : first + TOGETHER] for first in range(0, len(sums), TOGETHER)]
        # First of all what can be added up: it frees memory.
        sums = client.map(sum_of_sums, groups, pure=False, priority=level, retries=RETRIES)
    return sums


class _Fetching:
    """Fetches the last sums as they come."""

    def __init__(self, client: Client, parts: list[Future], sums: list[Future], tell: Tell) -> None:
        self._watch, self._tell = Watch(client), tell
        self._count, self._parts = len(parts), [*parts]
        self._awaited = dict(enumerate(sums))
        self._fetched: dict[int, Summary] = {}

    def all(self) -> Summary:
        """Return the sum of all, added up in the order of the table."""
        total = Summary()
        while self._awaited:
            self._count_parts()
            for place, future in [*self._awaited.items()]:
                fetched = self._watch.result(future, Summary)
                if fetched is not None:
                    del self._awaited[place]
                    self._fetched[place] = fetched
                    total = total + fetched
                    self._tell(Partial(total))
            self._watch.rest()
        self._count_parts()
        return sum_of_sums([self._fetched[place] for place in sorted(self._fetched)])

    def _count_parts(self) -> None:
        # What nobody waits for is forgotten by the cluster once it has been added to others.
        self._parts = [part for part in self._parts if not part.done()]
        self._tell(Counted(self._count - len(self._parts), self._count))

"""Ahead: threads work at what comes next, and what they return stays in order."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from functools import partial
from itertools import repeat, takewhile
from typing import TypeVar

Result = TypeVar("Result")


def in_order(
    tasks: Iterable[Callable[[], Result]], pool: ThreadPoolExecutor | None, ahead: int
) -> Generator[Result, None, None]:
    """Yield what tasks return, in their order; so many are worked at meanwhile."""
    if pool is None:
        for task in tasks:
            yield task()
        return
    waiting = deque[Future[Result]]()
    try:
        for task in tasks:
            waiting.append(pool.submit(task))
            if len(waiting) > ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for each in waiting:
            each.cancel()


def made_ahead(items: Generator[Result, None, None], ahead: int) -> Iterator[Result]:
    """Yield what a generator does, none of it None, made in a thread of its own.

    It is closed when this is.

    Parameters
    ----------
    ahead : int
        So many are made before they are asked for.
    """
    # One thread takes them one after another: of a generator none may be asked for meanwhile.
    with closing(items), ThreadPoolExecutor(1, "reading") as thread:
        next_: Callable[[], Result | None] = partial(next, items, None)
        with closing(in_order(repeat(next_), thread, ahead)) as made:
            for item in takewhile(lambda item: item is not None, made):
                assert item is not None
                yield item

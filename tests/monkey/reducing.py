"""Reducing: from many actions after which something is wrong to few; delta debugging.

After A. Zeller, R. Hildebrandt: Simplifying and isolating failure-inducing input (2002).
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def reduced(things: Sequence[Thing], fails: Callable[[list[Thing]], bool]) -> list[Thing]:
    """Return a part of a list that fails as the whole does; it needs each that is left in it.

    First all are left out, then each half, each quarter, and so on.
    """
    left, size = list(things), len(things)
    while left:
        before, start = len(left), 0
        while start < len(left):
            rest = left[:start] + left[start + size :]
            if fails(rest):
                left = rest
            else:
                start += size
        if size == 1 and len(left) == before:
            break
        size = max(size // 2, 1)
    return left

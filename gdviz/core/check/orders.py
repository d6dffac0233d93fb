"""Orders: how beginners put the rows in order for each epoch."""

import itertools
import random
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

Order = NDArray[np.int64]
# Those that beginners type, and gdviz's own.
SEEDS = (0, 42, 1, *range(2, 11), 123, 1234, 2024)


def orders(name: str, count: int, seed: int) -> Iterator[Order]:
    """Yield the order of each epoch, of shape (count,)."""
    return ORDERS[name](count, seed)


def _in_order(count: int, seed: int) -> Iterator[Order]:
    del seed
    return itertools.repeat(np.arange(count))


def _permutations(count: int, seed: int) -> Iterator[Order]:
    generator = np.random.default_rng(seed)
    while True:
        yield generator.permutation(count)


def _shuffled(count: int, seed: int) -> Iterator[Order]:
    generator, order = np.random.default_rng(seed), np.arange(count)
    while True:
        generator.shuffle(order)
        yield order.copy()


def _seeded_permutations(count: int, seed: int) -> Iterator[Order]:
    state = np.random.RandomState(seed)
    while True:
        yield state.permutation(count)


def _seeded_shuffled(count: int, seed: int) -> Iterator[Order]:
    state, order = np.random.RandomState(seed), np.arange(count)
    while True:
        state.shuffle(order)
        yield order.copy()


def _listed(count: int, seed: int) -> Iterator[Order]:
    state, order = random.Random(seed), list(range(count))
    while True:
        state.shuffle(order)
        yield np.array(order)


def _drawn(count: int, seed: int) -> Iterator[Order]:
    generator = np.random.default_rng(seed)
    while True:
        yield np.array([generator.integers(count) for _ in range(count)])


def _seeded_drawn(count: int, seed: int) -> Iterator[Order]:
    state = np.random.RandomState(seed)
    while True:
        yield np.array([state.randint(count) for _ in range(count)])


def _once(count: int, seed: int) -> Iterator[Order]:
    return itertools.repeat(np.random.default_rng(seed).permutation(count))


def _seeded_once(count: int, seed: int) -> Iterator[Order]:
    return itertools.repeat(np.random.RandomState(seed).permutation(count))


# Those that put each epoch in the same order.
REPEATED = frozenset(("in order", "default_rng.permutation, once", "np.random.permutation, once"))
ORDERS: dict[str, Callable[[int, int], Iterator[Order]]] = {
    "in order": _in_order,
    "default_rng.permutation": _permutations,
    "np.random.permutation": _seeded_permutations,
    "default_rng.shuffle": _shuffled,
    "np.random.shuffle": _seeded_shuffled,
    "random.shuffle": _listed,
    "default_rng.integers": _drawn,
    "np.random.randint": _seeded_drawn,
    "default_rng.permutation, once": _once,
    "np.random.permutation, once": _seeded_once,
}

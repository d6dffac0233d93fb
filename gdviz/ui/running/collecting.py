"""Collecting: Python's cyclic collector, let loose only where it can't harm Qt."""

import gc


def collect_by_hand() -> None:
    """Turn the automatic collector off; the application calls this when it starts.

    It works wherever something is allocated. In a worker's thread it would destroy widgets there;
    while Qt destroys an object, other objects that it destroys wait for a lock that is already
    held, for ever.
    """
    gc.disable()


def collect_what_is_due() -> None:
    """Collect as much as the automatic collector would; for the event loop to call."""
    crowded = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    if crowded[0]:
        # The oldest generation whose turn it is, and with it the younger ones.
        gc.collect(2 if all(crowded) else 1 if all(crowded[:2]) else 0)

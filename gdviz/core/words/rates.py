"""Rates beside the best one and the limit: what is said of them, and how those two are written."""

from collections.abc import Callable

from gdviz.core.descent.rates import RATE_DIGITS, Zone, Zones, rounded_down
from gdviz.core.words.numbers import number_text, short_number

# How many digits best rate and limit have at least where they are told apart, and at most.
FEWEST_DIGITS, MOST_DIGITS = 3, 6
MEANINGS = {
    Zone.CREEPING: "more than ten times slower than the best rate",
    Zone.FAST: "straight down, without a detour",
    Zone.OVERSHOOTING: "each step lands on the other side of the valley, yet nearer",
    Zone.DIVERGING: "each step lands farther from the minimum",
}


def rate_said(rate: float, known: Zones | None) -> str:
    """Say a rate and what is known of it."""
    if known is None:
        return "no limit known"
    best, limit = best_and_limit(known)
    return f"{short_number(rate)}, {known.zone(rate).value}; best {best}, limit {limit}"


def rate_explained(rate: float, known: Zones | None) -> str:
    """Say what a rate would do."""
    if known is None:
        return "No limit is known for this method: any rate may be tried."
    zone = known.zone(rate)
    best, limit = best_and_limit(known)
    return (
        f"{short_number(rate)}: {zone.value}: {MEANINGS[zone]}\n★ best rate {best}, limit {limit}"
    )


def best_and_limit(
    known: Zones, fit: Callable[[str, str], bool] = lambda *_: True
) -> tuple[str, str]:
    """Return both rates as texts: rounded down, and alike, so that their order is the true one.

    They have as many digits as tell them apart, if that many fit.
    """
    texts = _texts(known, 1)
    for digits in range(2, _told_apart(known) + 1):
        more = _texts(known, digits)
        if not fit(*more):
            break
        texts = more
    return texts


def rate_to_set(known: Zones, rate: float) -> float:
    """Return the best rate or the limit as it is set: as it reads, with some more digits."""
    return rounded_down(rate, max(RATE_DIGITS, _told_apart(known)))


def _told_apart(known: Zones) -> int:
    """Return with how many digits best rate and limit read as two."""
    some = range(FEWEST_DIGITS, MOST_DIGITS)
    return next((digits for digits in some if len({*_texts(known, digits)}) > 1), MOST_DIGITS)


def _texts(known: Zones, digits: int) -> tuple[str, str]:
    best, limit = (
        number_text(rounded_down(rate, digits), digits) for rate in (known.best, known.limit)
    )
    return best, limit

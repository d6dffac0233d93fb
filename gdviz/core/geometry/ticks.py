"""Ticks: which numbers stand along an axis, so that none touches another or is cut off."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from gdviz.core.geometry.date_ticks import date_ticks
from gdviz.core.geometry.ranges import Range, nice_step
from gdviz.core.tables.calendar import Calendar
from gdviz.core.words.tick_labels import labels_of, labels_of_decades

# How far numbers stay from each other, in pixels.
GAP = 5.0
# From how many decades on only powers of ten are marked.
MANY_DECADES = 4
# Ends that are nearer to each other, or as a share of them, can't be told apart; nor exponents.
NEAREST, NEAREST_SHARE, NEAREST_LOG = 1e-300, 1e-14, 1e-12
# Powers of ten beyond this one, and below its inverse, are no numbers.
MOST_DECADES = 400
# By how much there are fewer ticks, or more, until their numbers fit.
FEWER, MORE = (1.0, 0.6, 0.35, 0.2, 0.1), (2.0, 4.0, 8.0)


@dataclass(frozen=True)
class Ticks:
    """The numbers along an axis.

    Attributes
    ----------
    places : list of float
        Where they stand: values, or on a logarithmic axis their exponents.
    texts : list of str
    common : str
        What to do with each text for its value: see `Labels`.
    """

    places: list[float]
    texts: list[str]
    common: str = ""


@dataclass(frozen=True)
class Edge:
    """The room for numbers along an axis, in pixels.

    Attributes
    ----------
    length : float
    pitch : float
        About how far they are to be from each other.
    extent : callable
        How much of the axis a text takes.
    before, after : float
        How far it may reach beyond both ends of the axis.
    """

    length: float
    pitch: float
    extent: Callable[[str], float]
    before: float
    after: float


def fitting_ticks(
    ends: Range, logarithmic: bool, edge: Edge, calendar: Calendar | None = None
) -> Ticks:
    """Return ticks whose numbers fit: at least two, unless there is hardly room for one.

    With a calendar they are dates or times.
    """
    low, high = ends
    farthest = max(abs(low), abs(high))
    nearest = NEAREST_LOG if logarithmic else max(NEAREST, NEAREST_SHARE * farthest)
    apart = nearest < high - low < math.inf
    if not apart or edge.length <= 0 or (logarithmic and farthest > MOST_DECADES):
        return Ticks([], [])
    choose = _log_ticks if logarithmic else partial(_linear_ticks, calendar)
    about = max(edge.length / edge.pitch, 1.0)
    found = Ticks([], [])
    for share in FEWER:
        found = choose(low, high, about * share)
        if not _touching(found, ends, edge):
            break
    found = _held(found, ends, edge)
    for share in MORE:
        if len(found.places) < 2:
            found = max(found, _held(choose(low, high, about * share), ends, edge), key=_count)
    return found


def _linear_ticks(calendar: Calendar | None, low: float, high: float, about: float) -> Ticks:
    dates = date_ticks(calendar, low, high, about) if calendar else None
    if dates:
        places, labels = dates
        return Ticks(places, *labels)
    counts, power = _round_numbers(low, high, about)
    places = [float(f"{count}e{power}") for count in counts]
    return Ticks(places, *labels_of(counts, power))


def _log_ticks(low: float, high: float, about: float) -> Ticks:
    """Return ticks between two exponents: powers of ten, or also twice and five times these.

    Less than that of an axis is all but linear.
    """
    decades = range(math.ceil(low), math.floor(high) + 1)
    lowest, many = math.floor(low), len(decades) >= MANY_DECADES
    steps = [] if many else [m * 10**k for k in range(len(decades) + 1) for m in (1, 2, 5)]
    counts = [step for step in steps if low <= lowest + math.log10(step) <= high]
    if many or (len(counts) > about + 1 and len(decades) > 1):
        every = max(1, -(-len(decades) // max(2, int(about))))
        chosen = [decade for decade in decades if decade % every == 0]
        chosen = chosen if len(chosen) > 1 else list(decades[::every])
        return Ticks([float(decade) for decade in chosen], *labels_of_decades(chosen))
    power = 0
    if len(counts) < max(2.0, about / 3):
        counts, power = _round_numbers(10 ** (low - lowest), 10 ** (high - lowest), about)
    places = [lowest + math.log10(count) + power for count in counts]
    return Ticks(places, *labels_of(counts, power + lowest, padded=False))


def _round_numbers(low: float, high: float, about: float) -> tuple[list[int], int]:
    """Return the multiples of a round step between two ends, and the power of ten they count.

    There are at least two, unless the ends are too near each other for numbers to differ.
    """
    step = nice_step((high - low) / about)
    for _ in range(3):
        power = math.floor(math.log10(step) + 1e-9)
        unit = round(step / 10.0**power)
        size = float(f"{unit}e{power}")
        first, last = math.ceil(low / size - 1e-9), math.floor(high / size + 1e-9)
        if last > first:
            break
        step = nice_step(step / 2.2)
    return [unit * k for k in range(first, last + 1)], power


def _count(ticks: Ticks) -> int:
    return len(ticks.places)


def _stretches(ticks: Ticks, ends: Range, edge: Edge) -> list[tuple[float, float]]:
    """Return where texts begin and end along the axis, in pixels."""
    low, scale = ends[0], edge.length / (ends[1] - ends[0])
    halves = [edge.extent(text) / 2 for text in ticks.texts]
    middles = [(place - low) * scale for place in ticks.places]
    return [(at - half, at + half) for at, half in zip(middles, halves, strict=True)]


def _touching(ticks: Ticks, ends: Range, edge: Edge) -> bool:
    stretches = _stretches(ticks, ends, edge)
    return any(end + GAP > start for (_, end), (start, _) in pairwise(stretches))


def _held(ticks: Ticks, ends: Range, edge: Edge) -> Ticks:
    """Return those ticks whose numbers aren't cut off and don't touch the one before."""
    kept: list[int] = []
    last = -math.inf
    for index, (start, end) in enumerate(_stretches(ticks, ends, edge)):
        inside = start >= -edge.before and end <= edge.length + edge.after
        if inside and start >= last + GAP:
            kept.append(index)
            last = end
    return Ticks([ticks.places[k] for k in kept], [ticks.texts[k] for k in kept], ticks.common)

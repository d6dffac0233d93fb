"""Playhead: where in the trajectory we look. Time is passed in; it has no clock of its own."""

import math
from dataclasses import dataclass
from functools import lru_cache

# With more iterations a second nobody could follow a walk: there the hiker jumps.
FASTEST_WALK = 12.0
# For so much of the time between two iterations it stands: one sees where the step will lead.
REST = 0.35
# A speed that grows leaves so many iterations as slow as the first.
SLOW_STEPS = 4


@dataclass(frozen=True)
class Speed:
    """How fast to play: so many iterations a second, or the whole run in so many seconds.

    With both, it begins at the one, then grows steadily so that the run takes the other: ``rate =
    first + growth * gone``, hence ``gone = first * (exp(growth * t) - 1) / growth``. A run too
    short for that takes less time, and no speed but the first.
    """

    label: str
    iterations_per_s: float = 0.0
    whole_run_s: float = 0.0

    def rate(self, place: float, length: float) -> float:
        """Return iterations per second at a place of a run of `length` iterations."""
        if not self.iterations_per_s:
            return length / self.whole_run_s
        return self.iterations_per_s + self._growth(length) * max(place - SLOW_STEPS, 0.0)

    def travelled(self, place: float, elapsed_s: float, length: float) -> float:
        """Return how many iterations it goes from a place in some time."""
        growth = self._growth(length)
        if not growth:
            return elapsed_s * self.rate(place, length)
        slow_s = min(max(SLOW_STEPS - place, 0.0) / self.iterations_per_s, elapsed_s)
        slowly = slow_s * self.iterations_per_s
        # After so long the run is over, wherever it began; more may be more than a number holds.
        rest_s = min(elapsed_s - slow_s, self.whole_run_s)
        rate = self.rate(place + slowly, length)
        return slowly + rate * math.expm1(growth * rest_s) / growth

    def _growth(self, length: float) -> float:
        """Return by how much the rate grows with each iteration after the slow ones."""
        if not (self.iterations_per_s and self.whole_run_s):
            return 0.0
        rest_s = self.whole_run_s - SLOW_STEPS / self.iterations_per_s
        return _growth((length - SLOW_STEPS) / self.iterations_per_s, rest_s)


@lru_cache
def _growth(way: float, time_s: float) -> float:
    """Return the g with which ``(exp(g * time_s) - 1) / g = way``; 0 where there is time enough."""
    low, high = 0.0, 1e3
    if way <= time_s:
        return low
    for _ in range(100):
        middle = (low + high) / 2
        if math.log1p(middle * way) > middle * time_s:
            low = middle
        else:
            high = middle
    return low


SPEEDS = (
    Speed("slow, then faster", iterations_per_s=1, whole_run_s=24),
    Speed("1 per second", iterations_per_s=1),
    Speed("3 per second", iterations_per_s=3),
    Speed("10 per second", iterations_per_s=10),
    Speed("30 per second", iterations_per_s=30),
    Speed("100 per second", iterations_per_s=100),
    Speed("1000 per second", iterations_per_s=1000),
    Speed("all in 20 seconds", whole_run_s=20),
    Speed("all in 5 seconds", whole_run_s=5),
)
DEFAULT_SPEED = SPEEDS[0]


class Playhead:
    """A position that moves when told how much time has passed."""

    def __init__(self) -> None:
        self.position = 0
        self.playing = False
        self.speed = DEFAULT_SPEED
        self._fraction = 0.0

    def play(self) -> None:
        """Start moving at the next `advance`."""
        self.playing = True
        self._fraction = 0.0

    def pause(self) -> None:
        """Stay where we are."""
        self.playing = False

    def seek(self, position: int, newest: int) -> None:
        """Go to an iteration, or to the nearest one that there is."""
        self.position = max(0, min(position, newest))
        self._fraction = 0.0

    def walked(self, length: int) -> float:
        """Return how much of the step to the next iteration is behind, from 0 to 1.

        While it plays slowly enough, as is known of each place in a run of so many iterations.
        First it stands, then it walks, beginning and ending gently.
        """
        if not self.playing or self.speed.rate(self.position, length) > FASTEST_WALK:
            return 0.0
        share = max(0.0, self._fraction - REST) / (1 - REST)
        return share * share * (3 - 2 * share)

    def advance(
        self, elapsed_s: float, newest: int, length: int, live: bool, stride: int = 1
    ) -> None:
        """Move by the iterations that fit into the elapsed time, if playing.

        Parameters
        ----------
        elapsed_s : float
            Seconds since the last call; a late frame skips iterations, it never queues them.
        newest : int
            The last iteration recorded so far.
        length : int
            How many iterations the whole run has.
        live : bool
            Whether more rows will come: the playhead waits for them at the end of a live record,
            and pauses at the end of a finished one.
        stride : int
            Only every so manieth iteration is recorded: a slow start counts these.
        """
        if not self.playing:
            return
        place = (self.position + self._fraction) / stride
        self._fraction += stride * self.speed.travelled(place, elapsed_s, length / stride)
        whole = int(self._fraction)
        self._fraction -= whole
        self.position += whole
        if self.position >= newest:
            self.position = max(0, newest)
            self._fraction = 0.0
            self.playing = live

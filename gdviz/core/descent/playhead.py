"""Playhead: where in the trajectory we look. Time is passed in; it has no clock of its own."""

from dataclasses import dataclass

# With more iterations a second nobody could follow a walk: there the hiker jumps.
FASTEST_WALK = 12.0
# For so much of the time between two iterations it stands: one sees where the step will lead.
REST = 0.35


@dataclass(frozen=True)
class Speed:
    """How fast to play: so many iterations a second, or the whole run in so many seconds."""

    label: str
    iterations_per_s: float = 0.0
    whole_run_s: float = 0.0

    def rate(self, length: int) -> float:
        """Return iterations per second for a run of `length` iterations."""
        return length / self.whole_run_s if self.whole_run_s else self.iterations_per_s


SPEEDS = (
    Speed("1 per second", iterations_per_s=1),
    Speed("3 per second", iterations_per_s=3),
    Speed("10 per second", iterations_per_s=10),
    Speed("30 per second", iterations_per_s=30),
    Speed("100 per second", iterations_per_s=100),
    Speed("1000 per second", iterations_per_s=1000),
    Speed("all in 20 seconds", whole_run_s=20),
    Speed("all in 5 seconds", whole_run_s=5),
)
DEFAULT_SPEED = SPEEDS[2]


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

        While it plays slowly enough; in a run of so many iterations that is known of each speed.
        First it stands, then it walks, beginning and ending gently.
        """
        if not self.playing or self.speed.rate(length) > FASTEST_WALK:
            return 0.0
        share = max(0.0, self._fraction - REST) / (1 - REST)
        return share * share * (3 - 2 * share)

    def advance(self, elapsed_s: float, newest: int, length: int, live: bool) -> None:
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
        """
        if not self.playing:
            return
        self._fraction += elapsed_s * self.speed.rate(length)
        whole = int(self._fraction)
        self._fraction -= whole
        self.position += whole
        if self.position >= newest:
            self.position = max(0, newest)
            self._fraction = 0.0
            self.playing = live

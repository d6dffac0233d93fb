"""Timing: where in a run a film stands in each of its frames."""

from dataclasses import dataclass

from gdviz.core.descent.playhead import Playhead, Speed

# Early steps get so much of a film that at first it shows this many iterations in its length.
SLOW_ITERATIONS = 24
# What no film goes beyond.
MOST_FPS, LEAST_SECONDS, MOST_SECONDS = 50, 0.1, 60.0


@dataclass(frozen=True)
class Timing:
    """How long a film is, and how it goes through the iterations.

    Attributes
    ----------
    first, last : int
        The iterations to show.
    hold : float
        For how many more seconds the last frame stands.
    early : bool
        Whether early steps get more time than late ones; a short run has time enough for all.
    """

    first: int
    last: int
    fps: int = 25
    seconds: float = 4.0
    hold: float = 1.0
    early: bool = True

    @property
    def frames(self) -> int:
        """How many frames are painted."""
        return max(2, round(self.fps * self.seconds))

    @property
    def ends(self) -> list[float]:
        """When each frame gives way to the next, in seconds from the start."""
        ends = [(frame + 1) / self.fps for frame in range(self.frames)]
        ends[-1] += self.hold
        return ends

    def positions(self, stride: int = 1) -> list[float]:
        """Return where each frame stands: as the window plays it, and at last at the end.

        Parameters
        ----------
        stride : int
            Only every so manieth iteration is recorded.
        """
        length = self.last - self.first
        # At this first rate a run of few iterations takes just the film's time, and never speeds
        # up.
        slow = min(SLOW_ITERATIONS, length / stride) / self.seconds if self.early else 0.0
        head = Playhead()
        head.speed = Speed("", iterations_per_s=slow, whole_run_s=self.seconds)
        head.play()
        places = list[float]()
        for _ in range(self.frames - 1):
            walked = head.walked(length) if stride == 1 and head.position < length else 0.0
            places.append(self.first + head.position + walked)
            head.advance(self.seconds / (self.frames - 1), length, length, True, stride)
        return [*places, float(self.first + length)]

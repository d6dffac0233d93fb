"""FrameTimes: how long the frames of the last seconds took."""

from collections import deque

import numpy as np

LAST_S = 5.0


class FrameTimes:
    """Remembers the frames of the last seconds; time is passed in."""

    def __init__(self) -> None:
        self._frames: deque[tuple[float, float]] = deque()

    def add(self, at_s: float, took_ms: float) -> None:
        """Remember a frame, and forget those that are long ago."""
        self._frames.append((at_s, took_ms))
        while self._frames[0][0] < at_s - LAST_S:
            self._frames.popleft()

    def percentile(self, percent: float) -> float | None:
        """Return how many milliseconds so many percent of the frames took at most, if any."""
        if not self._frames:
            return None
        return float(np.percentile([took_ms for _, took_ms in self._frames], percent))

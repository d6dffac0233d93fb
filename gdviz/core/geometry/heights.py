"""Heights: how high losses stand in a box, and which of them are marked."""

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdviz.core.geometry.ranges import ticks
from gdviz.core.words.tick_labels import labels_of_decades

# What lies below the bottom, and at most below a loss of 0, as shares of the depth.
CLEARANCE, BELOW_ZERO = 0.08, 0.03
# A logarithmic height starts to level off at this share of the depth.
FLOOR = 1e-3


@dataclass(frozen=True)
class Heights:
    """The heights of losses, told by how far these are above the minimum.

    Attributes
    ----------
    depth : float
        The highest loss shown, above the minimum.
    logarithmic : bool
        Whether height is the logarithm of the loss above the minimum, or the loss.
    """

    minimum: float
    depth: float
    logarithmic: bool

    def of(self, excess: ArrayLike) -> NDArray[np.float64]:
        """Return how high losses stand: from 0, the bottom of the box, to 1.

        Logarithmic: ``log(1 + excess / floor)``, which has a bottom, unlike a plain logarithm.
        """
        share = np.asarray(excess, dtype=np.float64) / self.depth
        clearance = CLEARANCE
        if self.logarithmic:
            share = np.log1p(share / FLOOR) / math.log1p(1 / FLOOR)
        else:
            clearance = self.clearance / self.depth
        height: NDArray[np.float64] = (share + clearance) / (1 + clearance)
        return height

    def slopes(self, excess: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how fast the height grows with the loss, as a share of the depth."""
        if self.logarithmic:
            return 1 / (excess / self.depth + FLOOR) / math.log1p(1 / FLOOR)
        return np.full_like(excess, 1 / (1 + self.clearance / self.depth))

    @property
    def clearance(self) -> float:
        """How far the box goes below the minimum, as a loss: the floor must not touch the bowl."""
        return min(CLEARANCE * self.depth, self.minimum + BELOW_ZERO * self.depth)

    @property
    def floor(self) -> float:
        """The loss above the minimum below which differences don't show."""
        return (FLOOR if self.logarithmic else 1.0) * self.depth

    @cached_property
    def marks(self) -> list[tuple[float, str]]:
        """Round losses, each as its loss above the minimum and as a text."""
        if self.logarithmic:
            top, bottom = (math.floor(math.log10(d)) for d in (self.depth, self.floor))
            decades = range(bottom + 1, top + 1)
            texts = labels_of_decades(decades).texts
            losses = zip((10.0**decade for decade in decades), texts, strict=True)
            return [(0.0, "0"), *losses]
        rounds = ticks((self.minimum - self.clearance, self.minimum + self.depth))
        return [(value - self.minimum, text) for value, text in rounds]

    @cached_property
    def levels(self) -> list[float]:
        """The losses above the minimum at which contours are drawn."""
        marked = [excess for excess, _ in self.marks]
        if self.logarithmic:
            between = [m * excess for excess in marked for m in (2, 5)]
        else:
            between = [(a + b) / 2 for a, b in pairwise(marked)]
        return sorted({level for level in (*marked, *between) if 0 < level < self.depth})

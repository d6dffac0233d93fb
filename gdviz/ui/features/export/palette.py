"""Palette: the few colours that a film is painted in, the same in all its frames."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint32]
Indices = NDArray[np.uint8]

# The first stands for what stays as it was.
CLEAR, COLOURS = 0, 64
# Of each of red, green and blue so many bits decide which colour is the nearest.
BITS = 6


class Palette:
    """Up to 63 colours of some sample frames, and the nearest of them for any other.

    Most of a plot has one of a dozen colours, and these it keeps to the last bit. The others shade
    edges: of them it takes, one after another, the one that is most missed, for it is far from all
    taken so far and not rare.

    Attributes
    ----------
    colours : ndarray of shape (n, 3)
        Red, green and blue; the first is `CLEAR`.
    """

    def __init__(self, samples: Sequence[Pixels]) -> None:
        found, counts = np.unique(np.concatenate(samples, axis=None), return_counts=True)
        colours, weights = _rgb(found), np.sqrt(counts)
        taken = [int(np.argmax(counts))]
        missed = np.full(len(found), np.inf)
        for _ in range(COLOURS - 2):
            missed = np.minimum(missed, ((colours - colours[taken[-1]]) ** 2).sum(axis=1))
            most = int(np.argmax(missed * weights))
            if not missed[most]:
                break
            taken.append(most)
        self.colours = np.vstack([np.zeros((1, 3)), colours[taken]]).astype(np.uint8)
        self._nearest = _nearest(colours[taken])

    def indices(self, pixels: Pixels) -> Indices:
        """Return the number of the nearest colour of each pixel; none is `CLEAR`."""
        indices: Indices = self._nearest[_bucket(pixels)]
        return indices

    @property
    def table(self) -> bytes:
        """All colours in a row."""
        return self.colours.tobytes()


def _rgb(pixels: Pixels) -> NDArray[np.float32]:
    channels = [((pixels >> shift) & 0xFF).astype(np.float32) for shift in (16, 8, 0)]
    return np.stack(channels, axis=-1)


def _bucket(pixels: Pixels) -> Pixels:
    """Return the leading bits of the three channels as one number."""
    bucket = np.zeros_like(pixels)
    for channel in (16, 8, 0):
        bucket <<= BITS
        bucket |= (pixels >> (channel + 8 - BITS)) & ((1 << BITS) - 1)
    return bucket


def _nearest(colours: NDArray[np.float32]) -> Indices:
    """Return, for the middle of each bucket, the number of the nearest colour."""
    steps = (np.arange(1 << BITS, dtype=np.float32) + 0.5) * (1 << (8 - BITS))
    middles = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(-1, 3)
    # The squared distance, without what is the same for all colours.
    distances = (colours**2).sum(axis=1) - 2 * middles @ colours.T
    nearest: Indices = (np.argmin(distances, axis=1) + 1).astype(np.uint8)
    return nearest

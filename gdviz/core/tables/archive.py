"""Archive: arrays as the bytes of NumPy's ``.npz``, in pieces, the same for the same arrays."""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Archive:
    """The bytes of an ``.npz``: a piece for each array, and the directory behind them.

    Attributes
    ----------
    names : tuple of str
    arrays : callable
        Gives the arrays of these names, when they are to be written.
    """

    names: tuple[str, ...]
    arrays: Callable[[], Mapping[str, NDArray[Any]]]

    def __len__(self) -> int:
        """Return how many pieces there are."""
        return len(self.names) + 1

    def __iter__(self) -> Iterator[bytes]:
        arrays, made = self.arrays(), _Made()
        with zipfile.ZipFile(made, "w") as archive:
            for name in self.names:
                # Without the time of day, which `ZipInfo` would be given for a file.
                with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w") as member:
                    np.lib.format.write_array(member, arrays[name], allow_pickle=False)
                yield made.taken()
        yield made.taken()


class _Made:
    """Takes what is written, until somebody takes it from here: a file that can't go back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Do nothing: what is written is there."""

    def close(self) -> None:
        """Do nothing: nothing was opened."""

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)

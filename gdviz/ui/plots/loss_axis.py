"""LossAxis: an axis of losses that can be logarithmic and stays readable."""

import math

import pyqtgraph as pg

# Roughly how many pixels a label needs.
LABEL_PX = 26


class LossAxis(pg.AxisItem):
    """The left axis; when logarithmic, whole decades, or 1-2-5 steps if there are few decades."""

    def __init__(self) -> None:
        super().__init__("left")

    def logTickValues(
        self, low: float, high: float, size: float, std_ticks: object
    ) -> list[tuple[None, list[float]]]:
        """Return where the ticks stand: exponents of ten."""
        del std_ticks
        room = max(2, int(size / LABEL_PX))
        decades = range(math.ceil(low), math.floor(high) + 1)
        if 3 * len(decades) <= room:
            parts = [math.log10(m) + e for e in range(math.floor(low), math.ceil(high) + 1)
                     for m in (1, 2, 5)]  # fmt: skip
            return [(None, [v for v in parts if low <= v <= high])]
        every = -(-len(decades) // room)
        return [(None, [float(e) for e in decades if e % every == 0])]

    def logTickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Return the losses the ticks stand for."""
        del scale, spacing
        return [f"{10.0**value:.3g}" if value > -300 else f"1e{value:.0f}" for value in values]

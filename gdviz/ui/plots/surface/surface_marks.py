"""SurfaceMarks: the hiker on the surface, and all that changes with it."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.run import Run
from gdviz.core.descent.trajectory import Row
from gdviz.ui.plots.drawing.looks import look_of
from gdviz.ui.plots.drawing.marks import Curve, Dots
from gdviz.ui.plots.drawing.sheet import Mark, Paper
from gdviz.ui.plots.surface.panorama import FAINT_MARK, Panorama, paint_veiled
from gdviz.ui.plots.surface.scenery import Scenery
from gdviz.ui.theme import LIGHT, Theme


class Pane:
    """What marks lie on whose points are pixels already.

    Parameters
    ----------
    refresh : callable
        Has all of them painted anew.
    """

    def __init__(self, refresh: Callable[[], None]) -> None:
        self.refresh = refresh

    def scale_and_shift(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return by what a point is to be multiplied, and what to add, for pixels."""
        return np.ones(2), np.zeros(2)


class SurfaceMarks:
    """The hiker with its steps and slices, the minimum, and where the kept runs are.

    Their points are those that were painted last, in pixels.

    Parameters
    ----------
    refresh : callable
        Has them painted anew.

    Attributes
    ----------
    hiker : Dots
    unseen : frozenset of str
        The parts that are hidden.
    named : dict of str to Mark
        The marks that explanations speak of.
    """

    def __init__(self, refresh: Callable[[], None]) -> None:
        self._pane, self._theme = Pane(refresh), LIGHT
        self.unseen: frozenset[str] = frozenset()
        self.hiker = Dots(17, colour="hiker")
        self._steps, self._dots = Curve("trail", 1.5, pairs=True), Dots(5, colour="trail")
        self._slices = {name: Curve("curve", 1.8, pairs=True) for name in ("weight", "bias")}
        self._optimum = Dots(12, "cross", "optimum")
        self._valley = Curve("optimum", 2.5, pairs=True)
        self._others: list[tuple[Run, Dots]] = []
        slices = {f"slice along {name}": line for name, line in self._slices.items()}
        self.named: dict[str, Mark] = {"summit": self.hiker, **slices}
        for mark in self.named.values():
            mark.sheet = self._pane

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        own = self.hiker, self._steps, self._dots, *self._slices.values()
        for mark in (*own, self._optimum, self._valley, *(mark for _, mark in self._others)):
            mark.set_theme(theme)

    def set_kept(self, kept: Sequence[Run]) -> None:
        """Mark where other runs are, too."""
        looks = [look_of(run) for run in kept]
        marks = [Dots(13, look.shape, look.colour) for look in looks]
        self._others = list(zip(kept, marks, strict=True))
        self.set_theme(self._theme)

    def clear(self) -> None:
        """Forget what was painted last."""
        for mark in self.named.values():
            mark.points = np.empty((0, 2))

    def paint(self, paper: Paper, scenery: Scenery, row: Row, experiment: Experiment) -> bool:
        """Paint the hiker at a row and the path so far; return whether the hiker is to be seen."""
        panorama, (path, dots) = scenery.panorama, scenery.path_until(row.iteration)
        relief = panorama.relief
        inside = relief.holds(row.weight, row.bias)
        self.clear()
        if inside:
            place = relief.place(row.weight, row.bias)
            slices = panorama.lines.along_weight(row.bias), panorama.lines.along_bias(row.weight)
            *lines, here = panorama.traces(*slices, place)
            for mark, line in zip(self._slices.values(), lines, strict=True):
                paint_veiled(paper, mark, line.pairs())
            path = path.then(here)
        paint_veiled(paper, self._steps, path.pairs())
        paint_veiled(paper, self._dots, dots)
        if inside:
            self.hiker.points = here.places
            self.hiker.paint(paper)
        if "minimum" not in self.unseen:
            self._paint_minimum(paper, panorama, experiment)
        return inside

    def paint_others(self, paper: Paper, panorama: Panorama, position: float) -> None:
        """Paint where the runs that are kept are at an iteration, or on the way to the next."""
        for run, mark in self._others:
            row = run.at(position)
            if panorama.relief.holds(row.weight, row.bias):
                self._paint_one(paper, panorama, mark, Point(row.weight, row.bias))

    def _paint_minimum(self, paper: Paper, panorama: Panorama, experiment: Experiment) -> None:
        """Mark the least loss within reach of the run; in a valley that is a line."""
        bowl, bias = panorama.relief.bowl, experiment.start.bias
        if not experiment.with_bias:
            best = Point(bowl.best_weight(bias)[0], bias)
            self._paint_one(paper, panorama, self._optimum, best)
        elif bowl.sd_x > 0:
            self._paint_one(paper, panorama, self._optimum, bowl.optimum)
        else:
            paint_veiled(paper, self._valley, panorama.trace(panorama.lines.valley()))

    def _paint_one(self, paper: Paper, panorama: Panorama, mark: Dots, at: Point) -> None:
        paint_veiled(paper, mark, panorama.trace(panorama.relief.place(*at)), FAINT_MARK)

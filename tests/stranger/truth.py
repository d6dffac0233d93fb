"""Whether the pictures agree with the numbers on their axes, whatever the settings are.

`doubts` takes a moment: whether what stands for now is seen where the axes say. `look` is the
harness of the pictures, which takes marks away one by one and paints all anew.
"""

from collections.abc import Iterator

import numpy as np
from pictures import Picture, Ruler, Seen, around, rgb
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from gdviz.ui.plots.plot import Plot
from gdviz.ui.widgets.remark import Remark
from stranger.choosing import seen_of

DISC = ((0.0, 0.0), *around(3), *around(5, 12))
DOT, ALONG = ((0.0, 0.0), *around(2, 4)), ((0.0, 0.0),)
EDGE_PX = 10
# How far a colour may lie from itself where marks and their edges shine through, of 255.
NEAR = 48
# So much of it is to be seen at a glance: a cross or a square may stand on it.
SEEN = 0.4
MOST_POINTS = 300


def doubts(window, image: QImage) -> list[str]:
    """Return the pictures in which, at a glance, not all stands where the axes say."""
    found = []
    for plot in _plots(window):
        x, y = Ruler(plot, plot.bottom), Ruler(plot, plot.left)
        if not (x.can_measure and y.can_measure):
            continue
        corner = np.array(plot.mapTo(window, QPoint()).toTuple())
        for name, colour, values, offsets in _now(window, plot):
            places = np.column_stack((x.place(values[:, 0]), y.place(values[:, 1])))
            places = places[_is_free(plot, places, x, y)]
            if not len(places):
                continue
            probes = (places[:, np.newaxis] + np.array(offsets)).reshape(-1, 2) + corner
            pixels = _pixels(image)[tuple(np.floor(probes).astype(int).T[::-1])]
            wanted = rgb(plot.theme.colour(colour))
            if (np.abs(pixels - wanted).max(axis=-1) <= NEAR).mean() < SEEN:
                found.append(f"{plot.objectName()}: {name} isn't at {places.round().tolist()}")
    return found


def look(window) -> None:
    """Look at each picture as closely as the harness can."""
    for plot in _plots(window):
        picture = Picture(plot)
        try:
            if picture.can_measure:
                picture.assert_ticks_are_drawn(plot.theme.grid)
                picture.assert_shows([*_things(window, plot)], plot.theme.colour)
            picture.assert_is_up_to_date()
        except AssertionError as error:
            raise AssertionError(f"{plot.objectName()}: {error}") from error


def _plots(window) -> list[Plot]:
    """Return the pictures that are seen whole: no dialog, menu, dock or remark lies on them."""
    if window.session.runs.record.last is None:
        return []  # of a run without a row there is nothing to see
    tops = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window]
    others = [top.frameGeometry() for top in tops]
    others += [_on_screen(one) for one in window.findChildren(Remark) if one.isVisible()]
    return [
        view for view in window.figure.shown
        if isinstance(view, Plot)
        and view.isVisible() and seen_of(view) == view.rect()
        and not any(other.intersects(_on_screen(view)) for other in others)
    ]  # fmt: skip


def _on_screen(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint()), widget.size())


class _State:
    """The numbers to be shown, from the rows of the run; losses are worked out anew."""

    def __init__(self, window) -> None:
        runs, playback = window.session.runs, window.session.playback
        self.experiment, self.record = runs.experiment, runs.record
        self.data = self.experiment.dataset
        self.row = playback.seen

    def loss(self, weight, bias):
        """Return the mean of the squared errors, by one pass over the rows for each line."""
        lines = zip(np.ravel(weight), np.ravel(bias), strict=True)
        with np.errstate(over="ignore", invalid="ignore"):
            return np.array([np.mean((w * self.data.x + b - self.data.y) ** 2) for w, b in lines])


def _now(window, plot: Plot) -> Iterator[tuple[str, str, np.ndarray, tuple]]:
    """Yield what stands for now: name, colour, places and where to look around them."""
    state = _State(window)
    row, name = state.row, plot.objectName()
    if name == "data_fit":
        (left, right), (bottom, top) = plot.view.home
        x = np.linspace(left, right, 27)[1:-1]
        heights = row.weight * x + row.bias
        inside = (heights > bottom) & (heights < top)
        yield "the line now", "hiker", np.column_stack((x, heights))[inside], ALONG
    elif plot.place_of(row) is not None:
        match name:
            case "loss_curve":
                along = row.bias if plot.parameters == (1,) else row.weight
                place = along, state.loss(row.weight, row.bias)[0]
            case "landscape":
                place = row.weight, row.bias
            case _ if plot.scale == "above_minimum" or row.walked:
                return
            case _:
                place = row.position, state.loss(row.weight, row.bias)[0]
        yield "hiker", "hiker", np.array([place]), DISC


def _things(window, plot: Plot) -> Iterator[Seen]:
    """Yield what is to be seen in a plot, the topmost last."""
    state = _State(window)
    row, name = state.row, plot.objectName()
    if name == "data_fit" and len(state.data) <= MOST_POINTS:
        yield Seen("data", "data", np.column_stack((state.data.x, state.data.y)), DOT, part=0.8)
    is_hidden = name == "loss_curve" and (plot._fog or plot.aids.guesses.collecting)
    if name == "loss_curve" and plot.place_of(row) is not None and not is_hidden:
        biased = plot.parameters == (1,)
        values = np.linspace(*plot._values, 60)[1:-1]
        lines = (np.full(58, row.weight), values) if biased else (values, np.full(58, row.bias))
        losses = state.loss(*lines)
        seen = losses < plot.view.home[1][1]
        # A curve that moves is drawn with fewer points, which shows when it is looked at closely.
        if not state.experiment.with_bias and seen.any():
            # Words that have a ground of their own may hide a bit of it.
            yield Seen("curve", "curve", np.column_stack((values, losses))[seen], part=0.8)
    for label, colour, values, offsets in _now(window, plot):
        # Words may stand on it, and do not hide it.
        yield Seen(label, colour, values, offsets, part=0.6)


def _is_free(plot: Plot, places: np.ndarray, x: Ruler, y: Ruler) -> np.ndarray:
    """Return which places are inside the axes, where no label and no button lies above."""
    low, high = np.array([x.ends[0], y.ends[0]]), np.array([x.ends[1], y.ends[1]])
    free = ((places >= low + EDGE_PX) & (places <= high - EDGE_PX)).all(axis=1)
    for widget in plot.findChildren(QLabel) + plot.findChildren(QAbstractButton):
        if widget.isVisible():
            box = QRect(widget.mapTo(plot, QPoint()), widget.size()).adjusted(-9, -9, 9, 9)
            inside = (places >= box.topLeft().toTuple()) & (places <= box.bottomRight().toTuple())
            free &= ~inside.all(axis=1)
    return free


def _pixels(image: QImage) -> np.ndarray:
    """Return red, green and blue of an image in 32 bits."""
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return lines[..., 2::-1]

"""Pictures as a person sees them: pixels, and the places to which the numbers on the axes point.

Nothing here asks a plot where it draws. An axis tells by its numbers and the ticks beside them
where a value belongs; between two of them one counts on, as with a ruler.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPixmap, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
NO_KEY = Qt.KeyboardModifier.NoModifier
# How far a colour may lie from itself when it has been painted, of 255.
ROUNDED = 3
# How far from the edge a place must be for its pixels to be looked at.
EDGE_PX = 6
# How far a colour may lie from what a mark and the ground below it make together, of 255.
OTHER_COLOUR = 24
# How many pixels, where edges of marks meet, may look like another mark.
CHANCE_PX = 4
# How many pixels of a dashed line tell that it is there.
FEW = 15
# A colour that covers less than this share of a landscape belongs to labels and lines.
LEAST_GROUND = 0.02
# What covers more than this share of a plot lies below all else.
MOST_GROUND = 0.4
CENTRE = ((0.0, 0.0),)
# From a pixel to the nine at and around it.
DOWN, ACROSS = np.repeat((-1, 0, 1), 3), np.tile((-1, 0, 1), 3)
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def around(radius: float, count: int = 8) -> tuple[tuple[float, float], ...]:
    """Return places around a centre."""
    angles = 2 * np.pi * (np.arange(count) + 0.5) / count
    return tuple(zip(radius * np.cos(angles), radius * np.sin(angles), strict=True))


@dataclass(frozen=True, eq=False)
class Seen:
    """What is to be seen in a plot.

    Attributes
    ----------
    name, colour : str
        The colour is one of a theme's.
    values : array_like of shape (n, 2)
        Where it stands, in the numbers of the axes.
    offsets : sequence of tuple of float
        Where to look around each place, in pixels.
    share : float
        How much of a pixel it covers at least: a thin line shines through.
    part : float
        Of how many places it must cover so much: a dashed line has gaps.
    between : int
        How many places to look at between each two, on a straight line.
    """

    name: str
    colour: str
    values: Any
    offsets: tuple[tuple[float, float], ...] = CENTRE
    share: float = 0.8
    part: float = 1.0
    between: int = 0


class Ruler:
    """The numbers along an axis, and where they stand.

    Attributes
    ----------
    numbers, places : ndarray of shape (n,)
        What is written, and where that stands, in pixels of the plot along the axis.
    ticks : ndarray of shape (n, 2)
        The middles of the ticks beside them.
    """

    def __init__(self, plot: QWidget, axis: Any) -> None:
        paper = QPixmap(1, 1)
        painter = QPainter(paper)
        # In a picture that has no room for its axis nothing is drawn.
        _, ticks, texts = axis.generateDrawSpecs(painter) or (None, [], [])
        painter.end()
        along = 1 if axis.orientation == "left" else 0

        def on_plot(place: QPointF) -> tuple[float, float]:
            return plot.viewportTransform().map(axis.mapToScene(place)).toTuple()

        self.log = bool(axis.logMode)
        self.numbers = np.array([_number(text, axis.common) for _, _, text in texts])
        self.places = np.array([on_plot(box.center())[along] for box, _, _ in texts])
        middles = np.array([on_plot((start + end) / 2) for _, start, end in ticks]).reshape(-1, 2)
        nearest = [np.abs(middles[:, along] - place).argmin() for place in self.places]
        self.ticks = middles[nearest]
        corners = on_plot(QPointF(0, 0)), on_plot(QPointF(*axis.size().toTuple()))
        self.ends = tuple(sorted(corner[along] for corner in corners))
        if len(self.places) > 1:
            assert np.abs(self.ticks[:, along] - self.places).max() < 1
            assert np.abs(self.place(self.numbers) - self.places).max() < 1

    @property
    def can_measure(self) -> bool:
        """Whether there are two numbers to count from."""
        return len(self.places) > 1

    @property
    def pixels_per_unit(self) -> float:
        """How many pixels lie between two numbers that differ by 1, if it isn't logarithmic."""
        return float(np.ptp(self.places) / np.ptp(self.numbers))

    @property
    def span(self) -> tuple[float, float]:
        """What would be written at both ends."""
        first, last = self.value(np.array(self.ends)).tolist()
        return first, last

    def place(self, values: np.ndarray) -> np.ndarray:
        """Return where values stand, in pixels."""
        number, place, step = self._two()
        return place + ((np.log10(values) if self.log else values) - number) * step

    def value(self, places: np.ndarray) -> np.ndarray:
        """Return what would be written at places in pixels."""
        number, place, step = self._two()
        values = number + (places - place) / step
        return 10.0**values if self.log else values

    def _two(self) -> tuple[float, float, float]:
        """Return a number, or its logarithm, its place, and the pixels from there to the next."""
        numbers = np.log10(self.numbers) if self.log else self.numbers
        step = (self.places[-1] - self.places[0]) / (numbers[-1] - numbers[0])
        return float(numbers[0]), float(self.places[0]), float(step)


class Picture:
    """A plot on the screen, and what is left of it when some of its marks are taken away."""

    def __init__(self, plot: QWidget) -> None:
        self.plot = plot
        self.full = on_screen(plot)
        self.x, self.y = Ruler(plot, plot.bottom), Ruler(plot, plot.left)
        self.can_measure = self.x.can_measure and self.y.can_measure
        shown = [mark for mark in marks_of(plot) if mark.visible]
        forget_painted(plot)
        for mark in shown:
            mark.set_visible(False)
        self.empty = _pixels(plot.grab().toImage())
        self.alone = []
        for mark in shown:
            mark.set_visible(True)
            self.alone.append(_pixels(plot.grab().toImage()))
            mark.set_visible(False)
        for mark in shown:
            mark.set_visible(True)
        # What each of them covers.
        self.covered = [_differ(alone, self.empty) for alone in self.alone]

    def places(self, values: np.ndarray) -> np.ndarray:
        """Return where values, of shape (n, 2), stand, in pixels."""
        return np.column_stack((self.x.place(values[:, 0]), self.y.place(values[:, 1])))

    def assert_ticks_are_drawn(self, colour: str) -> None:
        """There is a tick beside each number."""
        for x, y in np.concatenate((self.x.ticks, self.y.ticks)):
            pixels = _patch(self.full, np.array([[x, y]]))
            assert (np.abs(pixels - rgb(colour)).max(axis=-1) < OTHER_COLOUR).any(), (x, y, pixels)

    def assert_shows(self, things: Sequence[Seen], colours: Callable[[str], str]) -> dict[str, int]:
        """Each thing is where it belongs, and nothing is left there when it is hidden.

        Parameters
        ----------
        things : sequence of Seen
            The topmost last: what is named before may be hidden by them, and not they by it.
        colours : callable
            Takes the name of a colour.

        Returns
        -------
        dict of str
            At how many places each was looked for.
        """
        sights = [
            _Sight(self, seen, self._looked_at(seen), rgb(colours(seen.colour))) for seen in things
        ]
        known = [sight.mark for sight in sights]
        grounds = {k for k, covered in enumerate(self.covered) if covered.mean() > MOST_GROUND}
        for index, sight in enumerate(sights):
            above = set(range(len(self.alone))) - {*known[: index + 1]} | {*known[index + 1 :]}
            sight.assert_on_screen([self.alone[k] for k in above - {sight.mark, -1}])
            above -= grounds | {sight.mark, -1}
            below = (grounds | {*known[:index]}) - above - {sight.mark, -1}
            sight.assert_above([self.alone[k] for k in below], [self.covered[k] for k in above])
        return {sight.seen.name: len(sight.places) for sight in sights}

    def assert_legend_shows_shape(self, seen: Seen, label: str, colour: str) -> None:
        """A sample in the legend has the shape of what it names."""
        mark = self.alone[_Sight(self, seen, self._looked_at(seen), rgb(colour)).mark]
        sample = samples(self.plot, self.full)[label]
        inside = [slice(*(round(end) for end in ends)) for ends in (self.y.ends, self.x.ends)]
        shapes = [silhouette(pixels, rgb(colour)) for pixels in (mark[*inside], sample)]
        different = (shapes[0] != shapes[1]).mean()
        assert different < 0.2, f"{label}: {different:.0%} of the shape are different"

    def assert_legend_tells(self, things: Sequence[Seen], colours: Callable[[str], str]) -> None:
        """Each sample in the legend has the colour of what it names."""
        named = {seen.name: seen.colour for seen in things}
        legend = samples(self.plot, self.full)
        assert legend.keys() <= named.keys()
        for label, box in legend.items():
            # At its edges the ground shines through.
            strongest = box[
                np.unravel_index(np.abs(box - box[0, 0]).sum(-1).argmax(), box.shape[:2])
            ]
            assert np.abs(strongest - rgb(colours(named[label]))).max() <= ROUNDED, label

    def assert_ground_rises(self, height: Callable[[np.ndarray], np.ndarray], lowest: str) -> None:
        """Of two colours of the ground one is higher everywhere.

        Parameters
        ----------
        height : callable
            Takes places of shape (n, 2), in the numbers of the axes.
        lowest : str
            The colour of the lowest ground, which is also around the labels.
        """
        ground = self.alone[int(np.argmax([covered.mean() for covered in self.covered]))]
        columns, rows = (
            np.arange(ends[0] + EDGE_PX, ends[1] - EDGE_PX, 5).astype(int)
            for ends in (self.x.ends, self.y.ends)
        )
        colours = ground[np.ix_(rows, columns)].reshape(-1, 3)
        across, down = np.meshgrid(self.x.value(columns + 0.5), self.y.value(rows + 0.5))
        heights = height(np.column_stack((across.ravel(), down.ravel())))
        kinds, which, counts = np.unique(colours, axis=0, return_inverse=True, return_counts=True)
        stretches = [
            (*np.quantile(heights[which.ravel() == kind], (0.1, 0.9)), kinds[kind].sum())
            for kind in np.flatnonzero(counts >= LEAST_GROUND * counts.sum())
            if (kinds[kind] != rgb(lowest)).any()
        ]
        assert stretches
        for (_, top, _), (bottom, _, _) in pairwise(sorted(stretches)):
            assert top <= bottom
        shades = [shade for _, _, shade in sorted(stretches)]
        assert shades in (sorted(shades), sorted(shades, reverse=True))

    def assert_is_up_to_date(self) -> None:
        """Nothing on the screen is older than the rest: drawn anew it is the same."""
        forget_painted(self.plot)
        places = np.argwhere(~_is(on_screen(self.plot), self.full))[:, ::-1].tolist()
        # The edge of a long line that is painted a piece at a time may come out another shade.
        assert len(places) <= CHANCE_PX, f"{len(places)} pixels on the screen are old: {places[:3]}"

    def _looked_at(self, seen: Seen) -> np.ndarray:
        """Return where to look, as far as that is inside the axes and nothing lies above it."""
        places = self.places(np.asarray(seen.values, dtype=float).reshape(-1, 2))
        if seen.between and len(places) > 1:
            shares = np.linspace(0, 1, seen.between + 2)[:-1, np.newaxis, np.newaxis]
            places = (places[:-1] * (1 - shares) + places[1:] * shares).reshape(-1, 2)
        places = (places[:, np.newaxis] + np.array(seen.offsets)).reshape(-1, 2)
        low = np.array([self.x.ends[0], self.y.ends[0]]) + EDGE_PX
        high = np.array([self.x.ends[1], self.y.ends[1]]) - EDGE_PX
        places = places[((places >= low) & (places <= high)).all(axis=1)]
        for widget in self.plot.children():
            above = isinstance(widget, QWidget) and widget is not self.plot.viewport()
            if above and widget.isVisible():
                box = widget.geometry()
                low, high = box.topLeft().toTuple(), box.bottomRight().toTuple()
                places = places[((places < low) | (places > np.add(high, 1))).any(axis=1)]
        # Of a dashed line a few pixels may all lie in a gap.
        pixels = np.unique(places.round(), axis=0)
        return places if seen.part == 1 or len(pixels) >= FEW else places[:0]


class _Sight:
    """A thing that is looked for in a picture; `mark` is the number of what draws it."""

    def __init__(
        self, picture: Picture, seen: Seen, places: np.ndarray, colour: np.ndarray
    ) -> None:
        self._picture, self.seen, self.places, self._colour = picture, seen, places, colour
        self.mark = -1
        if not len(places):
            return
        self._ground = _patch(picture.empty, places).astype(float)
        found = [float(self._covers(alone).mean()) for alone in picture.alone]
        self.mark = int(np.argmax(found))
        assert found[self.mark] >= seen.part, (
            f"{seen.name}: {found[self.mark]:.0%} of {len(places)} places are right"
        )
        assert not self._covers(picture.empty, 0.3).any(), f"{seen.name} stays when it is hidden"

    def assert_on_screen(self, others: Sequence[np.ndarray]) -> None:
        """It is on the screen, or there is something that may hide it."""
        if not len(self.places):
            return
        right = self._covers(self._picture.full)
        for picture in others:
            right |= self._differs(picture)
        share = right.mean()
        assert share >= self.seen.part, (
            f"{self.seen.name} on the screen: {share:.0%} of {len(right)} places are right"
        )

    def assert_above(self, below: Sequence[np.ndarray], others: Sequence[np.ndarray]) -> None:
        """Where it covers a pixel, what belongs below isn't seen, unless others are there, too.

        Of what is below come the pictures, of others which pixels they cover.
        """
        if self.mark == -1:
            return
        full, alone = self._picture.full, self._picture.alone[self.mark]
        hidden = self._picture.covered[self.mark].copy()
        for covered in others:
            hidden &= ~covered
        places = np.nonzero(hidden)
        missing = _is(alone[places], self._colour) & ~_is(full[places], self._colour)
        places = tuple(along[missing] for along in places)
        shown = full[places]
        strange = ~_is(shown, self._picture.empty[places])
        for picture in below:
            wrong = _is(shown, picture[places]) & strange
            assert wrong.sum() <= CHANCE_PX, (
                f"{self.seen.name}: {wrong.sum()} pixels lie below others"
            )

    def _covers(self, picture: np.ndarray, share: float | None = None) -> np.ndarray:
        """Return at which places its colour covers so much of a pixel of what is below."""
        pixels, ground = _patch(picture, self.places).astype(float), self._ground
        way = self._colour - ground
        shares = ((pixels - ground) * way).sum(-1) / np.maximum((way * way).sum(-1), 1)
        beside = np.abs(pixels - ground - shares[..., np.newaxis] * way).max(-1)
        return ((shares >= (share or self.seen.share)) & (beside <= OTHER_COLOUR)).any(axis=1)

    def _differs(self, picture: np.ndarray) -> np.ndarray:
        """Return at which places there is anything."""
        return _differ(_patch(picture, self.places), self._ground).any(axis=1)


def marks_of(plot: QWidget) -> list[Any]:
    """Return all that a plot draws in the units of its axes, whatever it is."""
    items = plot.scene().items()
    marks = [mark for item in items for mark in getattr(item, "marks", []) if not mark.is_empty]
    return marks + [_Image(item) for item in items if hasattr(item, "setImage")]


def samples(plot: QWidget, picture: np.ndarray) -> dict[str, np.ndarray]:
    """Return the pixels of each sample in a plot's legend, by the text beside it."""
    legend, found = plot.legend, {}
    for entry, place in legend.written:
        corner = plot.mapFromScene(legend.mapToScene(place))
        box = picture[corner.y() : corner.y() + 20, corner.x() : corner.x() + 18]
        found[entry.label] = box
    return found


def silhouette(picture: np.ndarray, colour: np.ndarray) -> np.ndarray:
    """Return what has a colour, scaled to a square of 9 by 9: equal shapes give about the same."""
    inside = np.abs(picture - colour).max(axis=-1) <= 3 * OTHER_COLOUR
    rows, columns = (np.flatnonzero(inside.any(axis=axis)) for axis in (1, 0))
    places = (
        np.linspace(ends.min(), ends.max(), 9).round().astype(int) for ends in (rows, columns)
    )
    return inside[np.ix_(*places)]


class _Image:
    """An image in a plot, hidden and shown as a mark is."""

    def __init__(self, item: Any) -> None:
        self._item = item
        self.visible = item.isVisible()
        self.set_visible = item.setVisible


def on_screen(plot: QWidget) -> np.ndarray:
    """Return the pixels of a plot as they are on the screen, of shape (height, width, 3)."""
    for _ in range(3):
        QApplication.processEvents()
    window = plot.window()
    corner, size = plot.mapTo(window, QPoint()), plot.size()
    return _pixels(
        window.screen().grabWindow(window.winId(), *corner.toTuple(), *size.toTuple()).toImage()
    )


def forget_painted(plot: QWidget) -> None:
    """Have all of a plot painted anew, what is kept painted, too."""
    for item in plot.scene().items():
        if hasattr(item, "picture"):
            item.picture = None
        item.update()


def rgb(colour: str) -> np.ndarray:
    """Return red, green and blue."""
    return np.array(QColor(colour).getRgb()[:3])


def mouse(plot: QWidget, kind: QEvent.Type, place: QPointF, button: Any, held: Any) -> None:
    """Send an event of the mouse."""
    target = plot.viewport()
    event = QMouseEvent(kind, place, target.mapToGlobal(place), button, held, NO_KEY)
    QApplication.sendEvent(target, event)


def drag(plot: QWidget, start: QPointF, end: QPointF) -> Callable[[], None]:
    """Press and move in three steps; return what lets go."""
    mouse(plot, QEvent.Type.MouseMove, start, NONE, NONE)
    mouse(plot, QEvent.Type.MouseButtonPress, start, LEFT, LEFT)
    for share in (0.3, 0.7, 1.0):
        mouse(plot, QEvent.Type.MouseMove, start + share * (end - start), NONE, LEFT)
        QApplication.processEvents()
    return partial(mouse, plot, QEvent.Type.MouseButtonRelease, end, LEFT, NONE)


def wheel(plot: QWidget, place: QPointF, notches: int) -> None:
    """Turn the wheel."""
    target = plot.viewport()
    event = QWheelEvent(
        place, target.mapToGlobal(place), QPoint(), QPoint(0, 120 * notches), NONE, NO_KEY,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(target, event)


def _pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return lines[:, : 3 * image.width()].reshape(image.height(), -1, 3).astype(np.int16)


def _is(pixels: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return where colours are about the same."""
    # NumPy takes five times as long to reduce an axis of three.
    red, green, blue = np.moveaxis(np.abs(pixels - others) <= ROUNDED, -1, 0)
    return red & green & blue


def _differ(pixels: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return where colours are not the very same."""
    red, green, blue = np.moveaxis(pixels != others, -1, 0)
    return red | green | blue


def _patch(picture: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return the nine pixels at and around each place, of shape (n, 9, 3)."""
    columns, rows = np.floor(places).astype(int).T
    height, width = picture.shape[:2]
    return picture[
        np.clip(rows[:, np.newaxis] + DOWN, 0, height - 1),
        np.clip(columns[:, np.newaxis] + ACROSS, 0, width - 1),
    ]


def _number(text: str, common: str = "") -> float:
    """Return what a number on an axis says, with the factor and the offset behind its name."""
    factor, offset = re.fullmatch(r"(\xd7\s*10[⁻⁰¹²³⁴-⁹]+)?\s*([+\u2212].*)?", common).groups()
    value = _plain(text) * (_plain(f"1 {factor}") if factor else 1.0)
    return value + (_plain(offset.replace(" ", "", 1)) if offset else 0.0)


def _plain(text: str) -> float:
    """Return the value of 0.01, 1,000, 10⁻⁷ or four times 10⁹."""
    text = text.replace(",", "").replace("\N{MINUS SIGN}", "-").replace("+", "")
    if power := re.fullmatch(r"(?:(.*) \xd7 )?10([⁻⁰¹²³⁴-⁹]+)", text):
        mantissa, exponent = power.groups()
        return float(f"{mantissa or 1}e{exponent.translate(_LOWERED)}")
    return float(text)

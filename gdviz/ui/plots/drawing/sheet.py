"""Sheet and Mark: what plots are drawn on, and what is drawn there.

Marks are placed in data units and drawn in pixels, with plain pens. pyqtgraph's own curves and
points use pens and pictures tied to the screen's pixels, which come out hair-thin in an enlarged
PNG and as broad bands in an SVG.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pyqtgraph as pg
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEngine, QPainter, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gdviz.ui.theme import Theme

Points = NDArray[np.float64]

# How far the light around a mark reaches.
HALO_PX = 5.0
# Far outside of any picture.
FAR_PX = 1e6


@dataclass(frozen=True)
class Paper:
    """What marks are drawn on: in the view's pixels, whatever the units of the data.

    Attributes
    ----------
    painter : QPainter
        It has nothing to undo: the marks that follow set what they need.
    box : QRectF
        What is seen of the plane, in pixels.
    scale, shift : ndarray of shape (2,)
        A place in data units, times the one plus the other, is a place in pixels.
    clips : bool
        Whether what is drawn outside of the box is hidden; SVG's painter can't do that.
    """

    painter: QPainter
    box: QRectF
    scale: Points
    shift: Points
    clips: bool

    def pixels(self, points: Points) -> Points:
        """Return points in data units, of shape (n, 2), in pixels."""
        pixels: Points = points * self.scale + self.shift
        return pixels

    def seen(self, points: Points, reach_px: float) -> Points:
        """Return points in pixels, without those outside of the box of which nothing shows.

        Parameters
        ----------
        reach_px : float
            How far around a point is drawn; if the box can't hide it, nothing may be outside.
        """
        pixels, reach = self.pixels(points), reach_px if self.clips else 0.0
        low = np.array((self.box.left(), self.box.top())) - reach
        high = np.array((self.box.right(), self.box.bottom())) + reach
        return pixels[((pixels >= low) & (pixels <= high)).all(axis=1)]


class Ground(Protocol):
    """What marks lie on, as far as they know it."""

    def refresh(self) -> None:
        """Have the marks drawn anew."""

    def scale_and_shift(self) -> tuple[Points, Points]:
        """Return by what a place is to be multiplied, and what to add, for pixels."""


class Mark:
    """Points in data units, drawn with a pen whose width is in pixels.

    Attributes
    ----------
    points : ndarray of shape (n_points, 2)
    visible : bool
    unseen : bool
        Whether somebody doesn't want to see it, even where it is visible.
    lit : bool
        Whether a light is around it: somebody points at what it means.
    in_pairs : bool
        Whether each two points are a line of their own.
    sheet : Ground or None
        What it is drawn on.
    """

    in_pairs = False

    def __init__(self) -> None:
        self.points: Points = np.empty((0, 2))
        self.visible = True
        self.unseen = self.lit = False
        self.sheet: Ground | None = None
        self._reach_px = 1.0

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        raise NotImplementedError

    def set_points(self, x: ArrayLike, y: ArrayLike) -> None:
        """Show other points."""
        points = np.array((x, y), dtype=np.float64).T
        if points.shape != self.points.shape or (points != self.points).any():
            self.points = points
            self.update()

    def set_visible(self, visible: bool) -> None:
        """Show or hide the mark."""
        if visible != self.visible:
            self.visible = visible
            self.update()

    def set_unseen(self, unseen: bool) -> None:
        """Hide the mark wherever it would be seen, or don't."""
        if unseen != self.unseen:
            self.unseen = unseen
            self.update()

    def set_lit(self, lit: bool) -> None:
        """Put a light around the mark, or take it away."""
        if lit != self.lit:
            self.lit = lit
            self.update()

    @property
    def reach_px(self) -> float:
        """How far around its points the mark draws."""
        return self._reach_px + HALO_PX * self.lit

    def update(self) -> None:
        """Have it drawn anew."""
        if self.sheet is not None:
            self.sheet.refresh()

    def in_pixels(self, points: Points) -> Points:
        """Return points in data units, of shape (n, 2), in the view's pixels."""
        assert self.sheet is not None
        scale, shift = self.sheet.scale_and_shift()
        pixels: Points = points * scale + shift
        return pixels

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return self.unseen or not (self.visible and len(self.points))

    def paint(self, paper: Paper) -> None:
        """Draw the mark."""
        raise NotImplementedError


class Sheet(pg.GraphicsObject):
    """Marks that are drawn together, the last on top.

    For Qt they are one item: what it does for each of them takes longer than to draw a mark.

    Parameters
    ----------
    *marks : Mark
    kept_painted : bool
        Whether they seldom change: then they are painted once, not in every frame.
    """

    def __init__(self, *marks: Mark, kept_painted: bool = False) -> None:
        super().__init__()
        self.marks: list[Mark] = []
        self._bounds: QRectF | None = None
        self._theme: Theme | None = None
        self.add(*marks)
        if kept_painted:
            keep_painted(self)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme, for all marks and those that follow."""
        self._theme = theme
        for mark in self.marks:
            mark.set_theme(theme)

    def add(self, *marks: Mark) -> None:
        """Draw more marks, on top of the others."""
        for mark in marks:
            mark.sheet = self
            self.marks.append(mark)
            if self._theme is not None:
                mark.set_theme(self._theme)
        self.refresh()

    def remove(self, *marks: Mark) -> None:
        """Draw some marks no longer."""
        for mark in marks:
            mark.sheet = None
            self.marks.remove(mark)
        self.refresh()

    def refresh(self) -> None:
        """Have the marks drawn anew; an empty sheet costs no frame anything."""
        self.setVisible(not all(mark.is_empty for mark in self.marks))
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the part of the plane that is seen. Qt asks several times a frame."""
        if self._bounds is None:
            view = self.getViewBox()
            self._bounds = QRectF() if view is None else QRectF(view.viewRect())
        return self._bounds

    def viewTransformChanged(self) -> None:
        """Cover what is seen now, and forget what was painted of another part."""
        self.prepareGeometryChange()
        self._bounds = None
        # Qt moves what is kept painted with the item, and shifting the view doesn't move that.
        self.update()

    def scale_and_shift(self) -> tuple[Points, Points]:
        """Return by what a place in data units is to be multiplied, and what to add, for pixels."""
        to_scene = self.sceneTransform()
        return (
            np.array((to_scene.m11(), to_scene.m22())),
            np.array((to_scene.dx(), to_scene.dy())),
        )

    def pixel_of(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place in data units is among the view's pixels, or far outside."""
        scale, shift = self.scale_and_shift()
        with np.errstate(over="ignore", invalid="ignore"):
            across, down = np.clip(np.nan_to_num((x, y) * scale + shift), -FAR_PX, FAR_PX).tolist()
        return across, down

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the marks."""
        del option, widget
        painter.setWorldTransform(_without(self.sceneTransform(), painter.worldTransform()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.getViewBox().sceneBoundingRect()
        if isinstance(self.parentItem(), Opening):
            box &= self.parentItem().sceneBoundingRect()
        clips = painter.paintEngine().type() is not QPaintEngine.Type.SVG
        paper = Paper(painter, box, *self.scale_and_shift(), clips)
        for mark in self.marks:
            if not mark.is_empty:
                mark.paint(paper)


class Opening(pg.GraphicsObject):
    """A box through which its children are seen; outside of it they are hidden."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QRectF()
        self.setFlag(self.GraphicsItemFlag.ItemClipsChildrenToShape)

    def set_box(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Open to a part of the plane, in data units."""
        self.prepareGeometryChange()
        self._box = QRectF(x[0], y[0], x[1] - x[0], y[1] - y[0])

    def boundingRect(self) -> QRectF:
        """Return the box."""
        return self._box

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw nothing: the children do."""


def keep_painted(item: QGraphicsItem) -> None:
    """Paint an item that seldom changes once, not in every frame."""
    item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)


def _without(first: QTransform, both: QTransform) -> QTransform:
    """Return what comes after `first` where `both` is the two one after the other.

    Both only scale and shift. Qt's own inverse gives up on scales below 1e-12.
    """
    x, y = both.m11() / (first.m11() or 1.0), both.m22() / (first.m22() or 1.0)
    return QTransform(x, 0, 0, y, both.dx() - x * first.dx(), both.dy() - y * first.dy())

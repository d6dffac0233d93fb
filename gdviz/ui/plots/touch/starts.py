"""HikerPlot: a plot in which the hiker can be put elsewhere, and its next step guessed."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QWidget

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.trajectory import Record, Row
from gdviz.ui.plots.drawing.marks import Curve, Dots
from gdviz.ui.plots.drawing.notes import Note, lower_end
from gdviz.ui.plots.drawing.sheet import Mark, Sheet
from gdviz.ui.plots.drawing.trail import Path, Trails
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.touch.letting_go import LettingGo
from gdviz.ui.plots.touch.reach import is_on
from gdviz.ui.plots.touch.readout import pointed_at
from gdviz.ui.theme import Theme

# How far from the rim of the start or the hiker the mouse can take hold of it.
REACH_PX = 4.0
# What a click can't tell apart.
GRAIN_PX = 6.0


class HikerPlot(Plot):
    """A plot with a ring at the start of the run; it and the hiker can be dragged.

    Attributes
    ----------
    parts : mapping of str to sequence of Mark
        What can be hidden, by its name.
    headings : sequence of Note
        What stands at the top: below them it says something itself.
    parameters : tuple of int
        What is shown: 0 for the weight, 1 for the bias.
    way_px : float
        How broad the line is behind a hiker on the way to the next row.

    Signals
    -------
    start_requested(float, float)
        The user wants to start from this weight and bias; while dragging, with every move.
    hiker_taken()
        The hiker is about to be dragged, from wherever it stands.
    held(bool)
        The mouse has taken hold of the start or the hiker, or let it go.
    guess_placed(float, float, float)
        The user thinks that the next step lands at this weight and bias, to so much exactly.
    said(str)
        It says something at its edge.
    """

    start_requested = Signal(float, float)
    hiker_taken = Signal()
    held = Signal(bool)
    guess_placed = Signal(float, float, float)
    said = Signal(str)
    parameters: tuple[int, ...] = (0, 1)
    way_px = 1.0
    headings: Sequence[Note] = ()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start_ring = Dots(14, "ring", "hiker")
        self._hiker = Dots(18, colour="hiker")
        self._way = Curve("trail", self.way_px)
        self.moving.add(self._way)
        self._kept_trails = Trails(self._kept_lines)
        self._flag = Dots(16, "diamond", "slope")
        self._note = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._note.setObjectName(f"{self.name}_note")
        self._note.hide()
        self.guessing = False
        self.parts: Mapping[str, Sequence[Mark]] = {}
        # Where the hiker was taken; its other parameter stays.
        self._taken: Point | None = None
        self._holds = self._moved = False
        LettingGo(self, self.let_go)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self._note.setStyleSheet(
            f"background: {theme.plot}; color: {theme.text}; padding: 2px 6px;"
            f"border: 1px solid {theme.slope};"
        )
        self._place_note_label()

    def set_guessing(self, guessing: bool) -> None:
        """Take clicks as guesses of the next step, and hide the arrow that tells it."""
        self.guessing = guessing
        self._flag.set_points([], [])
        if self._row is not None:
            self.show_row(self._row)

    def set_unseen(self, names: Collection[str]) -> None:
        """Hide parts, and show all others."""
        self.unseen = frozenset(names)
        hidden = [mark for name in self.unseen for mark in self.parts.get(name, ())]
        for mark in (mark for marks in self.parts.values() for mark in marks):
            mark.set_unseen(mark in hidden)
        self._show_legend()

    def add_paths(self, *path: Mark) -> None:
        """Show the paths of the kept runs, on top of them what shows that of the run, its start."""
        kept = Sheet(self._kept_lines, kept_painted=True), Sheet(self._kept_trails.ends)
        self.add(*kept, Sheet(*path, self.start_ring, kept_painted=True))

    def kept_path(self, record: Record) -> Path:
        """Return the corners of the path of a kept run."""
        raise NotImplementedError

    def lay_out_kept(self) -> None:
        """Place the paths of the kept runs."""
        paths = [self.kept_path(run.record) for run in self.kept]
        self._kept_trails.set_paths(paths, [marker for _, marker in self._kept_markers])

    def show_kept(self, position: float) -> None:
        """Show where the runs that are kept are at a position, and how they came there."""
        super().show_kept(position)
        self._kept_trails.show_until(position)

    def show_way(self, row: Row) -> None:
        """Draw the line that the hiker leaves behind on the way to the next row."""
        assert self._record is not None
        left = self._record.at(row.iteration)
        ends = [place for place in (self.place_of(left), self.place_of(row)) if place is not None]
        leads_here = row.walked > 0 and left.iteration == row.iteration
        self._way.set_visible(leads_here and len(ends) == 2)
        self._way.set_points(*np.reshape(ends, (-1, 2)).T)

    def say(self, text: str) -> None:
        """Say something at the edge of the plot; nothing: be silent."""
        self._note.setText(text)
        self._place_note_label()
        self.said.emit(text)

    def start_at(self, place: QPointF) -> tuple[Point, QPointF]:
        """Return the start that a place of the plot means, and where the ring then stands."""
        raise NotImplementedError

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Start from there."""
        if event.button() is Qt.MouseButton.LeftButton:
            event.accept()
            if not self.guessing:
                self._request_start(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the hiker or the start, or take the click for a guess."""
        mouse = self.pixel_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        elif is_on(self._hiker, mouse, REACH_PX) and self._row is not None:
            self._hold(Point(self._row.weight, self._row.bias))
        elif is_on(self.start_ring, mouse, REACH_PX):
            self._hold(None)
        elif self.guessing:
            self._guess(event)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the start follow the mouse."""
        if not self._holds:
            super().mouseMoveEvent(event)
            return
        if not self._moved and self._taken is not None:
            self.hiker_taken.emit()
        self._moved = True
        self._request_start(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the start."""
        if not self._holds:
            super().mouseReleaseEvent(event)
            return
        if self._moved:
            self._request_start(event)
        self.let_go()

    def let_go(self) -> None:
        """Leave the start where it is, if it is held."""
        if self._holds:
            self._holds, self._taken = False, None
            self.hold_still(False)
            self.held.emit(False)

    def take_size(self) -> None:
        """Keep the note in its place."""
        super().take_size()
        self._place_note_label()

    def _hold(self, taken: Point | None) -> None:
        # The view stays while something is dragged, or it would run away from the mouse.
        self._taken, self._holds, self._moved = taken, True, False
        self.hold_still(True)
        self.held.emit(True)

    def _guess(self, event: QMouseEvent) -> None:
        guess, flag = self.start_at(self.place_at(event.position()))
        width, height = self.view.viewPixelSize()
        grain = GRAIN_PX * max((width, height)[index] for index in range(len(self.parameters)))
        self._flag.set_points([flag.x()], [flag.y()])
        self.guess_placed.emit(*guess, grain)

    def _request_start(self, event: QMouseEvent) -> None:
        # No more digits than a pixel is worth: those that are read under the mouse.
        x, y, *_ = pointed_at(self, self.pixel_at(event.position()))
        start, ring = self.start_at(QPointF(x, y))
        self.start_ring.set_points([ring.x()], [ring.y()])
        self.start_requested.emit(*start)

    def _place_note_label(self) -> None:
        """Put the note at the top, where a curve that opens upwards leaves room."""
        view, note = self.mapFromScene(self.view.sceneBoundingRect()).boundingRect(), self._note
        note.setWordWrap(False)
        width = min(note.sizeHint().width(), view.width())
        note.setWordWrap(True)
        # Between narrow axes it is at least as wide as its longest word.
        width = max(width, note.minimumSizeHint().width())
        note.resize(width, note.heightForWidth(width))
        left = min(view.center().x() - width // 2, self.width() - width)
        top = round(lower_end(self.headings, view.top()))
        note.move(max(left, 0), top + 6)
        note.setVisible(bool(note.text()) and self.rect().contains(note.geometry()))

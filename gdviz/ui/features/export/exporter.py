"""Exporter: asks what to export and where to, does it, and says how it went."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from gdviz.core.words.program import Program
from gdviz.core.words.sentences import caption
from gdviz.ui.features.export.export_dialog import (
    PICTURE_FILTERS,
    PROGRAM_FILTERS,
    TABLE_FILTERS,
    ExportDialog,
    ask_for_target,
)
from gdviz.ui.features.export.pictures import (
    ExportError,
    View,
    checked_kind,
    export_picture,
    export_text,
    export_trajectory,
    picture,
)
from gdviz.ui.plots.figure import Figure
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.surface.surface import Surface
from gdviz.ui.running.session import Session
from gdviz.ui.theme import LIGHT
from gdviz.ui.widgets.banner import Banner

COPY_SCALE = 2

Picture = Plot | Surface


class Exporter(QObject):
    """The export commands of the window.

    Parameters
    ----------
    figure : Figure
        What can be exported.
    session : Session
        Whose trajectory can be exported.
    notice : Banner
        Where to say how it went.
    parent : QWidget
        The window that the dialogs belong to.
    """

    def __init__(self, figure: Figure, session: Session, notice: Banner, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._figure = figure
        self._session = session
        self._notice = notice
        self._folder = Path.home()
        self._views: list[Picture] = []
        for view in figure.views:
            self.offer(view)

    def offer(self, view: Picture) -> None:
        """Export this picture, too, where it asks for it or is in sight."""
        self._views.append(view)
        view.export_requested.connect(self._on_plot_export)

    def export(self, chosen: str = "figure") -> None:
        """Ask for a picture, its form and its file, and write it.

        Playing pauses: what is exported is what was seen when the command was given.
        """
        self._session.playback.pause()
        titles = {"figure": "Whole figure"}
        titles |= {view.objectName(): view.title for view in self._views if view.isVisible()}
        dialog = ExportDialog(titles, chosen, self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        target = self._ask("Export the picture", dialog.view.replace("_", "-"), PICTURE_FILTERS)
        if target is None:
            return
        view = self._view(dialog.view)
        theme = LIGHT if dialog.print_friendly else None
        self._write(
            target,
            tuple(PICTURE_FILTERS.values()),
            lambda: export_picture(
                view, target, scale=dialog.scale, theme=theme, caption=self._caption(view)
            ),
        )

    def export_trajectory(self) -> None:
        """Ask for a file and write every recorded iteration to it."""
        target = self._ask("Export the trajectory", "trajectory", TABLE_FILTERS)
        if target is None:
            return
        run = self._session.runs.current
        self._write(
            target,
            tuple(TABLE_FILTERS.values()),
            lambda: export_trajectory(run.record, target, run.experiment),
        )

    def export_table(self, text: str) -> None:
        """Ask for a file and write a table of runs to it."""
        target = self._ask("Export the table of runs", "runs", TABLE_FILTERS)
        if target is not None:
            self._write(target, tuple(TABLE_FILTERS.values()), lambda: export_text(text, target))

    def export_program(self, program: Program) -> None:
        """Ask for a file and write a program to it, as Python or as a notebook."""
        target = self._ask("Save the program", "descent", PROGRAM_FILTERS)
        if target is None:
            return
        text = program.notebook if target.suffix.lower() == ".ipynb" else program.text
        self._write(target, tuple(PROGRAM_FILTERS.values()), lambda: export_text(text, target))

    def copy_program(self, program: Program) -> None:
        """Put a program on the clipboard."""
        QGuiApplication.clipboard().setText(program.text)
        self._notice.say("Copied the program: paste it into an editor.")

    def copy_image(self, name: str = "figure") -> None:
        """Put a picture of a view on the clipboard."""
        view = self._view(name)
        image = picture(view, COPY_SCALE, caption=self._caption(view))
        QGuiApplication.clipboard().setImage(image)
        what = "the whole figure" if isinstance(view, Figure) else f"“{view.title}”"
        self._notice.say(f"Copied {what}: paste it into a document.")

    def _on_plot_export(self) -> None:
        self.export(self.sender().objectName())

    def _view(self, name: str) -> View:
        return next((plot for plot in self._views if plot.objectName() == name), self._figure)

    def _caption(self, view: View) -> str:
        if view is not self._figure:
            return ""
        session = self._session
        return caption(session.runs.experiment, session.playback.row, session.runs.length)

    def _ask(self, title: str, what: str, filters: dict[str, str]) -> Path | None:
        source = Path(self._session.runs.experiment.dataset.source).stem
        suggestion = self._folder / f"{source}-{what}{next(iter(filters.values()))}"
        return ask_for_target(self._window, title, suggestion, filters)

    def _write(self, target: Path, kinds: tuple[str, ...], write: Callable[[], None]) -> None:
        """Write a file with the waiting cursor on, and say how it went."""
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            checked_kind(target, kinds)
            write()
        except ExportError as error:
            self._notice.say(str(error))
        else:
            self._folder = target.parent
            self._notice.say(f"Saved {target}.")
        finally:
            QGuiApplication.restoreOverrideCursor()

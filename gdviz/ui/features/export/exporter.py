"""Exporter: asks what to export and where to, does it, and says how it went."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from gdviz.core.descent.run import Run
from gdviz.core.format import Format
from gdviz.core.tables.writing import trajectory_file
from gdviz.core.words.program import Program
from gdviz.core.words.provenance import provenance
from gdviz.core.words.sentences import caption, no_row_sentence
from gdviz.ui.features import Feature, Menus
from gdviz.ui.features.export.film_exporter import FilmExporter
from gdviz.ui.plots.figure import Figure
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.surface.surface import Surface
from gdviz.ui.plots.sweep_plot import SweepPlot
from gdviz.ui.plots.twin import twin_of
from gdviz.ui.preferences import Preferences
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.banner import Banner
from gdviz.ui.widgets.beside import beside_window
from gdviz.ui.widgets.context_menu import give_menu
from gdviz.ui.widgets.saving import Saver
from gdviz.ui.widgets.writer import Pieces

if TYPE_CHECKING:
    from gdviz.ui.features.export.draft import Draft
    from gdviz.ui.features.export.pictures import View

PICTURE_FILTERS = {
    "PNG image (*.png)": ".png",
    "SVG drawing (*.svg)": ".svg",
    "PDF document (*.pdf)": ".pdf",
}
TRAJECTORY_FILTERS = {"CSV table (*.csv)": ".csv", "NumPy arrays (*.npz)": ".npz"}
TABLE_FILTERS = {"CSV table (*.csv)": ".csv", "Markdown table (*.md)": ".md"}
PAGE_FILTERS = {"Page for a browser (*.html)": ".html"}
PROGRAM_FILTERS = {"Python program (*.py)": ".py", "Jupyter notebook (*.ipynb)": ".ipynb"}
COPY_SCALE = 2

Picture = Plot | Surface


class Exporter(Feature):
    """The commands that take something along."""

    def __init__(
        self,
        session: Session,
        figure: Figure,
        notice: Banner,
        preferences: Preferences,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._preferences = preferences
        self._session, self._figure = session, figure
        self._notice, self._window = notice, window
        self._saver = Saver(notice, window)
        self._views: list[Picture] = []
        self._films = FilmExporter(session, figure, self._saver, notice, window)
        for view in figure.views:
            self.offer(view)

    @property
    def filming(self) -> bool:
        """Whether a film is being made."""
        return self._films.filming

    def menus(self) -> Menus:
        """Return its commands."""
        return {"&File": [
            None,
            ("&Export picture…", "Ctrl+E", self.export),
            ("Export &animation…", None, self.export_film),
            ("Export &trajectory…", "Ctrl+Shift+E", self.export_trajectory),
            ("Export as a &page that plays…", None, self.export_page),
            ("&Copy image", "Ctrl+Shift+C", self.copy_image),
        ]}  # fmt: skip

    def may_close(self) -> bool:
        """Return whether the window may close: not while a file is being written."""
        return self._saver.may_close()

    def close(self) -> None:
        """End a film that is being made, without a file."""
        self._films.close()

    def offer(self, view: Picture) -> None:
        """Export this picture, too, where it asks for it or is in sight."""
        self._views.append(view)
        view.export_requested.connect(self._on_plot_export)
        give_menu(view, view.fill_menu if isinstance(view, Plot) else None)
        copy = QAction("Copy this picture", view)
        copy.triggered.connect(lambda: self.copy_image(view.objectName()))
        view.insertAction(view.actions()[0], copy)

    def export(self, chosen: str = "figure") -> None:
        """Ask for a picture, its form and its file, and write it.

        Playing pauses: what is exported is what was seen when the command was given.
        """
        self._session.playback.pause()
        if not self._has_rows():
            return
        from gdviz.ui.features.export.export_dialog import ExportDialog

        titles = {"figure": "Whole figure"}
        titles |= {view.objectName(): view.title for view in self._views if view.isVisible()}
        dialog = ExportDialog(titles, self.draft, chosen, self._remembered(), self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._preferences.set("export_format", [dialog.format.stored()])
            self.write(dialog.take_draft(), dialog.view)
        dialog.close_for_good()

    def export_film(self) -> None:
        """Ask for a film and its file, and have it made while the window goes on."""
        self._session.playback.pause()
        if self._has_rows():
            self._films.export(self._named)

    def export_trajectory(self, run: Run | None = None) -> None:
        """Ask for a file and write every recorded iteration to it, by default of the current run.

        Another one has at least its start.
        """
        if run is None:
            if not self._has_rows():
                return
            run = self._session.runs.current
        self._save_text(
            "Export the trajectory",
            "trajectory",
            TRAJECTORY_FILTERS,
            lambda target: trajectory_file(
                target.suffix.lower(),
                run.experiment,
                run.record,
                partial(provenance, run.experiment),
            ),
        )

    def export_page(self) -> None:
        """Ask for a file and write a page that plays the run, and computes others, to it."""
        from gdviz.core.page.page import page  # only now: see `FilmExporter`

        self._session.playback.pause()
        if not self._has_rows():
            return
        runs, at = self._session.runs, self._session.playback.row.iteration
        run, kept = runs.current, runs.kept
        self._save_text(
            "Export a page that plays",
            "descent",
            PAGE_FILTERS,
            lambda _: [beside_window(lambda: page(run, kept, at))],
        )

    def export_table(self, text: Callable[[str], str]) -> None:
        """Ask for a file and write a table of runs to it, as a suffix such as ``.csv`` says."""
        self._save_text(
            "Export the table of runs",
            "runs",
            TABLE_FILTERS,
            lambda target: [text(target.suffix.lower())],
        )

    def export_program(self, program: Program) -> None:
        """Ask for a file and write a program to it, as Python or as a notebook."""

        def text(target: Path) -> Pieces:
            is_notebook = target.suffix.lower() == ".ipynb"
            return [program.notebook if is_notebook else program.text]

        self._save_text("Save the program", "descent", PROGRAM_FILTERS, text)

    def copy_program(self, program: Program) -> None:
        """Put a program on the clipboard."""
        QGuiApplication.clipboard().setText(program.text)
        self._notice.say("Copied the program: paste it into an editor.")

    def copy_image(self, name: str = "figure") -> None:
        """Put a picture of a view on the clipboard."""
        if not self._has_rows():
            return
        from gdviz.ui.features.export.pictures import picture, png, svg

        view = self._view(name)
        text, about = self._caption(view), self._about()
        image, both = picture(view, COPY_SCALE, text), QMimeData()
        both.setImageData(image)
        # Each program takes what it does best with: shapes, or pixels.
        both.setData("image/png", beside_window(lambda: png(image, about)))
        both.setData("image/svg+xml", svg(view, text, about))
        QGuiApplication.clipboard().setMimeData(both)
        what = "the whole figure" if isinstance(view, Figure) else f"“{view.title}”"
        self._notice.say(f"Copied {what}: paste it into a document.")

    def _has_rows(self) -> bool:
        """Return whether there is anything to take along; if not, say why."""
        run = self._session.runs.current
        if run.record.last is None:
            self._notice.say(no_row_sentence(run.experiment, run.outcome))
        return run.record.last is not None

    def _on_plot_export(self) -> None:
        self.export(self.sender().objectName())

    def _view(self, name: str) -> "View":
        return next((plot for plot in self._views if plot.objectName() == name), self._figure)

    def _caption(self, view: "View") -> str:
        if view is not self._figure:
            return ""
        session = self._session
        return caption(session.runs.experiment, session.playback.row, session.runs.length)

    def _about(self) -> str:
        """Return what a file tells of the run; where there are many rows, that takes a while."""
        experiment, iteration = self._session.runs.experiment, self._session.playback.row.iteration
        return beside_window(lambda: provenance(experiment, iteration))

    def draft(self, name: str) -> "Draft":
        """Return a picture of its own that shows the same as one of the window's."""
        from gdviz.ui.features.export.draft import Draft

        view = self._view(name)
        if isinstance(view, SweepPlot):
            twin: View = view.twin()
            twin.set_theme(view.theme)
        else:
            only = "" if view is self._figure else name
            twin = twin_of(self._figure, self._session.runs.experiment, only)
        return Draft(twin, view, self._caption(view))

    def _remembered(self) -> Format:
        return Format.remembered(next(iter(self._preferences.objects("export_format")), {}))

    def write(self, draft: "Draft", name: str) -> None:
        """Ask for a file and write a picture to it, which is closed then."""
        about = self._about()
        self._save_text(
            "Export the picture",
            name.replace("_", "-"),
            PICTURE_FILTERS,
            lambda target: draft.pieces(target, about),
        )
        draft.close()

    def _save_text(
        self, title: str, what: str, filters: dict[str, str], text: Callable[[Path], Pieces]
    ) -> None:
        self._saver.save_text(title, self._named(what), filters, text)

    def _named(self, what: str) -> str:
        return f"{Path(self._session.runs.experiment.dataset.source).stem}-{what}"

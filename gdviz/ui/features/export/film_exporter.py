"""FilmExporter: asks what to film and where to, has it done, and says how it went."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QDialog, QWidget

from gdviz.core.words.provenance import provenance
from gdviz.ui.plots.figure import Figure
from gdviz.ui.running.session import Session
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.banner import Banner
from gdviz.ui.widgets.saving import Saver

if TYPE_CHECKING:
    from gdviz.ui.features.export.filming import Filming
    from gdviz.ui.features.export.frames import Stage


class FilmExporter(QObject):
    """Has one film made at a time; what films are made with is loaded only for the first.

    That takes a tenth of a start.
    """

    def __init__(
        self, session: Session, figure: Figure, saver: Saver, notice: Banner, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._figure = session, figure
        self._saver, self._notice, self._window = saver, notice, window
        self._filming: Filming | None = None

    @property
    def filming(self) -> bool:
        """Whether a film is being made."""
        return self._filming is not None

    def close(self) -> None:
        """End a film that is being made, without a file."""
        if self._filming is not None:
            self._filming.close()

    def export(self, named: Callable[[str], str]) -> None:
        """Ask what to film, how and where to, and have it done while the window goes on.

        Parameters
        ----------
        named : callable
            Suggests a file's name for a picture's.
        """
        from gdviz.ui.features.export.film import checked_film, film
        from gdviz.ui.features.export.film_dialog import FilmDialog, film_filters
        from gdviz.ui.features.export.filming import Filming
        from gdviz.ui.features.export.frames import Stage

        if self._filming is not None:
            self._notice.say("An animation is being made: wait for it, or cancel it.")
            return
        runs, figure = self._session.runs, self._figure
        titles = {"figure": "Whole figure"}
        titles |= {view.objectName(): view.title for view in figure.views if view.isVisible()}
        run, kept = runs.current, [run for run in runs.kept if run.visible and run.record.last]

        def staged(view: str, theme: Theme | None, size: QSize, captioned: bool) -> "Stage":
            theme = theme or figure.theme
            return Stage(run, kept, view, theme, size, figure, captioned=captioned)

        moves = not self._session.playback.reduced_motion
        dialog = FilmDialog(titles, runs.longest.newest, staged, moves, self._window)
        target = None
        if dialog.exec() == QDialog.DialogCode.Accepted:
            name = named(dialog.view.replace("_", "-"))
            target = self._saver.asked(
                "Export the animation", name, film_filters(), check=checked_film
            )
        dialog.deleteLater()
        if target is None:
            dialog.close_stage()
            return
        told = dialog.timing.ends, dialog.loop, provenance(run.experiment)
        kind = target.suffix.lower()
        self._filming = Filming(
            dialog.stage, dialog.timing, lambda frames: film(kind, frames, *told), target, self
        )
        self._watch(self._filming, target)

    def _watch(self, filming: "Filming", target: Path) -> None:
        """Begin, show how far it is, and say how it ended."""
        from gdviz.ui.features.export.film_dialog import FilmProgress

        progress = FilmProgress(target, filming.length, self._window)

        def on_ended(fault: str) -> None:
            self._filming = None
            progress.done(0)
            progress.deleteLater()
            filming.deleteLater()
            if fault:
                self._notice.say(fault)
            else:
                self._saver.tell_saved(target)

        filming.painted.connect(progress.show_painted)
        filming.ended.connect(on_ended)
        progress.cancelled.connect(filming.cancel)
        progress.show()
        filming.start()

"""MainWindow: where everything has its place; no numbers, and nothing that a person does."""

import html
import sys
from collections.abc import Mapping
from typing import Any, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMessageBox, QWidget

from gdviz.core.tables.faults import LeftOut
from gdviz.core.tables.reading import read_table
from gdviz.core.tables.table import Table
from gdviz.resources import resource
from gdviz.ui.features import Feature, Menus
from gdviz.ui.features.check.checking import Checking
from gdviz.ui.features.code.coding import Coding
from gdviz.ui.features.compare.comparing import Comparing
from gdviz.ui.features.data.changing import Changing
from gdviz.ui.features.data.clustering import Clustering
from gdviz.ui.features.data.importing import Importing
from gdviz.ui.features.data.opening import Opening
from gdviz.ui.features.data.remembered import Remembered, as_last_time
from gdviz.ui.features.explain.explaining import Explaining
from gdviz.ui.features.explain.predicting import Predicting
from gdviz.ui.features.export.exporter import Exporter
from gdviz.ui.features.lesson.condition_values import Facts
from gdviz.ui.features.lesson.teaching import Teaching
from gdviz.ui.features.lesson.workplace import Parts, Workplace
from gdviz.ui.features.log.logging import Logging
from gdviz.ui.features.notices.notices import Notices
from gdviz.ui.features.performance.performing import Performing
from gdviz.ui.features.play.playing import Playing
from gdviz.ui.features.project.projects import Projects
from gdviz.ui.features.speak.speaking import Speaking
from gdviz.ui.features.tune.tuning import Tuning
from gdviz.ui.features.view.viewing import Viewing
from gdviz.ui.plots.figure import Figure
from gdviz.ui.preferences import Preferences
from gdviz.ui.running.session import Session
from gdviz.ui.shell.appearance import Appearance
from gdviz.ui.shell.arranging import Arranging
from gdviz.ui.shell.keys import Keys
from gdviz.ui.shell.meanings import Meanings
from gdviz.ui.shell.menus import fill_menus
from gdviz.ui.shell.presenter import Presenter
from gdviz.ui.shell.workspace import Workspace
from gdviz.ui.theme import Theme, app_icon
from gdviz.ui.widgets.context_menu import open_by_key
from gdviz.ui.widgets.parts import NO_MARGINS, in_column
from gdviz.ui.widgets.placing import centred, inside, room_for
from gdviz.ui.widgets.tab_stops import go_on
from gdviz.versions import versions

AFeature = TypeVar("AFeature", bound=Feature)
START_SIZE = QSize(1280, 800)
# In lines of type.
SMALLEST_SIZE, LOW_LINES = (36, 18), 23
CLOSE: dict[str, Any] = {"margins": NO_MARGINS, "spacing": 0}
ABOUT = """<h3>gdviz</h3>
<p>See gradient descent happen: a hiker in the dark walks down the loss curve of your own data,
feeling only the slope underfoot.</p>
<p>Made with NumPy, Qt for Python and pyqtgraph. MIT licence.</p>
<p>For a bug report: {versions}</p>"""


class MainWindow(QMainWindow):
    """The window of gdviz. There is always a file open: pizza.txt when nothing else is asked.

    The order of its features is that of their commands in the menus; a new one is a line here.

    Parameters
    ----------
    settings : mapping, optional
        Fields of the experiment that aren't to be those of the last time.
    """

    def __init__(
        self, table: Table | None = None, settings: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("gdviz")
        self._has_ended = False
        self.setWindowIcon(app_icon())
        self.preferences = Preferences(self)
        self.appearance = Appearance(self.preferences, self)
        # A rate that was typed for the example, or for other data, needn't work for these.
        typed = "learning_rate" in (settings or {}) or (table is None and self.preferences.has_rate)
        if table is None:
            table = read_table(resource("data", "pizza.txt"))
        else:
            table = as_last_time(table, Remembered(self.preferences).known)
        dataset, left_out = table.dataset()
        experiment = self.preferences.experiment(dataset, settings)
        self.session = Session(experiment, self, choose_rate=not typed)
        self.figure = Figure(self.appearance.theme)
        self.workspace = Workspace()
        self.features: list[Feature] = []
        self._make_features(table, left_out)
        self._arrange()
        fill_menus(self.menuBar(), [*(f.menus() for f in self.features), self._own_menus()])
        self.appearance.changed.connect(self._set_theme)
        self._set_theme(self.appearance.theme)
        open_by_key(self)
        self._restore_geometry()
        Keys(self, self.figure)
        Meanings((self, *(dock for feature in self.features for dock in feature.docks)), self)
        self.figure.setFocus()
        # A short run is over by now: the first frame is a whole one.
        self.session.playback.to_start()

    def show_about(self) -> None:
        """Say what this program is."""
        box = QMessageBox(self)
        box.setObjectName("about")
        box.setWindowTitle("About gdviz")
        box.setIconPixmap(app_icon().pixmap(64, 64))
        box.setText(ABOUT.format(versions=html.escape(versions())))
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def show_shortcuts(self) -> None:
        """List all keys."""
        from gdviz.ui.shell.shortcuts import ShortcutsDialog

        for feature in self.features:
            for dock in feature.docks:
                _ = dock.content  # its keys are listed, too
        ShortcutsDialog(self.menuBar(), self).open()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Have Tab go where the next thing is seen, rather than made."""
        return go_on(self, next, home=self.figure)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the pictures more room in a low window."""
        super().resizeEvent(event)
        low = self.height() < LOW_LINES * self.fontMetrics().lineSpacing()
        self.playing.strip.set_low(low)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close what is open, the newest first, unless something is to be kept."""
        if not all(feature.may_close() for feature in self.features):
            event.ignore()
            return
        self.preferences.failed.connect(self._tell_at_last)
        self.end()
        super().closeEvent(event)

    def end(self) -> None:
        """End all that is under way, and remember what is to come back; once."""
        if self._has_ended:
            return
        self._has_ended = True
        closes = [feature.close for feature in reversed(self.features)]
        for close in (*closes, self.session.close, self._remember):
            try:
                close()
            except Exception:  # What comes of it, all else is to be closed, too.
                sys.excepthook(*sys.exc_info())

    def _make_features(self, table: Table, left_out: LeftOut) -> None:
        """Make all features, and hand each what it needs."""
        session, figure, preferences = self.session, self.figure, self.preferences
        add, editing = self._add, figure.data_fit.editing
        self.notices = add(Notices(session, editing, self))
        notice = self.notices.notice
        preferences.failed.connect(notice.say)
        self.viewing = add(Viewing(session, figure, preferences, self))
        self.playing = add(Playing(session, preferences, self))
        self.tuning = Tuning(session, figure, notice, preferences, self)
        panel = self.tuning.panel
        panel.counting_requested.connect(editing.counting_requested)
        self.predicting = add(Predicting(session, figure, self.playing.strip.set_secret, self))
        add(self.tuning)
        self.opening = add(Opening(table, left_out, session, panel, notice, preferences, self))
        arranging = Arranging(self.workspace, figure, self)
        self.projects = add(Projects(
            session, self.viewing, arranging, self.playing, lambda: self.teaching, self.opening,
            notice, preferences.path.with_name("unsaved"), self,
        ))  # fmt: skip
        self.opening.about_to_read.connect(self.projects.files.note)
        self.opening.project_requested.connect(self.projects.open)
        self.opening.export_found.connect(self.projects.go_back_to)
        self.importing = add(Importing(session, self.opening, editing, notice, self))
        self.clustering = add(Clustering(self.opening, preferences, self))
        self.changing = add(Changing(
            session, editing, self.opening.sources, notice, self.opening.telling, self
        ))  # fmt: skip
        self.exporter = exporter = add(Exporter(session, figure, notice, preferences, self))
        self.comparing = add(Comparing(
            session, figure, exporter.offer, exporter.export_table,
            exporter.export_trajectory, self,
        ))  # fmt: skip
        self.logging = add(Logging(session, self))
        self.coding = add(Coding(
            session, self.opening.table_of, exporter.copy_program, exporter.export_program, self
        ))  # fmt: skip
        self.explaining = add(Explaining(session, figure, self))
        self.checking = add(Checking(session, self))
        self.opening.log_found.connect(self.checking.open)
        self.performing = add(Performing(session, self))
        self.opening.reader.was_read.connect(self.performing.note_reading)
        add(self.appearance)
        self.presenter = add(Presenter(self.appearance.set_scale, self.workspace, self))
        add(arranging)
        parts = self._lesson_parts()
        self.teaching = add(Teaching(
            session, preferences, notice, self, large_type=self.presenter.action,
            workplace=Workplace(
                session, tuple(self.features), parts,
                self.opening.read_for_lesson, self.opening.tell, notice.say,
            ),
            facts=Facts(
                session, parts.shown, self.opening.sources.are_kin, self.comparing.swept,
                self.checking.checked,
            ),
        ))  # fmt: skip
        self.teaching.changed.connect(self.projects.look)
        self.speaking = add(Speaking(session, figure, (
            notice.said, self.notices.divergence.said, self.importing.said, self.teaching.said,
            self.comparing.said, self.explaining.said, self.checking.said,
            figure.loss_curve.said, figure.landscape.said,
        ), self))  # fmt: skip

    def _lesson_parts(self) -> Parts:
        """Return what chapters can set, by the names that they call it."""
        comparing, playing, data_fit = self.comparing, self.playing, self.figure.data_fit
        return Parts(
            switches={
                **self.viewing.switches, "more_settings": self.tuning.panel.more_settings,
            },
            docks={
                "sweep": comparing.sweep_dock, "runs": comparing.runs_dock,
                "explain": self.explaining.dock, "check": self.checking.dock,
            },
            setters={
                "residuals": self.viewing.set_residuals, "speed": playing.transport.set_speed,
                "blank": playing.strip.set_blank,
                "point_at": data_fit.point_at,
            },
            forget_guesses=self.figure.loss_curve.forget_guesses,
        )  # fmt: skip

    def _add(self, feature: AFeature) -> AFeature:
        """Put a feature's commands after those of the features before it, and add its docks."""
        self.features.append(feature)
        for dock in feature.docks:
            self.workspace.add(dock)
        return feature

    def _arrange(self) -> None:
        notice, divergence, figure = self.notices.notice, self.notices.divergence, self.figure
        pictures, centre, workspace = QWidget(), QWidget(), self.workspace
        in_column(notice, divergence, figure, high=figure, of=pictures, **CLOSE)
        workspace.fill(self.tuning.panel, pictures)
        strip, transport = self.playing.strip, self.playing.transport
        in_column(workspace, strip, transport, high=workspace, of=centre, **CLOSE)
        self.setCentralWidget(centre)

    def _own_menus(self) -> Menus:
        quit_key = QKeySequence.StandardKey.Quit
        key = "Ctrl+Q" if QKeySequence(quit_key).isEmpty() else quit_key
        return {
            "&File": [None, ("&Quit", key, self.close)],
            "&Help": [
                ("&Keyboard shortcuts", "Shift+F1", self.show_shortcuts),
                None,
                ("&About gdviz", None, self.show_about),
            ],
        }

    def _remember(self) -> None:
        self.preferences.set("geometry", self.saveGeometry())
        self.preferences.set("state", self.workspace.state())
        self.preferences.save()

    def _tell_at_last(self, fault: str) -> None:
        """Say what no banner can say any more."""
        QMessageBox.warning(self, "Settings", fault)

    def _set_theme(self, theme: Theme) -> None:
        for feature in self.features:
            feature.set_theme(theme)

    def _restore_geometry(self) -> None:
        """Come back as the window was, as far as this screen has room for it."""
        room, line = room_for(self), self.fontMetrics().height()
        self.setMinimumSize((QSize(*SMALLEST_SIZE) * line).boundedTo(room.size()))
        self.setGeometry(centred(START_SIZE, room))
        self.restoreGeometry(self.preferences.bytes("geometry"))
        if not self.isMaximized():
            self.setGeometry(inside(self.geometry(), room_for(self)))
        self.workspace.restore(self.preferences.bytes("state"))

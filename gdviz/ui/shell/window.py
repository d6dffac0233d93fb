"""MainWindow: layout, files and wiring; no numbers."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QMessageBox,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from gdviz import __version__
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Ending, Outcome
from gdviz.core.descent.playhead import SPEEDS
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.reading import DataFileError, Table, parsed_table, read_table, summary
from gdviz.core.words.log import Log
from gdviz.core.words.rates import account, is_growing
from gdviz.core.words.sentences import outcome_sentence, short_number
from gdviz.resources import resource
from gdviz.ui.features.code.code_view import CodeView
from gdviz.ui.features.compare.comparing import Comparing
from gdviz.ui.features.data.changing import DataDesk
from gdviz.ui.features.data.sources import Source, Sources
from gdviz.ui.features.explain.explaining import Explaining
from gdviz.ui.features.explain.predicting import Predicting
from gdviz.ui.features.export.exporter import Exporter
from gdviz.ui.features.lesson.teaching import Teaching
from gdviz.ui.features.log.log_view import LogView
from gdviz.ui.plots.drawing.residuals import KINDS
from gdviz.ui.plots.figure import Figure
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.surface.surface import Surface
from gdviz.ui.running.session import Session
from gdviz.ui.settings.panel import SettingsPanel
from gdviz.ui.shell.docks import RIGHT, add_dock
from gdviz.ui.shell.menus import THEME_NAMES, build_menus
from gdviz.ui.shell.preferences import Preferences
from gdviz.ui.shell.presenter import Presenter
from gdviz.ui.shell.transport import Transport
from gdviz.ui.theme import THEMES, Theme, app_icon, palette, system_theme, with_larger_type
from gdviz.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from gdviz.ui.features.compare.runs_view import RunsView
    from gdviz.ui.features.compare.sweep_view import SweepView

START_SIZE = (1280, 800)
SMALLEST_SIZE = (880, 560)
SMALLEST_FONT_PT = 10.5
FILE_FILTER = "Tables (*.txt *.csv *.tsv *.dat);;All files (*)"
# What the messages about it begin with.
PASTED = Path("Pasted text")
ABOUT = f"""<h3>gdviz {__version__}</h3>
<p>See gradient descent happen: a hiker in the dark walks down the loss curve of your own data,
feeling only the slope underfoot.</p>
<p>Made with NumPy, Qt for Python and pyqtgraph. MIT licence.</p>"""


class MainWindow(QMainWindow):
    """The window of gdviz. There is always a file open: pizza.txt when nothing else is asked.

    Parameters
    ----------
    table : Table, optional
        What to show instead of pizza.txt.

    Attributes
    ----------
    session : Session
    figure : Figure
    transport : Transport
    exporter : Exporter
    comparing : Comparing
    data_desk : DataDesk
    explaining : Explaining
    teaching : Teaching
    presenter : Presenter
    preferences : Preferences
    predicting : Predicting
    """

    def __init__(self, table: Table | None = None) -> None:
        super().__init__()
        self.setObjectName("gdviz")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(*SMALLEST_SIZE)
        self.setAcceptDrops(True)
        self._enlarge_small_fonts()
        self.preferences = Preferences()
        self.theme_name = self.preferences.text("theme", "system", THEME_NAMES)
        QApplication.setPalette(palette(self._theme()))  # before there are widgets to tell
        self._make_parts()
        self._had_bias = False
        table = table or read_table(resource("data", "pizza.txt"))
        self._folder = table.path.parent
        self._restore_settings(table.dataset()[0])
        self._show_table(table)
        self.predicting = Predicting(self.session, self.figure, self._panel.readout, self)
        self.exporter = Exporter(self.figure, self.session, self._notice, self)
        self.comparing = Comparing(self.session, self.figure, self)
        editing = self.figure.data_fit.editing
        self.data_desk = DataDesk(self.session, editing, self._sources, self._notice, self)
        self.explaining = Explaining(self.session, self.figure, self)
        self.tabifyDockWidget(self.comparing.sweep_dock, self.explaining.ledger_dock)
        self.tabifyDockWidget(self.log_dock, self.explaining.dock)
        self.presenter = Presenter(self)
        self.teaching = Teaching(self)
        build_menus(self)
        self._connect()
        self._on_experiment_changed()
        self._apply_theme()
        self._restore_geometry()
        self.transport.setFocus()
        # A short run is over by now: let the first frame be a whole one.
        if self.session.outcome is not None:
            self._on_ended(self.session.outcome)
        self._on_moved()

    def open_file(self, path: str | Path) -> bool:
        """Open a table; if it can't be used, say why and keep the current data.

        Returns
        -------
        bool
            Whether the file was opened.
        """
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._show_table(read_table(path))
        except DataFileError as error:
            self._notice.say(str(error))
            return False
        finally:
            QGuiApplication.restoreOverrideCursor()
        self._folder = Path(path).parent
        self.preferences.remember_file(Path(path))
        return True

    def choose_file(self) -> None:
        """Ask for a file and open it."""
        name, _ = QFileDialog.getOpenFileName(self, "Open a table", str(self._folder), FILE_FILTER)
        if name:
            self.open_file(name)

    def open_example(self) -> None:
        """Open the pizza.txt that comes with gdviz."""
        self.open_file(resource("data", "pizza.txt"))

    def paste(self) -> None:
        """Show the columns that were copied from a spreadsheet or a text."""
        try:
            self._show_table(parsed_table(QGuiApplication.clipboard().text(), PASTED), "paste data")
        except DataFileError as error:
            self._notice.say(str(error))

    def set_settings(self, **settings: Any) -> None:  # noqa: ANN401
        """Set those fields of the experiment that are given, as if they were typed."""
        try:
            self.session.change(replace(self.session.experiment, **settings))
        except ValueError as error:
            self._notice.say(str(error))

    def say(self, sentence: str) -> None:
        """Show a sentence above the pictures."""
        self._notice.say(sentence)

    def set_type_scale(self, scale: float) -> None:
        """Make the type of panel and pictures larger by a factor."""
        self._panel.set_scale(scale)
        self._apply_theme()

    def choose_theme(self, name: str) -> None:
        """Change the colours: system, light or dark."""
        self.theme_name = name
        self._apply_theme()

    def show_about(self) -> None:
        """Say what this program is."""
        box = QMessageBox(self)
        box.setObjectName("about")
        box.setWindowTitle("About gdviz")
        box.setIconPixmap(app_icon().pixmap(64, 64))
        box.setText(ABOUT)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file that is dragged in."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a dropped file."""
        path = next(url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())
        event.acceptProposedAction()
        self.open_file(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the thread and remember the settings, unless changed data are to be kept."""
        if not self.data_desk.may_close():
            event.ignore()
            return
        self.teaching.close()
        self.presenter.action.setChecked(False)
        self.comparing.close()
        self.session.close()
        self._save_settings()
        super().closeEvent(event)

    def _make_parts(self) -> None:
        self.figure = Figure(self._theme())
        self.transport = Transport()
        self._panel = SettingsPanel()
        self._sources = Sources()
        self._notice = Banner("notice")
        self._divergence = Banner("divergence")
        self._log = LogView()
        self._code = CodeView()
        self.log_dock = add_dock(self, RIGHT, "Log", self._log, "Ctrl+L")
        self.python_dock = add_dock(
            self, RIGHT, "Python", self._code, "Ctrl+Shift+P", "Show as &Python"
        )
        self.tabifyDockWidget(self.log_dock, self.python_dock)
        self.logarithmic = QAction("&Logarithmic loss history", self, checkable=True)
        self.logarithmic.setShortcut("Ctrl+G")
        self.views = self._view_actions()
        self.predict = QAction("P&redict the next step", self, checkable=True)
        self.predict.setObjectName("predict")
        self.predict.setShortcut("Ctrl+P")
        self.session: Session
        self._arrange()

    def _view_actions(self) -> dict[str, QAction]:
        """Return a switch for each picture of the loss, and two for what they show."""
        actions = {}
        for name, text, key, on in (
            ("loss_curve", "Loss &curve", "Ctrl+1", True),
            ("landscape", "L&andscape", "Ctrl+2", False),
            ("surface", "&Surface in 3-D", "Ctrl+3", False),
            ("along_bias", "Loss curve along the &bias", "Ctrl+B", False),
            ("directions", "&Directions of the valley", "Ctrl+D", False),
            ("fog", "&Fog: see only where you stood", "Ctrl+F", False),
        ):
            actions[name] = QAction(text, self, checkable=True, checked=on)
            actions[name].setShortcut(key)
        return actions

    def _arrange(self) -> None:
        pictures = QVBoxLayout()
        pictures.setSpacing(0)
        for banner in (self._notice, self._divergence):
            pictures.addWidget(banner)
        pictures.addWidget(self.figure, stretch=1)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self._panel)
        upper.addLayout(pictures, stretch=1)
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(upper, stretch=1)
        layout.addWidget(self.transport)
        self.setCentralWidget(centre)

    def _connect(self) -> None:
        session, transport, panel = self.session, self.transport, self._panel
        session.experiment_changed.connect(self._on_experiment_changed)
        session.moved.connect(self._on_moved)
        session.ended.connect(self._on_ended)
        session.failed.connect(self._on_failed)
        session.playing_changed.connect(transport.set_playing)
        transport.play_requested.connect(session.toggle_playing)
        transport.step_requested.connect(session.step)
        transport.start_requested.connect(session.to_start)
        transport.end_requested.connect(session.to_end)
        transport.iteration_requested.connect(session.seek)
        transport.speed_requested.connect(session.set_speed)
        panel.settings_requested.connect(self._on_settings_requested)
        panel.columns_requested.connect(self._on_columns_requested)
        panel.stop_requested.connect(session.stop_training)
        panel.keep_requested.connect(session.keep)
        panel.rate_held.connect(self._on_held)
        self.comparing.runs_made.connect(self._on_runs_made)
        self.comparing.sweep_made.connect(self._on_sweep_made)
        self._log.iteration_requested.connect(session.seek)
        self.log_dock.visibilityChanged.connect(self._on_moved)
        self.python_dock.visibilityChanged.connect(self._show_code)
        self._code.copy_requested.connect(self.exporter.copy_program)
        self._code.save_requested.connect(self.exporter.export_program)
        self.figure.loss_history.iteration_requested.connect(session.seek)
        self.logarithmic.toggled.connect(self.figure.loss_history.set_logarithmic)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply_theme)
        for name in ("loss_curve", "landscape", "surface"):
            self.views[name].toggled.connect(partial(self._on_view_toggled, name))
        self.views["along_bias"].toggled.connect(self._on_along_toggled)
        self.views["directions"].toggled.connect(self.figure.landscape.set_directions)
        for picture in (self.figure.loss_curve, self.figure.landscape, self.figure.surface):
            picture.start_requested.connect(self._on_start_requested)
            picture.hiker_taken.connect(session.to_start)
            picture.held.connect(self._on_held)
        line = self.figure.data_fit.line_dragging
        line.start_requested.connect(self._on_start_requested)
        line.taken.connect(session.to_start)
        line.held.connect(self._on_held)
        self.figure.data_fit.editing.drag_ended.connect(self._show_divergence)
        self.views["fog"].toggled.connect(self.figure.set_fog)
        self.predict.toggled.connect(self._on_predict_toggled)
        for view in self.figure.views:
            view.customContextMenuRequested.connect(self._on_plot_menu_requested)

    def _on_runs_made(self, runs: "RunsView") -> None:
        runs.export_requested.connect(self._on_runs_export_requested)

    def _on_sweep_made(self, sweep: "SweepView") -> None:
        self.exporter.offer(sweep.plot)
        sweep.plot.customContextMenuRequested.connect(self._on_plot_menu_requested)

    def _show_table(self, table: Table, text: str = "") -> None:
        """Show a table from its first two columns of numbers."""
        x, y = table.numeric[:2]
        self._show_columns(table, x, y, text or f"open {table.path.name}")

    def _show_columns(self, table: Table, x: int, y: int, text: str) -> None:
        """Start anew with two columns of a table; raise DataFileError before anything changes."""
        dataset, bad = table.dataset(x + 1, y + 1)
        self._sources.remember(dataset, Source(table, x, y))
        experiment = self._panel.experiment(dataset)
        if hasattr(self, "session"):
            self.session.restart(experiment, text)
        else:
            self.session = Session(experiment, self)
            self.figure.set_experiment(experiment)
        if bad:
            self._notice.say(f"{table.path.name}: some rows are left out.", summary(bad))
        else:
            self._notice.hide()

    def _show_source(self) -> None:
        """Name the data, and offer the columns of the table that they come from."""
        dataset = self.session.experiment.dataset
        source = self._sources.of(dataset)
        self._panel.set_table(dataset.source, source.table, source.x, source.y)
        self.setWindowTitle(f"{dataset.source} — gdviz")

    def _on_columns_requested(self, x: int, y: int) -> None:
        table = self._sources.of(self.session.experiment.dataset).table
        assert table is not None  # else there are no columns to choose from
        try:
            self._show_columns(table, x, y, "columns")
        except DataFileError as error:
            self._notice.say(str(error))

    def _on_settings_requested(self) -> None:
        self.session.change(self._panel.experiment(self.session.experiment.dataset))

    def _on_predict_toggled(self, on: bool) -> None:
        self.predicting.set_on(on)
        self._on_moved()

    def _on_held(self, held: bool) -> None:
        """Make of a drag one step to undo."""
        if held:
            self.session.hold()
        else:
            self.session.release()
            self._show_divergence()

    def _on_start_requested(self, weight: float, bias: float) -> None:
        self.set_settings(start=Point(weight, bias))

    def _on_experiment_changed(self) -> None:
        experiment = self.session.experiment
        self._show_source()
        self._panel.set_experiment(experiment)
        self.figure.set_experiment(experiment)
        self._show_code()
        self.views["along_bias"].setEnabled(experiment.with_bias)
        if experiment.with_bias is not self._had_bias:
            # A second parameter asks for a second picture.
            self._had_bias = experiment.with_bias
            self.views["landscape"].setChecked(experiment.with_bias)
            self.views["along_bias"].setChecked(False)

    def _show_code(self) -> None:
        experiment = self.session.experiment
        self._code.set_experiment(experiment, self._sources.of(experiment.dataset).table)

    def _on_view_toggled(self, name: str, shown: bool) -> None:
        self.figure.show_view(name, shown)
        self._on_moved()

    def _on_along_toggled(self, along_bias: bool) -> None:
        self.figure.loss_curve.set_along("bias" if along_bias else "weight")
        self._on_moved()

    def _on_moved(self) -> None:
        session = self.session
        if session.record.last is None:
            return
        row, iteration = session.row, session.iteration
        self.figure.show_row(session.record, row, iteration, finished=not session.training)
        self.transport.set_position(iteration, session.length)
        self._panel.readout.show_row(session.experiment, row, session.record)
        log = Log(session.record, session.experiment, session.outcome)
        self._log.show_log(log, row.iteration)
        self.comparing.refresh()
        self.explaining.refresh()
        self._panel.set_can_keep(session.can_keep)
        if session.training:
            percent = 100 * session.record.newest // session.run.length
            self._panel.set_outcome(f"Training: {percent} % done", training=True)

    def _on_ended(self, outcome: Outcome) -> None:
        experiment = self.session.experiment
        self._panel.set_outcome(outcome_sentence(experiment, outcome), training=False)
        # A banner would move what is being dragged away from the mouse.
        if not self._dragging:
            self._show_divergence()

    @property
    def _dragging(self) -> bool:
        return self.session.held or self.figure.data_fit.editing.dragging

    def _show_divergence(self) -> None:
        """Give an account of a run that went astray, once nothing is dragged any more."""
        session, outcome = self.session, self.session.outcome
        if outcome is None:
            return
        if outcome.ending is Ending.DIVERGED or is_growing(session.record):
            self._warn(account(session.experiment, outcome, session.record))
        else:
            self._divergence.hide()

    def _warn(self, sentence: str) -> None:
        """Say that the run went astray, and offer a learning rate that doesn't."""
        rate = self.session.experiment.safe_learning_rate
        mend = (f"Use {short_number(rate)}", lambda: self._panel.set_learning_rate(rate))
        self._divergence.say(sentence, action=mend)

    def _on_failed(self, reason: str) -> None:
        self._notice.say(f"The run broke off ({reason}). Other settings or data may work.")

    def _on_runs_export_requested(self) -> None:
        self.exporter.export_table(self.comparing.runs.text())

    def _on_plot_menu_requested(self, place: QPoint) -> None:
        plot = self.sender()
        assert isinstance(plot, Plot | Surface)
        name = plot.objectName()
        menu = QMenu(self)
        if plot is self.figure.data_fit:
            plot.editing.fill_menu(menu, place)
        menu.addAction("Copy image", lambda: self.exporter.copy_image(name))
        menu.addAction("Export…", lambda: self.exporter.export(name))
        menu.addAction("Reset zoom", plot.reset_view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(plot.mapToGlobal(place))

    def _theme(self) -> Theme:
        theme = THEMES.get(self.theme_name) or system_theme()
        scale = self.presenter.scale if hasattr(self, "presenter") else 1.0
        return theme if scale == 1 else with_larger_type(theme, scale)

    def _apply_theme(self) -> None:
        theme = self._theme()
        QApplication.setPalette(palette(theme))
        QToolTip.setPalette(palette(theme))
        parts = self._panel, self.transport, self._notice, self._divergence
        for part in (*parts, self.comparing, self.teaching, self._code):
            part.set_theme(theme)
        self.explaining.set_theme(theme)
        if self.figure.theme is not theme:
            self.figure.set_theme(theme)

    def _enlarge_small_fonts(self) -> None:
        """Make text readable from a few steps away where the desktop's font is small."""
        font = self.font()
        if font.pointSizeF() < SMALLEST_FONT_PT:
            font.setPointSizeF(SMALLEST_FONT_PT)
            self.setFont(font)

    def _restore_settings(self, dataset: Dataset) -> None:
        """Show the settings of the last time; those that can't be run any more are left out."""
        self._panel.show_settings(self.preferences.experiment(dataset))

    def _restore_geometry(self) -> None:
        stored = self.preferences
        self.resize(*START_SIZE)
        self.restoreGeometry(stored.bytes("geometry"))
        self.restoreState(stored.bytes("state"))
        self.transport.set_speed(stored.text("speed", "", {speed.label for speed in SPEEDS}))
        self.logarithmic.setChecked(stored.flag("logarithmic"))
        self.explaining.set_residuals(stored.text("residuals", "none", KINDS))

    def _save_settings(self) -> None:
        self.preferences.set_experiment(self.session.experiment)
        for key, value in (
            ("speed", self.transport.speed.label),
            ("logarithmic", self.logarithmic.isChecked()),
            ("theme", self.theme_name),
            ("residuals", self.figure.data_fit.residuals.kind),
            ("geometry", self.saveGeometry()),
            ("state", self.saveState()),
        ):
            self.preferences.set(key, value)

"""Viewing: which pictures are shown, and how; they follow the playhead."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from gdviz.ui.features import Feature, Menus
from gdviz.ui.plots.drawing.residuals import KINDS
from gdviz.ui.plots.figure import Figure
from gdviz.ui.preferences import Preferences
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.commands import Entry

PICTURES = ("loss_curve", "landscape", "surface")
SWITCHES = {
    "loss_curve": ("Loss &curve", "Ctrl+1"),
    "landscape": ("L&andscape", "Ctrl+2"),
    "surface": ("&Surface in 3-D", "Ctrl+3"),
    "along_bias": ("Loss curve along the &bias", "Ctrl+B"),
    "directions": ("&Directions of the valley", "Ctrl+D"),
    "equation": ("Line's &equation in the data", "Ctrl+U"),
    "fog": ("&Fog: see only where you stood", "Ctrl+F"),
    "logarithmic": ("&Logarithmic loss history", "Ctrl+G"),
}
# What the next start shows again.
REMEMBERED = ("equation", "logarithmic")


class Viewing(Feature):
    """Keeps the figure in step with the session, and with the View menu.

    Attributes
    ----------
    switches : dict of str to QAction
        One for each picture of the loss, and for what the pictures show.
    residuals : QActionGroup
        One action for each way to draw the residuals; its data is the way's name.
    """

    def __init__(
        self, session: Session, figure: Figure, preferences: Preferences, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._figure, self._preferences = session, figure, preferences
        self._had_bias, self.themed = False, (figure,)
        self.switches = {name: self._switch(text, key) for name, (text, key) in SWITCHES.items()}
        self.switches["loss_curve"].setChecked(True)
        self._residuals_menu = QMenu("&Residuals", figure)
        self.residuals = self._residual_actions()
        self._connect()
        self._on_experiment_changed()
        for name in REMEMBERED:
            self.switches[name].setChecked(preferences.flag(name))
        self.set_residuals(preferences.text("residuals", "none", KINDS))

    def menus(self) -> Menus:
        """Return its commands."""
        switches: list[Entry] = list(self.switches.values())
        reset: Entry = ("&Reset zoom", "Ctrl+0", self._figure.reset_views)
        return {"&View": [reset, *switches[:-1], None, switches[-1], self._residuals_menu]}

    def close(self) -> None:
        """Remember how the pictures are drawn."""
        for name in REMEMBERED:
            self._preferences.set(name, self.switches[name].isChecked())
        self._preferences.set("residuals", self._figure.data_fit.residuals.kind)

    def set_residuals(self, kind: str) -> None:
        """Draw the residuals as ``sticks`` or ``squares``, or ``none``."""
        for action in self.residuals.actions():
            action.setChecked(action.data() == kind)
        self._figure.data_fit.set_residuals(kind)

    def _switch(self, text: str, key: str) -> QAction:
        switch = QAction(text, self, checkable=True)
        switch.setShortcut(key)
        return switch

    def _residual_actions(self) -> QActionGroup:
        group = QActionGroup(self)
        for kind, text in KINDS.items():
            action = QAction(text, group, checkable=True)
            action.setData(kind)
            self._residuals_menu.addAction(action)
        group.triggered.connect(lambda action: self.set_residuals(action.data()))
        return group

    def _connect(self) -> None:
        session, figure, switches = self._session, self._figure, self.switches
        session.runs.experiment_changed.connect(self._on_experiment_changed)
        session.playback.moved.connect(self._show)
        figure.loss_history.iteration_requested.connect(session.playback.seek)
        for name in PICTURES:
            switches[name].toggled.connect(partial(self._on_picture_toggled, name))
        switches["along_bias"].toggled.connect(self._on_along_toggled)
        switches["directions"].toggled.connect(figure.landscape.set_directions)
        switches["equation"].toggled.connect(figure.data_fit.set_equation)
        switches["fog"].toggled.connect(figure.set_fog)
        switches["logarithmic"].toggled.connect(figure.loss_history.set_logarithmic)

    def _on_experiment_changed(self) -> None:
        experiment, switches = self._session.runs.experiment, self.switches
        self._figure.set_experiment(experiment)
        switches["along_bias"].setEnabled(experiment.with_bias)
        if experiment.with_bias is not self._had_bias:
            # A second parameter asks for a second picture.
            self._had_bias = experiment.with_bias
            switches["landscape"].setChecked(experiment.with_bias)
            switches["along_bias"].setChecked(False)

    def _on_picture_toggled(self, name: str, shown: bool) -> None:
        self._figure.show_view(name, shown)
        self._show()

    def _on_along_toggled(self, along_bias: bool) -> None:
        self._figure.loss_curve.set_along("bias" if along_bias else "weight")
        self._show()

    def _show(self) -> None:
        """Draw the iteration under the playhead."""
        runs, playback = self._session.runs, self._session.playback
        if runs.record.last is not None:
            row, iteration = playback.row, playback.iteration
            self._figure.show_row(runs.record, row, iteration, finished=not runs.training)

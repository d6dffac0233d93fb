"""Viewing: which pictures are shown, and how; they follow the playhead."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QStyle

from gdviz.core.projects.project import Views
from gdviz.ui.features import Feature, Menus
from gdviz.ui.plots.drawing.curve_aids import AIDS
from gdviz.ui.plots.drawing.residuals import KINDS
from gdviz.ui.plots.figure import Figure, Sights, View
from gdviz.ui.plots.surface.camera import Camera
from gdviz.ui.preferences import Preferences
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.commands import Entry, fill

PICTURES = ("loss_curve", "landscape", "surface")
SWITCHES = {
    "loss_curve": ("Loss &curve", "Ctrl+1"),
    "landscape": ("L&andscape", "Ctrl+2"),
    "surface": ("&Surface in 3-D", "Ctrl+3"),
    "directions": ("&Directions of the valley", "Ctrl+D"),
    "equation": ("Line's &equation in the data", "Ctrl+U"),
}
IN_CURVE = {
    "along_bias": ("Loss curve along the &bias", "Ctrl+B"),
    "fog": ("&Fog: see only where you stood", "Ctrl+F"),
    "triangle": ("&Rise and run of the slope", ""),
    "past_steps": ("Past &steps side by side", ""),
    "curvature": ("&Curvature, limit, and where a step lands", ""),
    "guesses": ("&Guesses alone: no curve", ""),
}
HISTORIES = {
    "linear": "&Linear",
    "logarithmic": "Lo&garithmic",
    "above_minimum": "Loss &above the minimum, logarithmic",
}


class Look(NamedTuple):
    """How the pictures are drawn, which are before others, and from where they are seen."""

    switches: dict[str, bool]
    shown: tuple[View, ...]
    history: str
    residuals: str
    sights: Sights


class Viewing(Feature):
    """Keeps the figure in step with the session, and with the View menu.

    Attributes
    ----------
    switches : dict of str to QAction
        One for each picture of the loss, and for what the pictures show.
    histories : dict of str to QAction
        One for each scale of the loss history, by its name.
    residuals : QActionGroup
        One action for each way to draw the residuals; its data is the way's name.
    reduced_motion : QAction
        Has steps jump. It is about who looks, not about what is shown: no lesson changes it.

    Signals
    -------
    changed()
        The pictures are drawn in another way.
    """

    changed = Signal()

    def __init__(
        self, session: Session, figure: Figure, preferences: Preferences, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._figure, self._preferences = session, figure, preferences
        self._had_bias, self.themed = False, (figure,)
        switches = {**SWITCHES, **IN_CURVE}
        self.switches = {name: self._switch(text, key) for name, (text, key) in switches.items()}
        self.switches["loss_curve"].setChecked(True)
        self._curve_menu = QMenu("&In the loss curve", figure)
        fill(self._curve_menu, [self.switches[name] for name in IN_CURVE])
        self._history_menu = QMenu("Loss &history", figure)
        self.histories = self._history_actions()
        self.switches |= {n: a for n, a in self.histories.items() if n != "linear"}
        self._residuals_menu = QMenu("&Residuals", figure)
        self.residuals = self._residual_actions()
        self.reduced_motion = self._motion_action()
        self._offer_in_pictures()
        self._connect()
        self._on_experiment_changed()
        history = preferences.text("loss_history", "linear", HISTORIES)
        self.histories[history].setChecked(True)
        figure.loss_history.chosen = history  # even where a run that diverges shows another
        self.switches["equation"].setChecked(preferences.flag("equation"))
        self.set_residuals(preferences.text("residuals", "none", KINDS))

    def menus(self) -> Menus:
        """Return its commands."""
        switches = [self.switches[name] for name in SWITCHES]
        reset: Entry = ("&Reset zoom", "Ctrl+0", self._figure.reset_views)
        return {"&View": [
            reset, *switches, None, self._curve_menu, self._history_menu, self._residuals_menu,
            self.reduced_motion,
        ]}  # fmt: skip

    def state(self) -> Look:
        """Return how the pictures are drawn."""
        figure = self._figure
        switches = {name: switch.isChecked() for name, switch in self.switches.items()}
        history, residuals = figure.loss_history.chosen, figure.data_fit.residuals.kind
        return Look(switches, figure.shown, history, residuals, figure.sights)

    def bring_back(self, state: Look) -> None:
        """Draw the pictures as they were, of the run that they showed."""
        for name, on in state.switches.items():
            self.switches[name].setChecked(on)
        for view in reversed(state.shown):
            self._figure.turn_to(view)
        # What a run that diverges shows needn't be what was chosen.
        self._figure.loss_history.chosen = state.history
        self.set_residuals(state.residuals)
        self._figure.take_sights(state.sights)

    @property
    def views(self) -> Views:
        """How the pictures are drawn, as a project holds it."""
        switches, shown, history, residuals, sights = self.state()
        in_front = tuple(view.objectName() for view in shown)
        plain = {name: _plain(sight) for name, sight in sights.items()}
        return Views(switches, in_front, history, residuals, plain)

    def show_views(self, views: Views, change: Callable[[], None]) -> None:
        """Change what is shown, and draw it as a project says."""
        # Before the run: one that diverges chooses its own scale.
        self._figure.loss_history.choose(views.history)
        change()
        # What isn't known yet to diverge will do so.
        own = self.switches.keys() - (HISTORIES if self._session.runs.training else ())
        switches = {name: on for name, on in views.switches.items() if name in own}
        shown = tuple(view for view in self._figure.views if view.objectName() in views.in_front)
        sights = {name: _seen(sight) for name, sight in views.sights.items()}
        self.bring_back(Look(switches, shown, views.history, views.residuals, sights))

    def close(self) -> None:
        """Remember how the pictures are drawn."""
        self._preferences.set("loss_history", self._figure.loss_history.chosen)
        self._preferences.set("equation", self.switches["equation"].isChecked())
        self._preferences.set("residuals", self._figure.data_fit.residuals.kind)

    def set_residuals(self, kind: str) -> None:
        """Draw the residuals as ``sticks`` or ``squares``, or ``none``."""
        for action in self.residuals.actions():
            action.setChecked(action.data() == kind)
        self._figure.data_fit.set_residuals(kind)
        self.changed.emit()

    def _switch(self, text: str, key: str) -> QAction:
        switch = QAction(text, self, checkable=True)
        switch.setShortcut(key)
        return switch

    def _motion_action(self) -> QAction:
        """Return the switch, as it was chosen or else as the system has it."""
        action = QAction("Reduce &motion: steps jump", self, checkable=True)
        system = "reduced" if wants_less_motion() else "full"
        motion = self._preferences.text("motion", system, ("reduced", "full"))
        action.setChecked(motion == "reduced")
        self._session.playback.reduced_motion = action.isChecked()
        # Until somebody chooses, the system's wish counts at every start.
        action.toggled.connect(self._on_reduced_toggled)
        return action

    def _history_actions(self) -> dict[str, QAction]:
        group, actions = QActionGroup(self), {}
        # The same command once more, or its key, leads back to the linear axis.
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for scale, text in HISTORIES.items():
            actions[scale] = action = QAction(text, group, checkable=True)
            self._history_menu.addAction(action)
            action.toggled.connect(self._on_history_toggled)
        actions["logarithmic"].setShortcut("Ctrl+G")
        return actions

    def _residual_actions(self) -> QActionGroup:
        group = QActionGroup(self)
        for kind, text in KINDS.items():
            action = QAction(text, group, checkable=True)
            action.setData(kind)
            self._residuals_menu.addAction(action)
        group.triggered.connect(lambda action: self.set_residuals(action.data()))
        return group

    def _offer_in_pictures(self) -> None:
        """Put into the menu of each picture what can be shown in it."""
        figure, switches = self._figure, self.switches
        for picture, actions in (
            (figure.loss_curve, [switches[name] for name in IN_CURVE]),
            (figure.landscape, [switches["directions"], switches["fog"]]),
            (figure.surface, [switches["fog"]]),
            (figure.data_fit, [switches["equation"], self._residuals_menu.menuAction()]),
            (figure.loss_history, [self._history_menu.menuAction()]),
        ):
            line = QAction(picture)
            line.setSeparator(True)
            picture.addActions([line, *actions])

    def _connect(self) -> None:
        session, figure, switches = self._session, self._figure, self.switches
        session.runs.experiment_changed.connect(self._on_experiment_changed)
        session.runs.ended.connect(self._show)
        session.playback.moved.connect(self._show)
        figure.loss_history.iteration_requested.connect(session.playback.seek)
        for name in PICTURES:
            switches[name].toggled.connect(partial(self._on_picture_toggled, name))
        switches["along_bias"].toggled.connect(self._on_along_toggled)
        for name in AIDS:
            switches[name].toggled.connect(partial(figure.loss_curve.set_aid, name))
        switches["directions"].toggled.connect(figure.landscape.set_directions)
        switches["equation"].toggled.connect(figure.data_fit.set_equation)
        switches["fog"].toggled.connect(figure.set_fog)
        figure.loss_history.scale_changed.connect(self._show_history_scale)
        for switch in switches.values():
            switch.toggled.connect(self.changed)

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

    def _on_reduced_toggled(self, reduced: bool) -> None:
        self._session.playback.reduced_motion = reduced
        self._preferences.set("motion", "reduced" if reduced else "full")

    def _on_history_toggled(self) -> None:
        chosen = [scale for scale, action in self.histories.items() if action.isChecked()]
        if chosen:
            self._figure.loss_history.set_scale(chosen[0])
        else:
            self.histories["linear"].setChecked(True)

    def _show_history_scale(self) -> None:
        self.histories[self._figure.loss_history.scale].setChecked(True)

    def _show(self) -> None:
        """Draw what is under the playhead."""
        runs, playback = self._session.runs, self._session.playback
        self._figure.set_empty(runs.record.last is None and not runs.training)
        if runs.record.last is not None:
            row, position = playback.seen, playback.position
            self._figure.show_row(runs.record, row, position, finished=not runs.training)


def _plain(sight: Any) -> tuple[float, ...]:  # noqa: ANN401
    """Return the numbers that say from where a picture is seen."""
    if isinstance(sight, Camera):
        return sight.azimuth, sight.elevation, sight.zoom
    (left, right), (bottom, top) = sight
    return left, right, bottom, top


def _seen(numbers: tuple[float, ...]) -> Any:  # noqa: ANN401
    """Return the sight that numbers stand for."""
    return Camera(*numbers) if len(numbers) == 3 else (numbers[:2], numbers[2:])


def wants_less_motion() -> bool:
    """Return whether the system is set to show less motion, as far as Qt tells."""
    hints = getattr(QGuiApplication.styleHints(), "accessibility", None)  # from Qt 6.10 on
    preference = getattr(hints and hints(), "motionPreference", None)  # from Qt 6.12 on
    if preference is not None and preference().name != "NoPreference":
        return True
    return QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0

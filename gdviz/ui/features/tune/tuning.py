"""Tuning: settings become runs, whether they are typed, dragged or undone."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from gdviz.core.descent.bowl import Point
from gdviz.core.words.sentences import outcome_sentence
from gdviz.ui.features import Feature, Menus
from gdviz.ui.plots.figure import Figure
from gdviz.ui.preferences import Preferences
from gdviz.ui.running.session import Session
from gdviz.ui.settings.panel import SettingsPanel
from gdviz.ui.widgets.banner import Banner


class Tuning(Feature):
    """Keeps the panel in step with the session, and takes what is dragged in the pictures."""

    def __init__(
        self,
        session: Session,
        figure: Figure,
        notice: Banner,
        preferences: Preferences,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._notice, self._preferences = session, notice, preferences
        self.panel = SettingsPanel()
        self.themed = (self.panel,)
        self._undoing = self._undo_actions()
        self._pausing = QAction("Pa&use training", self)
        self._pausing.triggered.connect(self._pause_or_go_on)
        self._connect()
        self._take_starts(figure)
        self._on_experiment_changed()
        self._show_outcome()

    def menus(self) -> Menus:
        """Return its commands."""
        return {
            "&Edit": self._undoing,
            "&Play": [self._pausing, ("S&top training", None, self._session.runs.stop)],
        }

    def set_settings(self, **settings: Any) -> None:  # noqa: ANN401
        """Set those fields of the experiment that are given, as if they were typed."""
        try:
            self._session.undo.change(replace(self._session.runs.experiment, **settings))
        except ValueError as error:
            self._notice.say(str(error))

    def state(self) -> bool:
        """Return whether more settings are open."""
        return self.panel.more_settings.isChecked()

    def bring_back(self, state: bool) -> None:
        """Open or close more settings."""
        self.panel.more_settings.setChecked(state)

    def close(self) -> None:
        """Remember the settings; a rate that was taken for these data alone isn't one of them."""
        experiment, rates = self._session.runs.experiment, self._session.rates
        choice = rates.chosen_for(experiment.dataset)
        usual = choice is None or choice.rate == choice.published
        self._preferences.set_experiment(experiment, usual or not rates.is_chosen(experiment))

    def _undo_actions(self) -> list[QAction]:
        group, standard = self._session.undo.group, QKeySequence.StandardKey
        undo, redo = group.createUndoAction(self, "&Undo"), group.createRedoAction(self, "&Redo")
        undo.setShortcuts(QKeySequence.keyBindings(standard.Undo))
        redo.setShortcuts(QKeySequence.keyBindings(standard.Redo))
        return [undo, redo]

    def _connect(self) -> None:
        session, panel = self._session, self.panel
        session.runs.experiment_changed.connect(self._on_experiment_changed)
        session.playback.moved.connect(self._on_moved)
        session.runs.ended.connect(self._show_outcome)
        panel.settings_requested.connect(self._on_settings_requested)
        panel.pause_requested.connect(self._pause_or_go_on)
        panel.stop_requested.connect(session.runs.stop)
        panel.keep_requested.connect(session.undo.keep)
        panel.rate_held.connect(self._on_held)

    def _take_starts(self, figure: Figure) -> None:
        """Start from where hiker, ring or line are dragged to."""
        line = figure.data_fit.line_dragging
        line.taken.connect(self._session.playback.to_start)
        pictures = figure.loss_curve, figure.landscape, figure.surface
        for picture in pictures:
            picture.hiker_taken.connect(self._session.playback.to_start)
        for handle in (*pictures, line):
            handle.start_requested.connect(self._on_start_requested)
            handle.held.connect(self._on_held)
            handle.held.connect(figure.hold_still)

    def _on_experiment_changed(self) -> None:
        self.panel.set_experiment(self._session.runs.experiment)

    def _on_settings_requested(self) -> None:
        self._session.undo.change(self.panel.experiment(self._session.runs.experiment.dataset))

    def _on_start_requested(self, weight: float, bias: float) -> None:
        self.set_settings(start=Point(weight, bias))

    def _on_held(self, held: bool) -> None:
        """Make of a drag one step to undo."""
        if held:
            self._session.undo.hold()
        else:
            self._session.undo.release()

    def _pause_or_go_on(self) -> None:
        runs = self._session.runs
        training = runs.shown[0]
        if training.paused:
            training.go_on()
        else:
            training.pause()
        runs.grown.emit()

    def _on_moved(self) -> None:
        runs, panel = self._session.runs, self.panel
        panel.set_can_keep(runs.can_keep)
        if runs.training:
            # At first there is no row, and there may be none to come.
            done, length = max(0, runs.record.newest), max(1, runs.experiment.iterations)
            percent, paused = 100 * done // length, runs.shown[0].paused
            doing = "Paused" if paused else "Training"
            panel.set_outcome(f"{doing}: {percent} % done", training=True, paused=paused)
            self._pausing.setText("Go on traini&ng" if paused else "Pa&use training")
        self._pausing.setEnabled(runs.training)

    def _show_outcome(self) -> None:
        runs = self._session.runs
        if runs.outcome is not None:
            sentence = outcome_sentence(runs.experiment, runs.outcome)
            self.panel.set_outcome(sentence, training=False)
            self._pausing.setText("Pa&use training")
            self._pausing.setEnabled(False)

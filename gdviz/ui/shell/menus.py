"""The menus: every command, its key, and what it asks of the window."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from gdviz.core.descent.playhead import SPEEDS

if TYPE_CHECKING:
    from gdviz.ui.shell.window import MainWindow

Key = QKeySequence.StandardKey | str | None
Command = tuple[str, Key, Callable[[], object]]

THEME_NAMES = {"system": "As the &system", "light": "&Light", "dark": "&Dark"}


def build_menus(window: "MainWindow") -> None:
    """Fill the window's menu bar."""
    standard = QKeySequence.StandardKey
    runs, playback = window.session.runs, window.session.playback
    exporter, figure = window.exporter, window.figure
    file_menu = _menu(window, "&File", [
        ("&Open…", standard.Open, window.choose_file),
    ])  # fmt: skip
    _add_recent(window, file_menu)
    _fill(window, file_menu, [
        ("&Example: pizza.txt", None, window.open_example),
        ("&Generate data…", standard.New, window.data_desk.generate),
        ("&Save data as…", standard.Save, window.data_desk.save_as),
        None,
        ("&Export picture…", "Ctrl+E", lambda: exporter.export()),
        ("Export &trajectory as CSV…", "Ctrl+Shift+E", exporter.export_trajectory),
        ("&Copy image", "Ctrl+Shift+C", lambda: exporter.copy_image()),
        None,
        ("&Quit", standard.Quit if QKeySequence(standard.Quit) else "Ctrl+Q", window.close),
    ])  # fmt: skip
    _add_edit_menu(window)
    play_menu = _menu(window, "&Play", [
        ("&Play or pause", "Space", playback.toggle),
        ("Play from the st&art", "P", playback.play_from_start),
        None,
        ("One iteration &forward", "Right", lambda: playback.step(1)),
        ("One iteration &back", "Left", lambda: playback.step(-1)),
        ("To the &start", "Home", playback.to_start),
        ("To the &end", "End", playback.to_end),
        None,
    ])  # fmt: skip
    _add_speeds(window, play_menu)
    play_menu.addAction(window.predict)
    _fill(window, play_menu, [("S&top training", None, runs.stop)])
    runs_menu = _menu(window, "&Runs", [("&Keep this run", "Ctrl+K", runs.keep)])
    for dock in (window.comparing.runs_dock, window.comparing.sweep_dock):
        runs_menu.addAction(dock.toggleViewAction())
    view_menu = _menu(window, "&View", [("&Reset zoom", "Ctrl+0", figure.reset_views)])
    view_menu.addActions(list(window.views.values()))
    view_menu.addSeparator()
    view_menu.addAction(window.logarithmic)
    view_menu.addMenu("&Residuals").addActions(window.explaining.residuals.actions())
    view_menu.addAction(window.log_dock.toggleViewAction())
    view_menu.addAction(window.python_dock.toggleViewAction())
    for dock in (window.explaining.dock, window.explaining.ledger_dock):
        view_menu.addAction(dock.toggleViewAction())
    _add_themes(window, view_menu)
    view_menu.addAction(window.presenter.action)
    _add_help_menu(window)


def _add_help_menu(window: "MainWindow") -> None:
    teaching = window.teaching
    menu = _menu(window, "&Help", [])
    menu.addAction(teaching.dock.toggleViewAction())
    _fill(window, menu, [
        ("&Open a lesson…", None, teaching.choose_file),
        ("Open a &folder of lessons…", None, teaching.choose_folder),
        ("&gdviz's own lesson", None, teaching.open_own),
        None,
        ("&About gdviz", None, window.show_about),
    ])  # fmt: skip


def _menu(window: "MainWindow", title: str, commands: Sequence[Command | None]) -> QMenu:
    menu = window.menuBar().addMenu(title)
    _fill(window, menu, commands)
    return menu


def _fill(window: "MainWindow", menu: QMenu, commands: Sequence[Command | None]) -> None:
    for command in commands:
        if command is None:
            menu.addSeparator()
            continue
        text, key, slot = command
        action = QAction(text, window)
        if key is not None:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(partial(_without_check, slot))
        menu.addAction(action)


def _without_check(slot: Callable[[], object], checked: bool = False) -> None:
    """Call a slot without the state that Qt sends along."""
    del checked
    slot()


def _add_edit_menu(window: "MainWindow") -> None:
    stack, standard = window.session.undo.stack, QKeySequence.StandardKey
    menu = window.menuBar().addMenu("&Edit")
    for action, key in (
        (stack.createUndoAction(window, "&Undo"), standard.Undo),
        (stack.createRedoAction(window, "&Redo"), standard.Redo),
    ):
        action.setShortcuts(QKeySequence.keyBindings(key))
        menu.addAction(action)
    _fill(window, menu, [
        None,
        ("&Paste columns", standard.Paste, window.paste),
        ("&Add a point", None, window.data_desk.add_point),
        ("&Delete the chosen point", None, window.data_desk.remove_point),
    ])  # fmt: skip


def _add_recent(window: "MainWindow", menu: QMenu) -> None:
    recent = menu.addMenu("Open &recent")

    def refill() -> None:
        recent.clear()
        paths = window.preferences.recent_files
        opening = [(str(path), None, partial(window.open_file, path)) for path in paths]
        _fill(window, recent, opening)
        recent.setEnabled(bool(paths))

    menu.aboutToShow.connect(refill)


def _add_speeds(window: "MainWindow", menu: QMenu) -> None:
    speeds = menu.addMenu("Sp&eed")
    choosing = [(s.label, None, partial(window.transport.set_speed, s.label)) for s in SPEEDS]
    _fill(window, speeds, choosing)


def _add_themes(window: "MainWindow", menu: QMenu) -> None:
    colours = menu.addMenu("&Colours")
    group = QActionGroup(window)
    for name, text in THEME_NAMES.items():
        action = QAction(text, window, checkable=True)
        action.setChecked(name == window.theme_name)
        action.triggered.connect(partial(_without_check, partial(window.choose_theme, name)))
        group.addAction(action)
        colours.addAction(action)

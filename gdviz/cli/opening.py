"""Opening: the window, with a table, a project or a lesson."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gdviz.cli.options import CommandError, choices, settings
from gdviz.cli.tables import experiment_on, is_summarised, table_of
from gdviz.core.big.sources import sources_of
from gdviz.core.projects.project import ProjectError, is_project
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.reading import read_table
from gdviz.core.tables.table import Table
from gdviz.desktop import why_no_window
from gdviz.resources import resource

if TYPE_CHECKING:
    from gdviz.core.big.messages import Asked


def open_window(options: argparse.Namespace) -> int:
    """Open the window; return the exit status when it is closed."""
    chosen = settings(options)
    if options.file and is_project(options.file):
        return _open_project(options, chosen)
    if options.file and is_summarised(options):
        return _open_big(options, chosen)
    table = table_of(options) if options.file else None
    if table and (options.x or options.y):
        table = replace(table, suggested=table.columns(options.x, options.y), why="")
    if chosen:
        shown = table or read_table(resource("data", "pizza.txt"))
        experiment_on(shown.dataset()[0], chosen)
    return _show(table, chosen)


def _open_big(options: argparse.Namespace, chosen: dict[str, Any]) -> int:
    """Open the window, which sums the table up: pictures fill in, and it can be cancelled."""
    from gdviz.core.big.messages import Asked  # not above: other starts do without

    experiment_on(read_table(resource("data", "pizza.txt")).dataset()[0], chosen)
    if not options.scheduler:  # where the files of a cluster are, isn't known here
        sources_of(options.file)
    name = str(options.file.absolute())
    asked = Asked((name,), options.scheduler, choices(options), options.x, options.y, 0)
    return _show(None, chosen, big=asked)


def _open_project(options: argparse.Namespace, chosen: dict[str, Any]) -> int:
    # Not above: as with lessons.
    from gdviz.core.projects.reading import read_project

    if chosen or options.x or options.y or choices(options) != Choices():
        raise CommandError("A project has all its settings: open it without options.")
    try:
        read_project(options.file)
    except ProjectError as error:
        raise CommandError(str(error)) from None
    return _show(None, {}, project=options.file)


def open_lesson(options: argparse.Namespace) -> int:
    """Open the window with a lesson; return the exit status when it is closed."""
    # Not above: to read what reads lessons takes a fiftieth of a start without one.
    from gdviz.core.lessons.reading import read_lesson
    from gdviz.core.lessons.source import LessonError

    path = options.lesson or resource("assets", "lessons")
    try:
        read_lesson(path)
    except LessonError as error:
        raise CommandError(str(error)) from None
    return _show(None, {}, path)


def _show(
    table: Table | None,
    chosen: dict[str, Any],
    lesson: Path | None = None,
    project: Path | None = None,
    big: "Asked | None" = None,
) -> int:
    """Open the window; what it needs is loaded here, and not for the other commands."""
    from PySide6 import QtWidgets  # noqa: F401  (a missing library shows here)

    sentence = why_no_window()
    if sentence is not None:
        raise CommandError(sentence)
    from gdviz.ui.shell.app import run as run_window

    return run_window(table, chosen, lesson, project, big)

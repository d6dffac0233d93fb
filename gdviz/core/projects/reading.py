"""Reading projects: all that a file says is looked at before anything of it is used.

Who sent it isn't known: it runs nothing, opens nothing else, and takes little time and room.
"""

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from gdviz.core.descent.logged import MOST_LOGGED, Logged, Place
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.playhead import SPEEDS
from gdviz.core.descent.run import MOST_KEPT
from gdviz.core.descent.settings import SETTINGS, Setting, rows
from gdviz.core.files import FileError, content, named, quoted
from gdviz.core.projects.project import (
    MOST_ROWS,
    VERSION,
    Data,
    KeptRun,
    Origin,
    Project,
    ProjectError,
    Settings,
    experiment_with,
)
from gdviz.core.projects.section import (
    FARTHEST,
    Fits,
    Section,
    is_name,
    is_number,
    is_path,
    is_short,
)
from gdviz.core.projects.views import study_of, views_of
from gdviz.core.tables.calendar import UNITS, Calendar
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.formats.stream import Progress, unwatched

LARGEST_BYTES = 10_000_000
# No whole number of ours has more digits.
LONGEST_NUMBER = 20
FIELDS = (
    "gdviz", "settings", "kept", "position", "speed", "views", "lesson", "data", "copy_of", "rows",
)  # fmt: skip
MOST_BYTES, MOST_LINES = 10**13, 100_000
PROGRESS_ROWS = 500
_TOO_SMALL = Dataset(np.array((0.0, 1.0)), np.array((0.0, 1.0)))
_CODEC, _SHA = re.compile(r"[\w-]{1,40}", re.ASCII), re.compile("[0-9a-f]{64}")


def read_project(path: Path, progress: Progress = unwatched) -> Project:
    """Return what a file holds.

    Raises
    ------
    ProjectError
        If it can't be read, or isn't a project that this gdviz knows.
    """
    try:
        return parsed_project(content(path, LARGEST_BYTES), named(path), progress)
    except FileError as error:
        raise ProjectError(str(error)) from None


def parsed_project(told: bytes, name: str, progress: Progress = unwatched) -> Project:
    """Return the project that the content of a file of this name holds; see `read_project`."""
    values = _json(told, name)
    _check_version(values, name)
    top = Section(values, (name,), FIELDS)
    pairs = None
    if "rows" in values:
        pairs = _rows(top.list("rows", MOST_ROWS), top, progress)
    kept = top.sections("kept", MOST_KEPT, ("number", "name", "visible", "settings", "log"))
    project = Project(
        checked_settings(top.values.get("settings"), (name, "settings")),
        _data(top.section("data", ("x", "y", "source", "calendar", "file"))),
        pairs,
        tuple(map(_kept, kept)),
        top.whole("position", 0, int(SETTINGS["iterations"].high)),
        top.one_of("speed", [speed.label for speed in SPEEDS]),
        views_of(top),
        study_of(top),
        top.take("copy_of", str, "where a project lies", is_path) if "copy_of" in values else "",
    )
    if len({run.number for run in project.kept}) < len(project.kept):
        raise top.error("kept", "no two runs can have the same number.")
    if pairs is None and project.data.origin is None:
        raise top.error("rows", "they are missing, and no file is named that they are in.")
    try:
        dataset = project.dataset or _TOO_SMALL
        experiment_with(project.settings, dataset)
        for run in project.kept:
            run.experiment(dataset)
    except ValueError as error:
        raise ProjectError(f"{name}: {error}") from None
    return project


def _json(told: bytes, name: str) -> Any:  # noqa: ANN401
    """Return the values that JSON holds, which has no field twice and no endless numbers."""
    damaged = "It may be damaged"
    try:
        text = told.decode()
    except UnicodeDecodeError as error:
        line = told.count(b"\n", 0, error.start) + 1
        raise ProjectError(f"{name}, line {line}: this is no text in UTF-8. {damaged}.") from None
    try:
        return json.loads(text, object_pairs_hook=_once, parse_int=_whole, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        reason = f"{error.msg[:1].lower()}{error.msg[1:]}"
        where = f"{name}, line {error.lineno}"
        raise ProjectError(f"{where}: this is no JSON ({reason}). {damaged}.") from None
    except (ValueError, RecursionError) as error:
        reason = "its brackets lie too deep" if isinstance(error, RecursionError) else str(error)
        raise ProjectError(f"{name}: {reason}. {damaged}.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the field {quoted(twice)} stands in it twice")
    return found


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ValueError(f"it holds a whole number of {len(text):,} digits")
    return int(text)


def _refuse(text: str) -> float:
    raise ValueError(f"it holds {text}, which is no number")


def _check_version(values: Any, name: str) -> None:  # noqa: ANN401
    """Say what a file is that is no project, or one of another time."""
    version = values.get("gdviz") if isinstance(values, dict) else None
    if type(version) is not int or version < 1:
        raise ProjectError(f"{name} is no project of gdviz: it doesn't say of which form it is.")
    if version > VERSION:
        raise ProjectError(
            f"{name} was saved by a newer gdviz: it has form {version}, and this one knows no "
            f"newer than {VERSION}. Update gdviz to open it."
        )


def _rows(values: list[Any], top: Section, progress: Progress) -> tuple[tuple[float, float], ...]:
    pairs = []
    for number, row in enumerate(values, 1):
        is_pair = type(row) is list and len(row) == 2 and all(map(is_number, row))
        if not is_pair:
            raise top.error(f"row {number}", "here belong two numbers, x and y, in brackets.")
        pairs.append((float(row[0]), float(row[1])))
        if number % PROGRESS_ROWS == 0:
            progress(number, len(values))
    if not pairs:
        raise top.error("rows", "there is none.")
    return tuple(pairs)


def checked_settings(values: Any, place: tuple[str, ...]) -> Settings:  # noqa: ANN401
    """Return settings, each within its range."""
    method = values.get("method") if isinstance(values, dict) else None
    kind = METHODS.get(method) if isinstance(method, str) else None
    # Without a method that is known nothing else can be.
    known = {row.name: row for row in rows(*([kind] if kind else []))}
    section = Section(values, place, known if kind else values if values else known)
    section.one_of("method", METHODS)
    return {row.name: _setting(section, row) for row in known.values()}


def _setting(section: Section, row: Setting) -> Any:  # noqa: ANN401
    if row.kind is bool:
        return section.flag(row.name)
    if row.kind is str:
        return section.text(row.name)
    kind = "whole number" if row.kind is int else "number"
    return section.take(row.name, row.kind, f"a {kind} {row.bounds}", row.allows)


def _kept(section: Section) -> KeptRun:
    about = (
        section.whole("number", 0, MOST_KEPT - 1),
        section.take("name", str, "a short text that can be shown", is_name),
        section.flag("visible"),
    )
    if "log" not in section.values:
        settings = section.values.get("settings")
        return KeptRun(*about, checked_settings(settings, (*section.place, "settings")))
    if "settings" in section.values:
        raise section.error("settings", "a run of a log has none.")
    inner = section.section("log", ("told", "with_bias", "broke_off", "rows"))
    return KeptRun(*about, {"with_bias": inner.flag("with_bias")}, _logged(inner))


def _logged(section: Section) -> Logged:
    """Return what a log tells, each number within its range."""
    most = int(SETTINGS["iterations"].high)
    rows = list[Place]()
    for number, row in enumerate(section.list("rows", MOST_LOGGED), 1):
        is_place = type(row) is list and len(row) == 3 and all(map(is_number, row))
        if not is_place or type(row[0]) is not int:
            raise section.error(f"row {number}", "here belong iteration, w and b, in brackets.")
        rows.append((row[0], float(row[1]), float(row[2])))
    told = section.take("told", str, "a short text that can be shown", is_name)
    broke_off = section.whole("broke_off", 0, most) if "broke_off" in section.values else None
    try:
        return Logged(told, tuple(rows), broke_off)
    except ValueError as error:
        raise section.error("rows", str(error)) from None


def _data(section: Section) -> Data:
    calendar, origin = None, None
    if "calendar" in section.values:
        inner = section.section("calendar", ("kind", "origin", "unit"))
        calendar = Calendar(
            inner.one_of("kind", ("date", "time")),
            inner.take("origin", float, "a number", lambda value: abs(value) < FARTHEST),
            inner.one_of("unit", UNITS),
        )
    if "file" in section.values:
        origin = _origin(section.section("file", ("path", "size", "sha256", "choices")))
    x_name, y_name, source = map(section.text, ("x", "y", "source"))
    return Data(x_name, y_name, source, calendar, origin)


def _origin(section: Section) -> Origin:
    return Origin(
        section.take("path", str, "where the file lies", is_path),
        section.whole("size", 0, MOST_BYTES),
        section.take("sha256", str, "64 digits from 0 to f", _fits(_SHA)),
        _choices(section.section("choices", [field.name for field in fields(Choices)])),
    )


def _choices(section: Section) -> Choices:
    chosen: dict[str, Any] = {}
    for name in section.values:
        if name in ("skip", "header"):
            chosen[name] = section.whole(name, 0, MOST_LINES)
        elif name == "encoding":
            chosen[name] = section.take(name, str, "an encoding that Python knows", _is_encoding)
        else:
            chosen[name] = section.take(name, str, "a short text", is_short)
    return Choices(**chosen)


def _is_encoding(text: str) -> bool:
    try:
        # What can be looked up needn't be one of texts.
        return _CODEC.fullmatch(text) is not None and "".encode(text) is not None
    except (LookupError, ValueError):
        return False


def _fits(pattern: re.Pattern[str]) -> Fits:
    return lambda text: pattern.fullmatch(text) is not None

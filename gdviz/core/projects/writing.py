"""Writing projects: one thing a line, in an order that never changes, so that two can be compared.

The same project makes the same bytes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.run import MOST_KEPT
from gdviz.core.descent.settings import rows
from gdviz.core.projects.project import (
    VERSION,
    Data,
    Docks,
    KeptRun,
    Project,
    Settings,
    Study,
    Views,
)
from gdviz.core.tables.writing import Text


def project_text(project: Project) -> Text:
    """Return a project as its file holds it; the rows come last, each on a line of its own."""
    study, copied = project.study, {"copy_of": project.copy_of} if project.copy_of else {}
    head = _json({
        "gdviz": VERSION,
        "settings": _settings(project.settings),
        "kept": [_kept(run) for run in project.kept],
        "position": project.position,
        "speed": project.speed,
        "views": _views(project.views),
        **({} if study is None else {"lesson": _study(study)}),
        "data": _data(project.data),
        **copied,
    })  # fmt: skip
    pairs = project.rows
    if pairs is None:
        return Text(f"{head}\n", 0, lambda _first, _last: "")

    def lines(first: int, last: int) -> str:
        between = ",\n" if last < len(pairs) else "\n  ]\n}\n"
        return ",\n".join(f"    {_flat(pair)}" for pair in pairs[first:last]) + between

    return Text(head.removesuffix("\n}") + ',\n  "rows": [\n', len(pairs), lines)


def _settings(settings: Settings) -> dict[str, Any]:
    """Return settings in the order of their table."""
    return {row.name: settings[row.name] for row in rows(METHODS[str(settings["method"])])}


def _kept(run: KeptRun) -> dict[str, Any]:
    about = {"number": run.number, "name": run.name, "visible": run.visible}
    if run.log is None:
        return {**about, "settings": _settings(run.settings)}
    broke_off = {} if run.log.broke_off is None else {"broke_off": run.log.broke_off}
    log = {"told": run.log.told, **run.settings, **broke_off, "rows": run.log.rows}
    return {**about, "log": log}


def _views(views: Views) -> dict[str, Any]:
    return {
        "history": views.history,
        "residuals": views.residuals,
        "switches": dict(sorted(views.switches.items())),
        "in_front": views.in_front,
        "sights": dict(sorted(views.sights.items())),
        "docks": _docks(views.docks),
    }


def _docks(docks: Docks) -> dict[str, Any]:
    return {
        "settings": docks.settings,
        "places": dict(sorted(docks.places.items())),
        "in_front": docks.in_front,
        "sizes": dict(sorted(docks.sizes.items())),
    }


def _study(study: Study) -> dict[str, Any]:
    return {
        **({"path": study.path} if study.path else {}),
        "open": study.is_open,
        "chapter": study.chapter,
        "chapters": [asdict(taken) for taken in study.taken],
    }


def _data(data: Data) -> dict[str, Any]:
    """Return the columns, and where they are from; what there isn't stays away."""
    told: dict[str, Any] = {"x": data.x_name, "y": data.y_name, "source": data.source}
    if data.calendar is not None:
        told["calendar"] = asdict(data.calendar)
    if data.origin is not None:
        file = asdict(data.origin)
        chosen = {name: value for name, value in file["choices"].items() if value is not None}
        told["file"] = {**file, "choices": chosen}
    return told


def _json(value: Any, indent: str = "") -> str:  # noqa: ANN401
    """Return JSON with one thing a line, but for lists of numbers or names."""
    if isinstance(value, tuple):
        nested = bool(value) and isinstance(value[0], tuple)
        return _rows(value, indent) if nested else _flat(value)
    inner = f"{indent}  "
    if isinstance(value, Mapping):
        lines = [f"{inner}{_flat(key)}: {_json(item, inner)}" for key, item in value.items()]
        return _block("{}", lines, indent)
    if isinstance(value, list):
        return _block("[]", [f"{inner}{_json(item, inner)}" for item in value], indent)
    return _flat(value)


@lru_cache(maxsize=MOST_KEPT)
def _rows(rows: tuple[tuple[Any, ...], ...], indent: str) -> str:
    """Return lists in a list, one a line: those of a log may be many, and never change."""
    return _block("[]", [f"{indent}  {_flat(tuple(map(_plain, row)))}" for row in rows], indent)


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Return a value as it is written: a zero has no sign."""
    return value + 0.0 if isinstance(value, float) else value


def _block(brackets: str, lines: Sequence[str], indent: str) -> str:
    if not lines:
        return brackets
    return "\n".join((brackets[0], ",\n".join(lines), indent + brackets[1]))


def _flat(value: Any) -> str:  # noqa: ANN401
    """Return a value on one line; a number in the shortest form that means it."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_flat, value))}]"
    if type(value) is int:
        return str(value)
    if isinstance(value, float):
        short = repr(value).removesuffix(".0")
        return "-0.0" if short == "-0" else short  # a whole number has no sign at 0
    return json.dumps(value, ensure_ascii=False)

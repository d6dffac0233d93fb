"""Lines: on which line of a set-up each of its sections and fields stands."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

# The way to a field: names of sections, the number of one of several, and its own name, such as
# ("question", 1, "replies", "Left").
Place = tuple[str | int, ...]
# No chapter has fields that lie deeper.
DEEPEST = 8
# What a line can end in the middle of, or not at all: texts, comments, and brackets.
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[][{}\n]',
    re.DOTALL,
)


def lines_of(toml: str) -> dict[Place, int]:
    """Return the line, counted from 1, on which each place of a TOML text is first named."""
    found: dict[Place, int] = {(): 1}
    counts: dict[Place, int] = {}
    here: Place = ()
    for line, statement in _statements(toml):
        told = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            here = _headed(told, counts)
            places = [here[:length] for length in range(1, len(here) + 1)]
        else:
            places = list(_named(told, here))
        for place in places:
            found.setdefault(place, line)
    return found


def _statements(toml: str) -> Iterator[tuple[int, str]]:
    """Yield each header, or field with its value, and the line that it begins on."""
    start = depth = 0
    for token in _TOKEN.finditer(f"{toml}\n"):
        depth += (token[0] in ("[", "{")) - (token[0] in ("]", "}"))
        if token[0] == "\n" and not depth:
            yield 1 + toml.count("\n", 0, start), toml[start : token.start()]
            start = token.end()


def _headed(told: dict[str, Any], counts: dict[Place, int]) -> Place:
    """Return the place that a header leads to; each of those in two brackets is one more."""
    here: Place = ()
    inner: Any = told
    while inner and len(here) < DEEPEST:
        ((name, inner),) = inner.items()
        here = (*here, name)
        if isinstance(inner, list):
            counts[here] = counts.get(here, -1) + 1
            inner = inner[0]
        if here in counts:
            here = (*here, counts[here])
    return here


def _named(told: Any, place: Place) -> Iterator[Place]:  # noqa: ANN401
    """Yield all places in a value."""
    if len(place) > DEEPEST:
        return
    yield place
    if isinstance(told, dict | list):
        for key, value in told.items() if isinstance(told, dict) else enumerate(told):
            yield from _named(value, (*place, key))

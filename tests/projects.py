"""Projects of any kind, as hypothesis makes them, and one to begin with."""

from hypothesis import strategies as st

from gdviz.core.descent.logged import Logged
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.playhead import SPEEDS
from gdviz.core.descent.run import MOST_KEPT
from gdviz.core.descent.settings import LARGE, rows
from gdviz.core.lessons.chapter import RESIDUALS
from gdviz.core.projects.project import (
    AREAS,
    DOCKS,
    Data,
    Docks,
    KeptRun,
    Origin,
    Project,
    Study,
    Taken,
    Views,
)
from gdviz.core.projects.section import leads_away
from gdviz.core.projects.views import HISTORIES, PICTURES, SWITCHES, is_sight
from gdviz.core.tables.calendar import UNITS, Calendar
from gdviz.core.tables.choices import Choices
from gdviz.core.words.choices import ENCODINGS

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAME = st.text(st.characters(categories=["L", "N", "P"]), max_size=20)
PATH = NAME.filter(lambda name: name and not leads_away(name))
# Of a size whose square is a number.
CELL = st.just(0.0) | st.floats(1e-140, 1e140) | st.floats(-1e140, -1e-140) | st.just(-0.0)


def default_settings(method="gradient-descent", **others):
    """Return all settings of a method, but for some as they are at first."""
    found = {row.name: row.default for row in rows(METHODS[method])}
    return found | {"method": method} | others


@st.composite
def settings(draw):
    """Draw settings that can be run."""
    method = draw(st.sampled_from(list(METHODS)))
    kind, drawn = METHODS[method], {"method": method}
    for row in rows(kind):
        if row.kind is bool:
            value = st.booleans()
        elif row.kind is int:
            value = st.integers(int(row.low), int(row.high))
        else:
            value = st.floats(max(row.low, -1e140), min(row.high, 1e140))
        if row.kind is not str:
            drawn[row.name] = draw(value | st.just(row.kind(0)) if row.off else value)
    drawn["standardise"] &= drawn["with_bias"]
    if not kind.takes_batches:
        drawn["batch_size"] = 0
    return drawn


@st.composite
def logs(draw):
    """Draw what a log tells."""
    at = sorted(draw(st.sets(st.integers(0, 10**9 - 1), min_size=1, max_size=8)))
    place = st.floats(-1e140, 1e140)
    rows = tuple((iteration, draw(place), draw(place)) for iteration in at)
    return Logged(draw(NAME), rows, draw(st.none() | st.integers(at[-1] + 1, 10**9)))


@st.composite
def kept_runs(draw):
    numbers = draw(st.lists(st.integers(0, MOST_KEPT - 1), max_size=MOST_KEPT, unique=True))
    runs = []
    for number in numbers:
        log = draw(st.none() | logs())
        of_it = {"with_bias": draw(st.booleans())}
        told = draw(settings()) if log is None else of_it
        runs.append(KeptRun(number, draw(NAME), draw(st.booleans()), told, log))
    return tuple(runs)


def sights(name):
    """Return what can be seen of a picture."""
    numbers = (st.floats(-360, 360), st.floats(0, 90), st.floats(0.1, 100))
    if name != "surface":
        numbers = (st.floats(-LARGE / 10, LARGE / 10),) * 4
    return st.tuples(*numbers).filter(lambda sight: is_sight(name, sight))


@st.composite
def docks(draw):
    """Draw some of the docks, each in one place."""
    names = draw(st.permutations(DOCKS))
    places = {}
    for area in draw(st.lists(st.sampled_from(AREAS), unique=True)):
        groups = draw(st.lists(st.integers(1, 3), max_size=2))
        taken, names = names[: sum(groups)], names[sum(groups) :]
        cut = [taken[sum(groups[:k]) : sum(groups[: k + 1])] for k in range(len(groups))]
        places[area] = tuple(tuple(group) for group in cut if group)
    some = st.lists(st.sampled_from(DOCKS), unique=True)
    sizes = st.dictionaries(st.sampled_from(DOCKS), st.integers(1, 4_000))
    return Docks(draw(st.booleans()), places, tuple(draw(some)), draw(sizes))


TAKEN = st.builds(
    Taken, NAME, st.booleans(),
    st.lists(NAME | st.floats(allow_nan=False, allow_infinity=False), max_size=3).map(tuple),
    st.lists(st.integers(0, 9), max_size=3).map(tuple),
)  # fmt: skip
STUDIES = st.builds(
    Study, st.just("") | PATH, st.booleans(), NAME,
    st.lists(TAKEN, max_size=3).map(tuple),
)  # fmt: skip


@st.composite
def views(draw):
    seen = draw(st.lists(st.sampled_from(PICTURES), unique=True))
    return Views(
        draw(st.dictionaries(st.sampled_from(SWITCHES), st.booleans())),
        tuple(draw(st.lists(st.sampled_from(PICTURES), unique=True))),
        draw(st.sampled_from(HISTORIES)),
        draw(st.sampled_from(RESIDUALS)),
        {name: draw(sights(name)) for name in seen},
        draw(docks()),
    )


CALENDARS = st.builds(
    Calendar, st.sampled_from(["date", "time"]), st.floats(-1e9, 1e9), st.sampled_from(list(UNITS))
)
CHOICES = st.builds(
    Choices,
    encoding=st.none() | st.sampled_from(list(ENCODINGS)),
    skip=st.none() | st.integers(0, 1000), header=st.none() | st.integers(0, 3),
    **dict.fromkeys(("sheet", "missing", "decimal"), st.none() | NAME),
)  # fmt: skip
ORIGINS = st.builds(
    Origin, PATH, st.integers(0, 10**12),
    st.text("0123456789abcdef", min_size=64, max_size=64), CHOICES,
)  # fmt: skip
ROWS = st.lists(st.tuples(CELL, CELL), min_size=1, max_size=40).map(tuple)


@st.composite
def projects(draw):
    """Draw a project: with its rows, or with the file that they are in, or with both."""
    rows = draw(st.none() | ROWS)
    origin = draw(ORIGINS if rows is None else st.none() | ORIGINS)
    data = Data(draw(TEXT), draw(TEXT), draw(TEXT), draw(st.none() | CALENDARS), origin)
    return Project(
        draw(settings()), data, rows, draw(kept_runs()), draw(st.integers(0, 10**9)),
        draw(st.sampled_from([speed.label for speed in SPEEDS])), draw(views()),
        draw(st.none() | STUDIES), draw(st.just("") | PATH),
    )  # fmt: skip


LEAST = Project(
    default_settings(), Data("x", "y", "made"), ((1.0, 2.0), (3.0, 4.5)), speed=SPEEDS[0].label
)

"""Views: what a project says of where one looks: pictures, what is beside them, and a lesson."""

from dataclasses import fields

from gdviz.core.lessons.chapter import RESIDUALS, SHOWN
from gdviz.core.lessons.reading import MOST_CHAPTERS
from gdviz.core.projects.project import AREAS, DOCKS, Docks, Study, Taken, Views
from gdviz.core.projects.section import (
    FARTHEST,
    Section,
    is_name,
    is_number,
    is_path,
    is_short,
)

PICTURES = "loss_curve", "landscape", "surface", "data_fit", "loss_history"
SWITCHES = *SHOWN, "logarithmic"
HISTORIES = "linear", "logarithmic", "above_minimum"
# No screen is wider, and no chapter asks more.
MOST_PIXELS, MOST_ANSWERS = 100_000, 1_000


def views_of(top: Section) -> Views:
    """Return which pictures are shown, and how."""
    section = top.section("views", [field.name for field in fields(Views)])
    switches = section.section("switches", SWITCHES)
    sights = section.section("sights", PICTURES)
    return Views(
        {name: switches.flag(name) for name in switches.values},
        section.names("in_front", PICTURES),
        section.one_of("history", HISTORIES),
        section.one_of("residuals", RESIDUALS),
        {name: _sight(sights, name) for name in sights.values},
        _docks(section.section("docks", [field.name for field in fields(Docks)])),
    )


def _docks(section: Section) -> Docks:
    told, sizes = section.section("places", AREAS), section.section("sizes", DOCKS)
    places = {}
    for area in told.values:
        groups = told.list(area, len(DOCKS))
        numbered = {str(number): group for number, group in enumerate(groups, 1)}
        inner = Section(numbered, (*told.place, area), numbered)
        places[area] = tuple(inner.names(number, DOCKS) for number in inner.values)
    names = [name for groups in places.values() for group in groups for name in group]
    if len(set(names)) < len(names):
        raise section.error("places", "nothing can be open twice.")
    if not all(group for groups in places.values() for group in groups):
        raise section.error("places", "where nothing is open, belongs nothing.")
    return Docks(
        section.flag("settings"),
        places,
        section.names("in_front", DOCKS),
        {name: sizes.whole(name, 1, MOST_PIXELS) for name in sizes.values},
    )


def study_of(top: Section) -> Study | None:
    """Return how far a lesson was taken, if one belongs to the project."""
    if "lesson" not in top.values:
        return None
    section = top.section("lesson", ("path", "open", "chapter", "chapters"))
    known = [field.name for field in fields(Taken)]
    return Study(
        section.take("path", str, "where the lesson lies", is_path)
        if "path" in section.values
        else "",
        section.flag("open"),
        section.take("chapter", str, "the name of a chapter", is_name),
        tuple(map(_taken, section.sections("chapters", MOST_CHAPTERS, known))),
    )


def _taken(section: Section) -> Taken:
    predicted = section.list("predicted", MOST_ANSWERS)
    if not all(is_short(each) if type(each) is str else is_number(each) for each in predicted):
        raise section.error("predicted", "here belong numbers and short texts.")
    solved = section.list("solved", MOST_ANSWERS)
    if not all(type(each) is int and 0 <= each < MOST_ANSWERS for each in solved):
        raise section.error("solved", "here belong numbers of challenges, counted from 0.")
    return Taken(
        section.take("name", str, "the name of a chapter", is_name),
        section.flag("done"),
        tuple(each if type(each) is str else float(each) for each in predicted),
        tuple(solved),
    )


def _sight(section: Section, name: str) -> tuple[float, ...]:
    numbers = section.list(name, 4)
    sight = tuple(float(each) for each in numbers if is_number(each))
    if len(sight) < len(numbers) or not is_sight(name, sight):
        raise section.error(name, "here belong numbers that say what is seen of it.")
    return sight


def is_sight(name: str, sight: tuple[float, ...]) -> bool:
    """Tell whether numbers say what is seen of a picture; see `Views`."""
    if name == "surface":
        return len(sight) == 3 and 0 <= sight[1] <= 90 and 0.1 <= sight[2] <= 100
    if len(sight) != 4 or not all(abs(each) < FARTHEST for each in sight):
        return False
    # Of ends that are almost the same no axis can be drawn.
    return all(high - low > 1e-9 * max(abs(low), abs(high)) for low, high in (sight[:2], sight[2:]))

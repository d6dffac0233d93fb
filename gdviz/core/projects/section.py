"""Section: an object of a project's file, whose fields are looked at one by one."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from gdviz.core.files import quoted
from gdviz.core.lessons.fields import did_you_mean
from gdviz.core.projects.project import ProjectError

Fits = Callable[[Any], bool]


class Section:
    """The fields of an object, each of which is looked at when it is asked for.

    Parameters
    ----------
    place : tuple of str
        The name of the file, and the way to the object.
    known : collection of str
        The fields that it can have.
    """

    def __init__(self, values: Any, place: tuple[str, ...], known: Collection[str]) -> None:  # noqa: ANN401
        self.place = place
        if not isinstance(values, dict):
            raise self.error("", "here belong fields in braces.")
        self.values: Mapping[str, Any] = values
        for key in values:
            if key not in known:
                raise self.error("", f"there is no field {quoted(key)}. {did_you_mean(key, known)}")

    def error(self, key: str, sentence: str) -> ProjectError:
        """Return an error that says in which field."""
        return ProjectError(f"{', '.join(filter(None, (*self.place, key)))}: {sentence}")

    def take(self, key: str, kind: type, meaning: str, fits: Fits = lambda _: True) -> Any:  # noqa: ANN401
        """Return a value of exactly this type, for which something is so."""
        if key not in self.values:
            raise self.error(key, f"it is missing: {meaning}.")
        value = self.values[key]
        if kind is float and type(value) is int:
            value = float(value)
        if type(value) is not kind or not fits(value):
            raise self.error(key, f"here belongs {meaning}.")
        return value

    def text(self, key: str) -> str:
        """Return a text that can be written again."""
        return str(self.take(key, str, "a text", is_whole_text))

    def whole(self, key: str, low: int, high: int) -> int:
        """Return a whole number."""
        meaning = f"a whole number from {low} to {high:,}"
        return int(self.take(key, int, meaning, lambda value: low <= value <= high))

    def flag(self, key: str) -> bool:
        """Return whether something is on."""
        return bool(self.take(key, bool, "true or false"))

    def one_of(self, key: str, known: Collection[str]) -> str:
        """Return one of some texts."""
        meaning = f"one of {', '.join(map(quoted, known))}"
        return str(self.take(key, str, meaning, lambda value: value in known))

    def list(self, key: str, most: int) -> list[Any]:
        """Return a list."""
        values: list[Any] = self.take(key, list, "a list in brackets")
        if len(values) > most:
            raise self.error(
                key, f"there can be at most {most:,} of them, and not {len(values):,}."
            )
        return values

    def section(self, key: str, known: Collection[str]) -> "Section":
        """Return an object in this one."""
        return Section(self.values.get(key), (*self.place, key), known)

    def section_of(self, value: Any, key: str, number: int) -> "Section":  # noqa: ANN401
        """Return an object in a list, whose numbers begin with 1."""
        known = "number", "name", "visible", "settings", "log"
        return Section(value, (*self.place, f"{key} {number}"), known)


def is_whole_text(text: str) -> bool:
    """Tell whether a text has no half letters, which no file can hold."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)

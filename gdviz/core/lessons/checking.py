"""Checking: a section of a set-up has all fields it needs, no unknown ones, and the right kinds."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gdviz.core.files import quoted
from gdviz.core.lessons.conditions import Condition, ConditionError
from gdviz.core.lessons.fields import FIELDS, NEEDED, TEXT, did_you_mean, in_words, is_of
from gdviz.core.lessons.lines import Place
from gdviz.core.lessons.markdown import CONTROL
from gdviz.core.lessons.sayings import Saying
from gdviz.core.lessons.source import LessonError, Source

LONGEST_TEXT = 1_000


class CheckedSection:
    """Fields by their names, and where each stands.

    Parameters
    ----------
    kind : str
        Which of `FIELDS` it can have; if it is none of those, any, and each is a text.

    Raises
    ------
    LessonError
        If a field is unknown, of the wrong kind or missing.
    """

    def __init__(
        self, source: Source, kind: str, values: Mapping[str, Any], place: Place = ()
    ) -> None:
        self.values = values
        self._source, self._place = source, place
        known = FIELDS.get(kind) or dict.fromkeys(values, (TEXT, ""))
        for key, value in values.items():
            self._check_texts(key, [key])
            if key not in known:
                sentence = f"there is no field {quoted(key)} here. {did_you_mean(key, known)}"
                raise self.error(key, sentence)
            if not is_of(value, known[key][0]):
                raise self.error(key, f"{quoted(key)} must be {in_words(known[key][0])}.")
            self._check_texts(key, value if isinstance(value, list) else [value])
        for key in NEEDED.get(kind, ()):
            if key not in values:
                raise self.error(key, f"{key} is missing: {known[key][1]}.")

    def error(self, key: str, sentence: str) -> LessonError:
        """Return an error that names the line of a field, or of the section if it isn't there."""
        return self._source.error((*self._place, key), sentence)

    def inner(self, key: str, kind: str = "") -> "CheckedSection":
        """Return the section of a name; an empty one if there is none."""
        values = self.values.get(key, {})
        return CheckedSection(self._source, kind or key, values, (*self._place, key))

    def each(self, key: str, most: int) -> list["CheckedSection"]:
        """Return the sections of a name, in their order."""
        values, place = self.values.get(key, []), (*self._place, key)
        if isinstance(values, dict):
            return [CheckedSection(self._source, key, values, place)]
        if len(values) > most:
            raise self.error(key, f"there can be at most {most} of them.")
        return [
            CheckedSection(self._source, key, inner, (*place, number))
            for number, inner in enumerate(values)
        ]

    def sayings(self, *keys: str) -> dict[str, Saying]:
        """Return what is to be said, of those fields that are there."""
        return {key: self.saying(key) for key in keys if key in self.values}

    def saying(self, key: str) -> Saying:
        """Return the text of a field, in which numbers can stand."""
        try:
            return Saying(self.values[key])
        except ConditionError as error:
            raise self.error(key, str(error)) from None

    def condition(self, key: str, text: str) -> Condition:
        """Return the condition that stands in a field, or is its name."""
        try:
            return Condition(text)
        except ConditionError as error:
            raise self.error(key, str(error)) from None

    def check_names(self, key: str, names: Iterable[str], known: Sequence[str]) -> None:
        """Refuse names that mean nothing in a field."""
        for name in names:
            if name not in known:
                sentence = f"{key} knows no {quoted(name)}. {did_you_mean(name, known)}"
                raise self.error(key, sentence)

    def _check_texts(self, key: str, values: Sequence[Any]) -> None:
        """Refuse what is too long or can't be shown: a backslash can stand for any letter."""
        for text in values:
            if isinstance(text, str) and len(text) > LONGEST_TEXT:
                raise self.error(key, f"a text has at most {LONGEST_TEXT:,} letters.")
            if isinstance(text, str) and CONTROL.search(text):
                raise self.error(key, f"{quoted(key)} holds a letter that can't be shown.")

"""Building: a chapter from the fields of its set-up, each of them checked and named if wrong."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from gdviz.core.descent.descent import MOST_ITERATIONS, Experiment
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.playhead import SPEEDS
from gdviz.core.descent.settings import LARGE, SETTINGS, Value, fields_of, hyperparameters
from gdviz.core.files import FileError, quoted
from gdviz.core.lessons.beside import beside
from gdviz.core.lessons.chapter import (
    BLANKS,
    END,
    FIRST,
    NOTHING,
    PARTS,
    RESIDUALS,
    SHOWN,
    Challenge,
    Chapter,
    Question,
    Reply,
    Setup,
)
from gdviz.core.lessons.conditions import Condition, ConditionError
from gdviz.core.lessons.fields import FIELDS, NEEDED, in_words, is_of
from gdviz.core.lessons.markdown import CONTROL
from gdviz.core.lessons.sayings import Saying
from gdviz.core.lessons.source import LessonError, Source
from gdviz.core.tables.dataset import Dataset
from gdviz.resources import resource

LONGEST_TEXT, MOST_ANSWERS = 1_000, 12
# Of questions, predictions or challenges; of kept runs; and of hints, or replies to a question.
MOST_SECTIONS, MOST_KEPT, MOST_REPLIES = 12, 5, 24
_TOO_SMALL = Dataset(np.array((0.0, 1.0)), np.array((0.0, 1.0)))
_OWN = {row.name: row for kind in METHODS.values() for row in hyperparameters(kind)}
_NAMES: Mapping[str, Sequence[str]] = {
    "show": SHOWN, "light": PARTS, "hide": PARTS, "blank": BLANKS,
    "residuals": RESIDUALS, "speed": tuple(speed.label for speed in SPEEDS),
}  # fmt: skip


class Builder:
    """Makes a chapter of a source; the files it names must lie in the folder, if there is any.

    Sections are known by their paths: see `Source`.
    """

    def __init__(self, source: Source, folder: Path | None) -> None:
        self._source, self._folder = source, folder

    def chapter(self, name: str) -> Chapter:
        """Return it.

        Raises
        ------
        LessonError
            If something is wrong with it.
        """
        values, words, more = self._source.parts()
        self._check("", "", values)
        first = self._first(values)
        questions = self._asked("question", values, first)
        done = self._done("", values["done"])
        if not questions and "answered" in done.text:
            raise self._error("", "done", "it asks for an answer, but there is no [question].")
        return Chapter(
            name, " ".join(values["title"].split()), words.text, done=done, setup=first,
            reveal=self._change("reveal", values.get("reveal", {}), first),
            predictions=self._asked("prediction", values, first), questions=questions,
            hints=self._replies("hints", values.get("hints", {})),
            challenges=tuple(self._challenges(values)),
            large_type=values.get("large_type", False), more_words=more.text,
            first_line=words.first_line, first_line_of_more=more.first_line,
            **self._sayings("", values, "task", "praise", "keep"),
        )  # fmt: skip

    def _first(self, values: Mapping[str, Any]) -> Setup:
        """Return how a chapter begins; what isn't named is as when gdviz starts first."""
        seen = {
            key: self._names("", key, values[key]) for key in ("light", "hide") if key in values
        }
        setup = self._change("setup", values.get("setup", {}), FIRST, "setup")
        return setup.over(Setup(**seen)).over(FIRST)

    def _change(
        self, path: str, values: dict[str, Any], base: Setup, kind: str = "reveal"
    ) -> Setup:
        """Return what a section sets; its settings are tried on those of a base."""
        self._check(path, kind, values)
        named = {key: values[key] for key in values if key not in FIELDS["kept"]}
        for key in _NAMES.keys() & named.keys():
            named[key] = self._names(path, key, named[key])
        if "file" in named:
            self._check_file(path, named["file"])
        if "position" in named:
            self._check_position(path, named["position"])
        if named.get("point_at", 0) < 0:
            raise self._error(path, "point_at", "rows are counted from 1; 0 is none.")
        kept = self._sections(path, "kept", named)
        settings = self._settings(path, values, base.settings)
        if kept is not None:
            named["kept"] = tuple(
                self._kept(inner, run, {**base.settings, **settings}) for inner, run in kept
            )
        return Setup(settings=settings, **named)

    def _kept(
        self, path: str, values: dict[str, Any], base: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        self._check(path, "kept", values)
        name = {"name": values["name"]} if "name" in values else {}
        return name | self._settings(path, values, base)

    def _settings(
        self, path: str, values: Mapping[str, Any], base: Mapping[str, Value]
    ) -> dict[str, Value]:
        """Return the settings among some fields, after trying them with those of a base."""
        given = {key: values[key] for key in values if key in SETTINGS or key in _OWN}
        if "method" in given and given["method"] not in METHODS:
            hint = f"There are: {', '.join(METHODS)}."
            name = quoted(given["method"])
            raise self._error(path, "method", f"there is no method {name}. {hint}")
        for key, value in given.items():
            setting = SETTINGS.get(key) or _OWN[key]
            if setting.kind in (int, float):
                if not setting.allows(value):
                    raise self._error(path, key, f"{key} must be {setting.bounds}.")
                given[key] = setting.kind(value)
        if "method" in given:
            given.setdefault("learning_rate", METHODS[given["method"]].published_rate)
        whole = {**base, **given}
        method = METHODS[str(whole["method"])]
        if given.get("batch_size") and not method.takes_batches:
            sentence = f"{method.label} looks at all rows: leave it out."
            raise self._error(path, "batch_size", sentence)
        try:
            Experiment(_TOO_SMALL, **fields_of(whole))
        except ValueError as error:
            raise self._error(path, "", str(error)) from None
        return given

    def _asked(self, kind: str, values: dict[str, Any], base: Setup) -> tuple[Question, ...]:
        """Return the predictions or questions of a chapter."""
        sections = self._sections("", kind, values) or ()
        return tuple(self._question(path, kind, fields, base) for path, fields in sections)

    def _question(self, path: str, kind: str, values: dict[str, Any], base: Setup) -> Question:
        self._check(path, kind, values)
        # No prediction is a failure.
        otherwise = {"wrong": NOTHING} if kind == "prediction" else {}
        answers, answer = tuple(dict.fromkeys(values.get("answers", ()))), values.get("answer")
        if len(answers) > MOST_ANSWERS:
            raise self._error(path, "answers", f"at most {MOST_ANSWERS} can be offered.")
        if answers and answer is not None and answer not in answers:
            raise self._error(path, "answer", "the answer must be one of the answers.")
        if not answers and isinstance(answer, str):
            sentence = "without answers to choose from it is a number."
            raise self._error(path, "answer", sentence)
        if not answers and answer is not None:
            answer = self._number(path, "answer", answer, -LARGE)
        return Question(
            answer=answer, answers=answers,
            within=self._number(path, "within", values.get("within", 0), 0),
            replies=self._replies(f"{path}.replies", values.get("replies", {}), answers),
            setup=self._change(f"{path}.setup", values.get("setup", {}), base),
            reveal=self._change(f"{path}.reveal", values.get("reveal", {}), base),
            **otherwise | self._sayings(path, values, "text", "right", "wrong"),
        )  # fmt: skip

    def _replies(
        self, path: str, values: Mapping[str, Any], answers: Sequence[str] = ()
    ) -> tuple[Reply, ...]:
        """Return what is said to answers to choose from, or where conditions hold."""
        if len(values) > MOST_REPLIES:
            raise self._error(path, "", f"there are at most {MOST_REPLIES} of them.")
        replies = []
        for key, text in values.items():
            if answers and key not in answers:
                raise self._error(path, key, f"{quoted(key)} is none of the answers.")
            if not isinstance(text, str):
                raise self._error(path, key, "here belongs a text in straight quotes.")
            self._check_texts(path, key, [key, text])
            to = key if answers else self._done(path, key, key)
            replies.append(Reply(to, self._saying(path, key, text)))
        return tuple(replies)

    def _challenges(self, values: dict[str, Any]) -> Iterator[Challenge]:
        for path, fields in self._sections("", "challenge", values) or ():
            self._check(path, "challenge", fields)
            done = self._done(path, fields["done"])
            yield Challenge(done=done, **self._sayings(path, fields, "text", "praise"))

    def _sections(
        self, path: str, key: str, values: Mapping[str, Any]
    ) -> list[tuple[str, dict[str, Any]]] | None:
        """Return the sections of a name with their paths; None if there is none."""
        if key not in values:
            return None
        inner = f"{path}.{key}" if path else key
        if isinstance(values[key], dict):
            return [(inner, values[key])]
        most = MOST_KEPT if key == "kept" else MOST_SECTIONS
        if len(values[key]) > most:
            raise self._error(path, key, f"there can be at most {most} of them.")
        return [(f"{inner}[{number}]", fields) for number, fields in enumerate(values[key])]

    def _check(self, path: str, kind: str, values: Mapping[str, Any]) -> None:
        """Refuse fields that are unknown, of the wrong kind, or missing."""
        known = FIELDS[kind]
        for key, value in values.items():
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
                raise self._error(path, key, f"there is no field {quoted(key)} here. {hint}")
            if not is_of(value, known[key][0]):
                raise self._error(path, key, f"{key} must be {in_words(known[key][0])}.")
            self._check_texts(path, key, value if isinstance(value, list) else [value])
        missing = [key for key in NEEDED.get(kind, ()) if key not in values]
        if missing:
            raise self._error(path, "", f"{missing[0]} is missing: {known[missing[0]][1]}.")

    def _check_texts(self, path: str, key: str, values: Sequence[Any]) -> None:
        """Refuse what is too long or can't be shown: a backslash can stand for any letter."""
        for text in values:
            if isinstance(text, str) and len(text) > LONGEST_TEXT:
                raise self._error(path, key, f"a text has at most {LONGEST_TEXT:,} letters.")
            if isinstance(text, str) and CONTROL.search(text):
                raise self._error(path, key, f"{key} holds a letter that can't be shown.")

    def _names(self, path: str, key: str, given: Any) -> Any:  # noqa: ANN401
        """Return one or several of the names that a field takes."""
        known = _NAMES[key]
        for name in [given] if isinstance(given, str) else given:
            if name not in known:
                near = difflib.get_close_matches(name, known, 1)
                hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
                raise self._error(path, key, f"there is no {quoted(name)} to {key}. {hint}")
        return given if isinstance(given, str) else tuple(dict.fromkeys(given))

    def _check_file(self, path: str, name: str) -> None:
        try:
            if self._folder is not None:
                beside(name, self._folder, resource("data"))
        except FileError as error:
            raise self._error(path, "file", str(error)) from None

    def _check_position(self, path: str, position: float | str) -> None:
        is_iteration = isinstance(position, int) and 0 <= position <= MOST_ITERATIONS
        if position != END and not is_iteration:
            most = f"{MOST_ITERATIONS:,}"
            sentence = f"position is a whole number from 0 to {most}, or “{END}”."
            raise self._error(path, "position", sentence)

    def _sayings(self, path: str, values: Mapping[str, Any], *keys: str) -> dict[str, Saying]:
        return {key: self._saying(path, key, values[key]) for key in keys if key in values}

    def _saying(self, path: str, key: str, text: str) -> Saying:
        try:
            return Saying(text)
        except ConditionError as error:
            raise self._error(path, key, str(error)) from None

    def _done(self, path: str, text: str, key: str = "done") -> Condition:
        try:
            return Condition(text)
        except ConditionError as error:
            raise self._error(path, key, str(error)) from None

    def _number(self, path: str, key: str, number: float, low: float) -> float:
        """Return a number of a question that one can reckon with."""
        if not low <= number <= LARGE:
            raise self._error(path, key, f"{key} must be from {low:g} to {LARGE:g}.")
        return float(number)

    def _error(self, path: str, key: str, sentence: str) -> LessonError:
        return self._source.error(path, key, sentence)

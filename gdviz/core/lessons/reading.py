"""Lessons: chapters as plain text, TOML between ``+++`` lines and Markdown below.

``assets/lessons/README.md`` tells teachers how to write one.
"""

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.settings import SETTINGS, Value, fields_of
from gdviz.core.lessons.chapter import PARTS, SHOWN, Chapter, Lesson, Question, Setup
from gdviz.core.lessons.conditions import Condition, ConditionError
from gdviz.core.tables.dataset import Dataset

FENCE = "+++"
LARGEST_BYTES = 1_000_000
TEXT, FLAG, WHOLE, NUMBER, TEXTS = "a text", "true or false", "a whole number", "a number", "texts"
EITHER, SECTION = "a number or a text", "a section"
KINDS: dict[type, str] = {bool: FLAG, int: WHOLE, float: NUMBER, str: TEXT}

# What a chapter can say, section by section: each field's kind and meaning.
FIELDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "": {
        "title": (TEXT, "what the chapter is called"),
        "task": (TEXT, "the sentence that asks for something"),
        "done": (TEXT, "the condition that says it was done"),
        "praise": (TEXT, "what to say then"),
        "light": (TEXTS, "the parts to put a frame around"),
        "hide": (TEXTS, "the parts to hide while the chapter is shown"),
        "large_type": (FLAG, "full screen and large type"),
        "setup": (SECTION, "how the program is set up"),
        "question": (SECTION, "something to predict"),
    },
    "setup": {
        "file": (TEXT, "the table to open: beside the chapter, or pizza.txt"),
        **{name: (KINDS[row.kind], row.usage) for name, row in SETTINGS.items()},
        "position": (EITHER, "the iteration to show, or end"),
        "show": (TEXTS, "the pictures to show, and more_settings to open those"),
        "logarithmic": (FLAG, "make the loss history logarithmic"),
    },
    "question": {
        "text": (TEXT, "the question"),
        "answers": (TEXTS, "the answers to choose from; without them a number is asked for"),
        "answer": (EITHER, "the right one: its text, or the number"),
        "within": (NUMBER, "how far off a number may be"),
        "wrong": (TEXT, "what to say to a wrong answer"),
    },
}  # fmt: skip
NEEDED = {"": ("title", "task", "done"), "setup": (), "question": ("text", "answer")}

_TOO_SMALL = Dataset(np.array((0.0, 1.0)), np.array((0.0, 1.0)))


class LessonError(Exception):
    """A lesson that can't be used; the text says which file, which line, and what would work."""


def read_lesson(path: str | Path) -> Lesson:
    """Read a chapter, or a folder of them in the order of their names.

    Raises
    ------
    LessonError
        If there is none, or one is broken.
    """
    path = Path(path)
    if not path.is_dir():
        return Lesson(path.parent, (parse_chapter(_text(path), path.name),))
    files = sorted(file for file in path.glob("*.md") if file.stem.lower() != "readme")
    if not files:
        raise LessonError(f"{path.name}: there is no chapter in this folder. One ends in .md.")
    return Lesson(path, tuple(parse_chapter(_text(file), file.name) for file in files))


def parse_chapter(text: str, name: str = "lesson.md") -> Chapter:
    """Return the chapter that a text describes.

    Raises
    ------
    LessonError
        If it is broken.
    """
    return _Parser(text, name).chapter()


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()[: LARGEST_BYTES + 1]
    except OSError as error:
        raise LessonError(f"{path.name} can't be read: {error.strerror}.") from None
    if len(content) > LARGEST_BYTES:
        raise LessonError(f"{path.name} is larger than a chapter can be: 1 MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise LessonError(
            f"{path.name}, line {line}: this isn't UTF-8 text. Save the file as UTF-8."
        ) from None
    return text.replace("\r\n", "\n")


class _Parser:
    """Reads one chapter, and knows on which line everything stands."""

    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._lines = text.split("\n")

    def chapter(self) -> Chapter:
        values, words = self._split()
        self._check("", values)
        setup, question = values.pop("setup", {}), values.pop("question", None)
        for section, content in (("setup", setup), ("question", question or {})):
            self._check(section, content, needed=section == "setup" or question is not None)
        for key in ("light", "hide"):
            values[key] = self._names("", key, values.get(key, []), PARTS)
        condition = self._condition(values.pop("done"))
        if question is None and "answered" in condition.text:
            raise self._error("", "done", "it asks for an answer, but there is no [question].")
        return Chapter(
            self._name.removesuffix(".md"), words=words, done=condition,
            setup=self._setup(setup), question=self._question(question), **values,
        )  # fmt: skip

    def _split(self) -> tuple[dict[str, Any], str]:
        fences = [place for place, line in enumerate(self._lines) if line.strip() == FENCE]
        if len(fences) < 2 or any(line.strip() for line in self._lines[: fences[0]]):
            raise LessonError(
                f"{self._name}, line 1: a chapter begins with a line +++, then its set-up, then "
                "another line +++, then the words."
            )
        first, last = fences[:2]
        words = "\n".join(self._lines[last + 1 :]).strip()
        if not words:
            raise LessonError(f"{self._name}, line {last + 1}: below the second +++ belong words.")
        head = "\n" * (first + 1) + "\n".join(self._lines[first + 1 : last])
        self._lines = self._lines[:last]
        return self._toml(head, last), words

    def _toml(self, head: str, last: int) -> dict[str, Any]:
        try:
            return tomllib.loads(head)
        except (ValueError, RecursionError) as error:
            found = re.search(r"\(at (?:line (\d+)|end)", str(error))
            line = int(found[1]) if found and found[1] else last
            reason = str(error).split(" (at ")[0]
            raise LessonError(
                f"{self._name}, line {line}: this line can't be read ({reason}). One looks like: "
                'title = "Guess a weight"'
            ) from None

    def _check(self, section: str, values: Any, needed: bool = True) -> None:  # noqa: ANN401
        """Refuse fields that are unknown, of the wrong kind, or missing."""
        known = FIELDS[section]
        for key, value in values.items():
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
                raise self._error(section, key, f"there is no field “{key}” here. {hint}")
            if not _is(value, known[key][0]):
                raise self._error(section, key, f"{key} must be {_words(known[key][0])}.")
        missing = [key for key in NEEDED[section] if needed and key not in values]
        if missing:
            raise self._error(section, "", f"{missing[0]} is missing: {known[missing[0]][1]}.")

    def _condition(self, text: str) -> Condition:
        try:
            return Condition(text)
        except ConditionError as error:
            raise self._error("", "done", str(error)) from None

    def _names(
        self, section: str, key: str, names: Sequence[str], known: Sequence[str]
    ) -> tuple[str, ...]:
        for name in names:
            if name not in known:
                near = difflib.get_close_matches(name, known, 1)
                hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
                raise self._error(section, key, f"there is no “{name}” to {key}. {hint}")
        return tuple(names)

    def _setup(self, values: dict[str, Any]) -> Setup:
        others: dict[str, Any] = {
            key: values.pop(key) for key in ("file", "logarithmic") if key in values
        }  # fmt: skip
        if "show" in values:
            others["show"] = self._names("setup", "show", values.pop("show"), SHOWN)
        if "position" in values:
            others["position"] = self._position(values.pop("position"))
        return Setup(settings=self._settings(values), **others)

    def _position(self, position: float | str) -> int | None:
        if position == "end":
            return None
        if not isinstance(position, int) or position < 0:
            raise self._error("setup", "position", "position is a whole number from 0, or “end”.")
        return position

    def _settings(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the fields of an Experiment, after trying them."""
        name = values.get("method", SETTINGS["method"].default)
        if name not in METHODS:
            hint = f"There are: {', '.join(METHODS)}."
            raise self._error("setup", "method", f"there is no method “{name}”. {hint}")
        for key in values:
            self._try(key, values[key])
        first = {row.name: row.default for row in SETTINGS.values()}
        settings = fields_of(first | {"learning_rate": METHODS[name].published_rate} | values)
        try:
            Experiment(_TOO_SMALL, **settings)
        except ValueError as error:
            raise self._error("setup", "", str(error)) from None
        return settings

    def _try(self, key: str, value: Value) -> None:
        """Try one setting by itself, to name its line."""
        try:
            if key != "standardise":  # it needs the bias
                Experiment(_TOO_SMALL, **fields_of({key: value}))
        except (ValueError, OverflowError) as error:
            raise self._error("setup", key, str(error)) from None
        setting = SETTINGS[key]
        if setting.kind in (int, float) and not setting.allows(value):
            raise self._error("setup", key, f"{key} must be {setting.bounds}.")

    def _question(self, values: dict[str, Any] | None) -> Question | None:
        if values is None:
            return None
        answers, answer = tuple(values.pop("answers", ())), values.pop("answer")
        if answers and answer not in answers:
            raise self._error("question", "answer", "the answer must be one of the answers.")
        if not answers and isinstance(answer, str):
            raise self._error("question", "answer", "without answers to choose from it is a number")
        return Question(answers=answers, answer=answer, **values)

    def _error(self, section: str, key: str, sentence: str) -> LessonError:
        return LessonError(f"{self._name}, line {self._line(section, key)}: {sentence}")

    def _line(self, section: str, key: str) -> int:
        """Return the line of a field; that of its section, or the first, if it has none."""
        here, found = "", 1
        for number, line in enumerate(self._lines, 1):
            header = re.match(r"\s*\[\s*([^\]]*?)\s*\]", line)
            if header:
                here = header[1]
                if not section and here == key:
                    return number
            if here == section and (found == 1 and header):
                found = number
            if here == section and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
                return number
        return found


def _is(value: object, kind: str) -> bool:
    """Tell whether a value is of a kind."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    match kind:
        case "a text":
            return isinstance(value, str)
        case "true or false":
            return isinstance(value, bool)
        case "a whole number":
            return number and isinstance(value, int)
        case "a number":
            return number
        case "texts":
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        case "a section":
            return isinstance(value, dict)
    return number or isinstance(value, str)


def _words(kind: str) -> str:
    """Return a kind with an example."""
    return {
        TEXT: "a text in straight quotes", TEXTS: 'a list of texts, as in ["play", "loss"]',
        SECTION: "a section of its own, headed as in [setup]",
    }.get(kind, kind)  # fmt: skip

"""Lessons: chapters as plain text, TOML between ``+++`` lines and Markdown below.

``assets/lessons/README.md`` tells teachers how to write one.
"""

import difflib
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from gdviz.core.descent.descent import MOST_ITERATIONS, Experiment
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.settings import LARGE, SETTINGS, fields_of
from gdviz.core.files import FileError, content, escaped, is_folder, named, quoted
from gdviz.core.lessons.beside import beside
from gdviz.core.lessons.chapter import PARTS, SHOWN, Chapter, Lesson, Question, Setup
from gdviz.core.lessons.conditions import Condition, ConditionError
from gdviz.core.lessons.fields import FIELDS, NEEDED, in_words, is_of
from gdviz.core.lessons.markdown import CONTROL, LONGEST_LINE, too_much
from gdviz.core.tables.dataset import Dataset
from gdviz.resources import resource

FENCE = "+++"
LARGEST_BYTES = 64_000
MOST_CHAPTERS = 200
# Keys with thousands of dots take TOML as long as their square.
LONGEST_HEAD = 10_000
LONGEST_TEXT, MOST_ANSWERS = 1_000, 12
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
    if not is_folder(path):
        return Lesson(path.parent, (_chapter(path),))
    files = sorted(file for file in path.glob("*.md") if file.stem.lower() != "readme")
    if not files:
        raise LessonError(f"{named(path)}: there is no chapter in this folder. One ends in .md.")
    if len(files) > MOST_CHAPTERS:
        raise LessonError(f"{named(path)}: a lesson has at most {MOST_CHAPTERS} chapters.")
    return Lesson(path, tuple(map(_chapter, files)))


def parse_chapter(text: str, name: str = "lesson.md", folder: Path | None = None) -> Chapter:
    """Return the chapter that a text describes; the files it names must lie in the folder, if any.

    Raises
    ------
    LessonError
        If it is broken.
    """
    return _Parser(text.replace("\r\n", "\n").replace("\r", "\n"), name, folder).chapter()


def _chapter(path: Path) -> Chapter:
    try:
        read = content(path, LARGEST_BYTES)
    except FileError as error:
        raise LessonError(str(error)) from None
    try:
        text = read.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = read.count(b"\n", 0, error.start) + 1
        raise LessonError(
            f"{named(path)}, line {line}: this isn't UTF-8 text. Save the file as UTF-8."
        ) from None
    return parse_chapter(text, path.name, path.parent)


class _Parser:
    """Reads one chapter, and knows on which line everything stands."""

    def __init__(self, text: str, name: str, folder: Path | None) -> None:
        self._name, self._folder = name, folder
        self._lines = text.split("\n")

    def chapter(self) -> Chapter:
        """Return it, or raise LessonError."""
        self._check_lines()
        values, words, line = self._split()
        self._check("", values)
        setup, question = values.pop("setup", {}), values.pop("question", None)
        for section, fields in (("setup", setup), ("question", question or {})):
            self._check(section, fields, needed=section == "setup" or question is not None)
        values["title"] = " ".join(values["title"].split())
        for key in ("light", "hide"):
            values[key] = self._names("", key, values.get(key, []), PARTS)
        condition = self._condition(values.pop("done"))
        if question is None and "answered" in condition.text:
            raise self._error("", "done", "it asks for an answer, but there is no [question].")
        return Chapter(
            self._name.removesuffix(".md"), words=words, first_line=line, done=condition,
            setup=self._setup(setup), question=self._question(question), **values,
        )  # fmt: skip

    def _check_lines(self) -> None:
        """Refuse what takes too long to read, or can't be shown."""
        if sum(map(len, self._lines)) > LARGEST_BYTES:
            raise self._at(1, f"a chapter has at most {LARGEST_BYTES:,} letters.")
        for number, line in enumerate(self._lines, 1):
            if len(line) > LONGEST_LINE:
                raise self._at(number, f"a line has at most {LONGEST_LINE:,} letters. Fold it.")
            found = CONTROL.search(line)
            if found:
                raise self._at(number, f"there is a letter that can't be shown: {found[0]}.")

    def _split(self) -> tuple[dict[str, Any], str, int]:
        """Return the set-up, the words and the line that these begin with."""
        fences = [place for place, line in enumerate(self._lines) if line.strip() == FENCE]
        if len(fences) < 2 or any(line.strip() for line in self._lines[: fences[0]]):
            raise self._at(
                1, "a chapter begins with a line +++, then its set-up, then another line +++, "
                "then the words.",
            )  # fmt: skip
        first, last = fences[:2]
        head, below = self._lines[first + 1 : last], self._lines[last + 1 :]
        empty = next((place for place, line in enumerate(below) if line.strip()), 0)
        words, line = "\n".join(below[empty:]).rstrip(), last + empty + 2
        if not words:
            raise self._at(last + 1, "below the second +++ belong words.")
        if sum(map(len, head)) > LONGEST_HEAD:
            raise self._at(first + 1, f"a set-up has at most {LONGEST_HEAD:,} letters.")
        fault = too_much(words)
        if fault:
            raise self._at(line + fault[0], fault[1])
        self._lines = self._lines[:last]
        return self._toml("\n" * (first + 1) + "\n".join(head), last), words, line

    def _toml(self, head: str, last: int) -> dict[str, Any]:
        try:
            return tomllib.loads(head)
        except (ValueError, RecursionError) as error:
            found = re.search(r"\(at (?:line (\d+)|end)", str(error))
            line = int(found[1]) if found and found[1] else last
            reason = str(error).split(" (at ")[0]
            raise self._at(
                line, f'this line can\'t be read ({reason}). One looks like: title = "Guess"'
            ) from None

    def _check(self, section: str, values: Any, needed: bool = True) -> None:  # noqa: ANN401
        """Refuse fields that are unknown, of the wrong kind, or missing."""
        known = FIELDS[section]
        for key, value in values.items():
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
                raise self._error(section, key, f"there is no field {quoted(key)} here. {hint}")
            if not is_of(value, known[key][0]):
                raise self._error(section, key, f"{key} must be {in_words(known[key][0])}.")
            self._check_texts(section, key, value if isinstance(value, list) else [value])
        missing = [key for key in NEEDED[section] if needed and key not in values]
        if missing:
            raise self._error(section, "", f"{missing[0]} is missing: {known[missing[0]][1]}.")

    def _check_texts(self, section: str, key: str, values: Sequence[Any]) -> None:
        """Refuse what is too long or can't be shown: a backslash can stand for any letter."""
        for text in values:
            if isinstance(text, str) and len(text) > LONGEST_TEXT:
                raise self._error(section, key, f"a text has at most {LONGEST_TEXT:,} letters.")
            if isinstance(text, str) and CONTROL.search(text):
                raise self._error(section, key, f"{key} holds a letter that can't be shown.")

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
                raise self._error(section, key, f"there is no {quoted(name)} to {key}. {hint}")
        return tuple(dict.fromkeys(names))

    def _setup(self, values: dict[str, Any]) -> Setup:
        others: dict[str, Any] = {
            key: values.pop(key) for key in ("file", "logarithmic") if key in values
        }  # fmt: skip
        if "file" in others:
            self._check_file(others["file"])
        if "show" in values:
            others["show"] = self._names("setup", "show", values.pop("show"), SHOWN)
        if "position" in values:
            others["position"] = self._position(values.pop("position"))
        return Setup(settings=self._settings(values), **others)

    def _check_file(self, name: str) -> None:
        try:
            if self._folder is not None:
                beside(name, self._folder, resource("data"))
        except FileError as error:
            raise self._error("setup", "file", str(error)) from None

    def _position(self, position: float | str) -> int | None:
        if position == "end":
            return None
        if not isinstance(position, int) or not 0 <= position <= MOST_ITERATIONS:
            most = f"{MOST_ITERATIONS:,}"
            sentence = f"position is a whole number from 0 to {most}, or “end”."
            raise self._error("setup", "position", sentence)
        return position

    def _settings(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the fields of an Experiment, after trying them."""
        name = values.get("method", SETTINGS["method"].default)
        if name not in METHODS:
            hint = f"There are: {', '.join(METHODS)}."
            raise self._error("setup", "method", f"there is no method {quoted(name)}. {hint}")
        for key, value in values.items():
            setting = SETTINGS[key]
            if setting.kind in (int, float):
                if not setting.allows(value):
                    raise self._error("setup", key, f"{key} must be {setting.bounds}.")
                values[key] = setting.kind(value)
        if values.get("batch_size") and not METHODS[name].takes_batches:
            label = METHODS[name].label
            raise self._error("setup", "batch_size", f"{label} looks at all rows: leave it out.")
        first = {row.name: row.default for row in SETTINGS.values()}
        settings = fields_of(first | {"learning_rate": METHODS[name].published_rate} | values)
        try:
            Experiment(_TOO_SMALL, **settings)
        except ValueError as error:
            raise self._error("setup", "", str(error)) from None
        return settings

    def _question(self, values: dict[str, Any] | None) -> Question | None:
        if values is None:
            return None
        answers, answer = tuple(dict.fromkeys(values.pop("answers", ()))), values.pop("answer")
        if len(answers) > MOST_ANSWERS:
            raise self._error("question", "answers", f"at most {MOST_ANSWERS} can be offered.")
        if answers and answer not in answers:
            raise self._error("question", "answer", "the answer must be one of the answers.")
        if not answers and isinstance(answer, str):
            raise self._error("question", "answer", "without answers to choose from it is a number")
        if not answers:
            answer = self._number("answer", answer, -LARGE)
        within = self._number("within", values.pop("within", 0), 0)
        return Question(answers=answers, answer=answer, within=within, **values)

    def _number(self, key: str, number: float, low: float) -> float:
        """Return a number of the question that one can reckon with."""
        if not low <= number <= LARGE:
            raise self._error("question", key, f"{key} must be from {low:g} to {LARGE:g}.")
        return float(number)

    def _error(self, section: str, key: str, sentence: str) -> LessonError:
        return self._at(self._line(section, key), sentence)

    def _at(self, line: int, sentence: str) -> LessonError:
        return LessonError(f"{named(Path(self._name))}, line {line}: {escaped(sentence)}")

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

"""Source: the text of a chapter, cut into set-up and words, and the line on which all stands."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from gdviz.core.files import escaped, named
from gdviz.core.lessons.markdown import CONTROL, LONGEST_LINE, too_much

FENCE = "+++"
LARGEST_BYTES = 64_000
# Keys with thousands of dots take TOML as long as their square.
LONGEST_HEAD = 20_000
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]*?)\s*\]")


class LessonError(Exception):
    """A lesson that can't be used; the text says which file, which line, and what would work."""


class Words(NamedTuple):
    """Markdown, and the line that it begins with, counted from 1."""

    text: str
    first_line: int


class Source:
    """A chapter as it was written.

    A field is found by the path of its section, such as ``question[1].reveal``, and its key.
    """

    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._head: list[str] = []

    def parts(self) -> tuple[dict[str, Any], Words, Words]:
        """Return the set-up, the words, and those that are shown after the predictions.

        Raises
        ------
        LessonError
            If they can't be told apart, or one of them is too long or can't be read.
        """
        self._check_lines()
        fences = [place for place, line in enumerate(self._lines) if line.strip() == FENCE]
        if len(fences) < 2 or any(line.strip() for line in self._lines[: fences[0]]):
            raise self.at(
                1, "a chapter begins with a line +++, then its set-up, then another line +++, "
                "then the words.",
            )  # fmt: skip
        first, last, *others = fences[:3]
        end = others[0] if others else len(self._lines)
        words, more = self._words(last + 1, end), self._words(end + 1, len(self._lines))
        if not words.text:
            raise self.at(last + 1, "below the second +++ belong words.")
        self._head = self._lines[:last]
        return self._toml(first, last), words, more

    def error(self, path: str, key: str, sentence: str) -> LessonError:
        """Return an error that says on which line a field of a section stands."""
        return self.at(self._line(path, key), sentence)

    def at(self, line: int, sentence: str) -> LessonError:
        """Return an error that names a line."""
        return LessonError(f"{named(Path(self._name))}, line {line}: {escaped(sentence)}")

    def _check_lines(self) -> None:
        """Refuse what takes too long to read, or can't be shown."""
        if sum(map(len, self._lines)) > LARGEST_BYTES:
            raise self.at(1, f"a chapter has at most {LARGEST_BYTES:,} letters.")
        for number, line in enumerate(self._lines, 1):
            if len(line) > LONGEST_LINE:
                raise self.at(number, f"a line has at most {LONGEST_LINE:,} letters. Fold it.")
            found = CONTROL.search(line)
            if found:
                raise self.at(number, f"there is a letter that can't be shown: {found[0]}.")

    def _words(self, first: int, end: int) -> Words:
        """Return the words between two lines, counted from 0, without the empty ones around."""
        lines = self._lines[first:end]
        empty = next((place for place, line in enumerate(lines) if line.strip()), 0)
        words = "\n".join(lines[empty:]).rstrip()
        fault = too_much(words)
        if fault:
            raise self.at(first + empty + 1 + fault[0], fault[1])
        return Words(words, first + empty + 1)

    def _toml(self, first: int, last: int) -> dict[str, Any]:
        head = self._lines[first + 1 : last]
        if sum(map(len, head)) > LONGEST_HEAD:
            raise self.at(first + 1, f"a set-up has at most {LONGEST_HEAD:,} letters.")
        try:
            return tomllib.loads("\n" * (first + 1) + "\n".join(head))
        except (ValueError, RecursionError) as error:
            found = re.search(r"\(at (?:line (\d+)|end)", str(error))
            line = int(found[1]) if found and found[1] else last
            reason = str(error).split(" (at ")[0]
            raise self.at(
                line, f'this line can\'t be read ({reason}). One looks like: title = "Guess"'
            ) from None

    def _line(self, path: str, key: str) -> int:
        """Return the line of a field; that of its section, or of what it is in, if it has none."""
        found = 0
        for number, here, line in self._places():
            is_header = _HEADER.match(line) is not None
            if here == path and is_header and not found:
                found = number
            if is_header and here == ".".join(filter(None, (path, key))):
                return number
            if here == path and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
                return number
        if found or not path:
            return found or 1
        outer, _, name = path.rpartition(".")
        return self._line(outer, name.partition("[")[0])

    def _places(self) -> Iterator[tuple[int, str, str]]:
        """Yield each line of the set-up with its number and the path of the section it is in."""
        here, counts = "", dict[str, int]()
        for number, line in enumerate(self._head, 1):
            header = _HEADER.match(line)
            if header:
                *outer, last = (name.strip(" \"'") for name in header[2].split("."))
                here = ""
                for name in outer:
                    here = _inner(here, name)
                    here += f"[{counts[here]}]" if here in counts else ""
                here = _inner(here, last)
                if header[1] == "[[":
                    counts[here] = counts.get(here, -1) + 1
                    here += f"[{counts[here]}]"
            yield number, here, line


def _inner(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name

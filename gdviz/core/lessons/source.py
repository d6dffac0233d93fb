"""Source: the text of a chapter, cut into set-up and words, and the line on which all stands."""

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from gdviz.core.files import escaped, named
from gdviz.core.lessons.lines import Place, lines_of
from gdviz.core.lessons.markdown import CONTROL, LONGEST_LINE, too_much

FENCE = "+++"
LARGEST_BYTES = 64_000
# Keys with thousands of dots take TOML as long as their square.
LONGEST_SET_UP = 20_000
BEGINNING = (
    "a chapter begins with a line +++, then its set-up, then another line +++, then the words."
)


class LessonError(Exception):
    """A lesson that can't be used; the text says which file, which line, and what would work."""


class Words(NamedTuple):
    """Markdown, and the line that it begins with, counted from 1."""

    text: str
    first_line: int


class Source:
    """A chapter as it was written.

    Attributes
    ----------
    values : dict
        What the set-up says.
    words, more_words : Words
        The words below it; the latter, below a third line +++, can be none.

    Raises
    ------
    LessonError
        If they can't be told apart, or one of them is too long or can't be read.
    """

    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._check_lines()
        first, last, end = self._fences()
        # With empty lines in place of what is above, so that lines are counted as in the file.
        self._set_up = "\n".join(["" for _ in range(first + 1)] + self._lines[first + 1 : last])
        self.values = self._read_set_up(first, last)
        self.words, self.more_words = self._words(last + 1, end), self._words(end + 1)
        if not self.words.text:
            raise self._error_at(last + 1, "below the second +++ belong words.")
        words = self._lines[last + 1 : end], self._lines[end + 1 :]
        fault = too_much("\n\n".join(map("\n".join, words)).rstrip())
        if fault:
            raise self._error_at(last + 2 + fault[0], fault[1])

    def error(self, place: Place, sentence: str) -> LessonError:
        """Return an error that says on which line a field stands, or else what it belongs into."""
        lines = lines_of(self._set_up)
        while place not in lines:
            place = place[:-1]
        return self._error_at(lines[place], sentence)

    def _error_at(self, line: int, sentence: str) -> LessonError:
        return LessonError(f"{named(Path(self._name))}, line {line}: {escaped(sentence)}")

    def _check_lines(self) -> None:
        """Refuse what takes too long to read, or can't be shown."""
        if sum(map(len, self._lines)) > LARGEST_BYTES:
            raise self._error_at(1, f"a chapter has at most {LARGEST_BYTES:,} letters.")
        for number, line in enumerate(self._lines, 1):
            if len(line) > LONGEST_LINE:
                sentence = f"a line has at most {LONGEST_LINE:,} letters. Fold it."
                raise self._error_at(number, sentence)
            found = CONTROL.search(line)
            if found:
                raise self._error_at(number, f"there is a letter that can't be shown: {found[0]}.")

    def _fences(self) -> tuple[int, int, int]:
        """Return the lines +++, counted from 0; for the third, which can be missing, the end."""
        fences = [place for place, line in enumerate(self._lines) if line.strip() == FENCE]
        if len(fences) < 2 or any(line.strip() for line in self._lines[: fences[0]]):
            raise self._error_at(1, BEGINNING)
        if len(fences) > 3:
            raise self._error_at(fences[3] + 1, "a chapter has at most three lines +++.")
        first, last, end = (*fences, len(self._lines))[:3]
        return first, last, end

    def _words(self, first: int, end: int | None = None) -> Words:
        """Return the words between two lines, counted from 0, without the empty ones around."""
        lines = self._lines[first:end]
        empty = next((place for place, line in enumerate(lines) if line.strip()), 0)
        return Words("\n".join(lines[empty:]).rstrip(), first + empty + 1)

    def _read_set_up(self, first: int, last: int) -> dict[str, Any]:
        if len(self._set_up) > LONGEST_SET_UP:
            raise self._error_at(first + 1, f"a set-up has at most {LONGEST_SET_UP:,} letters.")
        try:
            return tomllib.loads(self._set_up)
        except (ValueError, RecursionError) as error:
            found = re.search(r"\(at (?:line (\d+)|end)", str(error))
            line = int(found[1]) if found and found[1] else last
            reason = str(error).split(" (at ")[0]
            raise self._error_at(
                line, f'this line can\'t be read ({reason}). One looks like: title = "Guess"'
            ) from None

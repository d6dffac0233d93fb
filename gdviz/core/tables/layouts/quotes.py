"""Quotes: rows that go over several lines of text, since a cell in quotes does."""

import re
from collections.abc import Iterator, Sequence

# A cell goes over so many lines at most, or a quote that is never closed would take the file.
MOST_QUOTED_LINES = 100


def records(
    lines: Sequence[str], quote: str, delimiter: str
) -> Iterator[tuple[int, int, bool | None]]:
    """Yield where rows begin, how many lines they take, and whether their quotes are closed.

    A quote that is never closed ends with its line; None says that it may be closed later.
    """
    are_open = _Quotes(quote, delimiter).are_open
    start = 0
    while start < len(lines):
        count, state = 1, are_open(lines[start], False)
        while state and count < MOST_QUOTED_LINES and start + count < len(lines):
            state = are_open(lines[start + count], True)
            count += 1
        if state is False:
            yield start, count, True
        else:
            is_at_end = state and count < MOST_QUOTED_LINES
            count = 1
            yield start, count, None if is_at_end else False
        start += count


class _Quotes:
    """Tells whether a cell in quotes is still open at the end of a line."""

    def __init__(self, quote: str, delimiter: str) -> None:
        self._quote = quote
        quote, delimiter = re.escape(quote), re.escape(delimiter)
        inside, begin = rf"[^{quote}]*+(?:{quote}{quote}[^{quote}]*+)*+", rf"(?:^|{delimiter}) *+"
        end = rf"{quote} *+(?={delimiter}|$)"
        self._inside, self._closing = re.compile(inside), re.compile(inside + end)
        self._closed, self._opened = (
            re.compile(begin + quote + inside + end),
            re.compile(begin + quote),
        )

    def are_open(self, line: str, were_open: bool) -> bool | None:
        """Whether they are, after those before were or weren't; None if that can't be."""
        count = line.count(self._quote)
        if not count or (count % 2 == 0 and not were_open):
            return were_open
        line = line.rstrip("\n")
        if were_open:
            if self._inside.fullmatch(line):
                return True
            end = self._closing.match(line)
            if end is None:
                return None
            line = line[end.end() :]
        return self._opened.search(self._closed.sub("", line) if count > 1 else line) is not None

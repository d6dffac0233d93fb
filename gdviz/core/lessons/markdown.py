"""Markdown: how much of it a chapter may hold, so that its words are there at once.

To read and lay out a list or a table takes Qt a time that grows with the square of what it holds,
and nested emphasis nearly so. What is counted here is all that was found to be so slow; it is
counted before any of it is read, and rather too much than too little.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

LONGEST_LINE = 2_000
MOST_LINES = 2_000
LONGEST_PARAGRAPH = 4_000
MOST_MARKS, MOST_MARKS_IN_PARAGRAPH = 4_000, 400
MOST_ITEMS = 1_000
MOST_CELLS = 400

# What no text editor writes by itself, and no letter of a font stands for.
CONTROL = re.compile(r"[\0-\x08\x0b-\x1f\x7f-\x9f]")
_MARK = re.compile(r"[*_~]")
_LEAD = re.compile(r"(?:[\s>]|[-+*]\s|\d{1,9}[.)]\s)*(?:[-+*]|\d{1,9}[.)])?")
_ITEM = re.compile(r"[-+*]|\d+[.)]")
# Below a table's header: dashes between bars, perhaps in a quote or a list.
_RULE = re.compile(r"(?=.*\|)(?=.*-)[\s|:>+*.)\d-]+")


def too_much(words: str) -> tuple[int, str] | None:
    """Return the first line, counted from 0, with too much for a chapter, and a sentence."""
    lines = words.split("\n")
    if len(lines) > MOST_LINES:
        return MOST_LINES, f"a chapter has at most {MOST_LINES:,} lines."
    marks = items = cells = 0
    for start, run in _runs(lines):
        for place, line in enumerate(run, start):
            items += len(_ITEM.findall(_LEAD.match(line)[0]))  # type: ignore[index]
            if items > MOST_ITEMS:
                return place, f"all lists of a chapter have at most {MOST_ITEMS:,} items."
        own, size = sum(len(_MARK.findall(line)) for line in run), sum(map(len, run))
        marks, cells = marks + own, cells + _cells(run)
        if size > LONGEST_PARAGRAPH:
            return start, (
                f"a paragraph, list or table has at most {LONGEST_PARAGRAPH:,} letters. Leave an "
                "empty line where something new begins."
            )
        if own > MOST_MARKS_IN_PARAGRAPH or marks > MOST_MARKS:
            return start, (
                f"a paragraph has at most {MOST_MARKS_IN_PARAGRAPH:,} of the signs * _ ~, and a "
                f"chapter {MOST_MARKS:,}."
            )
        if cells > MOST_CELLS:
            return start, (
                f"all tables of a chapter have at most {MOST_CELLS:,} cells. A larger one belongs "
                "into a file, which [setup] can open."
            )
    return None


def _runs(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield lines that no empty one parts, and where they begin."""
    for empty, run in groupby(enumerate(lines), lambda line: not line[1].strip(" \t")):
        if not empty:
            numbered = list(run)
            yield numbered[0][0], [line for _, line in numbered]


def _cells(run: Sequence[str]) -> int:
    """Return how many cells a table has that may be in a run: short rows are filled up."""
    columns = max((line.count("|") + 1 for line in run if _RULE.fullmatch(line)), default=0)
    return columns * len(run)

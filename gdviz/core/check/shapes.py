"""Shapes: what stands in a row around its numbers, and the names that gives them."""

import re
from collections.abc import Sequence

from gdviz.core.check.numerals import NUMBER, STAMP

# More numbers in a row are no log's.
MOST_COLUMNS = 100
# Around numbers these say how they are stored, not what they are.
_TYPES = {"np", "numpy", "torch", "tensor", "array", "float32", "float64", "int64", "dtype", "tf"}
_WORD = re.compile(r"[^\W\d]\w*(?:'\w+)?|[#%]")
_UNIT = re.compile(r"^(?:%|[^\W\d]\w*(?:/\w+)?)")
_BREAK = re.compile(rf"[,;|\t\n{STAMP}({{\[:]| [-\u2013\u2014>] | (?:and|und|et|y|e) ")
# Behind a name: ``loss (train)``, ``L(w, b)``.
_REMARK = re.compile(r"(?<=\w) ?\([^()]*\)")
_CELLS = (re.compile(r"\t"), re.compile(";"), re.compile(r"\|"), re.compile(","),
          re.compile(r"\s{2,}"), re.compile(r"\s+"))  # fmt: skip


def names_in(shape: str) -> tuple[str, ...] | None:
    """Return what stands before each number of a row; empty where nothing does.

    None for a row that is no log's.
    """
    *before, _ = shape.split(NUMBER)
    if not 0 < len(before) <= MOST_COLUMNS:
        return None
    names: list[str] = []
    waiting: list[str] = []
    for index, text in enumerate(before):
        unit = _UNIT.match(text) if index else None
        if unit:
            text = text[unit.end() :]
            names[-1] = names[-1] or unit[0]
        count = _nameless_after(before, index)
        clauses = _clauses(_REMARK.sub(" ", text) if count == 1 else text)
        if clauses:
            waiting = _spread(clauses, count)
        names.append(waiting.pop(0) if waiting else "")
    return tuple(names)


def names_above(line: str, count: int) -> tuple[str, ...] | None:
    """Return the names of so many columns, from the line above the first; None if it has none."""
    if not any(map(str.isalpha, line)):
        return None
    splits = [mark.split(text.strip(" |")) for text in (line, line.lstrip("# ")) for mark in _CELLS]
    for cells in (*splits, ["", *line.split()]):  # some number their rows, with no name above that
        names = tuple(cell.strip(" \"'`") for cell in cells)
        if len(names) == count and sum(map(_has_word, names)) >= count - 1:
            return names
    return None


def _has_word(text: str) -> bool:
    return _WORD.search(text) is not None and len(text) < 60


def _clauses(text: str) -> list[str]:
    """Return the phrases between two numbers."""
    phrases = (
        " ".join(word for word in _WORD.findall(clause) if word not in _TYPES)
        for clause in _BREAK.split(text)
    )
    return [phrase for phrase in phrases if phrase]


def _nameless_after(before: Sequence[str], index: int) -> int:
    """Return how many numbers follow one another from here, without a word between them."""
    count = 1
    for text in before[index + 1 :]:
        if _WORD.search(text) is not None:
            break
        count += 1
    return count


def _spread(clauses: list[str], count: int) -> list[str]:
    """Return names for numbers that stand in a row behind all their names: ``w, b: 1.2 0.3``."""
    if count == 1:
        return clauses[-1:]
    if len(clauses) >= count:
        return clauses[-count:]
    words = clauses[-1].split()
    return words if len(words) == count else clauses[-1:]

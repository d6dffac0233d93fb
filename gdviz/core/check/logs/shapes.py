"""Shapes: what stands in a row around its numbers, and the names that gives them."""

import re
from collections.abc import Sequence

from gdviz.core.check.logs.numerals import NUMBER, STAMP
from gdviz.core.check.logs.roles import role_of

# More numbers in a row are no log's.
MOST_COLUMNS = 100
# Longer names are cut off.
LONGEST = 40
# Around numbers these say how they are stored, not what they are.
_TYPES = {"np", "numpy", "torch", "tensor", "array", "float32", "float64", "int64", "dtype", "tf"}
_WORD = re.compile(r"[^\W\d]\w*(?:'\w+)?|(?<!#)#(?!#)|%")
_UNIT = re.compile(r"^(?:%|[^\W\d]\w*(?:/\w+)?)")
_COUNTED = re.compile(r" [^\W\d]\w*(?=\W*\w)")
_TIMES_X = re.compile(r" ?[*\u00b7\u22c5\u00d7]? ?[xX]\b")
# What is called so that stands before an x, as in ``y = 2.5 x``.
SLOPE = "slope"
_BREAK = re.compile(rf"[,;|\t\n{STAMP}({{\[:]| [-\u2013\u2014>] | (?:and|und|et|y|e) ")
# Behind a name: ``loss (train)``, ``L(w, b)``.
_REMARK = re.compile(r"(?<=\w) ?\([^()]*\)")
_CELLS = (re.compile(r"\t"), re.compile(";"), re.compile(r"\|"), re.compile(","),
          re.compile(r"\s{2,}"), re.compile(r"\s+"))  # fmt: skip


def names_in(shape: str) -> tuple[str, ...] | None:
    """Return what stands before each number of a row; empty where nothing does.

    None for a row that is no log's.
    """
    texts = shape.split(NUMBER)
    if not 0 < len(texts) - 1 <= MOST_COLUMNS:
        return None
    names: list[str] = []
    waiting: list[str] = []
    for index in range(len(texts) - 1):
        count = _nameless_after(texts[:-1], index)
        clauses = _clauses(_REMARK.sub(" ", texts[index]) if count == 1 else texts[index])
        if clauses:
            waiting = _spread(clauses, count)
        name, texts[index + 1] = _with_unit(waiting.pop(0) if waiting else "", texts[index + 1])
        names.append(name[:LONGEST])
    if SLOPE in names:  # the other term is named by nothing, or by y
        names = [name if role_of(name) else "" for name in names]
    return tuple(names)


def _with_unit(name: str, behind: str) -> tuple[str, str]:
    """Return a number's name by what stands behind it, too, and what of that is left."""
    times = _TIMES_X.match(behind)
    if times:
        return SLOPE, behind[times.end() :]
    unit = _unit(behind)
    if not role_of(name):
        name = unit.strip() if role_of(unit) else name or unit
    return name, behind[len(unit) :]


def _unit(text: str) -> str:
    """Return what stands right behind a number and says what it is: ``45ms``, ``100 epochs``."""
    glued, counted = _UNIT.match(text), _COUNTED.match(text)
    if glued:
        return glued[0]
    return counted[0] if counted and role_of(counted[0]) == "iteration" else ""


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

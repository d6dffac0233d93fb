"""Recognising: whether a text is what a training loop printed, or a table of data."""

import enum
import itertools
import re

# More isn't looked at.
MOST_LETTERS, MOST_LINES = 20_000, 60
# How many rows have to count on before a first column is taken for a count.
FEWEST_ROWS = 3
# What loops call what they print; most of these words can be the name of a column of data, too.
LOSS = frozenset(("loss", "losses", "mse", "cost", "error", "err", "j", "sse", "mae", "rmse"))
COUNT = frozenset(("iteration", "iter", "epoch", "step", "i", "t", "k", "it", "round"))
PARAMETER = frozenset(("w", "b", "weight", "bias", "theta", "intercept", "slope", "w0", "w1"))
# A word, perhaps with a sign behind it, and then a number: `loss: 3.2`, `w=1.25`, `epoch 3`.
# Words are looked for where they begin, and what was passed over isn't tried once more: else a long
# word, or gap, would take the square of its length.
LABELLED = re.compile(
    r"(?<!\w)([^\W\d]\w*)[\s\])]*+(?:=>|->|[=:#])?+\s*+[-+(\[]*+(?:\d|\.\d|nan\b|inf\b)", re.I
)
# A word of two letters or more with such a sign behind it, in whatever language: no table has that.
GIVEN = re.compile(r"(?<!\w)([^\W\d]\w+)[\s\])]*+(?:=>|->|[=:])\s*+[-+(\[]*+(?:\d|\.\d)")
WORD = re.compile(r"[^\W\d]\w*")
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.I)


class Kind(enum.Enum):
    """What a text seems to be."""

    LOG = "log"
    TABLE = "table"
    EITHER = "either"


def kind_of(text: str) -> Kind:
    """Return whether a text is a log or a table, as far as its first lines tell.

    Lines in which words of training stand before the numbers are a log. Such words as the names of
    columns, or, without any names, a first column that counts from 0 or 1 while another one falls
    from line to line, can be both.
    """
    lines = [line for line in text[:MOST_LETTERS].splitlines() if line.strip()][:MOST_LINES]
    words = LOSS | COUNT | PARAMETER
    labelled = [bool(_labels(line) & words) or _gives(line) for line in lines]
    # Other text may stand in between: one line in four is enough.
    if 4 * sum(labelled) >= len(lines) > 0:
        return Kind.LOG
    names = _names(lines)
    if names is not None:
        known = names & words
        tells = known & LOSS and known & (COUNT | PARAMETER)
        return Kind.LOG if tells and known == names else Kind.EITHER if tells else Kind.TABLE
    return Kind.EITHER if _counts_on(lines) else Kind.TABLE


def _labels(line: str) -> set[str]:
    return {found[1].lower() for found in LABELLED.finditer(line)}


def _gives(line: str) -> bool:
    """Tell whether a line gives a number to what the reading of logs knows, in any language."""
    from gdviz.core.check.logs.roles import role_of  # only now: a start does without

    return any(role_of(found[1]) for found in GIVEN.finditer(line))


def _names(lines: list[str]) -> set[str] | None:
    """Return the names above columns; None if there are none."""
    if not lines or NUMBER.fullmatch(re.split(r"[\s,;|]+", lines[0].strip())[0]):
        return None
    return {word.lower() for word in WORD.findall(lines[0])} or None


def _counts_on(lines: list[str]) -> bool:
    """Tell whether the first numbers count on from 0 or 1, in even strides, and others fall."""
    rows = [NUMBER.findall(line) for line in lines]
    if len(rows) < FEWEST_ROWS or len({len(row) for row in rows}) > 1:
        return False
    counts, *others = zip(*rows, strict=True) if rows[0] else [()]
    if not all(count.isdecimal() for count in counts):
        return False
    first = [int(count) for count in counts]
    strides = {after - before for before, after in itertools.pairwise(first)}
    if first[0] not in (0, 1) or len(strides) != 1 or strides.pop() <= 0:
        return False
    return any(_falls([float(number) for number in column]) for column in others)


def _falls(numbers: list[float]) -> bool:
    """Tell whether numbers fall as a loss does: all the way, less and less, and not to below 0."""
    falls = [before - after for before, after in itertools.pairwise(numbers)]
    return numbers[-1] >= 0 and min(falls) >= 0 and falls[0] > falls[-1]

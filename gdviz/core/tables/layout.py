"""Layout: how a table stands in a text, recognised from its first lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gdviz.core.tables.choices import Choices, Remark
from gdviz.core.tables.cutting import BARS, BLANKS, BRACKETS, COMMENT_SIGNS, FIXED, Layout
from gdviz.core.tables.grid import Grid, widths
from gdviz.core.tables.headings import Heading, Headings, column_names
from gdviz.core.tables.kinds import NUMERIC, WORD, kind_of

__all__ = ["Layout", "recognised", "recognised_cells"]

# In the order in which ties are decided.
_DELIMITERS = ("\t", ";", ",", "|", " ", BLANKS, ":")
# A time of day would be explained as well.
_DOUBTFUL = {":": 0.8}
# Names that fit the rows speak for a form, such that don't against it.
_NAMES_FIT, _NAMES_ALMOST_FIT, _NAMES_DONT_FIT = 1.2, 1.1, 0.9
_MOST_TRANSPOSED = 100_000

_SEPARATOR = re.compile(r'\s*"?sep=(.|\\t)"?\s*', re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\s*@attribute\s+('[^']*'|\"[^\"]*\"|\S+)", re.IGNORECASE)
_LABEL = re.compile(r"(?<!\w)([^\W\d][^:=\d]{0,40}?)\s*[:=](?=\s*[+-]?\.?\d)")
_LABEL_BEGINS = re.compile(r"\s{2,}|[\t,;|>]\s*")
_WORDS = re.compile(r"\S+")


def recognised(lines: Sequence[str], choices: Choices) -> tuple[Layout, list[Remark]]:
    """Return how a table stands in a text, and what had to be decided.

    Parameters
    ----------
    lines : sequence of str
        The first lines, as they stand in the file; some hundred will do.
    choices : Choices
        What isn't left to be found out.
    """
    skip = min(choices.skip or 0, len(lines))
    lines = ["\n"] * skip + list(lines[skip:])
    arff = _arff(lines)
    if arff:
        return arff, []
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    told = _SEPARATOR.fullmatch(lines[first].strip("\n")) if lines else None
    delimiter = choices.delimiter
    if told:
        lines[first] = "\n"
        delimiter = delimiter or told[1].replace("\\t", "\t")
    readings = [
        _Reading(layout, lines, width, choices)
        for layout in _forms(lines, replace(choices, delimiter=delimiter))
        for width in _widths(layout, lines)
    ]
    if not readings:
        return Layout(len(lines), found=choices), []
    best = max(readings, key=lambda reading: reading.score)
    return best.layout, best.remarks


def recognised_cells(
    rows: Sequence[Sequence[str]], choices: Choices
) -> tuple[Layout, list[Remark]]:
    """Return the same of rows that are cut already, such as those of a spreadsheet."""
    skip = min(choices.skip or 0, len(rows))
    stripped = [[cell.strip() for cell in row] for row in rows]
    cells = [row if number >= skip and any(row) else [] for number, row in enumerate(stripped)]
    readings = [
        _Reading(Layout(comment=""), None, width, choices, cells) for width in widths(cells)
    ]
    if not readings:
        return Layout(len(rows), found=choices), []
    best = max(readings, key=lambda reading: reading.score)
    return best.layout, best.remarks


class _Reading:
    """A sample read in one way."""

    def __init__(
        self,
        form: Layout,
        lines: Sequence[str] | None,
        width: int,
        choices: Choices,
        rows: Sequence[list[str]] | None = None,
    ) -> None:
        self._form, self._lines, self._choices = form, lines, choices
        if rows is None:
            assert lines is not None
            rows = replace(form, names=("",) * width).rows(lines)
        self.grid = Grid(rows, width)
        self._headings = Headings(self.grid, lines, form)
        self.heading = self._heading()

    def _heading(self) -> Heading | None:
        count, skip = self._choices.header, self._choices.skip
        if count == 0 or self._form.labels:
            return None
        if count is None:
            return self._headings.found()
        if skip is None:
            found = self._headings.found()
            skip = max(0, found.end - count) if found else 0
        return self._headings.at(skip, count)

    @property
    def score(self) -> float:
        """How well it explains the sample; the greatest is the best."""
        form = self._form
        score = self.grid.share * _DOUBTFUL.get(form.delimiter, 1.0)
        names = self.heading.names if self.heading else None
        if form.is_paired and self._choices.decimal is None:
            return score * _NAMES_FIT * (names is not None and self._is_half_as_long)
        if names is None:
            return score
        missing = self.grid.width - sum(map(bool, names))
        if self.grid.width == 1 and any(sign in names[0] for sign in "\t;,|"):
            return score / 2
        if len(names) == self.grid.width:
            return score * _NAMES_FIT
        return score * (_NAMES_ALMOST_FIT if missing == 1 else _NAMES_DONT_FIT)

    @property
    def _is_half_as_long(self) -> bool:
        """Whether the line of names has just half the commas that rows have."""
        assert self._lines is not None and self.heading is not None
        names = self._lines[self.heading.end - 1]
        return names.count(",") == self.grid.width - 1

    @property
    def is_transposed(self) -> bool:
        """Whether each line holds a variable: its name, then more numbers than there are lines."""
        grid = self.grid
        lines = [index for index, row in enumerate(grid.rows) if row and grid.fits[index]]
        if self._choices.header is not None or self._form.labels or len(lines) < 2:
            return False
        if self._lines is not None and sum(map(len, self._lines)) > _MOST_TRANSPOSED:
            return False
        if lines[-1] - lines[0] != len(lines) - 1 or grid.width - 1 <= len(lines):
            return False
        names = {grid.rows[line][0] for line in lines}
        return len(names) == len(lines) and all(
            grid.kinds[line][0][0] == WORD
            and all(kind in NUMERIC for kind, _ in grid.kinds[line][1:])
            for line in lines
        )

    @property
    def layout(self) -> Layout:
        """The form with names and the first row."""
        form, grid, heading = self._form, self.grid, self.heading
        if self.is_transposed:
            lines = [index for index, row in enumerate(grid.rows) if row and grid.fits[index]]
            names = column_names([grid.rows[line][0] for line in lines], len(lines))
            found = self._found(Choices(skip=lines[0]))
            return replace(form, first=lines[0], names=names, is_transposed=True, found=found)
        if form.labels:
            given = [label.rstrip(" :=") for label in form.labels]
            given = [""] * (grid.width - len(given)) + given
            first = self._first()
            found = self._found(Choices(skip=first, header=0))
            return replace(form, first=first, names=column_names(given, grid.width), found=found)
        if heading is None:
            first = self._first()
            found = self._found(Choices(skip=first, header=0))
            return replace(form, first=first, names=column_names([], grid.width), found=found)
        first = self._headings.first_row(heading.end)
        found = self._found(Choices(skip=heading.start, header=heading.n_lines))
        return replace(
            form, first=first, names=column_names(heading.names, grid.width), found=found
        )

    def _first(self) -> int:
        skip = self._choices.skip
        if skip is None or self._choices.header is None:
            return max(self.grid.start, skip or 0)
        return skip

    def _found(self, found: Choices) -> Choices:
        form = self._form
        found = replace(found, decimal="," if form.is_paired else None)
        if self._lines is not None:
            delimiter = ":" if form.labels else form.delimiter
            found = replace(found, delimiter=delimiter, comment=form.comment)
        return self._choices.or_else(found)

    @property
    def remarks(self) -> list[Remark]:
        """What had to be decided."""
        width, heading, form = self.grid.width, self.heading, self._form
        if self.is_transposed:
            text = (
                "Each row holds one variable, its name first: the table is turned by a quarter, "
                "rows became columns."
            )
            return [Remark(text, "Leave It as It Is", Choices(header=0))]
        remarks = []
        if form.is_paired and self._choices.decimal is None:
            text = (
                f"Rows have {2 * width} values below {_names(width)}: every other comma is "
                "read as a decimal comma."
            )
            offer = Choices(delimiter=",", decimal=".")
            remarks.append(Remark(text, f"Read {2 * width} Columns", offer))
        if form.delimiter == FIXED and self._choices.delimiter is None:
            text = "The columns have a fixed width: a blank place is a missing value."
            remarks.append(Remark(text, "Separate at Blanks", Choices(delimiter=" ")))
        if heading and heading.names:
            remarks += self._remarks_on_names(heading)
        return remarks

    def _remarks_on_names(self, heading: Heading) -> Iterator[Remark]:
        width, names = self.grid.width, heading.names
        line = f"line {heading.start + 1}"
        as_rows = Choices(header=0)
        if len(names) == width and not names[0] and self._is_shorter(heading):
            yield Remark(
                f"There {_are_names(width - 1)} for {width} columns in {line}: the first column, of row "
                "names, has none."
            )
        elif len(names) != width:
            yield Remark(
                f"There {_are_names(len(names))} in {line}, but rows have {_values(width)}: "
                "names are given from the left."
            )
        numbers = [kind_of(name)[0] in NUMERIC for name in names if name]
        if 2 * sum(numbers) > len(numbers) and self._choices.header is None:
            yield Remark(f"The numbers in {line} are read as names.", "Read Them as a Row", as_rows)

    def _is_shorter(self, heading: Heading) -> bool:
        row = self.grid.rows[heading.start]
        return len(row) < self.grid.width


def _are_names(count: int) -> str:
    return f"is {_names(count)}" if count == 1 else f"are {_names(count)}"


def _names(count: int) -> str:
    return "1 name" if count == 1 else f"{count:,} names"


def _values(count: int) -> str:
    return "1 value" if count == 1 else f"{count:,} values"


def _widths(form: Layout, lines: Sequence[str]) -> list[int]:
    """Return how wide a table in this form may be."""
    if form.delimiter == FIXED:
        return [len(form.places) + 1]
    sign = form.comment
    if not sign:
        return widths(form.rows(lines))
    plain = [line for line in lines if sign not in line]
    before = [
        line.partition(sign)[0] for line in lines if sign in line and not form.is_comment(line)
    ]
    found = widths(form.rows(plain))
    if not plain or len(before) > len(plain):
        found += widths(form.rows(before)) + widths(form.rows(lines))
    if form.labels:
        found = [len(form.labels)]
        firsts = [line.partition(form.labels[0])[0] for line in plain if form.labels[0] in line]
        found = [len(form.labels) + (2 * sum(map(bool, map(str.strip, firsts))) > len(firsts))]
    return list(dict.fromkeys(found))


def _forms(lines: Sequence[str], choices: Choices) -> Iterator[Layout]:
    """Yield the ways in which lines may be cut."""
    text = "".join(lines)
    comment = choices.comment if choices.comment is not None else _comment_sign(lines)
    asked = choices.delimiter

    def may_be(delimiter: str) -> bool:
        return delimiter == asked if asked else delimiter in text or delimiter == " "

    if may_be("|") and any(line.startswith("|") for line in lines):
        yield Layout(delimiter="|", comment=comment, around=BARS)
    known = _DELIMITERS if asked in (None, FIXED, *_DELIMITERS) else (asked,)
    for delimiter in filter(may_be, known):
        form = Layout(delimiter=delimiter, comment=comment)
        if delimiter != "," or choices.decimal != "," or '"' in text or asked:
            if not (asked and delimiter == "," and choices.decimal == "," and '"' not in text):
                yield form
        if delimiter == "," and choices.decimal in (None, ",") and '"' not in text:
            yield replace(form, is_paired=True)
        if delimiter in (" ", ",") and ("[" in text or "]" in text):
            yield replace(form, around=BRACKETS)
    if asked in (None, FIXED):
        places = _places(lines, comment, is_asked=bool(asked))
        if places:
            yield Layout(delimiter=FIXED, comment=comment, places=places)
    if asked in (None, ":"):
        labels = _labels(lines)
        if labels:
            yield Layout(delimiter=":", comment=comment, labels=labels)


def _comment_sign(lines: Sequence[str]) -> str:
    """Return the sign with which most lines begin that hold no data."""
    counts = {}
    for sign in COMMENT_SIGNS:
        form = Layout(comment=sign)
        others = [line for line in lines if not form.is_comment(line)]
        # All rows may begin with it: tags, colours.
        if any(character.isdigit() for line in others for character in line):
            counts[sign] = len(lines) - len(others)
    return max(counts, key=counts.__getitem__, default="")


def _places(lines: Sequence[str], comment: str, *, is_asked: bool) -> tuple[int, ...]:
    """Return where columns of fixed width begin, but for the first, if blanks stand in places."""
    is_comment = Layout(comment=comment).is_comment
    words = [
        [(match.start(), match.end(), match[0]) for match in _WORDS.finditer(line)]
        for line in lines
        if "\t" not in line and not is_comment(line)
    ]
    rows = [row for row in words if any(kind_of(word)[0] in NUMERIC for _, _, word in row)]
    rows = rows[len(rows) // 2 :] if len(rows) > 6 else rows
    taken = {place for row in rows for start, end, _ in row for place in range(start, end)}
    if not taken or len(rows) < 2:
        return ()
    ends = [place + 1 for place in sorted(taken) if place + 1 not in taken]
    starts = [place for place in sorted(taken) if place - 1 not in taken]
    places = tuple((end + start + 1) // 2 for end, start in zip(ends, starts[1:], strict=False))
    if not places:
        return ()
    form = Layout(delimiter=FIXED, places=places)
    cells = form.rows([line for line in lines if line.strip()])
    has_blanks = any(
        "" in row[: len(row) - row[::-1].index(next(filter(None, row[::-1])))]
        for row in cells
        if any(row)
    )
    return places if has_blanks or is_asked else ()


def _labels(lines: Sequence[str]) -> tuple[str, ...]:
    """Return what lines say before each of their values, if they all say the same."""
    for line in lines[:20]:
        labels: list[str] = []
        for match in _LABEL.finditer(line[:1000]):
            text = match[1]
            begins = [found.end() for found in _LABEL_BEGINS.finditer(text)]
            start = begins[-1] if begins else 0
            if not begins and labels and " " in text.strip():
                start = text.index(" ") + 1
            labels.append(line[match.start() + start : match.end()])
        if labels:
            having = sum(all(label in other for label in labels) for other in lines)
            if having > 1 and 2 * having > sum(map(bool, map(str.strip, lines))):
                return tuple(labels)
    return ()


def _arff(lines: Sequence[str]) -> Layout | None:
    """Return the layout of Weka's format, which names its columns one by one."""
    data = next((i for i, line in enumerate(lines) if line.strip().lower() == "@data"), None)
    if data is None:
        return None
    found = [match[1].strip("'\"") for line in lines[:data] if (match := _ATTRIBUTE.match(line))]
    names = column_names(found, len(found))
    choices = Choices(comment="%", delimiter=",")
    return Layout(data + 1, names, ",", comment="%", quote="'", found=choices)

"""Layout: how a table stands in a text, recognised from its first lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from gdviz.core.tables.choices import Choices, Remark
from gdviz.core.tables.layouts.candidates import arff_layout, candidates, told_delimiter
from gdviz.core.tables.layouts.cutting import FIXED, Layout
from gdviz.core.tables.layouts.grid import Grid, widths
from gdviz.core.tables.layouts.headings import Heading, Headings
from gdviz.core.tables.layouts.kinds import MISSING, NUMERIC, WORD, kind_of
from gdviz.core.tables.names import column_names

__all__ = ["Layout", "recognised", "recognised_cells"]

# By which MATLAB leaves it to its readers to multiply.
_SCALE = re.compile(r"\s*1\.0e[+-]\d+\s\*\s*")
_DIGIT = re.compile(r"\d")
# What is read of it tells enough.
_MOST_LETTERS = 100_000
# A longer text has too many numbers in a row to be one row a variable.
_MOST_TRANSPOSED = 50_000
# Names that fit the rows speak for a layout, others against it.
_NAMES_FIT, _NAMES_ALMOST_FIT, _NAMES_DONT_FIT = 1.2, 1.1, 0.9
# What explains other things as well: colons times, places the words of prose.
_DOUBTFUL = {":": 0.8, FIXED: 0.8}
# Words with a number now and then are hardly columns.
_PROSE = 0.3
# What stands in nearly every row is no part of its cells.
_STRONG, _IGNORED = "\t;|", 0.8


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
    sample = ["\n"] * skip + _sample(lines[skip:])
    if arff := arff_layout(sample):
        return arff, []
    first = next((number for number, line in enumerate(sample) if not line.isspace()), 0)
    told = told_delimiter(sample[first]) if sample else None
    if told:
        sample[first] = "\n"
    asked = choices if choices.delimiter or not told else replace(choices, delimiter=told)
    remarks = []
    for number, line in enumerate(sample):
        if _SCALE.fullmatch(line):
            sample[number] = "\n"
            remarks.append(Remark(f"Line {number + 1} is passed over: “{line.strip()}”."))
    readings = [_Reading(*each, choices, sample) for each in candidates(sample, asked)]
    layout, others = _best(readings, choices)
    return layout, remarks + others


def recognised_cells(
    rows: Sequence[Sequence[str]], choices: Choices
) -> tuple[Layout, list[Remark]]:
    """Return the same of rows that are cut already, such as those of a spreadsheet.

    Of such a layout `first`, `names` and `arranged` matter.
    """
    stripped = [[cell.strip() for cell in row] for row in rows]
    cells = [row if any(row) else [] for row in stripped]
    cells[: choices.skip or 0] = [[] for _ in cells[: choices.skip or 0]]
    layout = Layout(comment="")
    return _best([_Reading(layout, each, choices, None, cells) for each in widths(cells)], choices)


def _sample(lines: Sequence[str]) -> list[str]:
    """Return the first lines, not too much of them."""
    sample, letters = [], 0
    for line in lines:
        sample.append(line)
        letters += len(line)
        if letters > _MOST_LETTERS and len(sample) > 1:
            break
    return sample


def _best(readings: Sequence["_Reading"], choices: Choices) -> tuple[Layout, list[Remark]]:
    if not readings:
        return Layout(found=choices), []
    best = max(readings, key=lambda reading: reading.score)
    return best.layout, list(best.remarks())


class _Reading:
    """A sample read in one way."""

    def __init__(
        self,
        form: Layout,
        width: int,
        choices: Choices,
        lines: Sequence[str] | None,
        cells: Sequence[list[str]] = (),
    ) -> None:
        self._form, self._choices = form, choices
        is_text = lines is not None
        rows = replace(form, names=("",) * width).rows(lines) if lines is not None else cells
        self._grid, self._is_text = Grid(rows, width), is_text
        self._headings = Headings(self._grid, lines, form)
        self._letters = sum(map(len, lines or ()))
        self._strong = _strong(lines or ())

    @cached_property
    def _heading(self) -> Heading | None:
        count, skip = self._choices.header, self._choices.skip
        if count == 0 or self._form.labels:
            return None
        found = self._headings.found() if count is None or skip is None else None
        if count is None:
            return found
        if skip is None:
            skip = max(0, found.end - count) if found else self._grid.start
        return self._headings.at(skip, count)

    @property
    def score(self) -> float:
        """How well it explains the sample; the greatest is the best."""
        width, share = self._grid.width, self._grid.share
        if self._strong and self._form.delimiter not in self._strong:
            share *= _IGNORED
        if not self._form.labels:
            share *= _DOUBTFUL.get(self._form.delimiter, 1.0)
        if self._form.delimiter in (" ", FIXED) and 3 * sum(self._grid.numeric) < width:
            share *= _PROSE
        heading = self._heading
        if self._form.is_paired and self._choices.decimal is None:
            return share * _NAMES_FIT * self._headings.have_commas(heading, width - 1)
        if heading is None or not heading.is_near:
            return share
        if width == 1 and any(sign in "".join(heading.names) for sign in "\t;,|"):
            return share / 2
        if heading.is_padded:
            return share * _NAMES_ALMOST_FIT
        # Columns in which nothing stands have names, too.
        missing = width - len(heading.names)
        return share * (_NAMES_FIT if missing == 0 else _NAMES_DONT_FIT if missing > 0 else 1.0)

    @cached_property
    def _variables(self) -> list[int]:
        """The lines, if each holds a variable: its name, then more numbers than there are lines."""
        grid = self._grid
        lines = [number for number, row in enumerate(grid.rows) if row and grid.fits[number]]
        if self._choices.header is not None or self._form.labels or len(lines) < 2:
            return []
        is_table = lines[-1] - lines[0] == len(lines) - 1 and self._letters < _MOST_TRANSPOSED
        if not is_table or grid.width - 1 <= len(lines):
            return []
        kinds = [[kind for kind, _ in grid.kinds[line]] for line in lines]
        are_named = all(first == WORD for first, *_ in kinds)
        are_numbers = all(kind in (*NUMERIC, MISSING) for _, *rest in kinds for kind in rest)
        have_numbers = all(2 * rest.count(MISSING) < len(rest) for _, *rest in kinds)
        names = {grid.rows[line][0] for line in lines}
        is_each = are_named and are_numbers and have_numbers and len(names) == len(lines)
        return lines if is_each else []

    @property
    def layout(self) -> Layout:
        """The form with names and the first row."""
        form, width, heading = self._form, self._grid.width, self._heading
        first, found = self._first, Choices(skip=self._first, header=0)
        names: Sequence[str] = ()
        if self._variables:
            names = [self._grid.rows[line][0] for line in self._variables]
            first, width = self._variables[0], len(names)
            form, found = replace(form, is_transposed=True), Choices(skip=first)
        elif form.labels:
            names = [label.rstrip(" :=") for label in form.labels]
            names = [""] * (width - len(names)) + names
        elif heading:
            names, first = heading.names, self._headings.first_row(heading.end)
            found = Choices(skip=heading.start, header=heading.n_lines)
        found = self._choices.or_else(self._found(found))
        return replace(form, first=first, names=column_names(names, width), found=found)

    @property
    def _first(self) -> int:
        """The first row where there are no names."""
        skip = self._choices.skip
        is_given = skip is not None and self._choices.header is not None
        return skip if is_given and skip is not None else self._grid.start

    def _found(self, found: Choices) -> Choices:
        form = self._form
        if not self._is_text:
            return found
        decimal = "," if form.is_paired else None
        return replace(found, delimiter=form.delimiter, comment=form.comment, decimal=decimal)

    def remarks(self) -> Iterator[Remark]:
        """Yield what had to be decided."""
        width, form, heading = self._grid.width, self._form, self._heading
        if self._variables:
            text = "Each row holds one variable, its name first: the table was turned."
            header = 1 if heading else 0
            yield Remark(text, "Turn it back", Choices(header=header))
            return
        if form.is_paired and self._choices.decimal is None:
            text = (
                f"Rows have {_counted(2 * width, 'value')} below {_counted(width, 'name')}, so "
                "every other comma is read as a decimal comma."
            )
            offer = Choices(delimiter=",", decimal=".")
            yield Remark(text, f"Read {2 * width} columns", offer)
        if form.delimiter == FIXED and self._choices.delimiter is None:
            text = "Columns are told apart by their place in a line: what is blank is missing."
            yield Remark(text, "Split at spaces", Choices(delimiter=" "))
        if heading:
            yield from self._remarks_on_names(heading)

    def _remarks_on_names(self, heading: Heading) -> Iterator[Remark]:
        width, names = self._grid.width, heading.names
        line = f"{'line' if self._is_text else 'row'} {heading.start + 1}"
        if heading.is_padded:
            text = f"There {_are(width - 1)} in {line} for {width:,} columns: the first has none."
            yield Remark(text)
        elif not names:
            text = f"The words in {line} aren't taken as names: there are only {width:,} columns."
            yield Remark(text)
        elif len(names) != width:
            values = _counted(width, "value")
            yield Remark(
                f"There {_are(len(names))} in {line}, but rows have {values}: names are given "
                "from the left."
            )
        numbers = [kind_of(name)[0] in NUMERIC for name in names if name]
        if any(numbers) and 2 * sum(numbers) >= len(numbers) and self._choices.header is None:
            text = f"The numbers in {line} are read as names of the columns."
            yield Remark(text, "Read as a row", Choices(header=0))


def _strong(lines: Sequence[str]) -> list[str]:
    """Return the signs that nearly every line with a digit has, and that are no part of cells."""
    rows = [line for line in lines if _DIGIT.search(line)]
    return [sign for sign in _STRONG if 5 * sum(sign in line for line in rows) > 4 * len(rows)]


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _are(count: int) -> str:
    return f"{'is' if count == 1 else 'are'} {_counted(count, 'name')}"

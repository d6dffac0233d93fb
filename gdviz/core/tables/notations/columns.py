"""Columns: how each column of a table is written, in numbers or dates, decided over all of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from gdviz.core.files import quoted
from gdviz.core.tables.choices import Choices, Remark
from gdviz.core.tables.notations.dates import NUMBERS, DateEvidence, DateNotation
from gdviz.core.tables.notations.number_shapes import shape_of
from gdviz.core.tables.notations.numerals import OTHER, NumberEvidence, NumberNotation

# So many columns are named where something is said of all of them.
LISTED = 3
MINUS = "\N{MINUS SIGN}"
MARKS = {".": "Points", ",": "Commas"}
DECIMALS = {".": "decimal points", ",": "decimal commas"}
# What is said of traits that aren't read as they stand.
_SAID = {
    "loss": "Parentheses mean a minus",
    "behind": "The minus stands behind the number",
    "uncertainty": "Uncertainties are left off",
    "note": "Marks of footnotes are left off",
}


class Notation(Protocol):
    """How the cells of a column are written."""

    @property
    def kind(self) -> str:
        """``number``, ``date`` or ``time``."""

    @property
    def plain(self) -> bool:
        """Whether NumPy reads the numbers that it can read alike."""

    def values(self, cells: Sequence[str]) -> NDArray[np.float64]:
        """Return what the cells hold; NaN where that is nothing of the kind."""

    def problem(self, cell: str) -> str:
        """Return what is wrong with a cell, as the rest of a sentence."""


class Evidence:
    """What was seen of one column."""

    __slots__ = ("dates", "numbers")

    def __init__(self) -> None:
        self.numbers, self.dates = NumberEvidence(), DateEvidence()

    def add(self, cells: Sequence[str], times: int = 1) -> None:
        """Look at more cells of the column, in their order; each stands for so many like it."""
        self.numbers.add(cells, times)
        self.dates.add(cells, times)

    def add_words(self, cells: Sequence[str]) -> None:
        """Look at more cells of the column, in none of which there is a digit."""
        texts = self.numbers.texts
        self.numbers.add_words(Counter(cells))
        self.dates.pass_over(self.numbers.texts - texts)


class _Column(NamedTuple):
    """A column of numbers, and whether another reading of its marks is to be offered."""

    name: str
    seen: NumberEvidence
    notation: NumberNotation
    is_open: bool

    def example(self, name: str, what: str) -> str:
        """Say what the first cell with a trait is read as; no number if it lacks the unit."""
        cell = self.seen.examples[name, what]
        value = self.notation.values([cell])[0]
        shown = f"{value:.15g}".replace("-", MINUS) if np.isfinite(value) else "no number"
        return f"{quoted(cell)} is {shown}"


def notations(
    evidences: Sequence[Evidence], names: Sequence[str], choices: Choices, is_comma_file: bool
) -> tuple[list[Notation], list[Remark]]:
    """Return how each column is written, and what had to be decided for that.

    Parameters
    ----------
    is_comma_file : bool
        Whether commas separate the cells: then points hardly stand between thousands.
    """
    file = _File([evidence.numbers for evidence in evidences], choices, is_comma_file)
    found: list[Notation] = []
    columns, of_dates = [], []
    for evidence, name, (date, remark) in zip(
        evidences, names, _dates(evidences, names, choices, file), strict=True
    ):
        of_dates += [remark] if remark else []
        if date is not None:
            found.append(date)
            continue
        seen = evidence.numbers
        decimal, is_open = file.decimal(seen)
        notation = NumberNotation.of(decimal, seen.affix, choices)
        found.append(notation)
        if seen.is_numeric:
            columns.append(_Column(name, seen, notation, is_open))
    return found, [*_of_marks(columns), *of_dates, *_of_traits(columns), *_of_affixes(columns)]


def _dates(
    evidences: Sequence[Evidence], names: Sequence[str], choices: Choices, file: "_File"
) -> list[tuple[DateNotation | None, Remark | None]]:
    """Return the columns of dates; one that could be numbers isn't where no other is."""
    dates = [
        evidence.dates.notation(choices, file.has_decimal_commas, name)
        for evidence, name in zip(evidences, names, strict=True)
    ]
    numbers = (evidence.numbers.is_numeric for evidence in evidences)
    if not any(
        date is None and is_numeric for (date, _), is_numeric in zip(dates, numbers, strict=True)
    ):
        either = [
            index for index, (date, _) in enumerate(dates) if date and date.reading in NUMBERS
        ]
        for index in either[-1:]:
            dates[index] = None, None
    return dates


def as_found(decided: Sequence[Notation]) -> Choices:
    """Return what leads to these notations, where all columns of the file agree."""
    decimals = {each.decimal for each in decided if isinstance(each, NumberNotation)}
    dates = {each.found.dates for each in decided if isinstance(each, DateNotation)} - {None}
    return Choices(
        decimal=decimals.pop() if len(decimals) == 1 else None,
        dates=dates.pop() if len(dates) == 1 else None,
    )


class _File:
    """What the columns of numbers show together of decimal marks and thousands."""

    def __init__(
        self, seen: Sequence[NumberEvidence], choices: Choices, is_comma_file: bool
    ) -> None:
        self._chosen = choices.decimal or OTHER.get(choices.thousands or "", "")
        self._has_thousands = choices.thousands is None
        self._is_comma_file = is_comma_file
        numeric = [each for each in seen if each.is_numeric]
        # The marks that some column shows to be a decimal one, or to stand between thousands.
        self._decimal, self._thousands = set(), {each.money for each in numeric if not each.shown}
        for each in numeric:
            for mark, other in OTHER.items():
                if each.shown == mark:
                    self._decimal |= {mark} if each.count("decimal", mark) else set()
                    self._thousands |= {other} if each.count("thousands", other) else set()
        shown, leaning = Counter(each.shown for each in numeric), Counter(map(self._lean, numeric))
        self._leaning = max(OTHER, key=lambda mark: leaning[mark])
        self._usual = max(OTHER, key=lambda mark: (shown[mark], leaning[mark]))
        self.has_decimal_commas = self._chosen == "," or any(
            self.decimal(each)[0] == "," for each in numeric if each.shown or each.either
        )

    def decimal(self, seen: NumberEvidence) -> tuple[str, bool]:
        """Return the decimal mark of a column, and whether it could as well be the other."""
        mark, other = seen.either, OTHER.get(seen.either, "")
        if self._chosen:
            return self._chosen, False
        if seen.shown or not mark:
            return seen.shown or self._usual, False
        if not self._has_thousands:
            return mark, False
        if seen.money:
            return other, False
        if mark in self._decimal | self._thousands:
            both = mark in self._decimal and mark in self._thousands
            return mark if mark in self._decimal else other, both
        if other in self._decimal:
            return other, True
        return self._lean(seen) or self._leaning, True

    def _lean(self, seen: NumberEvidence) -> str:
        """Return what is likely: with decimals, 950 beside 1,200 would have been 950,000."""
        mark = seen.either
        if seen.shown or not mark:
            return ""
        if seen.count("whole", "long") or seen.affix == "%":
            return mark
        is_likely = seen.count("whole", "short") and not (mark == "." and self._is_comma_file)
        return OTHER[mark] if is_likely else ""


def _of_marks(columns: Sequence[_Column]) -> Iterable[Remark]:
    """Say what decimal marks and thousands are where that could be otherwise."""
    for mark, words in MARKS.items():
        is_open = [column for column in columns if column.is_open and column.seen.either == mark]
        decimals = [column for column in is_open if column.notation.decimal == mark]
        thousands = [column for column in is_open if column.notation.decimal != mark]
        if thousands:
            # Where a column needs the other mark for its decimals, only thousands can be denied.
            is_needed = any(column.seen.shown == OTHER[mark] for column in columns)
            yield Remark(
                f"{words} in {_listed(thousands)} are read as thousands: "
                f"{thousands[0].example('either', mark)}.",
                "Read as decimals",
                Choices(thousands="") if is_needed else Choices(decimal=mark),
            )
        if decimals:
            other = replace(decimals[0].notation, decimal=OTHER[mark], thousands=mark)
            others = decimals[0]._replace(notation=other)
            yield Remark(
                f"{words} in {_listed(decimals)} are read as decimal signs. If they stand "
                f"between thousands, {others.example('either', mark)}.",
                "Read as thousands",
                Choices(thousands=mark),
            )
    by_mark = {
        mark: [column for column in columns if column.notation.decimal == mark
               and column.seen.count("decimal", mark)]
        for mark in OTHER
    }  # fmt: skip
    if all(by_mark.values()):
        said = (f"{_listed(by_mark[mark])} with {words}" for mark, words in DECIMALS.items())
        yield Remark(f"Each column is read as it is written: {', '.join(said)}.")


def _of_traits(columns: Sequence[_Column]) -> Iterable[Remark]:
    """Say what was left off, or means a minus."""
    for trait, words in _SAID.items():
        found = [(column, what) for column in columns for what in column.seen.of(trait)]
        if found:
            columns_with = list(dict.fromkeys(column for column, _ in found))
            example = found[0][0].example(trait, found[0][1])
            yield Remark(f"{words} in {_listed(columns_with)}: {example}.")


def _of_affixes(columns: Sequence[_Column]) -> Iterable[Remark]:
    """Say which currencies and units were taken off."""
    by_affix: dict[str, list[_Column]] = {}
    for column in columns:
        by_affix.setdefault(column.notation.affix, []).append(column)
    by_affix.pop("", None)
    for affix, chosen in list(by_affix.items())[:LISTED]:
        trait = "affix", shape_of(affix)
        what = "Percent signs are" if affix == "%" else f"{quoted(affix)} is"
        bare = sum(column.seen.numbers - column.seen.total("affix") for column in chosen)
        lacking = f" ({bare:,} cell{'s' * (bare != 1)} had none)" if bare else ""
        yield Remark(f"{what} taken off {_listed(chosen)}: {chosen[0].example(*trait)}{lacking}.")


def _listed(columns: Sequence[_Column]) -> str:
    return listed([column.name for column in columns])


def listed(names: Sequence[str]) -> str:
    """Return the first of some names, in quotes, and how many there are besides."""
    said = [quoted(name) for name in names[:LISTED]]
    if len(names) > LISTED:
        said.append(f"{len(names) - LISTED:,} more")
    return " and ".join(filter(None, (", ".join(said[:-1]), said[-1])))

"""Numerals: the numbers of a column, how they are written, and what was seen of that."""

import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from gdviz.core.files import quoted
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.notations.missing import (
    AS_NAN,
    USUAL_MISSING,
    Missing,
    number_of,
    stands_for_none,
)
from gdviz.core.tables.notations.number_shapes import (
    APOSTROPHES,
    ARABIC_DECIMAL,
    ARABIC_THOUSANDS,
    EITHER,
    SPACES,
    Marks,
    Patience,
    Written,
    shape_of,
    shapes_of,
    written,
)

OTHER = {".": ",", ",": "."}
# Marks of thousands: spaces and apostrophes stand for all of their kind.
THOUSANDS = f"{EITHER} '{ARABIC_THOUSANDS}"
BETWEEN = EITHER + SPACES + APOSTROPHES + ARABIC_THOUSANDS
# To take off a factor, every cell must have it: not in a column of 1.2k and 950.
_FACTORS = "k K M G B T bn mn mln tn mio Mio Mrd thousand million billion lakh"
FACTORS = frozenset(_FACTORS.split())
# Those who write them are free to leave them out.
SIGNS = "%\u2030\u20ac$\xa3"
# Of so many units nobody asks; other traits are few.
MOST_TRAITS = 40
UNTOLD = ("decimal", "thousands", "whole")


@dataclass(frozen=True, slots=True)
class NumberNotation:
    """How the numbers of a column are written.

    Attributes
    ----------
    decimal : str
        The decimal mark, a point or a comma.
    thousands : str
        All marks that may stand between thousands.
    affix : str
        Currency and unit that its cells share.
    """

    decimal: str = "."
    thousands: str = THOUSANDS.replace(".", "")
    affix: str = ""
    missing: Missing = USUAL_MISSING
    kind: ClassVar[str] = "number"
    _recipes: dict[str, "_Recipe"] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _patience: Patience = field(default_factory=Patience, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, decimal: str, affix: str, choices: Choices) -> "NumberNotation":
        """Return a notation with the thousands of the choices, or else all that are left."""
        thousands = THOUSANDS if choices.thousands is None else _kind_of(choices.thousands)
        return cls(decimal, thousands.replace(decimal, ""), affix, Missing.of(choices))

    @property
    def plain(self) -> bool:
        """Whether NumPy reads the numbers that it can read alike."""
        return self.decimal == "." and not self.missing.numbers and self.affix not in FACTORS

    def values(self, cells: Sequence[str]) -> NDArray[np.float64]:
        """Return the numbers in cells; NaN where there is none, or one that isn't finite."""
        values = self._plain_values(cells)
        if values is None:
            values = self._all_values(cells)
        values[~np.isfinite(values)] = math.nan
        if self.missing.numbers:
            values[np.isin(values, list(self.missing.numbers))] = math.nan
        return values

    def _plain_values(self, cells: Sequence[str]) -> NDArray[np.float64] | None:
        """Return numbers as Python reads them; None if anything else stands there."""
        if self.decimal != "." or self.affix in FACTORS:
            return None
        for each in (cells, map(AS_NAN.get, cells, cells)):
            try:
                values = array("d", map(float, each))
            except ValueError:
                continue
            # Python takes 1_000 as well.
            return None if "_" in "".join(cells) else np.array(values)
        return None

    def _all_values(self, cells: Sequence[str]) -> NDArray[np.float64]:
        shapes, values = shapes_of(cells), np.full(len(cells), math.nan)
        self._patience.rise(len(cells))
        recipes = {
            shape: recipe for shape in dict.fromkeys(shapes)
            if (recipe := self._recipes.get(shape) or self._learnt(shape))
        }  # fmt: skip
        for row, shape in enumerate(shapes if recipes else ()):
            if shape in recipes:
                values[row] = recipes[shape].value(cells[row])
        return values

    def _learnt(self, shape: str) -> "_Recipe | None":
        how = self._patience.written(shape)
        if how is None or not self._fits(how):
            return None
        affix = self.affix if how.affix else ""
        recipe = self._recipes[shape] = _Recipe(how, shape, self.decimal, affix)
        return recipe

    def _fits(self, how: Written) -> bool:
        thousands, decimal, either = how.marks
        return (
            decimal in ("", ARABIC_DECIMAL, self.decimal)
            and thousands in self.thousands
            and either in self.decimal + self.thousands
            and (how.affix == shape_of(self.affix) or not (how.affix or self.affix in FACTORS))
        )

    def problem(self, cell: str) -> str:
        """Return what is wrong with a cell that holds no number."""
        if not cell.strip():
            return "the value is missing"
        if cell in self.missing:
            return f"{quoted(cell)} stands for a missing value"
        how = written(shape_of(cell))
        marks, affix = (how.marks, how.affix) if how else (Marks(), "")
        if OTHER.get(self.decimal, "none") in (marks.decimal, marks.either):
            here, there = ("comma", "point") if self.decimal == "." else ("point", "comma")
            return f"{quoted(cell)} has a decimal {here} in a column with decimal {there}s"
        if affix and self.affix:
            return f"{quoted(cell)} is not a number in {quoted(self.affix)}"
        if math.isinf(number_of(cell.strip()) or 0.0):
            return f"{quoted(cell)} is not a finite number"
        return f"{quoted(cell)} is not a number"


class _Recipe:
    """What makes cells of some shape numbers."""

    def __init__(self, how: Written, shape: str, decimal: str, affix: str) -> None:
        # The shape of m2 is that of m3.
        self._affix = affix if affix != shape_of(affix) else ""
        self._start, self._stop = how.start, how.stop
        body = shape[how.start : how.stop]
        # A number in groups never begins with a zero.
        self._is_grouped = bool(how.marks.thousands or how.marks.either.replace(decimal, ""))
        between = set(body) & set(BETWEEN) - {decimal} if self._is_grouped else set()
        points = [(mark, ".") for mark in (decimal, ARABIC_DECIMAL) if mark in body and mark != "."]
        self._changes = [*how.changes, *((mark, "") for mark in between), *points]
        self._sign = -1.0 if how.is_negative else 1.0

    def value(self, cell: str) -> float:
        text = cell[self._start : self._stop]
        if (self._is_grouped and text[0] == "0") or self._affix not in cell:
            return math.nan
        for old, new in self._changes:
            text = text.replace(old, new)
        try:
            return self._sign * float(text)
        except ValueError:  # 20^3 has the shape of 10^3
            return math.nan


class NumberEvidence:
    """What was seen of the numbers in a column.

    Attributes
    ----------
    numbers, missing, texts : int
        How many cells hold a number, nothing or a word for it, and anything else.
    traits : Counter
        How many numbers have a trait, such as ``("decimal", ",")``: see `Written`.
    examples : dict
        The first cell with each, but for those of which there is nothing to tell.
    """

    __slots__ = ("_patience", "examples", "missing", "numbers", "texts", "traits")

    def __init__(self) -> None:
        self.numbers = self.missing = self.texts = 0
        self.traits: Counter[tuple[str, str]] = Counter()
        self.examples: dict[tuple[str, str], str] = {}
        self._patience = Patience()

    def add(self, cells: Sequence[str], times: int = 1) -> None:
        """Look at more cells of the column, each of which stands for so many like it."""
        shapes = shapes_of(cells)
        self._patience.rise(len(cells))
        eithers: dict[str, str] = {}
        for shape, found in Counter(shapes).items():
            count = found * times
            how = self._patience.written(shape)
            if how is None:
                self.add_words({shape: count})
                continue
            self.numbers += count
            for trait in how.traits:
                if trait not in self.traits:
                    if len(self.traits) >= MOST_TRAITS and trait[0] == "affix":
                        continue
                    if trait[0] not in UNTOLD:
                        self.examples[trait] = cells[shapes.index(shape)].strip()
                self.traits[trait] += count
            if how.marks.either and ("decimal", how.marks.either) not in self.traits:
                eithers[shape] = how.marks.either
        if eithers:
            self._look_for_zeros(eithers, shapes, cells, times)

    def add_words(self, counts: Mapping[str, int]) -> None:
        """Look at what is no number, and how many there are of each."""
        for word, count in counts.items():
            is_missing = stands_for_none(word.strip().casefold())
            self.missing += count * is_missing
            self.texts += count * (not is_missing)

    def _look_for_zeros(
        self, eithers: dict[str, str], shapes: Sequence[str], cells: Sequence[str], times: int
    ) -> None:
        """Note that thousands never begin with a zero: 0,435 has decimals."""
        starts = {shape: how.start for shape in eithers if (how := written(shape))}
        for shape, cell in zip(shapes, cells, strict=True):
            if shape in starts and cell[starts[shape]] == "0":
                trait = ("decimal", eithers[shape])
                self.traits[trait] += times

    @property
    def is_numeric(self) -> bool:
        """Whether at least half of what stands in the column are numbers."""
        return self.numbers > 0 and self.numbers >= self.texts

    def count(self, name: str, what: str) -> int:
        """Return how many cells have a trait."""
        return self.traits.get((name, what), 0)

    def total(self, name: str) -> int:
        """Return how many cells have some trait of a kind."""
        return sum(count for (each, _), count in self.traits.items() if each == name)

    def of(self, name: str) -> list[str]:
        """Return what there is of a kind of trait, most of it first."""
        return [what for (each, what), _ in self.traits.most_common() if each == name]

    @property
    def shown(self) -> str:
        """The decimal mark if its cells show one: most of them, should they disagree."""
        counts = {
            mark: self.count("decimal", mark) + self.count("thousands", other)
            for mark, other in OTHER.items()
        }
        mark = max(counts, key=counts.__getitem__)
        return mark if counts[mark] else ""

    @property
    def either(self) -> str:
        """The mark with three digits behind it, if there is one."""
        return next(iter(self.of("either")), "")

    @property
    def money(self) -> str:
        """The same mark in sums of money, which have no three decimals."""
        return next(iter(self.of("money")), "")

    @property
    def affix(self) -> str:
        """The currency and unit that its numbers share; some may lack them."""
        affixes = self.of("affix")
        affix = affixes[0] if affixes else ""
        if 2 * self.count("affix", affix) > self.numbers:
            return self._spelt(affix)
        # Fewer, as in 12, 13a: a letter more makes it another thing.
        is_one = len(affixes) == 1 and affix not in FACTORS
        return self._spelt(affix) if is_one and (affix[1:].isalpha() or affix in SIGNS) else ""

    def _spelt(self, affix: str) -> str:
        """Return an affix with its digits, such as m2."""
        cell = self.examples.get(("affix", affix), "")
        start = shape_of(cell).rfind(affix)
        return cell[start : start + len(affix)] if start >= 0 else affix


def _kind_of(thousands: str) -> str:
    """Return the mark that stands for all of its kind."""
    for marks in (SPACES, APOSTROPHES):
        if thousands and thousands in marks:
            return marks[0]
    return thousands

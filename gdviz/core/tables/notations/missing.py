"""Missing values: the words that stand for them, and how far other cells are from numbers."""

import re
from dataclasses import dataclass

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.notations.number_shapes import LONGEST, shape_of, written

# What languages, spreadsheets and people write, as shapes in small letters. A cell without letters
# and digits stands for nothing anyway; the most frequent are here to be found quickly.
_MISSING = (
    "na n/a n.a. n.a nan -nan nat null (null) \\n none nil missing <na> (na) n.d. nd n/d s/d k.a. "
    "nodata undefined unknown #n/a #div/0! err:000 0.#ind -0.#ind 0.#qnan - -- . .. ? *"
)
# They make no column of numbers a column of text.
MISSING = frozenset(["", "no data", "not available", *_MISSING.split()])
# As Python reads them, which is quicker than to look for them.
AS_NAN = {word: "nan" for small in MISSING for word in (small, small.upper(), small.capitalize())}

# Signs alone, and errors in every language: #REF!, #WERT!, #¿NOMBRE?, #N/D, #NV.
_NOTHING = re.compile(r"[\W_]{1,40}|#[^\s\d]{1,12}0?[!?]|#n/?\w")
_FIRST_DIGIT = re.compile(r"\W*0")


@dataclass(frozen=True)
class Missing:
    """What stands for a missing value: the usual words, and what was chosen besides."""

    words: frozenset[str] = MISSING
    numbers: frozenset[float] = frozenset()

    @classmethod
    def of(cls, choices: Choices) -> "Missing":
        """Return the usual words and those of the choices, which semicolons separate."""
        if not choices.missing:
            return USUAL_MISSING
        chosen = [word.strip() for word in choices.missing.split(";")]
        numbers = {number for word in chosen if (number := number_of(word)) is not None}
        return cls(MISSING | {word.casefold() for word in chosen}, frozenset(numbers))

    def __contains__(self, cell: str) -> bool:
        word = cell.strip().casefold()
        if word in self.words or (not word.isalpha() and stands_for_none(shape_of(word))):
            return True
        return bool(self.numbers) and number_of(word) in self.numbers


USUAL_MISSING = Missing()


def stands_for_none(shape: str) -> bool:
    """Return whether this is the shape, in small letters, of a word for a missing value."""
    return shape in MISSING or (not shape[0].isalnum() and bool(_NOTHING.fullmatch(shape)))


def distance(cell: str) -> int:
    """Return how far a cell is from being a number: 4 if nothing stands in it."""
    if cell in USUAL_MISSING:
        return 4
    shape = shape_of(cell)[:LONGEST]
    is_none = (not written(shape), not _FIRST_DIGIT.match(shape), "0" not in shape)
    return sum(is_none)


def number_of(text: str) -> float | None:
    """Return a number as Python reads it, with either decimal mark; None if it is none."""
    try:
        return None if "_" in text else float(text.replace(",", "."))
    except ValueError:
        return None

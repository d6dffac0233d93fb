"""Sayings: what a chapter says, with numbers of the moment in it, as in ``{loss}``."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from gdviz.core.descent.settings import Value
from gdviz.core.lessons.conditions import Amount, ConditionError
from gdviz.core.words.numbers import number_text

DIGITS = 4
# A number with how many digits it is to have, or a brace that stands for itself.
_PLACE = re.compile(r"\{\{|\}\}|\{([^{}]*?)(?::([1-9]))?\}|[{}]")


@dataclass(frozen=True)
class Saying:
    """A text in which ``{loss}`` stands for a number of the moment; ``{{`` is a brace.

    Behind a colon stands how many digits are shown, as in ``{slope / 2:3}``.

    Raises
    ------
    ConditionError
        If there are braces with no number in them.
    """

    text: str
    _amounts: tuple[Amount, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        amounts = []
        for place in _PLACE.finditer(self.text):
            if place[1] is not None:
                amounts.append(Amount(place[1]))
            elif place[0] in "{}":
                raise ConditionError(
                    f"there is a “{place[0]}” without its partner. Numbers stand in braces, as in "
                    "{loss}; for the sign itself write it twice."
                )
        object.__setattr__(self, "_amounts", tuple(amounts))

    def said(self, fact: Callable[[str], Value]) -> str:
        """Return the text with the numbers of now; `fact` returns the value of a name."""
        amounts = iter(self._amounts)

        def number(place: re.Match[str]) -> str:
            if place[1] is None:
                return place[0][0]
            return number_text(next(amounts).value(fact), int(place[2] or DIGITS))

        return _PLACE.sub(number, self.text)

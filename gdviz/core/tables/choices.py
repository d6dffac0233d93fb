"""Choices: how a file is to be read where that isn't left to be found out, and what was decided."""

from dataclasses import dataclass, fields, replace
from typing import NamedTuple

DATES = "ymd", "dmy", "mdy", "s", "ms", "none"


@dataclass(frozen=True)
class Choices:
    """How to read a file of columns. None leaves it to be found out.

    Attributes
    ----------
    encoding : str or None
        As Python calls it.
    sheet : str or None
        The sheet of a spreadsheet, the file of an archive, the array of several.
    skip : int or None
        So many lines are passed over before anything is looked at.
    header : int or None
        So many lines of names follow; 0 for none.
    comment : str or None
        What a comment begins with; empty if there are none.
    delimiter : str or None
        What stands between cells; a space for any white space, ``"fixed"`` for columns of fixed
        width.
    decimal, thousands : str or None
        The marks of numbers; no thousands sign if it is empty.
    dates : str or None
        How dates are written: ``"ymd"``, ``"dmy"``, ``"mdy"``, ``"s"`` or ``"ms"`` for Unix time,
        or ``"none"`` where what looks like a date is a number.
    missing : str or None
        What stands for a missing value besides the usual words, such as ``"-999"``; semicolons
        separate several.
    """

    encoding: str | None = None
    sheet: str | None = None
    skip: int | None = None
    header: int | None = None
    comment: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    dates: str | None = None
    missing: str | None = None

    def __post_init__(self) -> None:
        for name in ("skip", "header"):
            count = getattr(self, name)
            if count is not None and not (isinstance(count, int) and count >= 0):
                raise ValueError(f"{name} must be a count of lines, not {count!r}.")
        if self.dates not in (None, *DATES):
            raise ValueError(f"dates must be one of {', '.join(DATES)}, not {self.dates!r}.")

    def or_else(self, found: "Choices") -> "Choices":
        """Return these, and what was found out where they leave it open."""
        left = {
            field.name: getattr(found, field.name)
            for field in fields(self)
            if getattr(self, field.name) is None
        }
        return replace(self, **left)


class Remark(NamedTuple):
    """What was decided in reading a file; where another reading is possible, it is offered.

    Attributes
    ----------
    text : str
        A sentence, without the file's name.
    offer : str
        What a button for the other reading says; empty if there is none.
    choices : Choices or None
        What leads to the other reading, added to those that were made.
    """

    text: str
    offer: str = ""
    choices: Choices | None = None

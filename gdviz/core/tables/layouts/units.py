"""Units and types, which some programs write in a row of their own below the names."""

import re
from collections.abc import Sequence

_LONGEST = 24
_SI = "m|s|g|A|K|mol|cd|Hz|N|Pa|J|W|C|V|F|Ω|H|T|S|Wb|lm|lx|Bq|Gy|Sv|l|L|t|eV|bar|B|bit|Wh|rad|sr"
_OTHERS = (
    r"°[CF]?|%|‰|deg[CF]?|sec|min|h|hrs?|hours?|d|days?|weeks?|months?|a|yr|years?|in|ft|mi|lbs?|oz|psi|mmHg"
    r"|rpm|kcal|cal|ppm|ppb|dB|pH|px|pcs|USD|EUR|[$€£]|units?|a\.u\."
)
_UNIT = rf"(?:[TGMkhdcmuµμnp]?(?:{_SI})|{_OTHERS})(?:(?:\^|\*\*)?[-\u2212]?\d|[²³⁻¹])*+"
_UNITS = rf"\(.*\)|\[.*\]|-|1|{_UNIT}(?:[/·*. ]{_UNIT})*"
# As often as units they are names.
_VARIABLES = frozenset("abdhltBHST")
_TYPES = (
    r"(?i:<?(?:[fiu](?=\d)|int|integer|float|double|dbl|real|numeric|number|num|decimal|string|str|text|chr|char"
    r"|character|object|varchar|date|datetime|dttm|timestamp|bool|boolean|lgl|logical|factor|fct"
    r"|nominal|continuous|categorical)\d*>?)"
)


def are_units(cells: Sequence[str]) -> bool:
    """Whether a row holds units or types, and so no names."""
    given = [cell for cell in cells if cell]
    return are_types(cells) or (
        not _VARIABLES.issuperset(given)
        and all(len(cell) <= _LONGEST and re.fullmatch(_UNITS, cell) is not None for cell in given)
    )


def are_types(cells: Sequence[str]) -> bool:
    """Whether a row holds types of data."""
    given = [cell for cell in cells if cell]
    return bool(given) and all(re.fullmatch(_TYPES, cell) is not None for cell in given)


def with_unit(name: str, unit: str) -> str:
    """Return a name with the unit that stands below it."""
    if unit in ("", "-", "1", name):
        return name
    return f"{name} {unit}" if unit[0] in "([" else f"{name} ({unit})"

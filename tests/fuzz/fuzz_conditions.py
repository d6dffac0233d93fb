"""Conditions and amounts of what they are made of: each means something, or it is said why not.

What they mean is what Python makes of the same text.
"""

import math
import random
import warnings
from typing import Any

from gdviz.core.descent.methods import METHODS
from gdviz.core.lessons.conditions import (
    FACTS,
    LONGEST,
    NUMBER,
    TEXT,
    Amount,
    Condition,
    ConditionError,
)

NUMBERS = (
    "0", "1", "-2.5", "1e-300", "1e300", "007", "1_0", "1j", "0x10", "9" * 40 + ".", "1e999", "٣",
)  # fmt: skip
TEXTS = tuple(f"{quote}{name}{quote}" for name in (*METHODS, "x") for quote in "'\"")
ODD = (
    "if", "else", "lambda:", "is", "in", "not in", "**", "//", "%", "@", "&", "<<", ":=", "=", "[",
    "]", "{", "}", ".real", "__class__", "abs", "f'{loss}'", "b''", "...", "None", "yield", "await",
    "\\", "\n", ";", "#", "\0", "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}", "'", '"', ",", "*",
    "\N{SMALL ROMAN NUMERAL FIFTY}oss",
)  # fmt: skip
RELATIONS = "<", "<=", ">", ">=", "==", "!=", "<>"
VALUES = {
    "number": (0.0, -0.0, 1.0, -3.5, 1e-300, 1e300, math.inf, -math.inf, math.nan, 7),
    "yes or no": (True, False),
    "text": tuple(METHODS),
}


def one(random: random.Random) -> None:
    """Ask a condition, or an amount, of facts made up by chance."""
    kind = random.choice((Condition, Condition, Amount))
    make = _question if kind is Condition else _number
    text = _changed(make(random, random.randint(0, 4)), random)
    facts = {name: random.choice(VALUES[kind]) for name, (kind, _) in FACTS.items()}
    found = _found(kind, text, facts)
    if isinstance(found, str):
        assert 20 < len(found) < 3 * LONGEST + 600, text
        return
    meant = _meant(text, facts)
    if kind is Condition:
        assert found == bool(meant), f"{text!r} is {found}, of {facts}"
    else:
        meant = math.nan if meant is None else float(meant)
        same = found == meant or (math.isnan(found) and math.isnan(meant))
        assert same, f"{text!r} is {found}, of {facts}"


def _found(
    kind: type[Condition] | type[Amount], text: str, facts: dict[str, Any]
) -> bool | float | str:
    """Return whether a condition holds, or what an amount is; or else why it is none."""
    try:
        asked = kind(text)
    except ConditionError as error:
        return str(error)
    look_up = facts.__getitem__
    return asked.holds(look_up) if isinstance(asked, Condition) else asked.value(look_up)


def _meant(text: str, facts: dict[str, Any]) -> Any:
    """Return what Python makes of a text; all its numbers are floats. None: it can't be told."""
    known = {
        name: float(value) if FACTS[name][0] == NUMBER else value for name, value in facts.items()
    }
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return eval(text.strip(), {"__builtins__": {"abs": abs}}, known)
    except (OverflowError, ZeroDivisionError):
        return None


def _question(random: random.Random, depth: int) -> str:
    """Return something with yes or no."""
    below = depth - 1
    if depth == 0:
        return random.choice([name for name, (kind, _) in FACTS.items() if kind == "yes or no"])
    match random.randrange(5):
        case 0:
            word = random.choice(("and", "or"))
            return f"{_question(random, below)} {word} {_question(random, below)}"
        case 1:
            return f"not {_question(random, below)}"
        case 2:
            return f"({_question(random, below)})"
        case 3:
            return f"method {random.choice(('==', '!='))} {random.choice(TEXTS)}"
    numbers = [_number(random, below) for _ in range(random.choice((2, 2, 3)))]
    return f" {random.choice(RELATIONS)} ".join(numbers)


def _number(random: random.Random, depth: int) -> str:
    if depth <= 0:
        names = [name for name, (kind, _) in FACTS.items() if kind != TEXT]
        return random.choice((random.choice(names), random.choice(NUMBERS)))
    match random.randrange(4):
        case 0:
            return f"abs({_number(random, depth - 1)})"
        case 1:
            return f"{random.choice('+-')}{_number(random, depth - 1)}"
        case 2:
            return f"({_number(random, depth - 1)})"
    return f"{_number(random, depth - 1)} {random.choice('+-*/')} {_number(random, depth - 1)}"


def _changed(text: str, random: random.Random) -> str:
    """Return a text with perhaps something put in, left out or said many times."""
    for _ in range(random.choice((0, 0, 1, 1, 3))):
        place, end = sorted(random.choices(range(len(text) + 1), k=2))
        match random.randrange(4):
            case 0:
                text = text[:place] + random.choice(ODD) + text[place:]
            case 1:
                text = text[:place] + text[end:]
            case 2:
                text = text[:place] + text[place:end] * random.choice((2, 3, 50)) + text[end:]
            case 3:
                letter = chr(random.choice((random.randrange(128), random.randrange(0xD800))))
                text = text[:place] + letter + text[place + 1 :]
    return text

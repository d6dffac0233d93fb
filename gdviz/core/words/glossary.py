"""Glossary: what each term means, in a sentence for a beginner, and where terms stand in a text."""

import re
import textwrap
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from gdviz.core.words.numbers import MINUS

TERMS: Mapping[str, str] = {
    "prediction": "What the line says y is, at the x of a row.",
    "error": "How far the prediction is above the point; negative where it is below.",
    "loss": "The mean of all squared errors: how wrong the line is, and how high the hiker stands.",
    "weight": "How steep the line is; also where the hiker stands, from left to right.",
    "bias": "How high the line is at x = 0.",
    "minimum": "The lowest place there is: nowhere is the loss smaller.",
    "hiker": "Where the run is now, by night and in fog: the hiker feels only the slope underfoot.",
    "tangent": "The straight line that just touches the curve, and is as steep as it is there.",
    "slope": "How steep the ground is: how much the loss grows for each unit that the weight, or "
    "the bias, grows.",
    "gradient": "All slopes together: one along the weight, and one along the bias.",
    "gradient descent": "Walking down step by step: each step is the learning rate times the "
    "slope, against the rise.",
    "learning rate": "How far to step for each unit of slope.",
    "iteration": "One round of descent: feel the slope, take a step.",
    "run": "One way down from its start: iteration after iteration, until it ends.",
    "tolerance": "When to stop early: as soon as the slope is smaller than this number.",
    "converge": "To come nearer and nearer to one place, by steps that get ever shorter.",
    "diverge": "To get farther and farther away, until the numbers leave all bounds.",
    "best rate": "The learning rate with which a run needs the fewest iterations.",
    "limit": "Where learning rates stop working: beyond it each step lands farther from the "
    "minimum than the one before.",
    "curvature": "How fast the slope changes along the way: much in a narrow valley, little in a "
    "wide one.",
    "contour": "A line through places of the same loss.",
    "half-life": "How many steps it takes to halve the distance to the minimum.",
    "condition number": "How long a valley is for its breadth: its largest curvature divided by "
    "its smallest.",
    "z": f"x on a scale of its own, whose mean is 0 and spread 1: (x {MINUS} mean) ÷ standard "
    "deviation.",
    "batch": "The few rows that one step looks at, in place of all.",
    "momentum": "Each step carries on part of the one before: steps the same way add up, and those "
    "to and fro cancel out.",
}
# How they are written, where it isn't the term with or without an s. Lines run, too.
_WRITTEN = {
    "loss": "loss(?:es)?",
    "bias": "bias(?:es)?",
    "batch": "(?:mini-)?batch(?:es)?",
    "minimum": "minim(?:um|a)",
    "half-life": "half-li(?:fe|ves)",
    "learning rate": "(?:learning )?rates?",
    "best rate": "★ best|best (?:learning )?rates?",
    "converge": "converg(?:e[sd]?|ing)",
    "diverge": "diverg(?:e[sd]?|ing)",
    "run": "(?:^|(?<=a )|(?<=the )|(?<=this )|(?<=each )|(?<=every )|(?<=your ))runs?",
}
_LETTERS = {"w": "weight", "b": "bias"}
_LETTER = re.compile(r"(?<!\w)[wb](?!\w)")
_QUOTED = re.compile("“[^”]*”")
LINE_LETTERS = 64


class Found(NamedTuple):
    """A term in a text, and from where to where it is written."""

    term: str
    start: int
    end: int


def _pattern(terms: list[str]) -> re.Pattern[str]:
    """Return what finds terms; the number of the group that matches is that of the term."""
    written = (_WRITTEN.get(term, f"{term}s?").replace(" ", r"\s") for term in terms)
    return re.compile(rf"(?<!\w)(?:{'|'.join(f'({one})' for one in written)})(?!\w)", re.IGNORECASE)


# Of two that begin alike the longer one is meant.
_LONGEST_FIRST = sorted(TERMS, key=len, reverse=True)
_PATTERN = _pattern(_LONGEST_FIRST)


def terms_in(text: str) -> Iterator[Found]:
    """Yield the terms of a text, as often as they are named."""
    for found in _PATTERN.finditer(text):
        assert found.lastindex is not None
        yield Found(_LONGEST_FIRST[found.lastindex - 1], found.start(), found.end())


def term_at(text: str, place: int) -> Found | None:
    """Return the term that a letter of a text belongs to, if any."""
    return next((found for found in _all_in(text) if found.start <= place < found.end), None)


@cache
def meaning_of(term: str) -> str:
    """Return what a tooltip says of a term, in lines."""
    return textwrap.fill(f"{term}: {TERMS[term]}", LINE_LETTERS)


def explained(label: str, tip: str = "") -> str:
    """Return a tooltip: what it says anyway, and below what the terms of a label mean.

    What stands in quotes may be a name that the data gave to something else; what the tooltip
    begins with it explains itself.
    """
    found = (found.term for found in _all_in(_QUOTED.sub(" ", label.replace("&", ""))))
    terms = [term for term in dict.fromkeys(found) if not tip.startswith(f"{term}:")]
    return "\n".join(filter(None, (tip, *map(meaning_of, terms))))


def _all_in(text: str) -> Iterator[Found]:
    """Yield the terms, and the letters that stand for some."""
    yield from terms_in(text)
    for found in _LETTER.finditer(text):
        yield Found(_LETTERS[found[0]], found.start(), found.end())

"""Answer: a diagnosis in sentences, and as JSON knows it."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from gdviz.core.check.verdict import Cause, Diagnosis, Difference, Explanation, Given
from gdviz.core.descent.methods import GradientDescent
from gdviz.core.descent.settings import NAMES
from gdviz.core.words.numbers import typed_number

_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
           "eleven", "twelve")  # fmt: skip
_SIGNS = {"weight": "w", "bias": "b", "loss": "loss"}
# What stands above the lines of NumPy that make a mistake, and above those that wouldn't.
WRONG, RIGHT = "Yours does", "It should be"
NO_CAUSE = "None of the usual mistakes, alone or in pairs, gives every digit that was printed."


def headline(diagnosis: Diagnosis) -> str:
    """Say in a sentence what came out."""
    return agreement(diagnosis) if diagnosis.agrees else difference_sentence(diagnosis.difference)


def agreement(diagnosis: Diagnosis) -> str:
    """Say that all lines are right, and how exactly that is known."""
    count, digits = len(diagnosis.log), diagnosis.digits
    lines = "Your line is" if count == 1 else f"Your {count:,} lines are"
    if digits < 1:
        return f"{lines} right."
    decimals = f"all {_count(digits)} decimals" if digits > 1 else "the decimal"
    return f"{lines} right to {decimals}."


def difference_sentence(difference: Difference | None) -> str:
    """Say which line is the first that isn't right."""
    if difference is None:
        return "Your lines aren't right."
    return (
        f"Line {difference.line:,} is the first that isn't right, at iteration "
        f"{difference.iteration:,}."
    )


def said_and_meant(difference: Difference) -> tuple[str, str]:
    """Say what a line says, and what it should say."""
    sign = _SIGNS[difference.quantity]
    return (
        f"It says {sign} = {difference.found}.", f"It should say {sign} = {difference.expected}."
    )  # fmt: skip


def agreeing(diagnosis: Diagnosis) -> str:
    """Say how far lines agree that don't to the end."""
    row = diagnosis.difference.row if diagnosis.difference else 0
    if row == 0:
        return ""
    return "The line before it is right." if row == 1 else f"The {row:,} lines before it are right."


def several(explanations: tuple[Explanation, ...]) -> str:
    """Say how many explanations there are, where there isn't one."""
    if not explanations:
        return NO_CAUSE
    if len(explanations) == 1:
        return ""
    return (
        f"{_count(len(explanations)).capitalize()} explanations give every digit you printed; "
        "more digits, or other numbers, would tell them apart."
    )


def found_out(given: Given) -> str:
    """Say which settings a log shows, but the usual method and start; empty if none."""
    parts = []
    if given.learning_rate is not None:
        parts.append(f"a learning rate of {typed_number(given.learning_rate)}")
    if given.method is not None and not isinstance(given.method, GradientDescent):
        parts.append(f"the method {given.method.label}")
    if given.batch_size:
        parts.append(f"batches of {given.batch_size:,}")
    starts = (("w", given.start_weight), ("b", given.start_bias))
    moved = [f"{sign} = {typed_number(value)}" for sign, value in starts if value]
    if moved:
        parts.append(f"a start at {', '.join(moved)}")
    if given.with_bias is not None:
        parts.append("a bias" if given.with_bias else "no bias")
    if given.standardise:
        parts.append("x standardised")
    return f"As your numbers show, your loop has {_listed(parts)}." if parts else ""


def cause_text(cause: Cause) -> str:
    """Return a mistake: in a sentence, in the lines that make it, and in those that wouldn't."""
    parts = [cause.sentence]
    for words, lines in ((WRONG, cause.wrong), (RIGHT, cause.right)):
        if lines:
            parts += [f"  {words}:", *(f"      {line}" for line in lines.splitlines())]
    return "\n".join(parts)


def answer(diagnosis: Diagnosis) -> str:
    """Return the whole answer, as the command line prints it."""
    return "\n".join(_paragraphs(diagnosis))


def _paragraphs(diagnosis: Diagnosis) -> Iterable[str]:
    yield headline(diagnosis)
    difference = diagnosis.difference
    if not diagnosis.agrees and difference is not None:
        yield f"  {diagnosis.log.texts[difference.row]}"
        yield " ".join(said_and_meant(difference))
    if not diagnosis.agrees:
        yield from filter(None, (agreeing(diagnosis), several(diagnosis.explanations)))
        alone = len(diagnosis.explanations) == 1
        for number, explanation in enumerate(diagnosis.explanations, 1):
            yield "" if alone else f"\n{number}."
            yield from map(cause_text, explanation.causes)
    settings = found_out(_shown(diagnosis))
    if settings:
        yield settings if diagnosis.agrees else f"\n{settings}"


def answered(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return the answer as JSON knows it."""
    difference = diagnosis.difference
    return {
        "agrees": diagnosis.agrees,
        "first_difference": difference and difference.iteration,
        "causes": [[cause.name for cause in each.causes] for each in diagnosis.explanations],
        "expected": difference and difference.expected,
        "found": difference and difference.found,
        "line": difference and difference.line,
        "quantity": difference and difference.quantity,
        "rows": len(diagnosis.log),
        "decimals": diagnosis.digits,
        "settings": _settings(_shown(diagnosis)),
    }


def _shown(diagnosis: Diagnosis) -> Given:
    """Return the settings that a log shows: none where nothing explains it."""
    explained = diagnosis.agrees or diagnosis.explanations
    return diagnosis.found_out if explained else Given()


def _settings(given: Given) -> dict[str, Any]:
    values = {one.name: getattr(given, one.name) for one in fields(given)}
    known = {name: value for name, value in values.items() if value is not None}
    return known | ({"method": NAMES[type(given.method)]} if given.method is not None else {})


def _count(number: int) -> str:
    return _COUNTS[number] if number < len(_COUNTS) else f"{number:,}"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"

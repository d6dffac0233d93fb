"""Sentences: a diagnosis in words."""

from gdviz.core.check.diagnosis import Diagnosis, Difference, Explanation


def headline(diagnosis: Diagnosis) -> str:
    """Say in a sentence what came out."""
    count = len(diagnosis.log)
    lines = "1 line is" if count == 1 else f"{count:,} lines are"
    if diagnosis.agrees:
        return f"Your {lines} right to all {diagnosis.digits} decimals."
    assert diagnosis.difference is not None
    return f"Line {diagnosis.difference.line:,} is the first that isn't right."


def said_and_meant(difference: Difference) -> tuple[str, str]:
    """Say what the line says, and what it should say."""
    what = difference.quantity
    return f"It says {what} {difference.found}", f"It should say {what} {difference.expected}"


def several(explanations: tuple[Explanation, ...]) -> str:
    """Say how many explanations there are."""
    if not explanations:
        return "None of the usual mistakes, alone or in pairs, explains all of your numbers."
    if len(explanations) == 1:
        return ""
    return f"{len(explanations)} mistakes explain every digit you printed. Which one is yours?"

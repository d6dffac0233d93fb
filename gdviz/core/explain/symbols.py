"""Symbols: what every letter of the explanations is called, and what it means in a sentence."""

from collections.abc import Iterator
from dataclasses import fields
from typing import NamedTuple

from gdviz.core.descent.method import Letter
from gdviz.core.descent.methods import METHODS
from gdviz.core.words.glossary import TERMS


class Meaning(NamedTuple):
    """The name of a symbol, and a sentence for a beginner."""

    name: str
    sentence: str


def _letters_of_methods() -> Iterator[Letter]:
    for kind in METHODS.values():
        yield from kind.letters
        yield from (one.metadata["letter"] for one in fields(kind))


SYMBOLS = {one.key: Meaning(one.name, one.sentence) for one in _letters_of_methods()} | {
    "row": Meaning("row number i", "Counts the rows of the data: row 1, row 2, and so on."),
    "n": Meaning("number of rows", "How many rows are averaged over."),
    "batch": Meaning("batch size B", "How many rows the batch of this step holds."),
    "x": Meaning("x", "The input of a row: how far right its point is."),
    "z": Meaning("z: standardised x", TERMS["z"]),
    "y": Meaning("y", "The label of a row: how high its point is. The line should come near it."),
    "mean_x": Meaning("mean of x", "The average of all x."),
    "sd_x": Meaning("standard deviation of x", "How far the x lie from their mean, typically."),
    "prediction": Meaning("prediction", TERMS["prediction"]),
    "error": Meaning("error", TERMS["error"]),
    "loss": Meaning("loss", TERMS["loss"]),
    "w": Meaning("weight w", TERMS["weight"]),
    "b": Meaning("bias b", TERMS["bias"]),
    "slope_w": Meaning(
        "slope along w", "How much the loss changes for each unit that w grows: its derivative."
    ),
    "slope_b": Meaning(
        "slope along b", "How much the loss changes for each unit that b grows: its derivative."
    ),
    "step_w": Meaning("new weight", "Where the step takes w: the old weight and the step."),
    "step_b": Meaning("new bias", "Where the step takes b: the old bias and the step."),
    "learning_rate": Meaning("learning rate η (“eta”)", TERMS["learning rate"]),
    "step_size": Meaning("step size h", "How far each try goes: the learning rate."),
    "count": Meaning("step number t", "Which step this is: 1 is the first."),
}

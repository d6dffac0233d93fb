"""Symbols: what every letter of the explanations is called, and what it means in a sentence."""

from typing import NamedTuple


class Meaning(NamedTuple):
    """The name of a symbol, and a sentence for a beginner."""

    name: str
    sentence: str


SYMBOLS = {
    "row": Meaning("row number i", "Counts the rows of the data: row 1, row 2, and so on."),
    "n": Meaning("number of rows", "How many rows are averaged over."),
    "batch": Meaning("batch size B", "How many rows the batch of this step holds."),
    "x": Meaning("x", "The input of a row: how far right its point is."),
    "z": Meaning("z: standardised x", "x on a scale of its own, whose mean is 0 and spread 1."),
    "y": Meaning("y", "The label of a row: how high its point is. The line should come near it."),
    "mean": Meaning("mean of x", "The average of all x."),
    "sd": Meaning("standard deviation of x", "How far the x lie from their mean, typically."),
    "prediction": Meaning("prediction", "What the line says y is, at the x of a row."),
    "error": Meaning(
        "error", "How far the prediction is above the point; negative where it is below."
    ),
    "loss": Meaning(
        "loss", "The mean of all squared errors: how badly the line fits. The hiker's height."
    ),
    "w": Meaning(
        "weight w", "How steep the line is; also where the hiker stands, from left to right."
    ),
    "b": Meaning("bias b", "How high the line is at x = 0."),
    "slope_w": Meaning(
        "slope along w", "How much the loss changes for each unit that w grows: its derivative."
    ),
    "slope_b": Meaning(
        "slope along b", "How much the loss changes for each unit that b grows: its derivative."
    ),
    "step_w": Meaning("new weight", "Where the step takes w: the old weight and the step."),
    "step_b": Meaning("new bias", "Where the step takes b: the old bias and the step."),
    "learning_rate": Meaning("learning rate η (“eta”)", "How far to step for each unit of slope."),
    "step_size": Meaning("step size h", "How far each try goes: the learning rate."),
    "momentum": Meaning("momentum μ (“mu”)", "How much of its velocity each step keeps."),
    "velocity": Meaning("velocity v", "The slopes felt so far, the latest ones counting most."),
    "square": Meaning("s", "How large the squared slopes felt so far are."),
    "alpha": Meaning(
        "alpha \N{GREEK SMALL LETTER ALPHA}", "How much of the mean square s each step keeps."
    ),
    "mean_slope": Meaning("mean slope m", "The mean of the slopes felt, the latest counting most."),
    "corrected_mean": Meaning(
        "corrected mean slope", "m, made larger in the first steps: it started at 0."
    ),
    "corrected_square": Meaning(
        "corrected mean square", "s, made larger in the first steps: it started at 0."
    ),
    "beta1": Meaning("beta 1", "How much of the mean slope m each step keeps."),
    "beta2": Meaning("beta 2", "How much of the mean square s each step keeps."),
    "epsilon": Meaning("epsilon ε", "A tiny number that keeps a division by zero away."),
    "count": Meaning("step number t", "Which step this is: 1 is the first."),
}

"""Chapter: one page of a lesson: its words, how it sets the program up, and when it is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gdviz.core.descent.settings import SETTINGS
from gdviz.core.lessons.conditions import Condition

# What can be lit or hidden, by the names that the window gives its parts.
PARTS = (
    "loss_curve", "landscape", "surface", "data_fit", "loss_history",
    "settings", "file_name", *SETTINGS, "rate_dial", "forecast", "more_settings", "batches",
    "readout", "weight", "loss", "slope", "step", "next_weight", "sentence",
    "outcome", "keep", "transport", "to_start", "step_back", "play", "step_forward", "to_end",
    "position", "where", "speed",
    "next_step", "tangent", "minimum",
)  # fmt: skip
SHOWN = (
    "loss_curve", "landscape", "surface", "along_bias", "directions", "equation", "fog",
    "above_minimum", "triangle", "past_steps", "curvature", "guesses",
    "more_settings",
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """Something to predict.

    Attributes
    ----------
    answers : tuple of str
        To choose from; empty if a number is asked for.
    within : float
        How far off a number may be.
    """

    text: str
    answer: str | float
    answers: tuple[str, ...] = ()
    within: float = 0.0
    wrong: str = "Not quite. Think again, and try once more."

    def is_right(self, given: str | float) -> bool:
        """Tell whether an answer is right."""
        if isinstance(self.answer, str) or isinstance(given, str):
            return given == self.answer
        return abs(given - self.answer) <= self.within


@dataclass(frozen=True)
class Setup:
    """How a chapter sets up the program; what it doesn't name is as at a first start.

    Attributes
    ----------
    settings : mapping
        All fields of an Experiment but its data.
    position : int or None
        The iteration to show; None: the last.
    show : tuple of str
        Names of `SHOWN`.
    """

    file: str = "pizza.txt"
    settings: Mapping[str, Any] = field(default_factory=dict)
    position: int | None = 0
    show: tuple[str, ...] = ("loss_curve",)
    logarithmic: bool = False


@dataclass(frozen=True)
class Chapter:
    """One page of a lesson.

    Attributes
    ----------
    name : str
        The file's name without its ending.
    words : str
        Markdown.
    first_line : int
        The line of the file that the words begin with, counted from 1.
    light, hide : tuple of str
        Names of `PARTS`.
    """

    name: str
    title: str
    words: str
    task: str
    done: Condition
    praise: str = "Well done."
    setup: Setup = Setup()
    light: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    large_type: bool = False
    question: Question | None = None
    first_line: int = 1


@dataclass(frozen=True)
class Lesson:
    """Chapters in their order.

    Attributes
    ----------
    folder : Path
        Where they are, and the tables they name.
    chapters : tuple of Chapter
        At least one.
    """

    folder: Path
    chapters: tuple[Chapter, ...]

"""Chapter: one page of a lesson: its words, how it sets the program up, and when it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from gdviz.core.descent.playhead import SPEEDS
from gdviz.core.descent.settings import SETTINGS, Value
from gdviz.core.lessons.conditions import SEEN, Condition
from gdviz.core.lessons.sayings import Saying

# What can be lit or hidden, by the names that the window gives its parts.
PARTS = (
    "loss_curve", "landscape", "surface", "data_fit", "loss_history",
    "settings", "file_name", *SETTINGS, "rate_dial", "forecast", "more_settings", "batches",
    "readout", "weight", "loss", "slope", "step", "next_weight", "sentence",
    "outcome", "keep", "transport", "to_start", "step_back", "play", "step_forward", "to_end",
    "position", "where", "speed",
)  # fmt: skip
SHOWN = tuple(SEEN)
# Marks in the pictures of the loss, which can be hidden.
MARKS = "next_step", "tangent", "minimum"
# Ways to draw what is left between the dots and the line.
RESIDUALS = ("none", "sticks", "squares")
# The numbers of the step that can be left for the learner to find.
BLANKS = ("weight", "rate", "slope", "step", "next_weight", "loss")
END = "end"
NOTHING, WELL_DONE = Saying(""), Saying("Well done.")
NOT_QUITE = Saying("Not quite. Think again, and try once more.")
# To predictions, which are neither right nor wrong yet.
LETS_SEE = Saying("Let's see.")


@dataclass(frozen=True)
class Setup:
    """What a chapter sets the program to; all that it doesn't name stays as it is.

    Attributes
    ----------
    file : str
        A table beside the chapter, or one of gdviz's own.
    settings : mapping
        Values of settings and hyperparameters, by their names.
    position : int or str
        The iteration to show; `END` is the last.
    show : tuple of str
        Names of `SHOWN`: those, and no others.
    light, hide : tuple of str
        Names of `PARTS`, and to hide also of `MARKS`: those, and no others.
    point_at : int
        The row, counted from 1, that the data picture points at; 0: none.
    blank : tuple of str
        Names of `BLANKS`.
    kept : tuple of mapping
        The settings of runs that stand beside the current one, each with its `name`, if it has one;
        what they don't name is as in the current run.
    """

    file: str | None = None
    settings: Mapping[str, Value] = field(default_factory=dict)
    position: int | str | None = None
    show: tuple[str, ...] | None = None
    light: tuple[str, ...] | None = None
    hide: tuple[str, ...] | None = None
    logarithmic: bool | None = None
    residuals: str | None = None
    point_at: int | None = None
    blank: tuple[str, ...] | None = None
    speed: str | None = None
    play: bool | None = None
    kept: tuple[Mapping[str, Value], ...] | None = None

    def over(self, below: "Setup") -> "Setup":
        """Return this with what it leaves open as in another one."""
        own = {row.name: getattr(self, row.name) for row in fields(self)}
        named = {name: value for name, value in own.items() if value is not None}
        return replace(below, **named | {"settings": {**below.settings, **self.settings}})


# As when gdviz starts for the first time.
FIRST = Setup(
    "pizza.txt", {row.name: row.default for row in SETTINGS.values()}, 0, ("loss_curve",), (), (),
    logarithmic=False, residuals="none", point_at=0, blank=(), speed=SPEEDS[0].label, play=False,
    kept=(),
)  # fmt: skip


@dataclass(frozen=True)
class Reply:
    """What to say when a condition holds, or to one of the answers to choose from."""

    to: Condition | str
    say: Saying

    def suits(self, given: str | float, fact: Callable[[str], Value]) -> bool:
        """Tell whether it is for what was given as an answer."""
        return self.to == given if isinstance(self.to, str) else self.to.holds(fact)


@dataclass(frozen=True)
class Question:
    """Something to predict, or to work out.

    Attributes
    ----------
    answer : str or float or None
        What is right; None: every answer is, as predictions may be.
    answers : tuple of str
        To choose from; empty if a number is asked for.
    within : float
        How far off a number may be.
    replies : tuple of Reply
        The first that suits is said.
    right, wrong : Saying
        What is said to other answers.
    setup, reveal : Setup
        What changes when it is asked, and when it has been answered: a question rightly.
    """

    text: Saying
    answer: str | float | None = None
    answers: tuple[str, ...] = ()
    within: float = 0.0
    replies: tuple[Reply, ...] = ()
    right: Saying = NOTHING
    wrong: Saying = NOT_QUITE
    setup: Setup = Setup()
    reveal: Setup = Setup()

    def is_right(self, given: str | float) -> bool:
        """Tell whether an answer is right."""
        if self.answer is None:
            return True
        if isinstance(self.answer, str) or isinstance(given, str):
            return given == self.answer
        return abs(given - self.answer) <= self.within

    def reply(self, given: str | float, fact: Callable[[str], Value]) -> str:
        """Return what is to be said of an answer; `fact` knows a number as ``given``."""
        other = self.right if self.is_right(given) else self.wrong
        suiting = (reply.say for reply in self.replies if reply.suits(given, fact))
        return next(suiting, other).said(fact)


@dataclass(frozen=True)
class Challenge:
    """An open question: what it asks for, when it is solved, and what is said then."""

    text: Saying
    done: Condition
    praise: Saying = NOTHING


@dataclass(frozen=True)
class Chapter:
    """One page of a lesson.

    First its predictions are asked, one after the other; any answer will do. Then come the
    revelation, the task with its questions, and, once it is done, praise and the sentence to keep.

    Attributes
    ----------
    name : str
        The file's name without its ending.
    words, more_words : str
        Markdown; the latter is shown once all predictions are made.
    first_line, first_line_of_more : int
        The lines of the file that they begin with, counted from 1.
    setup : Setup
        With nothing left open.
    reveal : Setup
        What changes when all predictions are made.
    hints : tuple of Reply
        What to say to attempts that don't do what is asked: the first that holds.
    keep : Saying
        The sentence to keep.
    """

    name: str
    title: str
    words: str
    task: Saying
    done: Condition
    praise: Saying = WELL_DONE
    keep: Saying = NOTHING
    more_words: str = ""
    setup: Setup = FIRST
    reveal: Setup = Setup()
    predictions: tuple[Question, ...] = ()
    questions: tuple[Question, ...] = ()
    hints: tuple[Reply, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    large_type: bool = False
    first_line: int = 1
    first_line_of_more: int = 1


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

"""Sitting: how far a learner is in a chapter: what was predicted, answered and solved."""

from collections.abc import Callable
from typing import NamedTuple

from gdviz.core.descent.settings import Value
from gdviz.core.lessons.chapter import Chapter, Question, Setup
from gdviz.core.lessons.sayings import Saying


class Answered(NamedTuple):
    """What comes of an answer: what to say, whether it was right, and what is to change."""

    reply: str
    right: bool
    change: Setup


class Sitting:
    """One learner's way through one chapter, from its first prediction to the sentence to keep.

    Attributes
    ----------
    predicted : list
        What was predicted so far.
    solved : set of int
        The challenges that are solved, counted from 0.
    is_done : bool
        Whether the chapter was seen to be done; it stays so.
    """

    def __init__(self, chapter: Chapter) -> None:
        self.chapter = chapter
        self.predicted: list[str | float] = []
        self.solved: set[int] = set()
        self.is_done = False
        self._right = 0
        self._answered = False
        self._given = 0.0

    @property
    def is_revealed(self) -> bool:
        """Whether all predictions are made."""
        return len(self.predicted) == len(self.chapter.predictions)

    @property
    def asked(self) -> Question | None:
        """The prediction or question that is to be answered now, if any."""
        left = self.chapter.predictions[len(self.predicted) :]
        if not left:
            left = self.chapter.questions[self._right :]
        return left[0] if left else None

    def answer(self, given: str | float, fact: Callable[[str], Value]) -> Answered:
        """Take an answer to what is asked; a prediction is as good as any other."""
        question = self.asked
        assert question is not None
        if not isinstance(given, str):
            self._given = given
        reply, right = question.reply(given, self._knowing(fact)), question.is_right(given)
        if not self.is_revealed:
            self.predicted.append(given)
            whole = self.chapter.reveal if self.is_revealed else Setup()
            return Answered(reply, right, whole.over(question.reveal))
        self._answered = True
        self._right += right
        return Answered(reply, right, question.reveal if right else Setup())

    def hint(self, fact: Callable[[str], Value]) -> str:
        """Return what to say of an attempt that hasn't done what is asked."""
        knowing = self._knowing(fact)
        suiting = (hint.say for hint in self.chapter.hints if hint.suits("", knowing))
        return next((say.said(knowing) for say in suiting), "")

    def said(self, saying: Saying, fact: Callable[[str], Value]) -> str:
        """Return a text of the chapter with the numbers of now."""
        return saying.said(self._knowing(fact))

    def check(self, fact: Callable[[str], Value]) -> bool:
        """Notice what has come true; return whether the chapter is done."""
        if self.is_revealed:
            knowing = self._knowing(fact)
            self.solved |= {
                number for number, challenge in enumerate(self.chapter.challenges)
                if number not in self.solved and challenge.done.holds(knowing)
            }  # fmt: skip
            # Asked anew: it can wait for a challenge that has just been solved.
            self.is_done = self.is_done or self.chapter.done.holds(self._knowing(fact))
        return self.is_done

    def _knowing(self, fact: Callable[[str], Value]) -> Callable[[str], Value]:
        """Return a way to look up facts that knows those of the sitting, too."""
        own: dict[str, Value] = {
            "predicted": self.is_revealed, "given": self._given, "answered": self._answered,
            "answered_right": self._right == len(self.chapter.questions) > 0,
            "solved": len(self.solved),
        }  # fmt: skip
        return lambda name: own[name] if name in own else fact(name)

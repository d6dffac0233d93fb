"""Building: a chapter out of its source; whatever is wrong with it is said, and on which line."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gdviz.core.descent.settings import LARGE
from gdviz.core.files import quoted
from gdviz.core.lessons.chapter import LETS_SEE, Challenge, Chapter, Question, Reply
from gdviz.core.lessons.checking import CheckedSection
from gdviz.core.lessons.conditions import Condition
from gdviz.core.lessons.fields import did_you_mean
from gdviz.core.lessons.setups import Setups
from gdviz.core.lessons.source import Source

# Of predictions, questions or challenges; of the answers to one; and of replies, or hints.
MOST_SECTIONS, MOST_ANSWERS, MOST_REPLIES = 12, 12, 24
# Facts that are never so in a chapter without such sections.
_ABOUT = {"answered": "question", "answered_right": "question", "solved": "challenge"}


def chapter_of(source: Source, name: str, folder: Path | None) -> Chapter:
    """Return the chapter of a name; the files it names must lie in the folder, if there is any.

    Raises
    ------
    LessonError
        If something is wrong with it.
    """
    top, setups = CheckedSection(source, "", source.values), Setups(folder)

    def asked(kind: str) -> tuple[Question, ...]:
        sections = top.each(kind, MOST_SECTIONS)
        return tuple(_question(section, setups, kind == "prediction") for section in sections)

    # In the order in which a learner comes to them: see `Setups`.
    setup, predictions = setups.first(top), asked("prediction")
    reveal, questions = setups.read(top.inner("reveal")), asked("question")
    challenges = top.each("challenge", MOST_SECTIONS)
    return Chapter(
        name, " ".join(top.values["title"].split()), source.words.text,
        done=_done(top, top), setup=setup, predictions=predictions, reveal=reveal,
        questions=questions, hints=_replies(top.inner("hints")),
        challenges=tuple(_challenge(section, top) for section in challenges),
        large_type=top.values.get("large_type", False), more_words=source.more_words.text,
        first_line=source.words.first_line, first_line_of_more=source.more_words.first_line,
        **top.sayings("task", "praise", "keep"),
    )  # fmt: skip


def _question(section: CheckedSection, setups: Setups, is_prediction: bool) -> Question:
    values = section.values
    answers, answer = tuple(dict.fromkeys(values.get("answers", ()))), values.get("answer")
    if len(answers) > MOST_ANSWERS:
        raise section.error("answers", f"at most {MOST_ANSWERS} can be offered.")
    if answers and answer is not None and answer not in answers:
        raise section.error("answer", "the answer must be one of the answers.")
    said: dict[str, Any] = section.sayings("text", "right", "wrong")
    replies = _replies(section.inner("replies"), answers)
    if is_prediction:
        left = [answer for answer in answers if answer not in [reply.to for reply in replies]]
        if replies and left and not {"right", "wrong"} & said.keys():
            raise section.error("replies", f"there is none to {quoted(left[0])}.")
        said = {"right": LETS_SEE, "wrong": LETS_SEE} | said
    return Question(
        answer=answer if answers else _number(section, "answer", -LARGE), answers=answers,
        within=_number(section, "within", 0) or 0.0, replies=replies,
        setup=setups.read(section.inner("setup", "reveal")),
        reveal=setups.read(section.inner("reveal")), **said,
    )  # fmt: skip


def _number(section: CheckedSection, key: str, low: float) -> float | None:
    """Return a number of a question that one can reckon with, if it is there."""
    number = section.values.get(key)
    if isinstance(number, str):
        raise section.error(key, "without answers to choose from it is a number.")
    if number is None:
        return None
    if not low <= number <= LARGE:
        raise section.error(key, f"{key} must be from {low:g} to {LARGE:g}.")
    return float(number)


def _replies(section: CheckedSection, answers: Sequence[str] = ()) -> tuple[Reply, ...]:
    """Return what is said to answers to choose from, or where conditions hold."""
    if len(section.values) > MOST_REPLIES:
        raise section.error("", f"there are at most {MOST_REPLIES} of them.")
    return tuple(
        Reply(_answer(section, key, answers) if answers else section.condition(key, key),
              section.saying(key))
        for key in section.values
    )  # fmt: skip


def _answer(section: CheckedSection, key: str, answers: Sequence[str]) -> str:
    if key not in answers:
        sentence = f"{quoted(key)} is none of the answers. {did_you_mean(key, answers)}"
        raise section.error(key, sentence)
    return key


def _challenge(section: CheckedSection, top: CheckedSection) -> Challenge:
    return Challenge(done=_done(section, top), **section.sayings("text", "praise"))


def _done(section: CheckedSection, top: CheckedSection) -> Condition:
    """Return when a chapter or a challenge is done, if it ever can be."""
    done = section.condition("done", section.values["done"])
    for fact, kind in _ABOUT.items():
        if fact in done.facts and not top.values.get(kind):
            sentence = f"it waits until “{fact}”, but the chapter has no [[{kind}]]."
            raise section.error("done", sentence)
    return done

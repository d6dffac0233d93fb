"""Chapters that were changed by chance: they can be shown, or a sentence names what is wrong."""

import random
import re
import time
from collections.abc import Callable, Mapping

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.playhead import SPEEDS
from gdviz.core.descent.settings import SETTINGS, Value, fields_of, hyperparameters
from gdviz.core.lessons.chapter import (
    BLANKS,
    END,
    FIRST,
    MARKS,
    PARTS,
    RESIDUALS,
    SHOWN,
    Chapter,
    Setup,
)
from gdviz.core.lessons.conditions import FACTS
from gdviz.core.lessons.fields import (
    EITHER,
    FIELDS,
    FLAG,
    KINDS,
    NEEDED,
    NUMBER,
    SECTION,
    SECTIONS,
    TABLE,
    TEXT,
)
from gdviz.core.lessons.reading import parse_chapter
from gdviz.core.lessons.setups import MOST_ITERATIONS, MOST_KEPT
from gdviz.core.lessons.sitting import Sitting
from gdviz.core.lessons.source import LessonError
from gdviz.core.lessons.tables import MOST_ROWS
from gdviz.core.tables.reading import read_table
from gdviz.resources import resource

LONGEST_S = 0.5
LESSONS = resource("assets", "lessons")
OWN = [path.read_text(encoding="utf-8") for path in sorted(LESSONS.glob("[01]*.md"))]
DATA = read_table(resource("data", "pizza.txt")).dataset()[0]
VALUES = {"number": (0.0, 1.0, -2.5, 1e300, float("inf"), float("nan")), "yes or no": (True, False),
          "text": ("adam",)}  # fmt: skip
HYPERPARAMETERS = {row.name for kind in METHODS.values() for row in hyperparameters(kind)}
Facts = Callable[[str], Value]
ODD = (
    "0", "-1", "1", "2", "0.5", "1e400", "-1e400", "1e-400", "nan", "inf", "-inf", "9" * 400,
    "2147483647", "2147483648", "-2147483649", "1_000", "0x10", "1e300", "1e308", "-0.0", "+1",
    "true", "false", "''", "'x'", "'end'", "[]", "[1]", "['a', 'a']", "{}", "{a = 1}", "[[]]",
    "1979-05-27", "07:32:00", "'''a\nb'''", '"\\u0000"', '"\\u202e"', "'/etc/passwd'", "'..'",
    "'../a.csv'", "'pizza.txt'", "'adam'", "'step-search'", "'play'", "['play', 'plya']",
    "'loss < 1'", "'answered'", "'{loss}'", "'{'", "'{} {{'", "{x = '{loss:3}'}", "[{a = 1}]",
    "[" * 300, "a." * 300, '"' + "x" * 1_500 + '"', "# ", "",
)  # fmt: skip
SAID = '"A text."', '"{loss} and {20 * weight:2}."', '"{{ {given} }}"', '""'
LINES = (
    "+++", "[setup]", "[question]", "[[question]]", "[[prediction]]", "[question.setup]", "[hints]",
    "[[setup.kept]]", "[[question.reveal.kept]]", "[reveal]", "[challenge]", "reveal.seed = 1",
    '"a" = "b"', "'loss > 1' = 'c'", "[setup]\n[setup]", "[a.b.c]", "[[setup]]", "x = 1", "= 1",
    "setup.seed = 3", "question = 1", "\ufeff", "\0", "\x07", "a = '", '"""', "- a", "|a|b|",
    "|-|-|", "> > > a", "```", "![a](b.png)", "[a](b.md)", "*" * 50, "x" * 2_500,
    "# a", "+++ ", "\u2028",
)  # fmt: skip


def one(random: random.Random) -> None:
    """Read a chapter that was changed by chance."""
    text = _changed(_chapter(random) if random.random() < 0.5 else random.choice(OWN), random)
    began = time.thread_time()
    found = _read(text)
    took = time.thread_time() - began
    assert took < LONGEST_S, f"{took:.2f} s for {text!r}"
    if isinstance(found, Chapter):
        _check(found, random)
    else:
        _check_sentence(found, lines=text.count("\n") + text.count("\r") + 1)


def _read(text: str) -> Chapter | str:
    """Return a chapter, or what is wrong with it."""
    try:
        return parse_chapter(text, "mine.md", LESSONS)
    except LessonError as error:
        return str(error)


def _check_sentence(sentence: str, lines: int) -> None:
    found = re.match(r"mine\.md, line (\d+): .", sentence)
    assert found, sentence
    assert 1 <= int(found[1]) <= lines, sentence
    assert sentence.isprintable(), sentence
    assert len(sentence) < 2_000, sentence


def _check(chapter: Chapter, random: random.Random) -> None:
    """See that a learner can sit through it, and that the window can be set up so."""
    assert chapter.words
    assert chapter.setup.over(FIRST) == chapter.setup
    now = _checked(chapter.setup, FIRST)
    sitting = Sitting(chapter)
    for _ in range(40):
        facts = _facts(random)
        sitting.check(facts)
        assert isinstance(sitting.hint(facts), str)
        assert sitting.said(chapter.praise, facts) is not None
        question = sitting.asked
        if question is None:
            break
        now = _checked(question.setup, now)
        answers = question.answers or (0.0, -1.5, 1e300)
        given = question.answer if random.random() < 0.5 else random.choice(answers)
        came = sitting.answer(answers[0] if given is None else given, facts)
        now = _checked(came.change, now)
    assert sitting.is_revealed


def _checked(change: Setup, before: Setup) -> Setup:
    """Return what there is after a change; the window can be set up so."""
    setup = change.over(before)
    assert {*setup.light} <= {*PARTS}
    assert {*setup.hide} <= {*PARTS, *MARKS}
    assert {*setup.show} <= {*SHOWN}
    assert {*setup.blank} <= {*BLANKS}
    assert setup.residuals in RESIDUALS
    assert setup.speed in [speed.label for speed in SPEEDS]
    assert 0 <= setup.point_at <= MOST_ROWS
    assert setup.position == END or 0 <= setup.position <= MOST_ITERATIONS
    _check_experiment(setup.settings)
    assert len(setup.kept) <= MOST_KEPT
    for run in change.kept or ():
        settings = {name: value for name, value in run.items() if name != "name"}
        _check_experiment({**setup.settings, **settings})
    return setup


def _check_experiment(settings: Mapping[str, Value]) -> None:
    experiment = Experiment(DATA, **fields_of(settings))
    assert experiment.iterations <= MOST_ITERATIONS
    for setting in SETTINGS.values():
        value = setting.of(experiment)
        assert type(value) is setting.kind
        assert setting.kind not in (int, float) or setting.allows(value)


def _facts(random: random.Random) -> Facts:
    """Return facts made up by chance."""
    return lambda name: random.choice(VALUES[FACTS[name][0]])


def _chapter(random: random.Random) -> str:
    """Return a chapter with any fields, which have what belongs there, or something odd."""
    lines = ["+++", *_fields(random, "", ""), "+++", "Some *words*."]
    if random.random() < 0.3:
        lines += ["+++", "More."]
    return "\n".join([*lines, ""])


def _fields(random: random.Random, kind: str, path: str) -> list[str]:
    """Return the lines of a section, and those of the sections in it."""
    lines, below = list[str](), list[str]()
    for name, (holds, _) in FIELDS[kind].items():
        often = 0.02 if name in HYPERPARAMETERS else 0.3
        if name not in NEEDED.get(kind, ()) and random.random() > often:
            continue
        inner, is_choice = f"{path}.{name}" if path else name, "answers" in " ".join(lines)
        if holds == SECTION:
            of = "reveal" if kind in ("prediction", "question") else name
            below += [f"[{inner}]", *_fields(random, of, inner)]
        elif holds == SECTIONS:
            for _ in range(random.choice((1, 1, 2))):
                below += [f"[[{inner}]]", *_fields(random, name, inner)]
        elif holds == TABLE:
            keys = ("a", "b") if is_choice else ("loss < 1", "given > 2")
            below += [f"[{inner}]", *(f'"{key}" = {random.choice(SAID)}' for key in keys)]
        else:
            value = _value(random, name, holds, is_choice)
            lines.append(f"{name} = {random.choice(ODD) if random.random() < 0.02 else value}")
    return lines + below


def _value(random: random.Random, name: str, kind: str, is_choice: bool) -> str:
    """Return something that can stand in a field."""
    match name:
        case "done":
            return random.choice(('"loss < 100"', '"stepped >= 1 or predicted"', '"ended"'))
        case "file":
            return '"pizza.txt"'
        case "method":
            return random.choice(('"adam"', '"momentum"', '"nesterov"'))
        case "answer":
            return '"b"' if is_choice else "2.5"
        case "answers":
            return '["a", "b"]'
        case "light" | "hide":
            return str(random.sample(PARTS, k=random.randint(0, 3)))
        case "show":
            return str(random.sample(SHOWN, k=random.randint(0, 3)))
        case "blank":
            return str(random.sample(BLANKS, k=random.randint(0, 3)))
        case "residuals":
            return f'"{random.choice(RESIDUALS)}"'
        case "speed":
            return f'"{random.choice(SPEEDS).label}"'
        case "iterations":
            return random.choice(("1", "20", "1000000"))
    number = random.choice(("0", "1", "3", "100", "1000000"))
    return {
        TEXT: random.choice(SAID), FLAG: random.choice(("true", "false")), KINDS[int]: number,
        NUMBER: f"{number}.5" if random.random() < 0.3 else "0.5", EITHER: number,
    }[kind]  # fmt: skip


def _changed(text: str, random: random.Random) -> str:
    """Return a text in which a few things are other than they were."""
    lines = text.split("\n")
    for _ in range(random.choice((0, 1, 1, 2, 5))):
        place = random.randrange(len(lines))
        match random.randrange(6):
            case 0:
                name, equals, _ = lines[place].partition(" = ")
                lines[place] = f"{name} = {random.choice(ODD)}" if equals else lines[place]
            case 1:
                lines.insert(place, random.choice(LINES))
            case 2:
                del lines[place]
                lines = lines or [""]
            case 3:
                lines[place:place] = lines[place : place + 5] * random.choice((1, 2, 200))
            case 4:
                at = random.randint(0, len(lines[place]))
                letter = chr(random.choice((random.randrange(128), random.randrange(0xD800))))
                lines[place] = lines[place][:at] + letter + lines[place][at + 1 :]
            case 5:
                lines[place] *= random.choice((2, 30))
    return random.choice(("\n", "\n", "\n", "\r\n", "\r")).join(lines)

"""Chapters that were changed by chance: they can be shown, or a sentence names what is wrong."""

import random
import re
import time

from gdviz.core.descent.descent import MOST_ITERATIONS, Experiment
from gdviz.core.descent.settings import SETTINGS
from gdviz.core.lessons.chapter import PARTS, SHOWN, Chapter
from gdviz.core.lessons.conditions import FACTS
from gdviz.core.lessons.fields import EITHER, FIELDS, FLAG, KINDS, NEEDED, NUMBER, SECTION, TEXT
from gdviz.core.lessons.reading import parse_chapter
from gdviz.core.lessons.source import LessonError
from gdviz.core.tables.reading import read_table
from gdviz.resources import resource

LONGEST_S = 0.5
LESSONS = resource("assets", "lessons")
OWN = [path.read_text(encoding="utf-8") for path in sorted(LESSONS.glob("[01]*.md"))]
DATA = read_table(resource("data", "pizza.txt")).dataset()[0]
ODD = (
    "0", "-1", "1", "2", "0.5", "1e400", "-1e400", "1e-400", "nan", "inf", "-inf", "9" * 400,
    "2147483647", "2147483648", "-2147483649", "1_000", "0x10", "1e300", "1e308", "-0.0", "+1",
    "true", "false", "''", "'x'", "'end'", "[]", "[1]", "['a', 'a']", "{}", "{a = 1}", "[[]]",
    "1979-05-27", "07:32:00", "'''a\nb'''", '"\\u0000"', '"\\u202e"', "'/etc/passwd'", "'..'",
    "'../a.csv'", "'pizza.txt'", "'adam'", "'step-search'", "'play'", "['play', 'plya']",
    "'loss < 1'", "'answered'", "[" * 300, "a." * 300, '"' + "x" * 1_500 + '"', "# ", "",
)  # fmt: skip
LINES = (
    "+++", "[setup]", "[question]", "[setup]\n[setup]", "[a.b.c]", "[[setup]]", "x = 1", "= 1",
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
        _check(found)
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
    assert len(sentence) < 1_000, sentence


def _check(chapter: Chapter) -> None:
    """See that the window can be set up so, and that the learner can be asked."""
    assert chapter.words
    assert not {*chapter.light, *chapter.hide} - {*PARTS}
    assert not {*chapter.setup.show} - {*SHOWN}
    experiment = Experiment(DATA, **chapter.setup.settings)
    for setting in SETTINGS.values():
        value = setting.of(experiment)
        assert type(value) is setting.kind
        assert setting.kind not in (int, float) or setting.allows(value)
    position = chapter.setup.position
    assert position is None or 0 <= position <= MOST_ITERATIONS
    examples = {"number": 1.0, "yes or no": True, "text": "adam"}
    assert chapter.done.holds(lambda name: examples[FACTS[name][0]]) in (True, False)
    if chapter.question is not None:
        assert chapter.question.is_right(chapter.question.answer)
        assert not chapter.question.is_right(1e308)
        assert "" in chapter.question.answers or not chapter.question.is_right("")


def _chapter(random: random.Random) -> str:
    """Return a chapter with any fields, which have what belongs there, or something odd."""
    lines = ["+++"]
    for section, fields in FIELDS.items():
        if section and random.random() < 0.3:
            continue
        lines += [f"[{section}]"] if section else []
        for name, (kind, _) in fields.items():
            if kind != SECTION and (name in NEEDED[section] or random.random() < 0.3):
                value = random.choice(ODD) if random.random() < 0.04 else _value(random, name, kind)
                lines.append(f"{name} = {value}")
    return "\n".join([*lines, "+++", "Some *words*.", ""])


def _value(random: random.Random, name: str, kind: str) -> str:
    """Return something that can stand in a field."""
    match name:
        case "done":
            return random.choice(('"loss < 100"', '"stepped >= 1 or answered"'))
        case "file":
            return '"pizza.txt"'
        case "method":
            return random.choice(('"adam"', '"momentum"', '"step-search"'))
        case "answer":
            return random.choice(('"b"', "2.5"))
        case "answers":
            return '["a", "b"]'
        case "light" | "hide" | "show":
            return str(random.sample(SHOWN[:3], k=random.randint(0, 3)))
    number = random.choice(("0", "1", "3", "100", "2147483647"))
    return {
        TEXT: '"A text."', FLAG: random.choice(("true", "false")), KINDS[int]: number,
        NUMBER: f"{number}.5", EITHER: number,
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

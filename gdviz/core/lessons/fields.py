"""Fields: what a chapter can say in its set-up."""

import difflib
from collections.abc import Collection, Mapping

from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.settings import SETTINGS, hyperparameters

TEXT, FLAG, WHOLE, NUMBER, TEXTS = "a text", "true or false", "a whole number", "a number", "texts"
EITHER, SECTION, SECTIONS = "a number or a text", "a section", "one or more sections"
TABLE = "a section of texts"
KINDS: dict[type, str] = {bool: FLAG, int: WHOLE, float: NUMBER, str: TEXT}

Fields = Mapping[str, tuple[str, str]]
_OWN: Fields = {
    row.name: (KINDS[row.kind], f"{row.usage}, for {kind.label}")
    for kind in METHODS.values() for row in hyperparameters(kind)
}  # fmt: skip
_SETTINGS: Fields = {
    **{name: (KINDS[row.kind], row.usage) for name, row in SETTINGS.items()},
    **_OWN,
}
_LIGHT: Fields = {
    "light": (TEXTS, "the parts to put a frame around"),
    "hide": (TEXTS, "the parts to hide while the chapter is shown"),
}
_SETUP: Fields = {
    "file": (TEXT, "the table to open: beside the chapter, or one of gdviz's own"),
    **_SETTINGS,
    "position": (EITHER, "the iteration to show, or end"),
    "show": (TEXTS, "the pictures to show, and what they show beside the usual"),
    "logarithmic": (FLAG, "make the loss history logarithmic"),
    "residuals": (TEXT, "what to draw between dots and line: none, sticks or squares"),
    "point_at": (WHOLE, "the row of the table that the data picture points at; 0 for none"),
    "blank": (TEXTS, "the numbers of the step that are left for the learner to find"),
    "speed": (TEXT, "the speed to play at, as the box at the bottom on the right names it"),
    "kept": (SECTIONS, "runs to stand beside the current one"),
}
_CHANGE: Fields = {**_SETUP, **_LIGHT, "play": (FLAG, "play it from there")}
_ASKED: Fields = {
    "text": (TEXT, "the question"),
    "answers": (TEXTS, "the answers to choose from; without them a number is asked for"),
    "answer": (EITHER, "the right one: its text, or the number; predictions can do without"),
    "within": (NUMBER, "how far off a number may be"),
    "replies": (TABLE, "what to say to an answer, or to numbers for which a condition holds"),
    "wrong": (TEXT, "what to say to any other wrong answer"),
    "right": (TEXT, "what to say to any other right answer"),
    "setup": (SECTION, "what changes when it is asked"),
    "reveal": (SECTION, "what changes once it is answered, a question rightly"),
}
# What a chapter can say, section by section: each field's kind and meaning.
FIELDS: Mapping[str, Fields] = {
    "": {
        "title": (TEXT, "what the chapter is called"),
        "task": (TEXT, "the sentence that asks for something"),
        "done": (TEXT, "the condition that says it was done"),
        "praise": (TEXT, "what to say then"),
        "keep": (TEXT, "the sentence to keep"),
        **_LIGHT,
        "large_type": (FLAG, "full screen and large type"),
        "setup": (SECTION, "how the program is set up"),
        "prediction": (SECTIONS, "what to predict before anything is shown; any answer will do"),
        "reveal": (SECTION, "what changes once all predictions are made"),
        "question": (SECTIONS, "what to answer rightly, one after the other"),
        "hints": (TABLE, "what to say while a condition holds and the task isn't done"),
        "challenge": (SECTIONS, "open questions, solved in any order"),
    },
    "setup": _SETUP,
    "reveal": _CHANGE,
    "prediction": _ASKED,
    "question": _ASKED,
    "challenge": {
        "text": (TEXT, "what it asks for"),
        "done": (TEXT, "the condition that says it is solved"),
        "praise": (TEXT, "what to say then"),
    },
    "kept": {"name": (TEXT, "what the run is called"), **_SETTINGS},
}
NEEDED = {
    "": ("title", "task", "done"), "prediction": ("text",), "question": ("text", "answer"),
    "challenge": ("text", "done"),
}  # fmt: skip


def is_of(value: object, kind: str) -> bool:
    """Tell whether a value is of a kind."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    items = value if isinstance(value, list) else [value]
    return {
        TEXT: isinstance(value, str), FLAG: isinstance(value, bool),
        WHOLE: is_number and isinstance(value, int), NUMBER: is_number,
        EITHER: is_number or isinstance(value, str),
        TEXTS: items is value and all(isinstance(item, str) for item in items),
        SECTION: isinstance(value, dict), TABLE: isinstance(value, dict),
        SECTIONS: all(isinstance(item, dict) for item in items),
    }[kind]  # fmt: skip


def in_words(kind: str) -> str:
    """Return a kind with an example."""
    return {
        TEXT: "a text in straight quotes", TEXTS: 'a list of texts, as in ["play", "loss"]',
        SECTION: "a section of its own, headed as in [setup]",
        SECTIONS: "a section of its own, headed as in [[question]]",
        TABLE: "a section of texts, headed as in [hints]",
    }.get(kind, kind)  # fmt: skip


def did_you_mean(name: str, known: Collection[str]) -> str:
    """Return a sentence that says what was perhaps meant, or all there is."""
    near = difflib.get_close_matches(name, known, 1)
    return f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."

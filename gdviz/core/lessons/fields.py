"""Fields: what a chapter can say in its set-up."""

from collections.abc import Mapping

from gdviz.core.descent.settings import SETTINGS

TEXT, FLAG, WHOLE, NUMBER, TEXTS = "a text", "true or false", "a whole number", "a number", "texts"
EITHER, SECTION = "a number or a text", "a section"
KINDS: dict[type, str] = {bool: FLAG, int: WHOLE, float: NUMBER, str: TEXT}

# What a chapter can say, section by section: each field's kind and meaning.
FIELDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "": {
        "title": (TEXT, "what the chapter is called"),
        "task": (TEXT, "the sentence that asks for something"),
        "done": (TEXT, "the condition that says it was done"),
        "praise": (TEXT, "what to say then"),
        "light": (TEXTS, "the parts to put a frame around"),
        "hide": (TEXTS, "the parts to hide while the chapter is shown"),
        "large_type": (FLAG, "full screen and large type"),
        "setup": (SECTION, "how the program is set up"),
        "question": (SECTION, "something to predict"),
    },
    "setup": {
        "file": (TEXT, "the table to open: beside the chapter, or pizza.txt"),
        **{name: (KINDS[row.kind], row.usage) for name, row in SETTINGS.items()},
        "position": (EITHER, "the iteration to show, or end"),
        "show": (TEXTS, "the pictures to show, and more_settings to open those"),
        "logarithmic": (FLAG, "make the loss history logarithmic"),
    },
    "question": {
        "text": (TEXT, "the question"),
        "answers": (TEXTS, "the answers to choose from; without them a number is asked for"),
        "answer": (EITHER, "the right one: its text, or the number"),
        "within": (NUMBER, "how far off a number may be"),
        "wrong": (TEXT, "what to say to a wrong answer"),
    },
}  # fmt: skip
NEEDED = {"": ("title", "task", "done"), "setup": (), "question": ("text", "answer")}


def is_of(value: object, kind: str) -> bool:
    """Tell whether a value is of a kind."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    match kind:
        case "a text":
            return isinstance(value, str)
        case "true or false":
            return isinstance(value, bool)
        case "a whole number":
            return number and isinstance(value, int)
        case "a number":
            return number
        case "texts":
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        case "a section":
            return isinstance(value, dict)
    return number or isinstance(value, str)


def in_words(kind: str) -> str:
    """Return a kind with an example."""
    return {
        TEXT: "a text in straight quotes", TEXTS: 'a list of texts, as in ["play", "loss"]',
        SECTION: "a section of its own, headed as in [setup]",
    }.get(kind, kind)  # fmt: skip

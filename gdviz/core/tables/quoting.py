"""Quoting: names and cells as they are shown: short, on one line, without control characters."""

LONGEST_QUOTE, LONGEST_NAME = 40, 120
# Of a name that is too long the end is shown, too: there names differ as well.
SHOWN_END = 40
# They have no width, but in some scripts letters are written otherwise beside them.
JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"


def quoted(text: str) -> str:
    """Return a text in quotes, as a sentence shows it."""
    return f"“{shortened(text)}”"


def shortened(text: str, longest: int = LONGEST_QUOTE) -> str:
    """Return a text, short and without control characters."""
    # Cut first: a cell can be megabytes long.
    shown = escaped(text[: longest + 1])
    return shown if len(shown) <= longest else f"{shown[:longest]}…"


def shown_name(name: str) -> str:
    """Return what is shown of the name of a column or a file, which can be anything."""
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME - SHOWN_END - 1]}…{name[-SHOWN_END:]}"
    return escaped(" ".join(name.split()))


def escaped(text: str) -> str:
    """Return a text without control characters."""
    return "".join(
        letter if letter.isprintable() or letter in JOINERS else repr(letter)[1:-1]
        for letter in text
    )

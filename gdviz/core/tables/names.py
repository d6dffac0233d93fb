"""Names of columns and files, as they are shown: they can be long, and hold anything."""

LONGEST_NAME = 120
# Of a name that is too long the end is shown, too: there names differ as well.
SHOWN_END = 40
# They have no width, but in some scripts letters are written otherwise beside them.
JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"


def shown_name(name: str) -> str:
    """Return a name on one line, not too long and without control characters."""
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME - SHOWN_END - 1]}…{name[-SHOWN_END:]}"
    return "".join(
        letter if letter.isprintable() or letter in JOINERS else repr(letter)[1:-1]
        for letter in " ".join(name.split())
    )

"""Names of columns and files, as they are shown: they can be long, and hold anything."""

LONGEST_NAME, LONGEST_PATH = 120, 400
# Of a name that is too long the end is shown, too: there names differ as well.
SHOWN_END = 40
# They have no width, but in some scripts letters are written otherwise beside them.
JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"


def shown_name(name: str, longest: int = LONGEST_NAME) -> str:
    """Return a name on one line, not too long and without control characters."""
    if len(name) > longest:
        name = f"{name[: longest - SHOWN_END - 1]}…{name[-SHOWN_END:]}"
    return "".join(
        letter if letter.isprintable() or letter in JOINERS else repr(letter)[1:-1]
        for letter in " ".join(name.split())
    )

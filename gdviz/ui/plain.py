"""Plain: texts from outside are shown letter by letter, wherever Qt would read more into them."""

from PySide6.QtGui import Qt

# Without width; no tag and no letter of a code begins with it.
JOINER = "\N{WORD JOINER}"


def plain(text: str) -> str:
    """Return a text that no label, tooltip or box takes for HTML."""
    if not Qt.mightBeRichText(text):
        return text
    return text.replace("<", f"<{JOINER}").replace("&", f"&{JOINER}")


def in_menu(text: str) -> str:
    """Return a text none of whose letters chooses a command."""
    return text.replace("&", "&&")


def from_menu(text: str) -> str:
    """Return the text of which `in_menu` made this."""
    return text.replace("&&", "&")

"""Choices in words: what is asked about reading a table, and what can be answered."""

import codecs
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from gdviz.core.tables.choices import Choices

ENCODINGS = {
    "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Western (Windows)",
    "iso8859-1": "Western (ISO 8859-1)", "mac-roman": "Western (old Mac)",
    "cp437": "Western (DOS)", "cp1250": "Central European (Windows)",
    "cp1251": "Cyrillic (Windows)", "koi8-r": "Cyrillic (KOI8-R)", "cp1253": "Greek (Windows)",
    "cp1254": "Turkish (Windows)", "cp1255": "Hebrew (Windows)", "cp1256": "Arabic (Windows)",
    "cp932": "Japanese (Shift JIS)", "euc-jp": "Japanese (EUC)", "gb18030": "Chinese (GB 18030)",
    "big5": "Chinese (Big5)", "cp949": "Korean",
}  # fmt: skip
# How each is called, and what its usual values are.
WORDS: Mapping[str, Mapping[Any, str]] = {
    "encoding": ENCODINGS,
    "sheet": {},
    "skip": {},
    "header": {0: "none", 1: "1 line", 2: "2 lines", 3: "3 lines"},
    "comment": {"": "none", **{sign: sign for sign in ("#", "%", "//", ";", "!", "*")}},
    "delimiter": {
        ",": "comma", ";": "semicolon", "\t": "tab", " ": "white space", "|": "vertical bar",
        "fixed": "fixed widths",
    },
    "decimal": {".": "point", ",": "comma"},
    "thousands": {"": "none", ",": "comma", ".": "point", " ": "space", "'": "apostrophe"},
    "dates": {
        "ymd": "year first", "dmy": "day first", "mdy": "month first", "s": "Unix seconds",
        "ms": "Unix milliseconds", "none": "none",
    },
    "missing": {sign: sign for sign in ("-99", "-999", "-9999", "9999")},
}  # fmt: skip
LABELS = {
    "encoding": "Encoding", "sheet": "Sheet", "skip": "Lines to skip", "header": "Lines of names",
    "comment": "Comment sign", "delimiter": "Separator", "decimal": "Decimal sign",
    "thousands": "Thousands sign", "dates": "Dates", "missing": "Missing value",
}  # fmt: skip


def choice_word(name: str, value: object) -> str:
    """Return what a value of one of the choices is called."""
    listed = _codec(str(value)) if name == "encoding" else value
    return WORDS[name].get(listed, str(value))


def choices_sentence(choices: Choices) -> str:
    """Say what was chosen, in a few words; nothing if all is left to be found out."""
    chosen = {field.name: getattr(choices, field.name) for field in fields(choices)}
    return ", ".join(
        f"{LABELS[name].lower()} {choice_word(name, value)}"
        for name, value in chosen.items()
        if value is not None
    )


def _codec(encoding: str) -> str:
    """Return the one name of an encoding, which may have many."""
    try:
        return codecs.lookup(encoding).name.removesuffix("-sig")
    except LookupError:
        return encoding

"""Beginnings, by which formats are recognised: what reads them is loaded when one is met."""

import re

ARRAY = b"\x93NUMPY"
PARQUET = b"PAR1"
OLD_SPREADSHEET = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_PAGE = re.compile(
    r"\s*(<!--|<(!doctype html|\?xml|html|head|body|meta|style|table|div)\b)", re.IGNORECASE
)
# What JSON begins with, and hardly a text: NumPy prints “[[1. 2.]”, a file of settings “[main]”.
_OBJECT = re.compile(r'[\[\s]*\{\s*["}]')
_LIST = re.compile(r'\s*\[[\[\s]*("|(-?\d[\w.+-]*|null|true|false)\s*[,\]])')


def is_webpage(start: str) -> bool:
    """Return whether a text begins as a web page does."""
    return _PAGE.match(start) is not None


def may_be_json(start: str) -> bool:
    """Return whether a text begins as JSON does."""
    return is_surely_json(start) or _LIST.match(start) is not None


def is_surely_json(text: str) -> bool:
    """Return whether a text begins as JSON does, and as nothing else."""
    return _OBJECT.match(text) is not None

"""Encodings: which letters the bytes of a text stand for, and the text itself, piece by piece."""

import codecs
import io
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TextIO

from gdviz.core.files import quoted
from gdviz.core.tables.choices import Choices, Remark
from gdviz.core.tables.formats.stream import Stream
from gdviz.core.tables.table import DataFileError

# A power failure leaves zeros in a log, DOS a sign for its end.
STRAY = b"\0\x1a"
# By so many bytes of lines with other letters than ASCII's an encoding is guessed.
SAMPLE = 4000
AROUND = 16
# What is decoded at once; a text with one rare letter takes four times its bytes.
BUFFER = 1 << 16

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What people's computers write besides UTF-8, in the order in which ties are decided.
_NAMES = {
    "cp1252": "Western European",
    "cp1251": "Cyrillic",
    "cp932": "Japanese, Shift JIS",
    "gb18030": "Chinese, simplified",
    "cp949": "Korean",
    "big5": "Chinese, traditional",
    "euc_jp": "Japanese, EUC",
    "cp1253": "Greek",
    "koi8_r": "Cyrillic, KOI8",
    "cp1255": "Hebrew",
    "cp1256": "Arabic",
    "cp874": "Thai",
    "cp1250": "Central European",
}
# Python has encodings that no file is written in, and that fail at any letter.
_UNUSUAL = ("idna", "punycode", "undefined")
_WRONG = "\N{REPLACEMENT CHARACTER}"
_OTHERS = re.compile(r"[^\0-\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]+")
# Letters with accents and the signs of units, beside which others are rare.
_WESTERN = re.compile(
    "[\u0160\u0161\u0178\u017d\u017e\u0152\u0153\xc0-\xff\u20ac\u2013\u2019\u201c-\u201e\u2026\xa0-\xbf]+"
)
START = 4000
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1b]")


@dataclass(frozen=True, eq=False)
class TextContent:
    """A text, read as a stream.

    Attributes
    ----------
    file : TextIO
        Its letters, all line ends made newlines. It can go back to its start; to close it closes
        the file.
    size : int
        The bytes of the file on the disk.
    position : callable
        Tells how many of them have been read.
    found, remarks, sheets
        As in `Cells`.
    """

    file: TextIO
    size: int
    position: Callable[[], int]
    found: Choices = field(default_factory=Choices)
    remarks: tuple[Remark, ...] = ()
    sheets: tuple[str, ...] = ()


class _Seen(NamedTuple):
    """What is known once all bytes have been looked at."""

    encoding: str  # empty: neither UTF-16 nor UTF-8
    is_wide: bool
    zeros: int
    has_end: bool
    sample: bytes


def text_of(stream: Stream, choices: Choices, largest: int) -> TextContent:
    """Return the text that a stream holds.

    Raises
    ------
    LargeTableError
        If there are more bytes than `largest`.
    DataFileError
        If it is no text.
    """
    seen, remarks = _seen(stream, largest), list[Remark]()
    encoding = choices.encoding or seen.encoding
    if not encoding:
        if seen.is_wide:
            raise not_text(stream.path)
        encoding, remark = _guessed(seen.sample)
        remarks.append(remark)
    if not _is_wide(encoding):
        if seen.zeros:
            remarks.append(Remark(f"{seen.zeros:,} zero bytes were passed over."))
        stream.stray = STRAY if seen.zeros or seen.has_end else b""
    stream.seek(0)
    file = _decoded(stream, encoding)
    start = file.read(START)
    if _CONTROL.search(start) or (seen.zeros and not start):
        raise not_text(stream.path)
    file.seek(0)
    return TextContent(
        file, stream.size, stream.position, Choices(encoding=encoding), tuple(remarks)
    )


def not_text(path: Path, but: str = "") -> DataFileError:
    """Return the error for a file that is no text, but perhaps something else."""
    what = f"a text file but {but}" if but else "a text file"
    advice = "Save the table as CSV or plain text, and open that."
    return DataFileError(path, f" is not {what}. {advice}")


def _decoded(stream: Stream, encoding: str) -> TextIO:
    """Return the letters of a stream."""
    try:
        codec = codecs.lookup("utf-8-sig" if encoding == "utf-8" else encoding).name
        if codec in _UNUSUAL:
            raise LookupError
        file = io.TextIOWrapper(io.BufferedReader(stream, BUFFER), codec, errors="replace")
        file.read(1)
    except (LookupError, ValueError):
        reason = f" can't be read as {quoted(encoding)}: choose another encoding, such as utf-8."
        raise DataFileError(stream.path, reason) from None
    file.seek(0)
    return file


def _seen(stream: Stream, largest: int) -> _Seen:
    """Look at all bytes once; text that is all ASCII, as most is, costs next to nothing."""
    encoding = _by_its_start(stream.head())
    is_wide = _is_wide(encoding)
    decoder = codecs.getincrementaldecoder(encoding)()
    is_plain, decodes, zeros, sample, piece = not is_wide, True, 0, bytearray(), b""
    for piece in stream.pieces(largest):
        zeros += piece.count(0) if 0 in piece else 0  # to look for one is much quicker
        is_plain = is_plain and piece.isascii()
        if not is_plain:
            decodes = decodes and _decodes(decoder, piece)
        if not is_plain and len(sample) < SAMPLE:
            sample += _other_letters(piece, SAMPLE - len(sample))
    decodes = decodes and _decodes(decoder, b"", final=True)
    return _Seen(
        encoding if decodes else "", is_wide, zeros, piece.endswith(b"\x1a"), bytes(sample)
    )


def _is_wide(encoding: str) -> bool:
    return encoding.lower().startswith(("utf-16", "utf_16", "utf-32", "utf_32"))


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def _by_its_start(head: bytes) -> str:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    # Without a mark, nearly every second byte of a table in UTF-16 is zero, and not the others.
    even, odd = head[::2].count(0), head[1::2].count(0)
    if 4 * max(even, odd) <= len(head) or 4 * min(even, odd) > max(even, odd):
        return "utf-8"
    return "utf-16-le" if odd > even else "utf-16-be"


def _other_letters(piece: bytes, most: int) -> bytes:
    """Return the first letters that aren't ASCII, with some around them."""
    found, end = bytearray(), 0
    for letters in _HIGH.finditer(piece):
        start = max(end, letters.start() - AROUND)
        end = max(end, min(letters.end(), start + most) + AROUND)
        found += (b"\n" if start > end else b"") + piece[start:end]
        if len(found) >= most:
            break
    return bytes(found)


def _guessed(sample: bytes) -> tuple[str, Remark]:
    """Return an encoding for what is no UTF-8, and a remark that offers the next best."""
    as_utf8 = sample.decode("utf-8", "replace")
    wrong = as_utf8.count(_WRONG)
    if len(_OTHERS.findall(as_utf8)) - wrong >= 2 * wrong:
        text = f"Some of its letters are not UTF-8 as the first are; they are shown as “{_WRONG}”."
        return "utf-8", Remark(text, f"Read as {_called('cp1252')}", Choices(encoding="cp1252"))
    ranked = _ranked(sample)
    encoding, other = [*ranked, *(name for name in ("cp1252", "cp1250") if name not in ranked)][:2]
    return encoding, Remark(
        f"Its letters are not UTF-8, and are read as {_called(encoding)}.",
        f"Read as {_called(other)}",
        Choices(encoding=other),
    )


def _called(encoding: str) -> str:
    return f"{_NAMES[encoding]} ({encoding})"


def _ranked(sample: bytes) -> list[str]:
    # One or two letters with accents among others: a whole word of other letters has more.
    others = _HIGH.findall(sample)
    if max(map(len, others), default=0) <= 2 and _WESTERN.fullmatch(
        b"".join(others).decode("cp1252", "replace")
    ):
        return ["cp1252"]
    # It is rarely needed, and takes a moment to load.
    from charset_normalizer import from_bytes

    order = list(_NAMES)
    matches = from_bytes(sample, cp_isolation=order)
    # Of a few words it can say little; but no word is written in two scripts.
    keys = [
        (_scripts(str(match)), round(match.chaos, 1), -match.coherence, order.index(match.encoding))
        for match in matches
    ]
    return [order[key[-1]] for key in sorted(keys)]


def _scripts(text: str) -> int:
    """Return in how many scripts a text is written, besides ASCII's."""
    names = {unicodedata.name(letter, "?").split()[0] for letter in set(text) if ord(letter) > 127}
    # Half the letters of Shift JIS are these, which nobody uses where there are others.
    return len(names - {"HIRAGANA", "KATAKANA", "FULLWIDTH"}) + 2 * ("HALFWIDTH" in names)

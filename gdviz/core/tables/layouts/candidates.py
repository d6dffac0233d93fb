"""Candidates: the ways in which the lines of a text may be cut into cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.layouts.cutting import BARS, BLANKS, BRACKETS, FIXED, NO_COMMENT, Layout
from gdviz.core.tables.layouts.grid import widths
from gdviz.core.tables.layouts.kinds import NUMERIC, kind_of
from gdviz.core.tables.names import column_names

# In the order in which ties are decided.
_DELIMITERS = ("\t", ";", ",", "|", " ", BLANKS, ":")
_COMMENT_SIGNS = ("#", "%", "//")
# Lines of labels are short, and alike.
_LABELLED_LINES, _LABELLED_LETTERS = 20, 1000

_SEPARATOR = re.compile(r'"?sep=(.|\\t)"?', re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\s*@attribute\s+('[^']*'|\"[^\"]*\"|\S+)", re.IGNORECASE)
_LABEL = re.compile(r"(?<!\w)([^\W\d][^:=\d]{0,40}?)\s*[:=](?=\s*[+-]?\.?\d)")
_LABEL_BEGINS = re.compile(r"\s{2,}|[\t,;|>]\s*")
_WORDS, _DIGIT = re.compile(r"\S+"), re.compile(r"\d")
# Whoever lays out columns by places has no longer lines.
_LONGEST_PLACED = 10_000


def candidates(lines: Sequence[str], choices: Choices) -> Iterator[tuple[Layout, int]]:
    """Yield layouts without names, and how wide a table in each may be; the likely ones first."""
    comment = choices.comment if choices.comment is not None else _comment_sign(lines)
    for form in _forms(lines, choices):
        layout = replace(form, comment=comment)
        for width in _widths(layout, lines):
            yield layout, width


def told_delimiter(line: str) -> str | None:
    """Return the delimiter of which a first line tells spreadsheets, or None."""
    told = _SEPARATOR.fullmatch(line.strip())
    return told[1].replace("\\t", "\t") if told else None


def _forms(lines: Sequence[str], choices: Choices) -> Iterator[Layout]:
    """Yield layouts without names and comments."""
    text, asked = "".join(lines), choices.delimiter
    may_pair = '"' not in text and choices.decimal in (None, ",")
    is_bracketed = any(bracket in text for bracket in ("[", "]", "c("))
    if (
        asked in (None, BARS)
        and sum(line.lstrip().startswith(("|", "│", "┃")) for line in lines) > 1
    ):
        yield Layout(delimiter="|", around=BARS)
    for delimiter in (asked,) if asked else _DELIMITERS:
        if delimiter == FIXED or not (asked or delimiter in text or delimiter == " "):
            continue
        form = Layout(delimiter=delimiter)
        if not (delimiter == choices.decimal == "," and may_pair):
            yield form
        if delimiter == "," and may_pair:
            yield replace(form, is_paired=True)
        if delimiter in " ," and is_bracketed:
            yield replace(form, around=BRACKETS)
    if asked in (None, FIXED) and (places := _places(lines)):
        yield Layout(delimiter=FIXED, places=places)
    if asked in (None, ":") and (labels := _labels(lines)):
        yield Layout(delimiter=":", labels=labels)


def _widths(form: Layout, lines: Sequence[str]) -> list[int]:
    if form.delimiter == FIXED:
        return [len(form.places) + 1]
    if form.labels:
        # A time may stand before the first label.
        before = [line.partition(form.labels[0])[0].strip() for line in lines]
        return [len(form.labels) + (2 * sum(map(bool, before)) > len(before))]
    sign = form.comment
    if not sign:
        return widths(form.rows(lines))
    others = [line for line in lines if not form.is_comment(line)]
    plain = [line for line in others if sign not in NO_COMMENT.sub("", line)]
    found = widths(form.rows(plain))
    if 2 * len(plain) < len(others):
        found += widths(form.rows([line.partition(sign)[0] for line in others]))
        found += widths(replace(form, comment="").rows(others))
    return list(dict.fromkeys(found))


def _comment_sign(lines: Sequence[str]) -> str:
    """Return the sign with which most lines begin that hold no data."""
    counts = {}
    for sign in _COMMENT_SIGNS:
        form = Layout(comment=sign)
        others = [line for line in lines if not form.is_comment(line)]
        # All rows may begin with it: tags, colours.
        if any(map(_DIGIT.search, others)):
            counts[sign] = len(lines) - len(others)
    return max(counts, key=counts.__getitem__, default="")


def _places(lines: Sequence[str]) -> tuple[int, ...]:
    """Return where columns of fixed width begin, but for the first; between them nothing stands."""
    if max(map(len, lines), default=0) > _LONGEST_PLACED:
        return ()
    words = [[word.span() for word in _WORDS.finditer(line)] for line in lines if "\t" not in line]
    numbered = [any(map(_is_number, line.split())) for line in lines if "\t" not in line]
    rows = [row for row, has_numbers in zip(words, numbered, strict=True) if has_numbers]
    if len(rows) < 2:
        return ()
    rows = rows[len(rows) // 2 :] if len(rows) > 6 else rows  # below what stands above them
    taken = {place for row in rows for span in row for place in range(*span)}
    starts = sorted(place for place in taken if place - 1 not in taken)
    ends = sorted(place + 1 for place in taken if place + 1 not in taken)
    places = [(end + start + 1) // 2 for end, start in zip(ends, starts[1:], strict=False)]
    # Below a name stands one column, though all its cells may have a blank at the same place.
    names = words[max(0, numbered.index(True) - 1)]
    above = [sum(place <= (start + end) // 2 for place in places) for start, end in names]
    return tuple(place for column, place in enumerate(places, 1) if column in above)


def _is_number(word: str) -> bool:
    return kind_of(word)[0] in NUMERIC


def _labels(lines: Sequence[str]) -> tuple[str, ...]:
    """Return what most lines say before each of their values, as microcontrollers print them."""
    used_lines = sum(map(bool, map(str.strip, lines)))
    for line in lines[:_LABELLED_LINES]:
        labels: list[str] = []
        for match in _LABEL.finditer(line[:_LABELLED_LETTERS]):
            # Between a value and the next label its unit may stand.
            text = match[1]
            start = max((found.end() for found in _LABEL_BEGINS.finditer(text)), default=0)
            if not start and labels and " " in text.strip():
                start = text.index(" ") + 1
            if "=" in match[0]:
                start = len(text) - len(text.split()[-1])
            labels.append(match[0][start:])
        count = sum(all(label in other for label in labels) for other in lines)
        if labels and count > 1 and 2 * count > used_lines:
            return tuple(labels)
    return ()


def arff_layout(lines: Sequence[str]) -> Layout | None:
    """Return the layout of a file of Weka's, which declares its columns; None if it is none."""
    data = next((n for n, line in enumerate(lines) if line.strip().lower() == "@data"), None)
    if data is None:
        return None
    found = [match[1].strip("'\"") for line in lines[:data] if (match := _ATTRIBUTE.match(line))]
    names = column_names(found, len(found))
    choices = Choices(comment="%", delimiter=",")
    return Layout(data + 1, names, ",", comment="%", quote="'", found=choices)

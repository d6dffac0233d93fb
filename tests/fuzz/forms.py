"""Forms: rows of cells as the files of all sorts of programs hold them."""

import bz2
import gzip
import html
import io
import json
import lzma
import random
import re
import zipfile
from collections.abc import Callable

import numpy as np

Rows = list[list[str]]

SEPARATORS = (
    *(" ", "\t", ",", ";") * 4, "  ", " \t", ", ", " ; ", "|", ":", "\N{NO-BREAK SPACE}", " | ",
)  # fmt: skip
ENDINGS = ("\n", "\r\n", "\r", "\n\n", "\n\r", "\x0b", "\u2028", "")
ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1",
    "mac-roman", "shift-jis", "utf-7", "cp1251", "euc-kr", "gb18030",
)  # fmt: skip
ABOVE = (
    "sep=;", "sep=,", "A title", "Device;X;1.5", "# a comment", "% t h", "// 1 2", "@data", "[", "",
    "Data: y x", "s;m", "s,m", "------", "Temp: 1.5 C", "x = [", "<table>", "{", "**Table 1**",
)  # fmt: skip
BELOW = ("Total,12.5", "];", "Source: me", "# the end", "}", "-----", "\0\0\0", "1", ",,,")


def text(rows: Rows, random: random.Random) -> bytes:
    """Return rows as text, whose separators, endings and encoding are more or less usual."""
    separator, ending = random.choice(SEPARATORS), random.choice((*ENDINGS[:2] * 5, *ENDINGS))
    lines = [separator.join(row) for row in rows]
    if random.random() < 0.15:
        lines[:0] = random.choices(ABOVE, k=random.randint(1, 3))
    if random.random() < 0.1:
        lines += random.choices(BELOW, k=random.randint(1, 2))
    written = "".join(f"{line}{ending}" for line in lines)
    if random.random() < 0.1:
        written = written.rstrip(ending)
    return written.encode(random.choice(("utf-8",) * 9 + ENCODINGS), errors="replace")


def _fixed(rows: Rows, random: random.Random) -> str:
    width = random.randint(4, 14)
    return "".join("".join(f"{cell:>{width}}" for cell in row) + "\n" for row in rows)


def _markdown(rows: Rows, random: random.Random) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(min(1, len(lines)), random.choice(("|---|:-:|", "|-|", "+---+---+")))
    return "\n".join(lines)


def _records(rows: Rows) -> list[dict[str, object]]:
    names = rows[0] if rows else []
    return [dict(zip(names, map(_value, row), strict=False)) for row in rows[1:]]


def _value(cell: str) -> object:
    if re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?", cell):
        return float(cell)
    return None if cell == "" else cell


def _json(rows: Rows, random: random.Random) -> str:
    records: object = _records(rows)
    if random.random() < 0.3:
        records = random.choice(({"data": records}, [records], rows, {"a": {"b": records}}))
    return json.dumps(records, indent=random.choice((None, 1)))


def _json_lines(rows: Rows, _: random.Random) -> str:
    return "".join(json.dumps(record) + "\n" for record in _records(rows))


def _arff(rows: Rows, _: random.Random) -> str:
    names = "".join(f"@attribute '{name}' numeric\n" for name in (rows[0] if rows else []))
    return f"@relation r\n{names}@data\n" + "\n".join(map(",".join, rows[1:]))


def _html(rows: Rows, _: random.Random) -> str:
    cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows)
    return f"<html><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table></html>"


def _matlab(rows: Rows, random: random.Random) -> str:
    begin, end = random.choice((("a = [", "];"), ("[[", "]]"), ("x <- c(", ")"), ("{", "}")))
    return begin + "\n".join(map(" ".join, rows)) + end


def _labels(rows: Rows, random: random.Random) -> str:
    names, unit = rows[0] if rows else [], random.choice((" C", "", "%", " kg"))
    lines = (zip(names, row, strict=False) for row in rows[1:])
    return "\n".join("  ".join(f"{name}: {cell}{unit}" for name, cell in line) for line in lines)


def _array(rows: Rows, random: random.Random) -> bytes:
    shape = random.choice(((3, 2), (2, 3), (5,), (0, 2), (2, 2, 2), ()))
    kind = random.choice(("f8", "f4", "i2", "u1", "?", "c16", ">f8", "U3", "M8[D]"))
    array = np.arange(len(rows), len(rows) + int(np.prod(shape))).reshape(shape).astype(kind)
    saved = io.BytesIO()
    if random.random() < 0.5:
        np.save(saved, array)
    else:
        np.savez(saved, a=array, b=np.arange(3.0))
    return saved.getvalue()


def _sheet(rows: Rows, _: random.Random) -> bytes:
    """Return the least that a spreadsheet must have."""
    data = "".join(f"<row>{''.join(map(_sheet_cell, row))}</row>" for row in rows)
    head, office = '<?xml version="1.0" encoding="UTF-8"?>', "http://schemas.openxmlformats.org"
    types, main = f"{office}/package/2006/content-types", f"{office}/spreadsheetml/2006/main"
    links, kind = (
        f"{office}/package/2006/relationships",
        f"{office}/officeDocument/2006/relationships",
    )
    of_main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    of_sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
        f'"/xl/workbook.xml" ContentType="{of_main}"/><Override PartName='
        f'"/xl/worksheets/sheet1.xml" ContentType="{of_sheet}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" Type='
        f'"{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets><sheet name="S" '
        f'sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" Type='
        f'"{kind}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{data}</sheetData>'
        f"</worksheet>",
    }  # fmt: skip
    return _zipped({name: (head + part).encode("utf-8", "replace") for name, part in parts.items()})


def _sheet_cell(cell: str) -> str:
    if isinstance(_value(cell), float):
        return f"<c><v>{cell}</v></c>"
    shown = "".join(letter for letter in cell if letter.isprintable())
    return f'<c t="inlineStr"><is><t>{html.escape(shown)}</t></is></c>'


def _zipped(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


TEXTS: dict[str, tuple[Callable[[Rows, random.Random], str], ...]] = {
    ".txt": (_fixed, _matlab, _labels),
    ".md": (_markdown,),
    ".json": (_json, _json_lines),
    ".jsonl": (_json_lines,),
    ".arff": (_arff,),
    ".xls": (_html,),
    ".csv": (_html, _json, _markdown),
}
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zip": lambda content: _zipped({"a.csv": content}),
}


def written(rows: Rows, random: random.Random) -> tuple[str, bytes, int]:
    """Return the name of a file, what is in it, and how many lines that can be at most."""
    how = random.random()
    suffix = random.choice((".csv", ".csv", ".txt", ".dat", "", ".xlsx", ".npy"))
    if how < 0.7:
        content = text(rows, random)
    elif how < 0.9:
        suffix = random.choice(sorted(TEXTS))
        content = random.choice(TEXTS[suffix])(rows, random).encode("utf-8", "replace")
    else:
        suffix, form = random.choice(((".npy", _array), (".npz", _array), (".xlsx", _sheet)))
        content = form(rows, random)
    # What is packed is as large as what it holds.
    lines = max(len(content), sum(len(cell) + 20 for row in rows for cell in row)) + len(rows) + 1
    if random.random() < 0.06:
        packer = random.choice(sorted(PACKERS))
        suffix, content = suffix + packer, PACKERS[packer](content)
    return f"table{suffix}", content, lines

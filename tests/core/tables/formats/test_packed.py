"""Packed tables: streamed, within a limit, and whatever is wrong with them in a sentence."""

import bz2
import gzip
import io
import lzma
import tracemalloc
import zipfile

import numpy as np
import openpyxl
import pytest

from gdviz.core.tables.formats.content import Columns, TextContent
from gdviz.core.tables.table import LargeTableError

TEXT = "t,v\n" + "0.5,1.2\n" * 5000
PACKINGS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}


def zipped(kind=zipfile.ZIP_DEFLATED, **files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", kind) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "."), text)
    return file.getvalue()


KINDS = {
    **{name: pack(TEXT.encode()) for name, pack in PACKINGS.items()},
    "zip": zipped(a__csv=TEXT),
}
each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
@pytest.mark.parametrize("name", ["table.csv.gz", "table.csv"])
def test_packed_texts(content, kind, name):
    read = content(KINDS[kind], name)
    assert read.file.read() == TEXT
    assert read.position() <= read.size == len(KINDS[kind])
    read.file.seek(0)
    assert read.file.readline() == "t,v\n"
    assert (read.remarks, read.sheets) == ((), ())


@each_kind
def test_a_text_is_read_as_it_is_needed(content, kind):
    """A bomb that is allowed takes no memory, either."""
    text = "0.5,1.2\n" * 500_000
    packed = zipped(a__csv=text) if kind == "zip" else PACKINGS[kind](text.encode())
    tracemalloc.start()
    try:
        file = content(packed).file
        while file.read(10_000):
            pass
        assert tracemalloc.get_traced_memory()[1] < (14_000_000 if kind == "xz" else 5_000_000)
    finally:
        tracemalloc.stop()


@each_kind
def test_what_unpacks_to_too_much_is_asked_about(content, kind):
    bomb = bytes(6_000_000)
    packed = zipped(a__csv=bomb) if kind == "zip" else PACKINGS[kind](bomb)
    with pytest.raises(LargeTableError, match="is very large"):
        content(packed)


@each_kind
@pytest.mark.parametrize("garbage", [bytes(50), b"and more" * 9])
def test_what_follows_an_archive_is_left_alone(content, kind, garbage):
    assert content(KINDS[kind] + garbage).file.read() == TEXT


@pytest.mark.parametrize("name", PACKINGS)
def test_archives_one_after_the_other_are_one_text(content, name):
    pack = PACKINGS[name]
    assert content(pack(b"1,2\n") + pack(b"3,4\n")).file.read() == "1,2\n3,4\n"


@each_kind
@pytest.mark.parametrize("part", [0.3, 0.9])
def test_archives_that_are_cut_off(refusal, kind, part):
    packed = KINDS[kind]
    assert refusal(packed[: int(part * len(packed))]).startswith("table is a damaged archive.")


@each_kind
def test_an_archive_in_an_archive(refusal, kind):
    nested = gzip.compress(KINDS[kind])
    assert refusal(nested).startswith("table is an archive in an archive. Unpack it")
    assert refusal(zipped(a__zip=nested)).startswith("table is an archive in an archive.")


def test_formats_in_an_archive(content):
    array = io.BytesIO()
    np.save(array, np.ones((3, 2)))
    assert isinstance(content(gzip.compress(array.getvalue())), Columns)
    assert content(zipped(a__json='[{"a": 1, "b": 2}]')).names == ("a", "b")
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append([1, 2])
    book.save(file)
    assert content(zipped(a__xlsx=file.getvalue())).rows[:] == [["1", "2"]]


def test_of_several_files_the_likeliest_is_read_and_others_are_offered(content):
    archive = zipped(**{"README__txt": "1 2\n", "b__csv": "3,4\n", "in/c__csv": "5,6\n"})
    read = content(archive)
    assert (read.found.sheet, read.file.read()) == ("b.csv", "3,4\n")
    assert read.sheets == ("b.csv", "in/c.csv", "README.txt")
    assert [remark.offer for remark in read.remarks] == ["Read “in/c.csv”", "Read “README.txt”"]
    other = content(archive, sheet=read.remarks[0].choices.sheet)
    assert (other.file.read(), other.remarks, other.found.sheet) == ("5,6\n", (), "in/c.csv")


def test_hidden_files_are_no_choice(content):
    archive = zipped(
        **{"__MACOSX/._a__csv": "\0\1", ".x/a__csv": "1", "data/": "", "data/a__csv": "1,2"}
    )
    assert content(archive.replace(b".MACOSX", b"__MACOSX"[:7])).sheets == ()


def test_no_such_file(refusal):
    sentence = refusal(zipped(a__csv="1,2", b__csv="3,4"), sheet="c.csv")
    assert sentence == "table has no file “c.csv”. There is: “a.csv”, “b.csv”."


@pytest.mark.parametrize(
    ("archive", "words"),
    [
        (zipped(), "is an archive without a file"),
        (zipped(**{"folder/": ""}), "is an archive without a file"),
        (zipped(**{"word/document__xml": "<w/>"}), "not a text file but a document of Word's"),
        (zipped(a__png=b"\x89PNG\r\n\x1a\n"), "not a text file but an image"),
        # The flag that says that a file is locked stands in both its headers.
        (KINDS["zip"].replace(b"PK\3\4\x14\0\0", b"PK\3\4\x14\0\1").replace(
            b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1"), "is locked by a password"),
        (zipped(zipfile.ZIP_STORED, a__csv=TEXT).replace(b"0.5", b"0.6", 1), "damaged archive"),
        (KINDS["zip"].replace(b"\x14\0\0\0\x08\0", b"\x14\0\0\0\x09\0"), "can't unpack"),
    ],
)  # fmt: skip
def test_archives_that_cant_be_read(refusal, archive, words):
    assert words in refusal(archive)


def test_a_text_that_begins_like_an_archive_is_a_text(content):
    assert isinstance(content("BZh9 is the name of a column\n1 2\n"), TextContent)

"""What is in a file, from its path: formats by their content, refusals, and nothing else."""

import bz2
import errno
import gzip
import io
import lzma
import pickle
import random
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.formats.content import TextContent, content_of
from gdviz.core.tables.table import DataFileError, LargeTableError

FILES = Path(__file__).parent / "files"
TEXT = b"t,v\n0.5,1.2\n1,2\n"


def opened(path, largest=1_000_000, **choices):
    content = content_of(path, Choices(**choices), largest)
    if isinstance(content, TextContent):
        with content.file:
            content.file.read()
    return content


def outcome(path):
    try:
        return f"table was read as {type(opened(path)).__name__}."
    except DataFileError as error:
        return str(error)


def refused(path, **choices):
    with pytest.raises(DataFileError) as caught:
        opened(path, **choices)
    return str(caught.value)


# Refusals


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"{\\rtf1 1 2}", "a document in RTF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "an image"),
        (b"\xff\xd8\xff\xe0JFIF", "an image"),
        (b"RIFF1234WEBPVP8 ", "an image"),
        (pickle.dumps([1, 2]), "a pickle"),
        (pickle.dumps({"a": [1, 2]}, protocol=0), "a pickle"),
        (pickle.dumps(np.arange(3), protocol=2), "a pickle"),
        (b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
        (b"MATLAB 5.0 MAT-file, Platform", "a MAT-file"),
        (gzip.compress(b"RDX3\nX\n\0\0\0\3", mtime=0), "a file of R's"),
        (gzip.compress(b"a.csv".ljust(257, b"\0") + b"ustar\x0000", mtime=0), "a tar archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    ],
)
def test_other_files_are_named(tmp_path, start, what):
    path = tmp_path / "table.csv"
    path.write_bytes(start)
    sentence = refused(path)
    assert sentence.startswith(f"table.csv is not a text file but {what}")
    assert sentence.endswith(". Save the table as CSV or plain text, and open that.")


@pytest.mark.parametrize(
    "address", ["https://example.org/table.csv", "HTTP://example.org", "ftp://example.org/a.csv"]
)
def test_an_address_is_to_be_downloaded_first(address):
    assert "is an address on the web, not a file. Download it" in refused(Path(address))


def test_what_is_no_file(tmp_path):
    assert refused(tmp_path).endswith("is a folder. Choose a file in it.")
    assert "doesn't exist" in refused(tmp_path / "gone.csv")


def test_a_file_that_is_too_large_is_not_begun(tmp_path):
    path = tmp_path / "table.csv"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(LargeTableError) as caught:
        opened(path)
    assert caught.value.size == 1 << 40


@pytest.mark.parametrize("number", [errno.EIO, errno.ESTALE])
def test_a_disk_that_fails_is_told(tmp_path, monkeypatch, number):
    path = tmp_path / "table.csv"
    path.write_bytes(TEXT)

    class Failing(io.BufferedReader):
        def read1(self, _=-1):
            raise OSError(number, "the drive is gone")

    monkeypatch.setattr(
        "gdviz.core.tables.formats.content.opened", lambda path: Failing(io.FileIO(path))
    )
    assert refused(path).startswith("table.csv can't be read: the drive is gone.")


def test_progress_is_told_and_can_end_it(tmp_path):
    path, told = tmp_path / "table.csv", []
    path.write_bytes(b"1,2\n" * 1_000_000)
    content = content_of(path, Choices(), 9_000_000, lambda *done: told.append(done))
    content.file.close()
    assert told[-1] == (4_000_000, 4_000_000)
    assert told == sorted(told)
    with pytest.raises(KeyboardInterrupt):
        content_of(path, Choices(), 9_000_000, cancelled)


def cancelled(*_):
    raise KeyboardInterrupt


# Damage


def examples():
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["t", "v"])
    book.active.append([0.5, 1.2])
    book.save(file)
    yield "xlsx", file.getvalue()
    yield "xls", (FILES / "two-sheets.xls").read_bytes()
    yield "ods", (FILES / "length-and-time.ods").read_bytes()
    for name, pack in (("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)):
        yield name, pack(TEXT)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", TEXT)
        archive.writestr("b.csv", TEXT)
    yield "zip", file.getvalue()
    for save, arrays in ((np.save, [np.ones((9, 2))]), (np.savez, [np.ones(9), np.ones(9)])):
        file = io.BytesIO()
        save(file, *arrays)
        yield save.__name__, file.getvalue()
    yield "json", b'[{"t": 0.5, "v": 1.2},\n {"t": 1, "v": [2]}]'
    yield "jsonl", b'{"t": 0.5, "v": 1.2}\n{"t": 1, "v": 2}\n'
    yield "html", b"<html><table><tr><td>1<td>2</tr><tr><td colspan=2>3<td>4</table>"
    yield "utf-16", TEXT.decode().encode("utf-16")
    yield "cp932", "気温,売上\n1,2\n".encode("cp932")


EXAMPLES = dict(examples())
# To begin a process takes a moment.
FEW = ("xlsx", "xls", "ods")


@pytest.mark.parametrize("name", EXAMPLES)
def test_damaged_files_are_read_or_refused(tmp_path, name):
    whole, chance = EXAMPLES[name], random.Random(name)
    path = tmp_path / "table"
    for _ in range(30 if name in FEW else 300):
        damaged = bytearray(whole)
        for _ in range(chance.choice([1, 1, 3, 20])):
            damaged[chance.randrange(len(whole))] = chance.randrange(256)
        if chance.random() < 0.3:
            del damaged[chance.randrange(len(whole)) :]
        path.write_bytes(damaged)
        said = outcome(path)
        assert said.startswith("table")
        assert said.endswith(".")
        assert len(said) < 400


@pytest.mark.parametrize("name", EXAMPLES)
def test_whole_files_are_read(tmp_path, name):
    path = tmp_path / "table"
    path.write_bytes(EXAMPLES[name])
    assert opened(path) is not None

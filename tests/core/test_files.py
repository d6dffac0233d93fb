"""The door: regular files of an allowed size come in; whatever else there is gets a sentence."""

import os
import socket
import stat
import threading
from pathlib import Path

import pytest

from gdviz.core.files import (
    FileError,
    LargeFileError,
    check_target,
    content,
    is_folder,
    megabytes,
    opened,
    shortened,
    write_whole,
)

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")


@pytest.fixture
def odd(tmp_path, monkeypatch):
    """Return the path of something that is no file, by what it is called here."""
    monkeypatch.chdir(tmp_path)

    def odd(kind):
        path = Path("odd.csv")
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "folder":
            path.mkdir()
        elif kind == "loop":
            path.symlink_to("two")
            Path("two").symlink_to(path)
        elif kind == "socket":
            with socket.socket(socket.AF_UNIX) as bound:
                bound.bind(str(path))
        elif kind == "link to a pipe":
            os.mkfifo("pipe")
            path.symlink_to("pipe")
        elif kind == "device":
            return Path("/dev/zero")
        elif kind == "long":
            return Path("odd.csv" + "x" * 4993)
        elif kind == "zero character":
            return Path("odd.csv\0")
        return path

    return odd


KINDS = {
    "pipe": "odd.csv is a named pipe. Write what comes out of it to a file, and take that.",
    "link to a pipe": "odd.csv is a named pipe.",
    "folder": "odd.csv is a folder. Choose a file in it.",
    "socket": "odd.csv is a socket of another program. Choose a file.",
    "device": "zero is a device. Choose a file.",
    "loop": "odd.csv can't be read: it is a link that leads back to itself.",
    "long": "…",
    "zero character": "odd.csv\\x00 can't be read: this name holds a zero character.",
}


@needs_pipes
@pytest.mark.parametrize(("kind", "sentence"), KINDS.items())
@pytest.mark.parametrize("read", [opened, lambda path: content(path, 1000)], ids=["open", "read"])
def test_what_is_no_file_is_refused_at_once_and_by_what_it_is(odd, kind, sentence, read):
    with pytest.raises(FileError) as caught:
        read(odd(kind))
    assert sentence in str(caught.value)
    assert len(str(caught.value)) < 400


@needs_pipes
def test_a_pipe_that_takes_the_place_of_a_file_is_refused_too(tmp_path, monkeypatch):
    """Whatever is looked at is what was opened: nothing can come between."""
    path, open_it = tmp_path / "table.csv", os.open
    path.write_text("1 2\n")

    def swapped(*arguments):
        path.unlink()
        os.mkfifo(path)
        return open_it(*arguments)

    monkeypatch.setattr(os, "open", swapped)
    with pytest.raises(FileError, match="is a named pipe"):
        content(path, 1000)


@pytest.mark.parametrize("address", ["https://example.org/a.csv", "HTTP://example.org/a.csv"])
def test_an_address_is_to_be_downloaded_first(address):
    sentence = "a.csv is an address on the web, not a file. Download it, and take what you get."
    with pytest.raises(FileError) as caught:
        opened(Path(address))
    assert str(caught.value) == sentence


def test_a_file_comes_back_whole(tmp_path):
    path = tmp_path / "table.csv"
    for size in (0, 1, 1000):
        path.write_bytes(bytes(size))
        assert content(path, 1000) == bytes(size)
    path.write_bytes(bytes(1001))
    with pytest.raises(LargeFileError) as caught:
        content(path, 1000)
    assert caught.value.size == 1001
    assert str(caught.value) == "table.csv is too large: 1 kB, where 1 kB do."


def test_a_file_without_end_is_left_at_the_limit():
    """What the kernel shows as files says it has no bytes."""
    if not Path("/proc/self/maps").exists():
        pytest.skip("this system shows itself otherwise")
    assert content("/proc/self/maps", 10_000_000)
    with pytest.raises(LargeFileError):
        content("/proc/self/maps", 10)


def test_a_file_of_terabytes_is_not_even_begun(tmp_path):
    path = tmp_path / "table.csv"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(LargeFileError, match=r"1,100 GB"):
        content(path, 1000)


def test_where_memory_ends_a_sentence_begins(tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    path.write_bytes(bytes(9))

    def full(*_):
        raise MemoryError

    monkeypatch.setattr("gdviz.core.files._read", full)
    with pytest.raises(FileError, match=r"^table\.csv needs more memory than there is\."):
        content(path, 1000)


def test_nobody_waits_for_a_writer(tmp_path):
    """Even a pipe into which someone writes for ever is refused."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no named pipes")
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # so that the writer can begin
    writer = threading.Thread(target=path.write_bytes, args=(b"1 2\n",))
    writer.start()
    with pytest.raises(FileError, match="is a named pipe"):
        content(path, 1000)
    writer.join()
    os.close(reader)


@needs_pipes
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_no_target(odd, kind):
    with pytest.raises(FileError) as caught:
        check_target(odd(kind))
    assert "read" not in str(caught.value)


def test_a_file_or_nothing_is_a_target(tmp_path):
    path = tmp_path / "out.png"
    check_target(path)
    path.touch()
    check_target(path)
    link = tmp_path / "link.png"
    link.symlink_to(path)
    check_target(link)
    check_target(tmp_path / "gone" / "out.png")


def test_a_name_that_cant_be_encoded_is_no_target(tmp_path):
    with pytest.raises(FileError, match=r"^\\udcff\.png can't be written"):
        check_target(tmp_path / "\udcff.png")


def test_only_folders_are_folders(odd):
    assert is_folder(Path())
    for kind in ("long", "zero character", "loop"):
        assert not is_folder(odd(kind))


@pytest.mark.parametrize(
    ("size", "text"),
    [(9, "9 bytes"), (1000, "1 kB"), (123_456, "123 kB"), (5e8, "500 MB"), (3.21e9, "3.21 GB")],
)
def test_sizes_as_people_say_them(size, text):
    assert megabytes(size) == text


def test_letters_that_some_scripts_need_are_shown():
    text = "\u0645\u06cc\u200c\u062e\u0648 \U0001f469\u200d\U0001f52c"
    assert shortened(text) == text
    assert shortened("a\x1b[2J\u202eb") == "a\\x1b[2J\\u202eb"


def test_a_file_is_replaced_whole_and_keeps_its_rights(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("old")
    path.chmod(0o640)
    write_whole(path, [b"new ", b"text"])
    assert path.read_bytes() == b"new text"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_through_a_link_it_is_the_file_that_is_replaced(tmp_path):
    path, link = tmp_path / "out.csv", tmp_path / "link.csv"
    link.symlink_to("out.csv")
    write_whole(link, [b"text"])
    assert link.is_symlink()
    assert path.read_bytes() == b"text"


def test_what_ends_halfway_leaves_the_old_file(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("old")

    def pieces():
        yield b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(path, pieces())
    assert [(each, each.read_text()) for each in tmp_path.iterdir()] == [(path, "old")]


def test_a_folder_is_no_target(tmp_path):
    with pytest.raises(FileError, match="can't be written: it is a folder"):
        write_whole(tmp_path, [b"text"])

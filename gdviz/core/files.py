"""Files: the one door through which anything is read, and names from outside made fit to show."""

import errno
import os
import re
import shutil
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

LONGEST_QUOTE = 40
LONGEST_PATH = 200
TOO_LITTLE_MEMORY = "needs more memory than there is. Take a part of it."

# Letters without a width of their own that some scripts, and emoji, can't be written without.
_JOINERS = "\u200c\u200d"
# Without O_NONBLOCK, to open a named pipe is to wait for someone to write into it.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
# What it is, and what to do instead of reading it.
_KINDS = (
    (stat.S_ISDIR, "is a folder", "Choose a file in it."),
    (stat.S_ISFIFO, "is a named pipe", "Write what comes out of it to a file, and take that."),
    (stat.S_ISSOCK, "is a socket of another program", "Choose a file."),
    (stat.S_ISCHR, "is a device", "Choose a file."),
    (stat.S_ISBLK, "is a device", "Choose a file."),
)
_FAULTS = {
    errno.ELOOP: "it is a link that leads back to itself",
    errno.ENAMETOOLONG: "this name is too long for a file",
}
# A path has one slash where an address has two, and on Windows another.
_ADDRESS = re.compile(r"(https?|ftp):[/\\]", re.IGNORECASE)
# None where there is no file.
Stamp = tuple[int, int, int] | None

_ZERO = "this name holds a zero character"


class FileError(Exception):
    """A file that can't be read or replaced; the text is a sentence a user can act on.

    Attributes
    ----------
    reason : str
        The sentence without the file's name, which it begins with.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{named(path)} {reason}")
        self.reason = reason


class LargeFileError(FileError):
    """A file that is larger than was allowed: one may ask, and allow more."""

    def __init__(self, path: Path, size: int, largest: int) -> None:
        super().__init__(path, f"is too large: {megabytes(size)}, where {megabytes(largest)} do.")
        self.size = size


def content(path: str | Path, largest: int) -> bytes:
    """Return all bytes of a regular file.

    It never waits, whatever stands under that name, and never takes more than is allowed, even
    from a file that says it is smaller or grows meanwhile.

    Raises
    ------
    LargeFileError
        If there are more bytes than `largest`.
    FileError
        If there is no such file, it is none, or it can't be read.
    """
    path = Path(path)
    try:
        with opened(path) as file:
            size = os.fstat(file.fileno()).st_size
            if size > largest:
                raise LargeFileError(path, size, largest)
            read = _read(file, size, largest)
    except OSError as error:
        raise FileError(path, _reason(path, error)) from None
    except MemoryError:
        raise FileError(path, TOO_LITTLE_MEMORY) from None
    if len(read) > largest:
        raise LargeFileError(path, len(read), largest)
    return read


def opened(path: str | Path) -> BinaryIO:
    """Open a regular file, and nothing else, for reading; it is looked at once it is open.

    Raises
    ------
    FileError
        If there is no such file, it is none, or it can't be opened.
    """
    path = Path(path)
    try:
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:  # ValueError: a name with a zero character
        raise FileError(path, _reason(path, error)) from None
    kind, advice = _kind(os.fstat(descriptor).st_mode)
    if kind:
        os.close(descriptor)
        raise FileError(path, f"{kind}. {advice}")
    return os.fdopen(descriptor, "rb")


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file complete or not at all: beside its target, then in its place.

    Raises
    ------
    FileError
        If it can't be written; what was there stays as it was.
    """
    check_target(path)
    target = path.resolve()
    beside = target.with_name(f".gdviz-{os.getpid()}")
    try:
        if target.exists():
            target.open("ab").close()  # what may not be written isn't replaced, either
        with beside.open("wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    except OSError as error:
        raise FileError(path, f"can't be written: {error.strerror or error}.") from None
    finally:
        beside.unlink(missing_ok=True)


def check_target(path: Path) -> None:
    """See that a name can be written to: that there is a regular file, or nothing, under it.

    Raises
    ------
    FileError
        If it is a folder, a pipe, a device or a link to itself, or no name of a file.
    """
    try:
        str(path).encode()  # what can't be encoded would be written under another name
        kind, _ = _kind(path.stat().st_mode)
        fault = kind and f"it {kind}"
    except (FileNotFoundError, NotADirectoryError):
        return  # to write it says what is missing
    except UnicodeEncodeError:
        fault = "this name holds what is no letter"
    except ValueError:
        fault = _ZERO
    except OSError as error:
        fault = _FAULTS.get(error.errno or 0, str(error.strerror))
    if fault:
        raise FileError(path, f"can't be written: {fault}. Choose another name.")


def stamp(path: Path) -> Stamp:
    """Return what changes with any change of a file: where it lies, its size and its time."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def is_newer(one: Path, other: Path) -> bool:
    """Tell whether a file was written after another one."""
    its, others = stamp(one), stamp(other)
    return its is not None and (others is None or its[2] > others[2])


def is_folder(path: Path) -> bool:
    """Return whether a path is a folder; what can't be looked at is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def named(path: Path, longest: int = LONGEST_PATH) -> str:
    """Return the name of a file as a sentence shows it."""
    return shortened(path.name or str(path), longest)


def quoted(text: str) -> str:
    """Return a text in quotes, as a sentence shows it."""
    return f"“{shortened(text)}”"


def shortened(text: str, longest: int = LONGEST_QUOTE) -> str:
    """Return a text, short and without control characters."""
    # Cut first: a cell can be megabytes long.
    shown = escaped(text[: longest + 1])
    return shown if len(shown) <= longest else f"{shown[:longest]}…"


def escaped(text: str) -> str:
    """Return a text without control characters."""
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() or letter in _JOINERS else repr(letter)[1:-1]
        for letter in text
    )


def megabytes(size: int) -> str:
    """Return the size of a file as people say it."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= factor:
            return f"{size / factor:{',.0f' if size >= 100 * factor else '.3g'}} {unit}"
    return f"{size} bytes"


def _read(file: BinaryIO, size: int, largest: int) -> bytes:
    """Return what is in a file, and no more than just too much."""
    pieces, left = [], largest + 1
    wanted = size + 1
    while left > 0 and (piece := file.read(min(wanted, left))):
        pieces.append(piece)
        left, wanted = left - len(piece), 1 << 20
    return b"".join(pieces)


def _kind(mode: int) -> tuple[str, str]:
    """Return what stands there instead of a regular file, and what to do; empty if it is one."""
    for is_kind, words, advice in _KINDS:
        if is_kind(mode):
            return words, advice
    return "", ""


def _reason(path: Path, error: OSError | ValueError) -> str:
    """Return why a file can't be opened."""
    if isinstance(error, ValueError):
        return f"can't be read: {_ZERO}. Check how it is written."
    if _ADDRESS.match(str(path)):
        return "is an address on the web, not a file. Download it, and take what you get."
    if isinstance(error, FileNotFoundError):
        folder = shortened(str(path.absolute().parent), LONGEST_PATH)
        return f"doesn't exist (looked in {folder})."
    if error.errno in _FAULTS:
        return f"can't be read: {_FAULTS[error.errno]}. Check how it is written."
    # Not all systems open a folder or a socket only to find out what it is.
    try:
        kind, advice = _kind(path.stat().st_mode)
    except (OSError, ValueError):
        kind = advice = ""
    return f"{kind}. {advice}" if kind else f"can't be read: {error.strerror or error}."

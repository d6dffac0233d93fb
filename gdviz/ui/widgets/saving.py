"""Saving: asks for a file's name, writes the file whole or not at all, and says how it went."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QSaveFile, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gdviz.core.files import LONGEST_PATH, FileError, check_target, named, quoted, shortened
from gdviz.resources import is_shipped
from gdviz.ui.plain import plain
from gdviz.ui.widgets.banner import Banner
from gdviz.ui.widgets.writer import Pieces, Writer, WriterDialog

# What is written by then needs no dialog.
HEAD_START_MS = 300


class SavingError(Exception):
    """A file could not be written; the text is a sentence that says why."""


class Saver:
    """Saves what the user wants saved, in the folder where was saved last unless told otherwise."""

    def __init__(self, notice: Banner, window: QWidget) -> None:
        self._notice, self._window = notice, window
        self._folder: Path | None = None
        self._writing: WriterDialog | None = None

    def may_close(self) -> bool:
        """Return whether the window may close; if a file is being written, close it after that."""
        if self._writing is not None:
            self._writing.close_then()
        return self._writing is None

    def save_text(
        self,
        title: str,
        name: str,
        filters: dict[str, str],
        text: Callable[[Path], Pieces],
        folder: Path | None = None,
    ) -> bool:
        """Ask for a file and write a text to it, which can be long; return whether it was saved.

        Parameters
        ----------
        name : str
            The one that is suggested, without a suffix.
        filters : dict of str to str
            The kinds of files, and their suffixes.
        text : callable
            Gives what the file of this name is to hold; may raise a `SavingError`.
        folder : Path, optional
            Where the first file goes, by default among the user's documents.
        """
        target = self.asked(title, name, filters, folder)
        return target is not None and self._save_to(target, text)

    def save_text_to(self, target: Path, text: Pieces) -> bool:
        """Write a text, which can be long, to a file chosen before; return whether it was saved."""
        return self._save_to(target, lambda _: text)

    def _save_to(self, target: Path, text: Callable[[Path], Pieces]) -> bool:
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._write(text(target), target)
        except SavingError as error:
            self._notice.say(str(error))
            return False
        finally:
            QGuiApplication.restoreOverrideCursor()
        self.tell_saved(target)
        return True

    def asked(
        self,
        title: str,
        name: str,
        filters: dict[str, str],
        folder: Path | None = None,
        check: Callable[[Path], object] | None = None,
    ) -> Path | None:
        """Ask for a file that can be written; return None if there is none, having said why.

        Parameters
        ----------
        check : callable, optional
            Raises a `SavingError` for a name that won't do; by default, if it has no filter's
            suffix.
        """
        check = check or partial(checked_kind, kinds=filters.values())
        suggestion = (self._folder or folder or own_folder()) / name
        try:
            target = self._asked(title, suggestion, filters)
            if target is not None:
                check(target)
        except SavingError as error:
            self._notice.say(str(error))
            return None
        return target

    def tell_saved(self, target: Path) -> None:
        """Say that a file was saved, and suggest its folder from now on."""
        self._folder = target.parent
        self._notice.say(f"Saved {_shown(target)}.")

    def _write(self, pieces: Pieces, target: Path) -> None:
        """Write a text in a thread; where that takes a while, show how far it is."""
        writer = Writer(pieces, lambda text: save_text(text, target))
        writer.start()
        if not _ends_soon(writer):
            self._watch(writer, target)
        if isinstance(writer.error, SavingError):
            raise writer.error
        if writer.error is not None:
            raise SavingError(f"{_shown(target)} could not be saved: {writer.error!r}.")
        if writer.cancelled:
            raise SavingError(f"Cancelled: nothing was saved, {_shown(target)} is as it was.")

    def _watch(self, writer: Writer, target: Path) -> None:
        self._writing = WriterDialog(writer, target.name, self._window)
        QGuiApplication.setOverrideCursor(Qt.CursorShape.ArrowCursor)
        try:
            self._writing.watch()
        finally:
            QGuiApplication.restoreOverrideCursor()
            closes, self._writing = self._writing.closes, None
        if closes and writer.saved:
            QTimer.singleShot(0, self._window, self._window.close)

    def _asked(self, title: str, suggestion: Path, filters: dict[str, str]) -> Path | None:
        """Return where to save, or None if the user would rather not.

        A name without a suffix takes that of the chosen filter, and replaces nothing unasked.
        """
        kind, suffix = next(iter(filters.items()))
        name, chosen = QFileDialog.getSaveFileName(
            self._window, title, f"{suggestion}{suffix}", ";;".join(filters), kind
        )
        if not name:
            return None
        target = checked_target(Path(name))
        if target.suffix:
            return target
        target = checked_target(target.with_name(target.name + filters.get(chosen, suffix)))
        return target if not target.exists() or self._may_replace(target) else None

    def _may_replace(self, target: Path) -> bool:
        question = plain(f"{target.name} exists already. Replace it?")
        answer = QMessageBox.question(self._window, "Export", question)
        return answer is QMessageBox.StandardButton.Yes


def _ends_soon(writer: Writer) -> bool:
    """Let the window go on for a moment, without input, and tell whether all is written then."""
    loop = QEventLoop()
    writer.finished.connect(loop.quit)
    QTimer.singleShot(HEAD_START_MS, loop, loop.quit)
    if not writer.isFinished():
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    return bool(writer.isFinished())


def own_folder(path: Path | None = None) -> Path:
    """Return the folder of a file, if it is one of the user's own; else that of the documents."""
    if path is not None and path.is_file() and not is_shipped(path):
        return path.parent
    places = QStandardPaths.StandardLocation
    folder = Path(QStandardPaths.writableLocation(places.DocumentsLocation))
    # Not as Python finds it: that raises where the user has none.
    home = QStandardPaths.standardLocations(places.HomeLocation)[0]
    return folder if folder.is_dir() else Path(home)


def checked_kind(path: Path, kinds: Collection[str]) -> str:
    """Return the suffix of a target, in lower case.

    Raises
    ------
    SavingError
        If it is none of these kinds.
    """
    kind = path.suffix.lower()
    if kind in kinds:
        return kind
    fault = "the name has no suffix to say what kind of file to write"
    if kind:
        fault = f"{quoted(path.suffix)} is no kind of file that can be written here"
    raise SavingError(f"{named(path)}: {fault}. Use {' or '.join(kinds)}.")


def checked_target(path: Path) -> Path:
    """Return a target under whose name there is nothing but, at most, a file to replace.

    Raises
    ------
    SavingError
        If there is a folder, a pipe, a device or a link to itself, or it is no name of a file.
    """
    try:
        check_target(path)
    except FileError as error:
        raise SavingError(f"{_shown(path)} {error.reason}") from None
    return path


def save_text(pieces: Iterable[str | bytes], path: Path) -> None:
    """Write a text, or bytes, given in pieces.

    Raises
    ------
    SavingError
        If the file can't be written.
    """
    with _replacing(path) as write:
        for piece in pieces:
            write(piece.encode() if isinstance(piece, str) else piece)


@contextmanager
def whole_file(path: Path) -> Iterator[QIODevice]:
    """Collect what one of Qt's writers writes, and put it in place complete or not at all.

    They don't look at how much of their last write a full disk took; here it is looked at.
    """
    content = QBuffer()
    content.open(QIODevice.OpenModeFlag.WriteOnly)
    with _replacing(path) as write:
        yield content
        write(bytes(content.data().data()))


@contextmanager
def _replacing(path: Path) -> Iterator[Callable[[bytes], None]]:
    """Give what writes to a file, and put it in place complete or not at all.

    It is written beside its target and renamed, so a full disk or a kill leaves the old file as
    it was.
    """
    checked_target(path)
    target, mode = QSaveFile(str(path)), QIODevice.OpenModeFlag
    # Without a buffer each write tells at once how much the disk took.
    if not target.open(mode.WriteOnly | mode.Unbuffered):
        fault = target.errorString()
        raise SavingError(f"{_shown(path)} can't be written: {fault}. {_way_out(path)}")

    def write(content: bytes) -> None:
        if target.write(content) != len(content):
            raise SavingError(f"{_shown(path)} could not be saved: the disk is full.")

    try:
        yield write
        # Here the window goes on while the disk takes its time; in Qt's own wait it couldn't.
        with suppress(OSError):  # not every system lets its number be known
            os.fsync(target.handle())
    except BaseException:
        target.cancelWriting()
        target.commit()
        raise
    if not target.commit():
        raise SavingError(f"{_shown(path)} could not be saved: {target.errorString()}.")


def _way_out(path: Path) -> str:
    """Return what to do about a file that can't be written."""
    folder = path.parent
    if folder.is_dir() and not os.access(folder, os.W_OK):
        place = _shown(folder) if folder.name else "this folder"
        return f"Nothing may be saved in {place}: choose another folder."
    return "Choose another name or folder."


def _shown(path: Path) -> str:
    return shortened(str(path), LONGEST_PATH)

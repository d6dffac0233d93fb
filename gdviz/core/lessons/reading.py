"""Lessons: chapters as plain text, TOML between ``+++`` lines and Markdown below.

``assets/lessons/README.md`` tells teachers how to write one.
"""

from pathlib import Path

from gdviz.core.files import FileError, content, is_folder, named
from gdviz.core.lessons.beside import beside
from gdviz.core.lessons.building import chapter_of
from gdviz.core.lessons.chapter import Chapter, Lesson
from gdviz.core.lessons.source import LARGEST_BYTES, LessonError, Source

MOST_CHAPTERS, MOST_LETTERS = 200, 1_000_000


def read_lesson(path: str | Path) -> Lesson:
    """Read a chapter, or a folder of them in the order of their names.

    Raises
    ------
    LessonError
        If there is none, or one is broken.
    """
    path = Path(path)
    if not is_folder(path):
        return Lesson(path.parent, (parse_chapter(_text(path), path.name, path.parent),))
    names = sorted(file.name for file in path.glob("*.md") if file.stem.lower() != "readme")
    if not names:
        raise LessonError(f"{named(path)}: there is no chapter in this folder. One ends in .md.")
    if len(names) > MOST_CHAPTERS:
        raise LessonError(f"{named(path)}: a lesson has at most {MOST_CHAPTERS} chapters.")
    texts = {name: _text_in(path, name) for name in names}
    if sum(map(len, texts.values())) > MOST_LETTERS:
        raise LessonError(f"{named(path)}: a lesson has at most {MOST_LETTERS:,} letters.")
    return Lesson(path, tuple(parse_chapter(text, name, path) for name, text in texts.items()))


def parse_chapter(text: str, name: str = "lesson.md", folder: Path | None = None) -> Chapter:
    """Return the chapter that a text describes; the files it names must lie in the folder, if any.

    Raises
    ------
    LessonError
        If it is broken.
    """
    return chapter_of(Source(text, name), name.removesuffix(".md"), folder)


def _text_in(folder: Path, name: str) -> str:
    """Return the text of a chapter of a folder; it is none if a link leads out of there."""
    try:
        return _text(beside(name, folder))
    except FileError as error:
        raise LessonError(str(error)) from None


def _text(path: Path) -> str:
    try:
        read = content(path, LARGEST_BYTES)
    except FileError as error:
        raise LessonError(str(error)) from None
    try:
        return read.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = read.count(b"\n", 0, error.start) + 1
        raise LessonError(
            f"{named(path)}, line {line}: this isn't UTF-8 text. Save the file as UTF-8."
        ) from None

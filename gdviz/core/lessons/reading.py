"""Lessons: chapters as plain text, TOML between ``+++`` lines and Markdown below.

``assets/lessons/README.md`` tells teachers how to write one.
"""

from pathlib import Path

from gdviz.core.files import FileError, content, is_folder, named
from gdviz.core.lessons.building import chapter_of
from gdviz.core.lessons.chapter import Chapter, Lesson
from gdviz.core.lessons.source import LARGEST_BYTES, LessonError, Source

MOST_CHAPTERS = 200


def read_lesson(path: str | Path) -> Lesson:
    """Read a chapter, or a folder of them in the order of their names.

    Raises
    ------
    LessonError
        If there is none, or one is broken.
    """
    path = Path(path)
    if not is_folder(path):
        return Lesson(path.parent, (_chapter(path),))
    files = sorted(file for file in path.glob("*.md") if file.stem.lower() != "readme")
    if not files:
        raise LessonError(f"{named(path)}: there is no chapter in this folder. One ends in .md.")
    if len(files) > MOST_CHAPTERS:
        raise LessonError(f"{named(path)}: a lesson has at most {MOST_CHAPTERS} chapters.")
    return Lesson(path, tuple(map(_chapter, files)))


def parse_chapter(text: str, name: str = "lesson.md", folder: Path | None = None) -> Chapter:
    """Return the chapter that a text describes; the files it names must lie in the folder, if any.

    Raises
    ------
    LessonError
        If it is broken.
    """
    return chapter_of(Source(text, name), name.removesuffix(".md"), folder)


def _chapter(path: Path) -> Chapter:
    try:
        read = content(path, LARGEST_BYTES)
    except FileError as error:
        raise LessonError(str(error)) from None
    try:
        text = read.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = read.count(b"\n", 0, error.start) + 1
        raise LessonError(
            f"{named(path)}, line {line}: this isn't UTF-8 text. Save the file as UTF-8."
        ) from None
    return parse_chapter(text, path.name, path.parent)

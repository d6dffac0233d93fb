"""Progress: which chapter was read last, and which are done, from one start to the next."""

from typing import TYPE_CHECKING

from gdviz.ui.preferences import Preferences

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Lesson


class Progress:
    """What is remembered of lessons; a chapter is known by its folder and its name."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    def last(self, lesson: "Lesson") -> int:
        """Return the chapter that was read last, counted from 0."""
        names = _names(lesson)
        return names.index(self._preferences.text("lesson_chapter", names[0], names))

    def set_last(self, lesson: "Lesson", number: int) -> None:
        """Remember the chapter that is read."""
        self._preferences.set("lesson_chapter", _names(lesson)[number])

    def done(self, lesson: "Lesson") -> list[bool]:
        """Return for each chapter whether it is done."""
        done = self._preferences.texts("lesson_done")
        return [name in done for name in _names(lesson)]

    def set_done(self, lesson: "Lesson", number: int) -> None:
        """Remember that a chapter is done."""
        done = self._preferences.texts("lesson_done")
        self._preferences.set("lesson_done", [*done, _names(lesson)[number]])


def _names(lesson: "Lesson") -> list[str]:
    return [f"{lesson.folder.name}/{chapter.name}" for chapter in lesson.chapters]

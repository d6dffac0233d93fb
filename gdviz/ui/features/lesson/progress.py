"""Progress: what is remembered of a lesson, for the next time it is opened."""

import sys
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from gdviz.core.projects.project import Study, Taken
from gdviz.ui.preferences import Preferences

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Chapter, Lesson, Question

CURRENT, DONE, KNOWN = "lesson_chapter", "lesson_done", "lesson_known"


class CameOut(NamedTuple):
    """What was said when a chapter was done, with the numbers of that moment."""

    replies: str
    praise: str
    keep: str


class Progress:
    """How far a lesson was taken, by the numbers of its chapters, counted from 0."""

    def __init__(self, preferences: Preferences, lesson: "Lesson") -> None:
        self._preferences, self._chapters = preferences, lesson.chapters
        self._ids = [f"{lesson.folder.name}/{chapter.name}" for chapter in lesson.chapters]

    @property
    def current(self) -> int:
        """The chapter that was seen last."""
        return self._ids.index(self._preferences.text(CURRENT, self._ids[0], self._ids))

    @current.setter
    def current(self, number: int) -> None:
        self._preferences.set(CURRENT, self._ids[number])

    @property
    def done(self) -> list[bool]:
        """Of each chapter, whether it was done."""
        done = self._preferences.texts(DONE)
        return [name in done for name in self._ids]

    def note_done(self, number: int, said: CameOut) -> None:
        """Remember that a chapter was done, and what was said then."""
        self._set_done(number)
        self._note(number, said=list(said), stamp=_stamp(self._chapters[number]))

    def came_out(self, number: int) -> CameOut | None:
        """Return what was said when a chapter was done; None if it was rewritten since."""
        if self._row(number).get("stamp") != _stamp(self._chapters[number]):
            return None
        said = [text for text in self._list(number, "said") if isinstance(text, str)]
        return CameOut(*said) if len(said) == len(CameOut._fields) else None

    def predicted(self, number: int) -> list[str | float]:
        """Return the last predictions of a chapter; none unless all of them are known."""
        return self._fitting(number, self._list(number, "predicted"))

    def note_predicted(self, number: int, predicted: list[str | float]) -> None:
        """Remember the first predictions of a chapter; those that follow stay as they were."""
        before = self._list(number, "predicted")
        self._note(number, predicted=[*predicted, *before[len(predicted) :]])

    def solved(self, number: int) -> set[int]:
        """Return the numbers of the challenges of a chapter that are solved."""
        count, known = len(self._chapters[number].challenges), self._list(number, "solved")
        return {place for place in range(count) if place in known}

    def note_solved(self, number: int, solved: set[int]) -> None:
        """Remember which challenges of a chapter are solved."""
        self._note(number, solved=sorted(solved))

    def study(self, path: str, is_open: bool) -> Study:
        """Return all of it that a project holds."""
        taken = [
            Taken(chapter.name, done, tuple(self.predicted(n)), tuple(sorted(self.solved(n))))
            for n, (chapter, done) in enumerate(zip(self._chapters, self.done, strict=True))
        ]
        known = tuple(each for each in taken if each.done or each.predicted or each.solved)
        return Study(path, is_open, self._chapters[self.current].name, known)

    def add(self, study: Study) -> int:
        """Go on where a project was; return how many chapters are done only now.

        What is known here stays: what the project knows is added to it.
        """
        done, names = self.done, [chapter.name for chapter in self._chapters]
        if study.chapter in names:
            self.current = names.index(study.chapter)
        for taken in study.taken:
            if taken.name in names:
                self._add(names.index(taken.name), taken)
        return sum(self.done) - sum(done)

    def forget(self) -> None:
        """Forget all that is known of this lesson; of others nothing."""
        self._preferences.set(CURRENT, self._ids[0])
        done, rows = self._preferences.texts(DONE), self._preferences.objects(KNOWN)
        self._preferences.set(DONE, [name for name in done if name not in self._ids])
        self._preferences.set(KNOWN, [row for row in rows if row.get("chapter") not in self._ids])

    def _add(self, number: int, taken: Taken) -> None:
        if taken.done and not self.done[number]:
            self._set_done(number)
        predicted = self._fitting(number, taken.predicted)
        if predicted and not self._list(number, "predicted"):
            self._note(number, predicted=predicted)
        solved = range(len(self._chapters[number].challenges))
        if not {*taken.solved} & {*solved} <= self.solved(number):
            self.note_solved(number, self.solved(number) | {*taken.solved} & {*solved})

    def _set_done(self, number: int) -> None:
        others = [name for name in self._preferences.texts(DONE) if name != self._ids[number]]
        self._preferences.set(DONE, [*others, self._ids[number]])

    def _fitting(self, number: int, known: Sequence[Any]) -> list[str | float]:
        """Return answers to the predictions of a chapter; none unless all of them are."""
        asked = self._chapters[number].predictions
        fits = len(known) == len(asked) and all(map(_answers, asked, known))
        return [given if isinstance(given, str) else float(given) for given in known if fits]

    def _row(self, number: int) -> dict[str, object]:
        """Return what else is known of a chapter."""
        rows = self._preferences.objects(KNOWN)
        return next((row for row in rows if row.get("chapter") == self._ids[number]), {})

    def _list(self, number: int, name: str) -> list[Any]:
        found = self._row(number).get(name)
        return found if isinstance(found, list) else []

    def _note(self, number: int, **known: object) -> None:
        name = self._ids[number]
        others = [row for row in self._preferences.objects(KNOWN) if row.get("chapter") != name]
        self._preferences.set(KNOWN, [*others, {**self._row(number), "chapter": name, **known}])


def _answers(question: "Question", stored: object) -> bool:
    """Tell whether something that was stored answers a question."""
    if question.answers:
        return stored in question.answers
    if isinstance(stored, bool) or not isinstance(stored, int | float):
        return False
    return abs(stored) <= sys.float_info.max


def _stamp(chapter: "Chapter") -> int:
    """Return a number that is another one when anything in the chapter is."""
    return zlib.crc32(repr(chapter).encode(errors="replace"))

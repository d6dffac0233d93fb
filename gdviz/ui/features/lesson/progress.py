"""Progress: what is remembered of a lesson, for the next time it is opened."""

import sys
from typing import TYPE_CHECKING

from gdviz.ui.preferences import Preferences

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Lesson, Question

CURRENT, DONE = "lesson_chapter", "lesson_done"
PREDICTED, SOLVED = "lesson_predicted", "lesson_solved"


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
        return [chapter in done for chapter in self._ids]

    def note_done(self, number: int) -> None:
        """Remember that a chapter was done."""
        done = [
            chapter for chapter in self._preferences.texts(DONE) if chapter != self._ids[number]
        ]
        self._preferences.set(DONE, [*done, self._ids[number]])

    def predicted(self, number: int) -> list[str | float]:
        """Return the last predictions of a chapter; none unless all of them are known."""
        known = {
            row.get("number"): row.get("given") for row in self._preferences.objects(PREDICTED)
            if row.get("chapter") == self._ids[number]
        }  # fmt: skip
        asked = self._chapters[number].predictions
        given = [_given(question, known.get(place)) for place, question in enumerate(asked)]
        return [each for each in given if each is not None] if None not in given else []

    def note_prediction(self, number: int, place: int, given: str | float) -> None:
        """Remember what was predicted in answer to one of the questions of a chapter."""
        key = {"chapter": self._ids[number], "number": place}
        others = [
            row for row in self._preferences.objects(PREDICTED) if not key.items() <= row.items()
        ]
        self._preferences.set(PREDICTED, [*others, key | {"given": given}])

    def solved(self, number: int) -> set[int]:
        """Return the numbers of the challenges of a chapter that are solved."""
        solved = self._preferences.texts(SOLVED)
        count = len(self._chapters[number].challenges)
        return {place for place in range(count) if self._challenge(number, place) in solved}

    def note_solved(self, number: int, place: int) -> None:
        """Remember that a challenge of a chapter is solved."""
        solved = self._preferences.texts(SOLVED)
        self._preferences.set(SOLVED, [*solved, self._challenge(number, place)])

    def forget(self) -> None:
        """Forget all that is known of this lesson; of others nothing."""
        preferences = self._preferences
        preferences.set(CURRENT, self._ids[0])
        done, solved = preferences.texts(DONE), preferences.texts(SOLVED)
        preferences.set(DONE, [name for name in done if name not in self._ids])
        preferences.set(
            SOLVED, [name for name in solved if name.rpartition("#")[0] not in self._ids]
        )
        rows = preferences.objects(PREDICTED)
        preferences.set(PREDICTED, [row for row in rows if row.get("chapter") not in self._ids])

    def _challenge(self, number: int, place: int) -> str:
        return f"{self._ids[number]}#{place}"


def _given(question: "Question", stored: object) -> str | float | None:
    """Return what was predicted, as far as it is an answer to a question."""
    if question.answers:
        return stored if isinstance(stored, str) and stored in question.answers else None
    if isinstance(stored, int | float) and not isinstance(stored, bool):
        return float(stored) if abs(stored) <= sys.float_info.max else None
    return None

"""Tutor: takes a learner through one chapter: asks, replies, reveals, and notices what is done."""

from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gdviz.core.words.numbers import number_text
from gdviz.ui.features.lesson.condition_values import Facts
from gdviz.ui.features.lesson.lesson_view import LessonView
from gdviz.ui.features.lesson.progress import CameOut, Progress
from gdviz.ui.features.lesson.scene import Scene
from gdviz.ui.running.session import Session

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Chapter, Question, Setup
    from gdviz.core.lessons.sayings import Saying
    from gdviz.core.lessons.sitting import Sitting

DONE_BEFORE = "Done before."
# What stands above a prediction, where there is no task yet.
PREDICT = "Predict first. Any answer will do."


class Tutor(QObject):
    """Goes through the predictions of a chapter, what they reveal, its task, and its challenges.

    Parameters
    ----------
    facts : Facts
        Told of changes before this is.

    Signals
    -------
    chapter_done()
        The task was seen to be done.
    progressed()
        Something else is remembered of the chapter.
    """

    chapter_done = Signal()
    progressed = Signal()

    def __init__(
        self, session: Session, view: LessonView, scene: Scene, facts: Facts, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._view, self._box = session, view, view.task
        self._scene, self._facts = scene, facts
        self._sitting: Sitting | None = None
        self._progress: Progress | None = None
        self._number, self._folder = 0, Path()
        # Whether it has just been opened, whether the task is set, and whether the learner is to
        # say when the next question comes.
        self._is_opening = self._is_set = self._waits = False
        self._replies: list[str] = []  # to the predictions
        # What there was when the task began: whoever hasn't tried anything gets no hint.
        self._untouched: tuple[object, int, object] = None, 0, None
        self._box.question.answered.connect(self._on_answered)
        self._box.question.next_requested.connect(self._on_next)
        self._box.recall_requested.connect(self._recall)
        scene.ready.connect(self._on_ready)
        facts.changed.connect(self._look)

    def begin(self, chapter: "Chapter", number: int, folder: Path, progress: Progress) -> None:
        """Begin a chapter; the tables that it names are in the folder."""
        self.end()
        self._number, self._folder, self._progress = number, folder, progress
        self._sit(chapter)
        self._is_opening, asked = True, self._known.asked
        if progress.done[number]:
            self._box.offer_recall()
        self._set(chapter.setup if asked is None else asked.setup.over(chapter.setup))

    def end(self) -> None:
        """Leave the chapter: what comes now is none of its business."""
        self._sitting, self._is_set, self._waits = None, False, False
        self._facts.end()
        self._scene.stop()

    @property
    def _known(self) -> "Sitting":
        assert self._sitting is not None
        return self._sitting

    def _sit(self, chapter: "Chapter") -> None:
        # Only now: a start must not wait for what reads lessons.
        from gdviz.core.lessons.sitting import Sitting

        assert self._progress is not None
        self._sitting = Sitting(chapter)
        self._sitting.solved = self._progress.solved(self._number)
        self._replies = []

    def _set(self, change: "Setup") -> None:
        """Change what the window shows; what is done meanwhile, the learner doesn't do."""
        self._facts.end()
        self._scene.set(change, self._folder)

    def _on_ready(self) -> None:
        if self._sitting is None:
            return
        sitting = self._sitting
        if self._is_set or not sitting.is_revealed:
            self._facts.go_on()
        else:
            self._set_task()
        self._ask()
        if self._is_opening:
            self._view.read_from_top()
        elif not sitting.is_done:
            self._look()

    def _set_task(self) -> None:
        """Say what there is to say after the predictions, and what to do."""
        sitting = self._known
        self._is_set = True
        self._facts.begin()
        self._untouched = self._touched
        self._view.show_more(sitting.chapter)
        self._box.set_task(self._said(sitting.chapter.task))
        challenges = sitting.chapter.challenges
        self._box.challenges.set_challenges([self._said(each.text) for each in challenges])
        for place in sorted(sitting.solved):
            self._show_solved(place)

    def _ask(self) -> None:
        sitting = self._known
        if sitting.asked is None:
            return
        if not sitting.is_revealed:
            self._box.set_task("" if self._waits else PREDICT)
        if self._waits:
            self._box.question.offer_next()
            return
        self._box.question.ask(self._said(sitting.asked.text), sitting.asked.answers)

    def _on_next(self) -> None:
        asked = self._known.asked
        assert asked is not None
        self._waits = False
        self._set(asked.setup)

    def _on_answered(self, given: str | float) -> None:
        sitting = self._known
        question = sitting.asked
        assert question is not None
        assert self._progress is not None
        if self._session.runs.record.last is None:
            return  # a run of huge data has yet to begin; the answer can be given again
        is_prediction = not sitting.is_revealed
        answered = sitting.answer(given, self._facts)
        if is_prediction:
            self._progress.note_predicted(self._number, sitting.predicted)
            self.progressed.emit()
            self._replies.append(_reply_to_prediction(question, given, answered.reply))
            self._box.set_reply(self._replies[-1])
        elif answered.right:
            self._box.set_reply(answered.reply or f"Yes: {_shown(given)}.")
        else:
            self._box.question.set_verdict(answered.reply)
            self._look()
            return
        self._go_on(answered.change)

    def _go_on(self, change: "Setup") -> None:
        """Show what an answer reveals, and ask more, or let the learner look at it first."""
        self._is_opening, following = False, self._known.asked
        self._box.question.clear()
        if following is None:
            self._box.question.leave_keys()
        self._waits = following is not None and _hides(following.setup, change)
        if following is not None and not self._waits:
            change = following.setup.over(change)
        self._set(change)

    def _look(self) -> None:
        """Notice what is done; nothing is looked up where nothing is to be noticed."""
        session, sitting = self._session, self._sitting
        if sitting is None or not (self._is_set and self._scene.is_ready):
            return
        assert self._progress is not None
        if session.runs.record.last is None or not self._facts.is_settled:
            return
        state, iteration, seen = self._touched
        if self._scene.plays:
            self._untouched = self._untouched[0], iteration, self._untouched[2]
        was_done, solved = sitting.is_done, set(sitting.solved)
        sitting.check(self._facts)
        for place in sorted(sitting.solved - solved):
            self._show_solved(place)
        if sitting.solved != solved:
            self._progress.note_solved(self._number, sitting.solved)
            self.progressed.emit()
        if sitting.is_done and not was_done:
            self._note_done()
        # Of what is played, the end counts; of what was set, the run.
        at_rest = not session.playback.playing or state != self._untouched[0]
        tried = (state, iteration, seen) != self._untouched and at_rest
        if tried and not (sitting.is_done or session.runs.training):
            self._box.set_hint(sitting.hint(self._facts))

    @property
    def _touched(self) -> tuple[object, int, object]:
        """What an attempt changes: settings and runs, the iteration, and the pictures."""
        from gdviz.core.lessons.conditions import SEEN

        seen = tuple(map(self._facts, SEEN))
        return self._session.runs.state, self._session.playback.iteration, seen

    def _note_done(self) -> None:
        assert self._progress is not None
        came_out = self._came_out()
        self._progress.note_done(self._number, came_out)
        self._praise(came_out)
        self.chapter_done.emit()

    def _came_out(self) -> CameOut:
        chapter = self._known.chapter
        praise, keep = self._said(chapter.praise), self._said(chapter.keep)
        return CameOut("\n".join(self._replies), praise, keep)

    def _known_anyway(self) -> CameOut:
        """Return what can be said when the numbers of that moment aren't known any more."""
        chapter = self._known.chapter
        praise, keep = (
            "" if "{" in saying.text else saying.text for saying in (chapter.praise, chapter.keep)
        )
        return CameOut("\n".join(self._replies), praise or DONE_BEFORE, keep)

    def _praise(self, came_out: CameOut) -> None:
        self._box.set_done(came_out.praise, came_out.keep)
        self._view.show_way_on(True)

    def _show_solved(self, place: int) -> None:
        praise = self._known.chapter.challenges[place].praise
        self._box.challenges.set_solved(place, self._said(praise))

    def _recall(self) -> None:
        """Show all that came out when the chapter was done before, and where that led to."""
        assert self._progress is not None
        chapter = self._known.chapter
        self._sit(chapter)
        change = self._answer_all(self._progress.predicted(self._number))
        came_out = self._progress.came_out(self._number) or self._known_anyway()
        self._known.is_done, self._is_opening = True, False
        self._is_set = self._waits = False
        self._box.question.clear()
        self._box.question.leave_keys()
        self._box.set_reply(came_out.replies)
        position = "end" if change.play and change.position is None else change.position
        self._set(replace(change, play=None, position=position))
        self._praise(came_out)

    def _answer_all(self, predicted: list[str | float]) -> "Setup":
        """Predict as before, answer all questions rightly, and return what that reveals."""
        sitting, change = self._known, self._known.chapter.reveal
        for given in predicted:
            question = sitting.asked
            assert question is not None
            answered = sitting.answer(given, self._facts)
            self._replies.append(_reply_to_prediction(question, given, answered.reply))
            change = answered.change.over(change)
        sitting.predicted = sitting.predicted or [""] * len(sitting.chapter.predictions)
        for question in sitting.chapter.questions:
            assert question.answer is not None
            answered = sitting.answer(question.answer, self._facts)
            change = answered.change.over(question.setup.over(change))
        return change

    def _said(self, saying: "Saying") -> str:
        return self._known.said(saying, self._facts)


def _shown(given: str | float) -> str:
    return f"“{given}”" if isinstance(given, str) else number_text(given)


def _reply_to_prediction(question: "Question", given: str | float, reply: str) -> str:
    """Return what is said of a prediction; one that comes true is told so, if by nobody else."""
    from gdviz.core.lessons.chapter import LETS_SEE

    comes_true = question.answer is not None and question.is_right(given)
    if comes_true and reply == LETS_SEE.text:
        return f"As you predicted: {_shown(given)}."
    return f"You predicted {_shown(given)}. {reply}".rstrip()


def _hides(setup: "Setup", change: "Setup") -> bool:
    """Tell whether a set-up takes away what a change has just shown, or ends what it plays."""
    one, other = _named(setup), _named(change)
    return bool(one & other) or bool(one and change.play)


def _named(setup: "Setup") -> set[str]:
    """Return the names of all that a set-up sets."""
    own = {row.name for row in fields(setup) if getattr(setup, row.name) is not None}
    return own - {"settings"} | set(setup.settings)

"""A learner: goes through chapters of the lesson with real clicks, keys and drags."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication
from support import child, choose, press, text, type_into, wait_until_trained

from gdviz.core.lessons.reading import read_lesson
from gdviz.resources import resource
from gdviz.ui.features.lesson.answer import Answer
from gdviz.ui.plots.plot import Plot

LESSON = read_lesson(resource("assets", "lessons"))
CHAPTERS = {chapter.name.partition("-")[2]: chapter for chapter in LESSON.chapters}
LEFT = Qt.MouseButton.LeftButton


class Learner:
    """Someone in front of a window with the lesson open."""

    def __init__(self, qtbot, window):
        self._qtbot, self._window = qtbot, window

    def begin(self, name):
        """Choose a chapter in the list of chapters, or begin it anew."""
        chapters, number = child(self._window, "lesson_chapter"), list(CHAPTERS).index(name)
        chapters.setFocus()
        if chapters.currentIndex() == number:
            self._qtbot.keyClick(chapters, Qt.Key.Key_Up if number else Qt.Key.Key_Down)
        way = number - chapters.currentIndex()
        for _ in range(abs(way)):
            self._qtbot.keyClick(chapters, Qt.Key.Key_Down if way > 0 else Qt.Key.Key_Up)
        self.wait()
        assert text(self._window, "lesson_progress").startswith(f"{number + 1} of ")
        assert not self.is_done

    @property
    def is_done(self):
        """Whether the window says that the chapter is done."""
        return child(self._window, "lesson_praise").isVisible()

    @property
    def replies(self):
        """What the window says to the attempts so far."""
        names = "lesson_reply", "lesson_verdict", "lesson_hint"
        said = [child(self._window, name) for name in names]
        return [label.text() for label in said if label.isVisible()]

    @property
    def asked(self):
        """The question that is asked now, if any."""
        question = child(self._window, "lesson_question")
        return question.text() if question.isVisible() else ""

    def answer(self, given):
        """Choose an answer, or type a number and press Return; go on where that is offered."""
        buttons = [b for b in self._window.findChildren(Answer) if b.isVisible()]
        chosen = [b for b in buttons if b.answer == given]
        if chosen:
            place = QPoint(8, chosen[0].height() // 2)
            self._qtbot.mouseClick(chosen[0], LEFT, pos=place)
        else:
            number = child(self._window, "lesson_number")
            assert number.isVisible(), f"{given!r} isn't offered for {self.asked!r}"
            number.clear()
            self._qtbot.keyClicks(number, str(given))
            self._qtbot.keyClick(number, Qt.Key.Key_Return)
        self.wait()

    def check(self, log):
        """Paste what a loop printed, and have it checked."""
        back = child(self._window, "check_back")
        if back.isVisible():
            press(self._qtbot, self._window, "check_back")
        QApplication.clipboard().setText(log)
        choose(self._window, "Paste columns")
        check = child(self._window, "check_check")
        self._qtbot.waitUntil(check.isEnabled, timeout=20_000)
        press(self._qtbot, self._window, "check_check")
        self._qtbot.waitUntil(back.isVisible, timeout=60_000)
        self.wait()

    def go_on(self):
        """Ask for the next question, where one waits."""
        button = child(self._window, "lesson_next_question")
        if button.isVisible():
            self._qtbot.mouseClick(button, LEFT)
            self.wait()

    def predict(self, *given):
        """Make predictions, one after the other."""
        for one in given:
            self.answer(one)
            self.go_on()

    def predict_what_comes_out(self, name, count=None):
        """Make so many predictions of a chapter, or all."""
        for question in CHAPTERS[name].predictions[:count]:
            right = question.answer
            self.predict(right if right is not None else (question.answers or (35,))[0])

    def set(self, box, typed):
        """Type a setting, and press Return."""
        type_into(self._qtbot, self._window, box, typed)

    def tick(self, name):
        """Click a box."""
        box = child(self._window, name)
        self._qtbot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
        self.wait()

    def choose_method(self, label):
        """Choose a method in its list, by the keyboard."""
        self._qtbot.keyClicks(child(self._window, "method"), label)
        self.wait()

    def press(self, name):
        """Click a button."""
        press(self._qtbot, self._window, name)
        self.wait()

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        """Press a key, wherever the focus is."""
        self._qtbot.keyClick(QApplication.focusWidget() or self._window, key, modifier)
        self.wait()

    def turn_line(self, weight):
        """Drag the line to the slope of a weight, around x = 20."""
        plot, row = self._window.figure.data_fit, self._window.session.playback.row
        (_, right), (_, top) = plot.view.viewRange()
        x = min(20.0, 0.9 * right, 0.9 * top / max(abs(weight), abs(row.weight), 1e-9))
        self._drag(plot, (x, row.weight * x + row.bias), (x, weight * x + row.bias))

    def drag_hiker(self, weight):
        """Drag the hiker along the curve to a weight."""
        plot, session = self._window.figure.loss_curve, self._window.session
        row, bowl = session.playback.row, session.runs.experiment.dataset.bowl
        self._drag(plot, (row.weight, row.loss), (weight, bowl.loss(weight, 0.0)))

    def drag_dot(self, row, x, y):
        """Drag a dot of the data, counted from 1."""
        dataset = self._window.session.runs.experiment.dataset
        start = float(dataset.x[row - 1]), float(dataset.y[row - 1])
        self._drag(self._window.figure.data_fit, start, (x, y))

    def wait(self):
        """Wait until a run is over and drawn, and all has its place."""
        wait_until_trained(self._qtbot, self._window)
        places = None
        while places != (places := self._places()):
            self._qtbot.wait(1)

    def _places(self):
        """Return where all pictures are, and what of the plane they show."""
        return [
            (view.geometry().getRect(), view.view.sceneBoundingRect().getRect())
            for view in self._window.figure.shown if isinstance(view, Plot)
        ]  # fmt: skip

    def _drag(self, plot, start, end):
        first, last = (
            plot.mapFromScene(plot.view.mapViewToScene(QPointF(*p))) for p in (start, end)
        )
        canvas = plot.viewport()
        self._qtbot.mouseMove(canvas, first)
        self._qtbot.mousePress(canvas, LEFT, pos=first)
        for share in (0.5, 1.0):
            self._qtbot.mouseMove(canvas, first + (last - first) * share)
        self._qtbot.mouseRelease(canvas, LEFT, pos=last)
        self.wait()

"""TaskBox: what the learner is to do, and what comes of it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QWidget

from gdviz.ui.features.lesson.challenge_list import TICK, ChallengeList
from gdviz.ui.features.lesson.question_box import QuestionBox
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.parts import FoldingText, bold, folding_text, in_column, link_button, named

BAR, PADDING, KEEP_MARGIN = 6, 10, 6


class TaskBox(QFrame):
    """Set apart from the words: paper of its own, with a bar on its left.

    From above: the reply to the last answer, the task, what is asked now, challenges, a hint,
    praise, the sentence to keep, and what else can be done. What has nothing to say is hidden.

    Signals
    -------
    recall_requested()
        The learner wants to see what came out when the chapter was done before.
    restart_requested()
        The learner, or the next class, wants to start the lesson again.
    shown(QWidget), said(str)
        There is something new: where it stands, and what it says.
    """

    recall_requested = Signal()
    restart_requested = Signal()
    shown = Signal(QWidget)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lesson_task")
        self._theme: Theme | None = None
        self._reply = folding_text("lesson_reply")
        self._task = bold(folding_text("lesson_task_text"))
        self.question = QuestionBox()
        self.question.said.connect(self._on_asked)
        self.challenges = ChallengeList()
        self._hint = folding_text("lesson_hint")
        self._praise = bold(folding_text("lesson_praise"))
        self._keep = folding_text("lesson_keep")
        self._keep.setMargin(KEEP_MARGIN)
        self._keep.setAutoFillBackground(True)
        tip = "What was predicted, what came out, and the sentence to keep"
        self._recall = named(link_button("Sho&w what came out"), "lesson_recall", tip=tip)
        self._recall.clicked.connect(self.recall_requested)
        tip = "Forget ticks, predictions and solved challenges, as for the next class"
        self._restart = named(link_button("Start the lesson a&gain"), "lesson_restart", tip=tip)
        self._restart.clicked.connect(self.restart_requested)
        parts = (
            self._reply, self._task, self.question, self.challenges, self._hint, self._praise,
            self._keep, self._recall, self._restart,
        )  # fmt: skip
        in_column(*parts, of=self, margins=(BAR + 8, 8, 10, 8))
        self.clear()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.question.set_theme(theme)
        colours = QPalette(self.palette())
        colours.setColor(QPalette.ColorRole.WindowText, QColor(theme.text_of("optimum")))
        self._praise.setPalette(colours)
        paper = QPalette(self.palette())
        paper.setColor(QPalette.ColorRole.Window, QColor(theme.tint))
        self._keep.setPalette(paper)
        for link in (self._recall, self._restart):
            words = QPalette(link.palette())
            words.setColor(QPalette.ColorRole.ButtonText, QColor(theme.text_of("accent")))
            link.setPalette(words)
        self.update()

    def clear(self) -> None:
        """Show nothing: another chapter begins."""
        self.question.clear()
        self.question.leave_keys()
        self.challenges.set_challenges(())
        for part in (self._recall, self._restart):
            part.hide()
        for text in (self._reply, self._task, self._hint, self._praise, self._keep):
            text.hide()

    def set_task(self, task: str) -> None:
        """Say what to do."""
        self._show(self._task, task)

    def set_reply(self, reply: str) -> None:
        """Say what is to be said of an answer that was taken."""
        self._show(self._reply, reply)

    def set_hint(self, hint: str) -> None:
        """Say what is to be said of an attempt; nothing hides it."""
        if hint != self._hint.text() or self._hint.isHidden():
            self._show(self._hint, hint)

    def set_done(self, praise: str, keep: str) -> None:
        """Praise, and show the sentence to keep."""
        self.set_hint("")
        self._show(self._praise, f"{TICK} {praise}")
        self._show(self._keep, keep and f"Keep: {keep}")
        self._recall.hide()

    def offer_recall(self) -> None:
        """Offer to show what came out before."""
        self._recall.show()

    def offer_restart(self) -> None:
        """Offer to start the lesson again."""
        self._restart.show()

    def _show(self, label: FoldingText, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))
        self._tell(label, text.removeprefix(TICK).strip())

    def _on_asked(self, text: str) -> None:
        self._tell(self.question, text)

    def _tell(self, part: QWidget, text: str) -> None:
        if text:
            self.shown.emit(part)
        self.said.emit(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw paper and bar."""
        del event
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.grid), 1.5))
        painter.setBrush(QColor(self._theme.plot))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), BAR, BAR)
        painter.fillRect(1, BAR, BAR, self.height() - 2 * BAR, QColor(self._theme.accent))

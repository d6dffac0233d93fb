"""AnswerPage: what came out of a check: agreement, or where and why a log isn't right."""

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from gdviz.core.check.answer import agreeing, found_out, headline, said_and_meant, several
from gdviz.core.check.verdict import Diagnosis
from gdviz.ui.features.check.explanation_box import ExplanationBox
from gdviz.ui.theme import LIGHT, Theme
from gdviz.ui.widgets.parts import (
    NO_MARGINS,
    FoldingText,
    bold,
    folding_text,
    in_column,
    in_row,
    link_button,
    monospaced,
    named,
)

# How many times as large as other text the answer is.
HEADLINE = 1.35


class AnswerPage(QWidget):
    """The answer above all, then the line, the causes, and what can be done.

    Signals
    -------
    back_requested()
        The learner wants to see the log again.
    chosen(int)
        This explanation is to be shown in the pictures.
    settings_requested()
        The window is to have the settings that the learner's loop had.
    run_requested()
        The pictures are to show the learner's run.
    part_requested()
        The pictures are to show where the runs part.
    """

    back_requested = Signal()
    chosen = Signal(int)
    settings_requested = Signal()
    run_requested = Signal()
    part_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._agrees = False
        self._number: int | None = None
        self._boxes: list[ExplanationBox] = []
        self._back = named(link_button("Back to your log"), "check_back")
        self._back.clicked.connect(self.back_requested)
        self._headline = bold(_selectable("check_answer"))
        self._line = monospaced(_selectable("check_line"))
        self._found = _selectable("check_found")
        self._expected = bold(_selectable("check_expected"))
        self._before, self._several = _selectable("check_before"), _selectable("check_several")
        self._found_out = _selectable("check_found_out")
        self._pictures = _selectable("check_pictures")
        self._settings_words = _selectable("check_settings_words")
        self._settings = named(QPushButton("&Use these settings"), "check_use_settings")
        self._settings.clicked.connect(self.settings_requested)
        self._show = named(QPushButton("Show &your run in the pictures"), "check_show_run")
        self._show.clicked.connect(self.run_requested)
        self._part = named(QPushButton("Go to where they part"), "check_part")
        self._part.clicked.connect(self.part_requested)
        self._places = QVBoxLayout()
        self._places.setContentsMargins(*NO_MARGINS)
        in_column(
            in_row(self._back, None), self._headline, self._line, self._found, self._expected,
            self._before, self._several, self._places, self._found_out, self._pictures,
            self._show, self._part, self._settings_words, self._settings, None,
            of=self, margins=NO_MARGINS, spacing=8,
        )  # fmt: skip
        self.setFocusProxy(self._back)
        self._give_size()

    @property
    def words(self) -> str:
        """What is to be heard of it."""
        parts = self._headline, self._found, self._expected, self._before, self._several
        said = [part.text() for part in parts if not part.isHidden()]
        said += [label.text() for box in self._boxes for label in box.findChildren(FoldingText)]
        return " ".join(text if text.endswith((".", "?")) else f"{text}." for text in said)

    def set_diagnosis(self, diagnosis: Diagnosis) -> None:
        """Show what came out."""
        self._agrees = diagnosis.agrees
        self._headline.setText(headline(diagnosis))
        self._show_difference(diagnosis)
        _say(self._before, "" if diagnosis.agrees else agreeing(diagnosis))
        _say(
            self._several,
            "" if diagnosis.agrees else several(diagnosis.explanations, diagnosis.more),
        )
        _say(self._found_out, found_out(diagnosis.found_out))
        for box in self._boxes:
            box.hide()
            box.deleteLater()
        alone = len(diagnosis.explanations) == 1
        self._boxes = [
            ExplanationBox(number, explanation, is_alone=alone)
            for number, explanation in enumerate(diagnosis.explanations, 1)
        ]
        for number, box in enumerate(self._boxes):
            box.set_theme(self._theme)
            box.chosen.connect(partial(self.chosen.emit, number))
            self._places.addWidget(box)
        self.say_of_pictures("")
        self.offer()
        self.offer_settings("")
        self._dress()

    def set_shown(self, number: int | None) -> None:
        """Say which explanation the pictures show."""
        for place, box in enumerate(self._boxes):
            box.set_shown(place == number)

    def say_of_pictures(self, text: str, number: int | None = None) -> None:
        """Say what the pictures show, in the colour of a kept run, or why they don't."""
        self._number = number
        _say(self._pictures, text)
        self._dress()

    def offer(self, *, run: bool = False, part: bool = False) -> None:
        """Offer to show the learner's run, or where it leaves the right one."""
        self._show.setVisible(run)
        self._part.setVisible(part)

    def offer_settings(self, text: str) -> None:
        """Offer to set the window as the learner's loop was, if it isn't; say how it was."""
        _say(self._settings_words, text)
        self._settings.setVisible(bool(text))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for box in self._boxes:
            box.set_theme(theme)
        self._give_size()
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the answer larger than all else."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self.layout() is not None:
            self._give_size()

    def _show_difference(self, diagnosis: Diagnosis) -> None:
        difference = diagnosis.difference
        found = expected = line = ""
        if difference is not None:
            found, expected = said_and_meant(difference)
            line = diagnosis.log.texts[difference.row]
        for part, text in (
            (self._line, line), (self._found, found), (self._expected, expected),
        ):  # fmt: skip
            _say(part, text)

    def _dress(self) -> None:
        own = "text" if self._number is None else f"kept {self._number}"
        for label, colour in (
            (self._headline, "optimum" if self._agrees else "text"),
            (self._expected, "optimum"), (self._pictures, own),
        ):  # fmt: skip
            colours = label.palette()
            colours.setColor(QPalette.ColorRole.WindowText, self._theme.text_of(colour))
            label.setPalette(colours)

    def _give_size(self) -> None:
        font = self._headline.font()
        font.setPointSizeF(HEADLINE * self.font().pointSizeF())
        self._headline.setFont(font)


def _selectable(name: str) -> FoldingText:
    label = folding_text(name)
    label.let_select()
    return label


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))

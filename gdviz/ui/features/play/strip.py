"""StepStrip: the step under the pictures, read as an equation, and what it means in a sentence."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QFont, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.methods import GradientDescent
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.words.forecasts import meaning
from gdviz.core.words.numbers import MINUS
from gdviz.ui.accessible import NAME, Role
from gdviz.ui.features.play.terms import Measures, Term
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.parts import folded_height, folding_text, named

# The lines of the equations: the sign before each number, and the object name of its label.
Line = tuple[tuple[str, str], ...]
# Plain gradient descent is rate times slope; what other rules make of a slope is one number.
PLAIN: Line = (
    ("", "weight"), (MINUS, "rate"), ("\N{MULTIPLICATION SIGN}", "slope"), ("=", "next_weight"),
    ("", "loss"),
)  # fmt: skip
OTHER: Line = (
    ("", "weight"), ("+", "step"), ("=", "next_weight"), ("", "slope"), ("", "loss"),
)  # fmt: skip
ON_Z: Line = (("", "scaled_weight"), ("", "scaled_bias"))
OF_BIAS = {
    "weight": "bias", "rate": "bias_rate", "slope": "bias_slope", "step": "bias_step",
    "next_weight": "next_bias",
}  # fmt: skip
# What a number is called, where there is room and where there isn't.
CAPTIONS = {
    "weight": ("weight now", "weight"), "bias": ("bias now", "bias"),
    "rate": ("learning rate", "rate"), "bias_rate": ("learning rate", "rate"),
    "slope": ("slope",), "bias_slope": ("slope",), "step": ("step",), "bias_step": ("step",),
    "next_weight": ("next weight", "next"), "next_bias": ("next bias", "next"),
    "loss": ("loss",),
    "scaled_weight": ("weight on z", "w on z"), "scaled_bias": ("bias on z", "b on z"),
}  # fmt: skip
# Whose captions are shortened together.
ALIKE = (
    ("weight", "bias", "next_weight", "next_bias"), ("rate", "bias_rate"), ("slope", "bias_slope"),
    ("step", "bias_step"), ("loss",), ("scaled_weight", "scaled_bias"),
)  # fmt: skip
OF_ALL_ROWS = ("slope of all rows", "slope, all", "slope")
# The fields of the theme that some have the colour of; the others have the hiker's.
COLOURS = {
    "slope": "slope", "bias_slope": "slope", "rate": "text", "bias_rate": "text", "loss": "text",
}  # fmt: skip
# What would give the next step away.
SECRETS = ("step", "next_weight")
MARGIN = 16
# The size of captions, in that of the type; from the back row they are to be read, too.
CAPTION_SIZE, LARGE_CAPTION_SIZE = 0.76, 1.0
# Where docks leave no room for large type, and for long sentences, it shrinks by such steps, in
# points; sentences to no less than this share.
SHRINK, SMALLEST, SMALLEST_SHARE = 0.5, 4.0, 0.75
# As long as the sentences are that are seen at most steps, and as the longest, in smaller type.
USUAL_SENTENCE, LONG_SENTENCE = (("the steps go on " * 9)[:length] for length in (90, 140))


class StepStrip(QWidget):
    """The numbers of an iteration, each in a place that type, width and settings decide.

    It has no layout: what is in it is put where it was measured to fit, so that no frame lays the
    window out anew.
    """

    accessible_role = Role.StaticText

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "readout", "This step")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._experiment: Experiment | None = None
        self._row: Row | None = None
        self._lines: list[Line] = []
        self._laid_out: Measures | None = None
        self._blank: frozenset[str] = frozenset()
        self._secret = self._low = False
        self._caption_size = CAPTION_SIZE
        self._terms = {name: Term(name, self) for name in CAPTIONS}
        self._heads = [QLabel(text, self) for text in ("w =", "b =", "z")]
        self._sentence = folding_text("sentence")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._sentence.setParent(self)
        self._hide_together()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for name, term in self._terms.items():
            term.set_colours(theme.text_of(COLOURS.get(name, "hiker")), theme.muted)
        self._caption_size = CAPTION_SIZE if theme.scale == 1 else LARGE_CAPTION_SIZE
        self._lay_out()

    def set_low(self, low: bool) -> None:
        """Do without captions, where they would take the room of pictures."""
        if low is not self._low:
            self._low = low
            if self._experiment is not None:
                self._show_terms(self._experiment)
            self._lay_out()

    def set_secret(self, secret: bool) -> None:
        """Hide the next step, for the learner to guess, or show it again."""
        self._secret = secret
        self._show_numbers()

    def set_blank(self, names: Iterable[str]) -> None:
        """Leave these numbers for the learner to find, and those of the bias with the weight's."""
        self._blank = frozenset(names)
        self._show_numbers()

    def set_experiment(self, experiment: Experiment) -> None:
        """Make room for the numbers that a run of this kind has."""
        before, self._experiment = self._experiment, experiment
        if before is None or _kind(before) != _kind(experiment):
            self._show_terms(experiment)
            self._lay_out()
        elif self._laid_out is None or not self._laid_out.suit(experiment.learning_rate):
            self._lay_out()

    def show_row(self, experiment: Experiment, row: Row, record: Record) -> None:
        """Show the numbers of one iteration."""
        if experiment is not self._experiment:
            self.set_experiment(experiment)
        self._row = row
        self._show_numbers()
        sentence = meaning(experiment, row, record)
        if sentence != self._sentence.text():
            self._sentence.setText(sentence)
            self._hold_sentence()

    def spoken(self, kind: QAccessible.Text) -> str:
        """Return the equations in words, of the numbers that are seen."""
        if kind is not NAME:
            return ""
        said = [self._line_spoken(*pair) for pair in zip(self._heads, self._lines, strict=False)]
        return ". ".join(said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find places in another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Give a larger font more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._lay_out()

    def _line_spoken(self, head: QLabel, line: Line) -> str:
        words = [head.text()]
        for place, (sign, name) in enumerate(line):
            term = self._terms[name]
            if not term.value.isHidden():
                # What isn't part of the sum is called by its name.
                own = place > 0 and not sign
                words.append(
                    f", {CAPTIONS[name][0]} {term.spoken}" if own else f"{sign} {term.spoken}"
                )
        from gdviz.core.explain.aloud import signs_aloud  # not above: few starts need it

        return signs_aloud(" ".join(words)).replace(" ,", ",")

    def hides(self, part: QWidget) -> bool:
        """Tell whether this kind of run has no use for a label."""
        no_head = part in self._heads[len(self._lines) :]
        return no_head or any(term.hides(part) for term in self._terms.values())

    def _hide_together(self) -> None:
        """Say what a lesson that hides a number is to hide with it: buddies of the number."""
        for name, term in self._terms.items():
            # Without the slope there is nothing to multiply the rate by.
            whole = self._terms[name.replace("rate", "slope")]
            for label in term.labels:
                if label is not whole.value:
                    label.setBuddy(whole.value)
        for head, name in zip(self._heads, ("weight", "bias", "scaled_weight"), strict=True):
            head.setBuddy(self._terms[name].value)

    def _show_terms(self, experiment: Experiment) -> None:
        """Show the equations of a kind of run."""
        terms = PLAIN if _is_rate_times_slope(experiment) else OTHER
        self._lines = [terms]
        if experiment.with_bias:
            self._lines.append(
                tuple((sign, OF_BIAS[name]) for sign, name in terms if name in OF_BIAS)
            )
        if experiment.standardise:
            self._lines.append(ON_Z)
        if self._low:
            self._lines = list(map(_named, self._lines))
        # Where the step isn't written by itself, whoever looks for it finds the slope.
        step = self._terms["step"].value
        step.setBuddy(self._terms["slope"].value if terms is PLAIN else step)
        signs = {name: sign for line in self._lines for sign, name in line}
        for name, term in self._terms.items():
            of_all = experiment.in_batches and name.endswith("slope")
            term.set_captions(OF_ALL_ROWS if of_all else CAPTIONS[name])
            term.set_sign(signs.get(name))
        for place, head in enumerate(self._heads):
            head.setVisible(place < len(self._lines))

    def _show_numbers(self) -> None:
        if self._experiment is None or self._row is None:
            return
        blank = self._blank.union(SECRETS if self._secret else ())
        blank |= {OF_BIAS[name] for name in blank if name in OF_BIAS}
        for name, value in _numbers(self._experiment, self._row).items():
            self._terms[name].show(value, blank=name in blank)

    def _lay_out(self) -> None:
        """Give every text its place: nothing jumps, and nothing is cut off."""
        if self._experiment is None:
            return
        width = self.width() - 2 * MARGIN
        measures = self._laid_out = self._measures(width)
        high, top = measures.high * len(self._lines), measures.gap // 2
        left = measures.wide(measures.usual) + measures.gap
        below = self._sentence_height(width)
        beside = self._sentence_height(width - left)
        if width - left >= 2 * measures.usual and beside <= high + below:
            cell, height = measures.usual, max(high, beside)
            self._sentence.setGeometry(MARGIN + left, top, width - left, height)
            top += (height - high) // 2
        else:
            cell = measures.cell(width)
            self._sentence.setGeometry(MARGIN, top + high, width, below)
        self._put(measures, cell, top)
        self.setFixedHeight(self._sentence.geometry().bottom() + 1)
        self._hold_sentence()
        self._show_numbers()

    def _measures(self, width: int) -> Measures:
        """Return the measures of the equations, in smaller type where docks leave no room."""
        assert self._experiment is not None
        font = QFont(self.font())
        signs = [sign for sign, _ in self._lines[0]]
        heads = [head.text() for head in self._heads[: len(self._lines)]]
        while True:
            rate, captions = self._experiment.learning_rate, self._caption_size * (not self._low)
            measures = Measures(font, heads, signs, rate, captions)
            if measures.wide(measures.least) <= width or font.pointSizeF() <= SMALLEST:
                return measures
            font.setPointSizeF(font.pointSizeF() - SHRINK)

    def _put(self, measures: Measures, cell: int, top: int) -> None:
        """Put heads and terms into their places."""
        for number, line in enumerate(self._lines):
            y = top + number * measures.high
            measures.put_head(self._heads[number], MARGIN, y)
            for column, (_, name) in enumerate(line):
                measures.put_term(self._terms[name], column, cell, MARGIN, y)
        names = {name for line in self._lines for _, name in line}
        for alike in ALIKE:
            terms = [self._terms[name] for name in alike if name in names]
            shortening = max((term.shortening for term in terms), default=0)
            for term in terms:
                term.fit(shortening)

    def _hold_sentence(self) -> None:
        """Write a long sentence in smaller type; rather than cut it off, give it more room."""
        place, font, sentence = self._sentence.geometry(), QFont(self.font()), self._sentence.text()
        smallest = SMALLEST_SHARE * font.pointSizeF()
        while (missing := folded_height(sentence, font, place.width()) - place.height()) > 0:
            if font.pointSizeF() <= smallest:
                self._sentence.resize(place.width(), place.height() + missing)
                self.setFixedHeight(self.height() + missing)
                break
            font.setPointSizeF(max(font.pointSizeF() - SHRINK, smallest))
        self._sentence.setFont(font)

    def _sentence_height(self, width: int) -> int:
        """Return how much room a sentence gets in a width."""
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * SMALLEST_SHARE)
        usual = folded_height(USUAL_SENTENCE, self.font(), width)
        return max(usual, folded_height(LONG_SENTENCE, small, width))


def _named(line: Line) -> Line:
    """Return a line that names the numbers which stand for themselves."""
    first, *others = line
    return (first, *((sign or CAPTIONS[name][0], name) for sign, name in others))


def _is_rate_times_slope(experiment: Experiment) -> bool:
    """Tell whether a step is the learning rate times the slope that is shown."""
    # On standardised x it is that of the slope there, and in batches of that of a batch.
    plain = type(experiment.method) is GradientDescent
    return plain and not experiment.in_batches and not experiment.standardise


def _kind(experiment: Experiment) -> tuple[bool, ...]:
    """Return what decides which numbers there are, and what they are called."""
    plain = _is_rate_times_slope(experiment)
    return plain, experiment.with_bias, experiment.standardise, experiment.in_batches


def _numbers(experiment: Experiment, row: Row) -> dict[str, float]:
    scaled = experiment.scale.scaled(row)
    return {
        "weight": row.weight, "bias": row.bias, "loss": row.loss,
        "rate": experiment.learning_rate, "bias_rate": experiment.learning_rate,
        "slope": row.weight_gradient, "bias_slope": row.bias_gradient,
        "step": row.weight_step, "bias_step": row.bias_step,
        "next_weight": row.weight + row.weight_step, "next_bias": row.bias + row.bias_step,
        "scaled_weight": scaled.weight, "scaled_bias": scaled.bias,
    }  # fmt: skip

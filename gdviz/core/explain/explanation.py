"""Explanation: one step of a run as formulas, each with the numbers of that step beside it."""

from typing import NamedTuple

import numpy as np

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.explain.formulas import Equation, Line, Symbol
from gdviz.core.explain.pieces import (
    DOT,
    EQUALS,
    LOSS,
    Fenced,
    Fraction,
    Hat,
    Pieces,
    Script,
    Series,
    Word,
    as_factor,
    as_number,
    exact,
    figure,
    indexed,
    listed,
    sign,
    sum_of,
)
from gdviz.core.explain.slopes import Slopes
from gdviz.core.explain.tries import search_lines
from gdviz.core.explain.updates import (
    COUNT,
    RATE,
    Parameter,
    Update,
    hyperparameters,
    rule_in_words,
)
from gdviz.core.words.inputs import input_text
from gdviz.core.words.numbers import MINUS
from gdviz.core.words.rows import at_hand

TIMES, LESS = sign(f" {DOT} "), sign(f" {MINUS} ")
ERROR, HAT = Word("e", "error", "letter"), Hat(Word("y", "prediction", "letter"))
N, ROW = Word("n", "n", "letter"), Word("i", "row", "letter")
MEAN, SD = Symbol("mean_x", "mean"), Symbol("sd_x", "sd")
# How many rows of a batch are named.
NAMED_ROWS = 12


class Section(NamedTuple):
    """A part of the explanation."""

    title: str
    words: str
    lines: tuple[Line, ...]


class Explainer:
    """Explains the steps of one experiment."""

    def __init__(self, experiment: Experiment) -> None:
        self.experiment = experiment
        self.slopes = Slopes(experiment)
        self._data = experiment.scaled_data
        self._parameters = tuple(
            Parameter.of(name, experiment.standardise) for name in "wb"[: 1 + experiment.with_bias]
        )
        self._updates = tuple(Update.of(experiment.method, p) for p in self._parameters)
        self._input = "z" if experiment.standardise else "x"

    def explain(self, record: Record, row: Row, example: int | None = None) -> tuple[Section, ...]:
        """Return the explanation of one step.

        Parameters
        ----------
        record : Record
            All that is known of the run: what the method remembers is told from it.
        example : int, optional
            The row of the data that shows what a prediction is; the first one if none is given.
        """
        rows = self.slopes.rows(row.iteration)
        if example is None:
            example = 0 if rows is None else int(rows[0])
        sections = [self._line_section(row, example), self._loss_section(row)]
        sections += [self._slope_section(row), self._step_section(record, row)]
        if self.experiment.standardise:
            sections.append(self._units_section(record, row))
        return tuple(sections)

    def values(self, record: Record, row: Row) -> dict[Symbol, float]:
        """Return what each letter of the step stands for, in descent's units; nan if unknown."""
        experiment = self.experiment
        values = {RATE: experiment.learning_rate, COUNT: float(row.iteration + 1)}
        values |= hyperparameters(experiment.method)
        here, new = self._here(row), self._next(record, row)
        slopes, remembered = self.slopes.followed(row), self.slopes.remembered(record, row)
        for place, (p, equations, old) in enumerate(self._updates):
            values |= {p.value: here[place], p.slope: slopes[place]}
            values |= zip(old, remembered[place], strict=True)
            for equation in equations:
                values[equation.left] = equation.right.value(values)
            # The trajectory's own, which the last equation has come to but for a rounding.
            values[p.new] = new[place]
        return values

    def equations(self) -> tuple[Equation, ...]:
        """Return the equations of a step, for each parameter in turn."""
        return tuple(equation for update in self._updates for equation in update.equations)

    def _here(self, row: Row) -> Point:
        return self.experiment.scale.scaled(row)

    def _next(self, record: Record, row: Row) -> Point:
        """Return where the step leads: the next row's weight and bias, where there is one."""
        follows = record.at(row.iteration + 1)
        if follows.iteration == row.iteration + 1:
            return self._here(follows)
        with np.errstate(over="ignore"):
            return self.experiment.scale.scaled(
                Point(row.weight + row.weight_step, row.bias + row.bias_step)
            )

    def _line_section(self, row: Row, example: int) -> Section:
        line, z = self._here(row), self._input
        index = exact(example + 1)
        x, y = (float(column[example]) for column in (self._data.x, self._data.y))
        predicted = line.weight * x + line.bias
        words = (
            "For each x the line predicts a y, called ŷ (“y hat”). How far that is from the y "
            "of the data is the error e. The small i is the number of a row; row "
            f"{example + 1:,} is worked out here, or the one that is selected in the ledger."
        )
        if self.experiment.dataset.whole is not None:
            words += f" The rows shown here are those of {at_hand(self.experiment.dataset)}."
        calendar, given = self.experiment.dataset.calendar, self.experiment.dataset.x
        if calendar is not None:
            of_row = input_text(self.experiment.dataset, float(given[example]))
            words += f" Here x counts {calendar.counts}: in this row {of_row}."
        lines = []
        if self.experiment.standardise:
            words = "Descent runs on z: x, shifted and scaled to mean 0 and spread 1. " + words
            lines.append(self._scaling_line(example))
        weight, letter = self._parameters[0].value, Word(z, z, "letter")
        formula = (indexed(HAT, "i"), EQUALS, *weight.pieces(), sign(" "), indexed(letter, "i"))
        product = *as_factor(line.weight, "w"), TIMES, *as_factor(x, z, data=True)
        numbers = (indexed(HAT, index), EQUALS, *product)
        if self.experiment.with_bias or self.experiment.start.bias != 0:
            bias = Parameter.of("b", self.experiment.standardise).value.pieces()
            formula += (sign(" + "), *bias)
            numbers += (sign(" + "), *as_factor(line.bias, "b"))
        result = Word(figure(predicted), "prediction", "result")
        lines.append(Line(formula, (*numbers, EQUALS, result)))
        lines.append(self._error_line(index, predicted, y))
        return Section("The line", words, tuple(lines))

    def _scaling_line(self, example: int) -> Line:
        scale, data = self.experiment.scale, self.experiment.dataset
        x, z = float(data.x[example]), float(self._data.x[example])
        index = exact(example + 1)
        left = Word("z", "z", "letter")
        over = (indexed(Word("x", "x", "letter"), "i"), LESS, *MEAN.pieces())
        known = (Word(exact(x), "x", "number"), LESS, *as_factor(scale.mean, "mean_x"))
        under = (Word(figure(scale.sd), "sd_x", "number"),)
        return Line(
            (indexed(left, "i"), EQUALS, Fraction(over, SD.pieces())),
            (
                indexed(left, index), EQUALS, Fraction(known, under),
                EQUALS, Word(figure(z), "z", "result"),
            ),
        )  # fmt: skip

    def _error_line(self, index: str, predicted: float, y: float) -> Line:
        label = Word("y", "y", "letter")
        return Line(
            (indexed(ERROR, "i"), EQUALS, indexed(HAT, "i"), LESS, indexed(label, "i")),
            (
                indexed(ERROR, index), EQUALS, Word(figure(predicted), "prediction", "number"),
                LESS, *as_factor(y, "y", data=True),
                EQUALS, Word(figure(predicted - y), "error", "result"),
            ),
        )  # fmt: skip

    def _loss_section(self, row: Row) -> Section:
        count = self.experiment.dataset.n_rows
        squared = Script((indexed(ERROR, "i"),), (), (sign("2"),))
        terms = [Script((Fenced((as_number(e, "error"),)),), (), (sign("2"),))
                 for e in self._errors(row, _examples(range(len(self._data))))]  # fmt: skip
        letters = LOSS, Fenced(listed([p.value.pieces() for p in self._parameters]))
        total, series = Fraction((sign("1"),), (N,)), Series((ROW, sign("=1")), (N,))
        over_n = Fraction((sign("1"),), (Word(exact(count), "n", "number"),))
        words = (
            "The loss L is the mean of all squared errors. Σ (“sigma”) means: add up, for every "
            "row i from 1 to n, the number of rows."
        )
        if self.experiment.in_batches:
            words += " It counts all rows, whatever a step looks at."
        result = Word(figure(row.loss), "loss", "result")
        return Section("The loss", words, (Line(
            (*letters, EQUALS, total, series, sign(" "), squared),
            (LOSS, EQUALS, over_n, *sum_of([(t,) for t in terms], count), EQUALS, result),
        ),))  # fmt: skip

    def _slope_section(self, row: Row) -> Section:
        words = (
            "The slope g says how much the loss changes when one letter grows a little and all "
            "else stays: a partial derivative, which is what ∂L/∂w means. Each row has a share."
        )
        rows = self.slopes.rows(row.iteration)
        if rows is not None:
            words += (
                " This step looks at one batch only, so g is the slope of that batch. Its "
                f"{_named(rows)}. All rows together have "
                f"{_slopes_of_all(row, len(self._parameters))}"
                + (" per unit of x." if self.experiment.standardise else ".")
            )
        followed = zip(self._parameters, self.slopes.followed(row), strict=False)
        return Section("The slope", words, tuple(self._slope_line(row, *one) for one in followed))

    def _slope_line(self, row: Row, p: Parameter, slope: float) -> Line:
        batch = self.slopes.rows(row.iteration)
        rows = range(len(self._data)) if batch is None else batch
        n = self.experiment.dataset.n_rows if batch is None else len(batch)
        count, chosen = exact(n), _examples(rows)
        errors = self._errors(row, chosen)
        terms: list[Pieces] = [as_factor(e, "error") for e in errors]
        summed: Pieces = (indexed(ERROR, "i"),)
        if p.name == "w":
            z = self._input
            inputs = [float(self._data.x[i]) for i in chosen]
            terms = [(*as_factor(x, z, data=True), TIMES, *as_factor(e, "error"))
                     for x, e in zip(inputs, errors, strict=True)]  # fmt: skip
            summed = (indexed(Word(z, z, "letter"), "i"), sign(" "), *summed)
        left: Pieces = p.slope.pieces()
        if batch is None:
            letter, series = N, Series((ROW, sign("=1")), (N,))
            left += (EQUALS, Fraction((sign("∂"), LOSS), (sign("∂"), *p.value.pieces())))
        else:
            letter, series = Word("B", "batch", "letter"), Series((ROW, sign(" in batch")))
        factor = Fraction((sign("2"),), (letter,))
        number = Fraction((sign("2"),), (Word(count, letter.symbol, "number"),))
        return Line(
            (*left, EQUALS, factor, series, sign(" "), *summed),
            (
                *p.slope.pieces(), EQUALS, number, *sum_of(terms, n),
                EQUALS, Word(figure(slope), p.slope.key, "result"),
            ),
        )  # fmt: skip

    def _errors(self, row: Row, chosen: list[int]) -> list[float]:
        line, data = self._here(row), self._data
        return [line.weight * float(data.x[i]) + line.bias - float(data.y[i]) for i in chosen]

    def _step_section(self, record: Record, row: Row) -> Section:
        method = self.experiment.method
        title, said = f"The step: {method.label}", rule_in_words(method)
        if not method.follows_slope:
            return Section(title, said, search_lines(self.experiment, row, self._parameters))
        values = self.values(record, row)
        lines = tuple(equation.line(values) for equation in self.equations())
        if any(np.isnan(v) for v in values.values()):
            said += (
                " The question marks stand for what is not known here: so long a run is not gone "
                "through again."
            )
        return Section(title, said, lines)

    def _units_section(self, record: Record, row: Row) -> Section:
        """Tell the new line in the user's units."""
        w, b = self._parameters
        new, scale = self._next(record, row), self.experiment.scale
        plain = Parameter.of("w"), Parameter.of("b")
        values = {
            w.new: new.weight, b.new: new.bias, MEAN: scale.mean, SD: scale.sd,
            plain[0].new: new.weight / scale.sd,
            plain[1].new: new.bias - new.weight / scale.sd * scale.mean,
        }  # fmt: skip
        equations = (
            Equation(plain[0].new, w.new / SD),
            Equation(plain[1].new, b.new - plain[0].new * MEAN),
        )
        words = "The same line, as weight and bias for x itself: these are what the plots show."
        return Section("In your units", words, tuple(e.line(values) for e in equations))


def _examples(rows: "range | np.typing.NDArray[np.int64]") -> list[int]:
    """Return the first two rows of a sum, and the last."""
    return [int(rows[place]) for place in sorted({0, min(1, len(rows) - 1), len(rows) - 1})]


def waiting(experiment: Experiment) -> tuple[Section, ...]:
    """Return what there is to say until it is known which rows a step looks at."""
    words = (
        f"This step looks at {experiment.batch_size:,} of {at_hand(experiment.dataset)}, whose "
        "order is drawn first. It is explained as soon as that is done."
    )
    return (Section("The batch", words, ()),)


def _named(rows: "np.typing.NDArray[np.int64]") -> str:
    """Return which rows a batch holds."""
    numbers = ", ".join(f"{row + 1:,}" for row in rows[:NAMED_ROWS].tolist())
    if len(rows) == 1:
        return f"only row is {numbers}"
    return f"rows are {numbers}" + ", …" * (len(rows) > NAMED_ROWS)


def _slopes_of_all(row: Row, parameters: int) -> str:
    slope = f"the slope {figure(row.weight_gradient)} along w"
    if parameters > 1:
        slope += f" and {figure(row.bias_gradient)} along b"
    return slope

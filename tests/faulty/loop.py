"""A training loop as a choice of lines, and the program that these become in a beginner's style.

Lines say what happens to one row: in ``MEAN[x * error]`` and ``SUM[...]`` a style puts what NumPy,
a comprehension or a loop over the rows makes of it. ``@`` stands for one parameter, w or b.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Loop:
    """What a program does; the defaults are right.

    Attributes
    ----------
    read, skip : lines after loading, and how many lines of the file aren't rows
    count : what the program takes for the number of rows
    line, seen : what it predicts where it takes the slope, and where it takes the loss
    slopes : along w and b
    memory, update : of one parameter
    schedule : line that sets the rate of iteration i
    new_weight : whether b's slope is taken with the w that has been updated already
    when : "before" the update or "after" it, or "stale": after, with the loss from before
    times : how many updates iteration i makes, if not one
    ends : lines after printing
    rows : "": all rows; "epoch" or "step": what an iteration is, of batches of `size`
    batch_loss : whether it prints the loss of the last batch
    order : line that puts the rows in order for an epoch
    digits : to how many w and b are rounded
    shown : what is printed as w and b
    body : lines instead of slopes and update
    hyper : hyperparameters of the update, by the letters of its lines
    """

    iterations: int = 100
    rate: float = 0.001
    with_bias: bool = True
    start: tuple[float, float] = (0.0, 0.0)
    read: tuple[str, ...] = ()
    skip: int = 1
    count: str = "len(X)"
    line: str = "x * w + b"
    seen: str = "x * w + b"
    loss: str = "MEAN[error ** 2]"
    slopes: tuple[str, str] = ("2 * MEAN[x * error]", "2 * MEAN[error]")
    memory: tuple[str, ...] = ()
    update: tuple[str, ...] = ("@ = @ - rate * d@",)
    schedule: str = ""
    new_weight: bool = False
    fixed_bias: bool = False
    when: str = "before"
    times: str = ""
    ends: tuple[str, ...] = ()
    rows: str = ""
    size: int = 1
    batch_loss: bool = False
    generator: str = ""
    order: str = "np.arange(len(X))"
    digits: int | None = None
    single: bool = False
    shown: tuple[str, str] = ("w", "b")
    body: tuple[str, ...] = ()
    hyper: tuple[tuple[str, float], ...] = ()

    @property
    def needs_arrays(self) -> bool:
        """Whether lists won't do."""
        return bool(self.rows or self.single or self.body)


class Style(NamedTuple):
    """How a beginner writes: how sums are taken, what is around the loop, and a name."""

    sums: str
    frame: str
    rate: str


SUMS = ("average", "mean", "sum", "dot", "matrix", "comprehension", "rows")
FRAMES = ("for", "while", "function", "functions", "class")
RATES = ("lr", "learning_rate", "alpha", "eta")


def a_style(rng, loop):
    """Draw a style that can write a loop."""
    sums = [one for one in SUMS if not (loop.needs_arrays and one in SUMS[-2:])]
    frames = [one for one in FRAMES if not (loop.body and one == "functions")]
    return Style(*(str(rng.choice(one)) for one in (sums, frames, RATES)))


def _renamed(text, **names):
    """Replace whole words."""
    return re.sub(r"\b(" + "|".join(names) + r")\b", lambda found: names[found[0]], text)


class _Writer:
    """Lines of one loop in one style."""

    def __init__(self, loop, style):
        self.loop, self.style = loop, style
        self.lists = style.sums in ("comprehension", "rows")
        self.functions = style.frame == "functions"

    def reduced(self, text, line, x="X", y="Y", n="n"):
        """Return an expression with its sums and means in this style."""
        error = _line_of(self.loop, line) + " - y"

        def one(found):
            kind, of = found.groups()
            if self.lists:
                of = re.sub(r"\berror\b", f"({error})", of)
                total = f"sum([{of} for x, y in zip({x}, {y})])"
            else:
                total = self._array(kind, _renamed(of, x=x, y=y))
                if total.startswith(("np.average", "(")):
                    return total
            return f"({total} / {n})" if kind == "MEAN" else total

        text = re.sub(r"\b(MEAN|SUM)\[(.*?)\]", one, text)
        return text if self.lists else _renamed(text, n=n)

    def _array(self, kind, of):
        sums = self.style.sums
        counted = self.loop.count == "len(X)"
        if kind == "MEAN" and counted and sums in ("average", "matrix"):
            return f"np.average({of})"
        if kind == "MEAN" and counted and sums == "mean":
            return f"({of}).mean()"
        product = re.fullmatch(r"(\w+) \* error", of)
        if sums == "dot" and product:
            return f"np.dot({product[1]}, error)"
        return "np.dot(error, error)" if sums == "dot" and of == "error ** 2" else f"np.sum({of})"

    def error(self, line, x="X", y="Y"):
        """Return the line that takes all errors at once; none where lists are used."""
        if self.lists:
            return []
        return [f"error = {_renamed(_line_of(self.loop, line), x=x)} - {y}"]

    def definitions(self):
        """Return the functions for loss and slopes of who writes such."""
        if not self.functions:
            return []
        loss = [*self._taken_loss(), "return loss"]
        slopes = [*self._taken_slopes("wb" if self.loop.with_bias else "w"), "return dw, db"]
        slopes = slopes if self.loop.with_bias else [*slopes[:-1], "return dw"]
        return [
            "def loss_of(X, Y, w, b):", *_indented(loss), "",
            "def gradient(X, Y, w, b, n):", *_indented(slopes), "",
        ]  # fmt: skip

    def loss_lines(self):
        """Return the lines that take the loss."""
        return ["loss = loss_of(X, Y, w, b)"] if self.functions else self._taken_loss()

    def slope_lines(self, which, x="X", y="Y", n="n"):
        """Return the lines that take the slope along w, b or both ("wb")."""
        if not self.functions or which == "b" or (which == "w" and self.loop.with_bias):
            return self._taken_slopes(which, x, y, n)
        return [f"{'dw, db' if which == 'wb' else 'dw'} = gradient({x}, {y}, w, b, {n})"]

    def _taken_loss(self):
        return [
            *self.error(self.loop.seen),
            "loss = " + self.reduced(self.loop.loss, self.loop.seen),
        ]

    def _taken_slopes(self, which, x="X", y="Y", n="n"):
        loop = self.loop
        whole = re.fullmatch(r"(-?\s?\d? ?\*? ?)(MEAN|SUM)\[x \* error\]", loop.slopes[0])
        if (
            self.style.sums == "matrix" and which == "wb" and whole and loop.with_bias
            and loop.line == Loop.line
            and loop.slopes[1] == f"{whole[1]}{whole[2]}[error]"
        ):  # fmt: skip
            mean = f" / {n}" if whole[2] == "MEAN" else ""
            return [
                f"A = np.column_stack(({x}, np.ones(len({x}))))",
                f"dw, db = {whole[1]}A.T @ (A @ np.array([w, b]) - {y}){mean}",
            ]
        lines = self.error(loop.line, x, y)
        for one, slope in zip("wb", loop.slopes, strict=True):
            if one not in which:
                continue
            sums = re.fullmatch(r"(.*?)(MEAN|SUM)\[(.*)\](.*)", slope)
            if self.style.sums == "rows" and sums:
                before, kind, of, after = sums.groups()
                error = _line_of(loop, loop.line) + " - y"
                mean = f" / {n}" if kind == "MEAN" else ""
                lines += [
                    f"d{one} = 0.0", f"for x, y in zip({x}, {y}):", f"    error = {error}",
                    f"    d{one} += {of}", f"d{one} = {before}d{one}{mean}{after}",
                ]  # fmt: skip
            else:
                lines.append(f"d{one} = {self.reduced(slope, loop.line, x, y, n)}")
        return lines

    def update_lines(self, names):
        """Return slopes and update, with which rows it may be."""
        loop = self.loop
        if loop.body:
            return list(loop.body)
        learned = "wb" if loop.with_bias and not loop.fixed_bias else "w"
        update = {one: [line.replace("@", one) for line in loop.update] for one in learned}
        if loop.digits is not None:
            for one, lines in update.items():
                lines.append(f"{one} = round({one}, {loop.digits})")
        if loop.new_weight:
            lines = [*self.slope_lines("w", **names), *update["w"]]
            return [*lines, *self.slope_lines("b", **names), *update["b"]]
        both = "wb" if loop.with_bias else "w"
        return [
            *self.slope_lines(both, **names),
            *(line for one in update.values() for line in one),
        ]

    def step_lines(self):
        """Return the lines of one iteration but for printing."""
        loop = self.loop
        lines = [loop.schedule.replace("RATE", repr(loop.rate))] if loop.schedule else []
        if not loop.rows:
            names = {"x": "X", "y": "Y", "n": "n"}
            lines += self._repeated(self.update_lines(names))
            return lines
        names = {"x": "xs", "y": "ys", "n": "len(xs)"}
        taken = ["xs, ys = X[rows], Y[rows]", *self.update_lines(names)]
        if loop.batch_loss:
            loss = self.reduced(loop.loss, loop.seen, **names)
            taken[1:1] = [*self.error(loop.seen, "xs", "ys"), f"loss = {loss}"]
        if loop.rows == "step":
            return [*lines, "rows = next(batch)", *taken]
        return [
            *lines, f"order = {loop.order}", f"for first in range(0, len(X), {loop.size}):",
            f"    rows = order[first : first + {loop.size}]", *_indented(taken),
        ]  # fmt: skip

    def _repeated(self, lines):
        if not self.loop.times:
            return lines
        return [f"for _ in range({self.loop.times}):", *_indented(lines)]


def _line_of(loop, line):
    return line if loop.with_bias else line.replace(" + b", "")


def _indented(lines):
    return [" " * 4 + line for line in lines]


def program(loop, style, printing):
    """Return the text of the program; `printing` has lines for the start, a row and the end."""
    writer = _Writer(loop, style)
    w, b = (f"np.float32({one!r})" if loop.single else repr(one) for one in loop.start)
    known = [f"n = {loop.count}", f"rate = {loop.rate!r}"]
    start = [f"w = {w}", *([f"b = {b}"] if loop.with_bias else ["b = 0.0"])]
    learned = "wb" if loop.with_bias else "w"
    start += [line.replace("@", one) for one in learned for line in loop.memory]
    if loop.generator:
        start.append(loop.generator)
    if loop.rows == "step":
        start += [
            "def batches():", "    while True:", f"        order = {loop.order}",
            f"        for first in range(0, len(X), {loop.size}):",
            f"            yield order[first : first + {loop.size}]", "batch = batches()",
        ]  # fmt: skip
    shown = f"({', '.join(loop.shown)}, loss)"
    report = [f"report(i, *{shown})", *loop.ends]
    after = [] if loop.when == "stale" or loop.batch_loss else writer.loss_lines()
    if loop.when == "before":
        turn = [*writer.loss_lines(), *report, *writer.step_lines()]
    else:
        turn = [*writer.loss_lines(), *writer.step_lines(), *after, *report]
    # What a run ends with is the state behind its last update.
    finish = [*writer.loss_lines(), f"report_end({loop.iterations}, *{shown})"]
    framed = {
        "for": _script, "while": _while, "function": _function, "functions": _script,
        "class": _class,
    }[style.frame](loop, known + start, turn, finish)  # fmt: skip
    lines = [
        "import numpy as np", "",
        f"X, Y = np.loadtxt(file, skiprows={loop.skip}, unpack=True)",
        *loop.read,
        *(["X, Y = X.astype(np.float32), Y.astype(np.float32)"] if loop.single else []),
        *(["X, Y = X.tolist(), Y.tolist()"] if writer.lists else []), "",
        "def report(i, w, b, loss):", *_indented(printing.row or ["pass"]), "",
        "def report_end(i, w, b, loss):", *_indented(printing.end or ["pass"]), "",
        *writer.definitions(), *printing.start, *framed,
    ]  # fmt: skip
    return _renamed("\n".join(lines), rate=style.rate) + "\n"


def _script(loop, start, turn, finish):
    return [*start, f"for i in range({loop.iterations}):", *_indented(turn), *finish]


def _while(loop, start, turn, finish):
    head = ["i = 0", f"while i < {loop.iterations}:"]
    return [*start, *head, *_indented([*turn, "i += 1"]), *finish]


def _function(loop, start, turn, finish):
    lines = _script(loop, start, turn, [*finish, "return w, b"])
    return ["def train(X, Y):", *_indented(lines), "", "train(X, Y)"]


def _class(loop, start, turn, finish):
    lines = [_renamed(one, w="self.w", b="self.b") for one in _script(loop, start, turn, finish)]
    return [
        "class LinearRegression:", "    def fit(self, X, Y):", *_indented(_indented(lines)), "",
        "LinearRegression().fit(X, Y)",
    ]  # fmt: skip

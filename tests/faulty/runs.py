"""Wrong runs by a seed: a program is written, run, and its log kept with what is wrong."""

import re
from dataclasses import dataclass, field, replace

import numpy as np

from faulty import methods, mistakes
from faulty.loop import Loop, Style, a_style, program
from faulty.mistakes import BY_NAME, MISTAKES
from faulty.printing import Printing, a_printing
from faulty.rates import rate_for
from faulty.rows import rows
from faulty.running import prepared, printed

# As many of batches take a second.
MOST_UPDATES = 20_000
# Nothing is wrong in a log of these alone.
HARMLESS = {"another tolerance", "diverged and cut off"}
NUMBER = re.compile(r"-?\d+(?:\.\d*)?(?:e[-+]?\d+)?|\b(?:nan|inf)\b")
PLAIN = ("gradient-descent", {})


@dataclass(frozen=True)
class FaultyRun:
    """What somebody has: a log, their rows, what they say of their settings; and the truth.

    Attributes
    ----------
    given : dict
        What the learner says; what isn't in it isn't said. ``method`` is a name and a dict of
        hyperparameters.
    causes : tuple of str
        What is wrong; empty if nothing is.
    format : str
        How it was printed, and in what style the program is written.
    """

    text: str
    x: np.ndarray = field(repr=False)
    y: np.ndarray = field(repr=False)
    given: dict
    causes: tuple[str, ...]
    program: str = field(repr=False)
    format: str
    printing: Printing = field(repr=False)
    loop: Loop = field(repr=False)
    seed: int = 0


def faulty_run(seed, kinds=None, lines=None):
    """Return a run with one or two mistakes, which show in its log.

    Mistakes are drawn, or are `kinds`; the log is as long as chance has it, or has so many rows.
    """
    rng = np.random.default_rng((18, seed))
    if kinds is None:
        first = MISTAKES[seed % len(MISTAKES)]
        kinds = (first.name,) if rng.random() < 0.55 else (first.name, _partner(rng, first))
    chosen = tuple(BY_NAME[name] for name in kinds)
    for _ in range(400):
        run = _tried(rng, chosen, seed, lines)
        if run is not None:
            return run
    if len(kinds) > 1:
        # Some pairs can't be, or never show.
        return faulty_run(seed, kinds[:1], lines)
    raise RuntimeError(f"{kinds} can't be shown")


def _partner(rng, first):
    others = [one.name for one in MISTAKES if not set(one.group.split()) & set(first.group.split())]
    return str(rng.choice(others))


@dataclass(frozen=True)
class Draft:
    """What is drawn of a run before its program is written: who means what, and prints it how."""

    x: np.ndarray
    y: np.ndarray
    meant: Loop
    printing: Printing
    style: Style
    rate: float
    state: dict

    @property
    def format(self):
        """How it is printed and written."""
        return f"{self.printing.name}; {' '.join(self.style)}"

    def loop(self, some):
        """Return the loop with some mistakes; None if it can't be."""
        loop = self.meant
        for one in some:
            # Each is drawn anew from the same state, to be the same alone and in pairs.
            rng = np.random.default_rng(0)
            rng.bit_generator.state = self.state
            loop = one.change(rng, loop)
            if loop is None:
                return None
        rate = self.rate * np.prod([one.factor for one in some])
        return replace(loop, rate=float(f"{rate:.4g}"))

    def log(self, some):
        """Return the program with some mistakes, and what it prints."""
        text = program(self.loop(some), self.style, self.printing)
        return text, printed(text, self.x, self.y)

    def shows(self, some, out):
        """Tell whether a log would be another without any one of the mistakes."""
        # More than roundings, which differ from style to style.
        apart = 1e-6 if self.loop(some).single else 1e-11
        return all(
            one.name in HARMLESS
            or _differ(self.log([other for other in some if other is not one])[1], out, apart)
            for one in some
        )


def _differ(log, other, apart):
    numbers = [[float(one) for one in NUMBER.findall(text)] for text in (log, other)]
    return len(numbers[0]) != len(numbers[1]) or not np.allclose(*numbers, apart, 1e-12, True)


def _tried(rng, chosen, seed, lines):
    """Return a run with these mistakes; None if they can't be, or don't show."""
    names = {one.name for one in chosen}
    draft = _drafted(rng, chosen, names, lines)
    loop = draft and draft.loop(chosen)
    if loop is None or (loop.rows and not _batches_suit(loop, len(draft.x))):
        return None
    text, out = draft.log(chosen)
    if not tells(out, draft.printing) or not draft.shows(chosen, out):
        return None
    settings = {
        "learning_rate": draft.rate, "with_bias": loop.with_bias,
        "start_weight": 0.0, "start_bias": 0.0,
        "method": ("adam", dict(loop.hyper)) if mistakes.OF_ADAM & names else PLAIN,
    }  # fmt: skip
    stated = {name for one in chosen for name in one.states}
    given = stated_of(rng, settings, stated if draft.printing.every else settings)
    return FaultyRun(
        out.replace("\n", draft.printing.line_end), draft.x, draft.y, given,
        tuple(one.name for one in chosen), text, draft.format, draft.printing, loop, seed,
    )  # fmt: skip


def _batches_suit(loop, count):
    return loop.size < count and loop.iterations * count <= loop.size * MOST_UPDATES


def _drafted(rng, chosen, names, lines):
    x, y = rows(rng)
    printing = a_printing(rng, with_bias := bool(rng.random() < 0.7))
    if not printing.every and (lines is not None or names & HARMLESS or len(names) > 1):
        return None  # from its end alone nobody could tell two mistakes
    iterations = lines * printing.every if lines else iterations_of(rng, printing)
    meant = Loop(iterations, with_bias=with_bias, when="after" if printing.first else "before")
    if mistakes.OF_ADAM & names:
        meant = methods.ADAM(rng, meant)
    diverging = "diverged and cut off" in names
    diverging = diverging or bool(printing.every and rng.random() < 0.05)
    meant = replace(meant, ends=ends_of(rng) if diverging else ())
    state = np.random.default_rng(rng.integers(2**32)).bit_generator.state
    draft = Draft(x, y, meant, printing, Style("sum", "for", "lr"), 1.0, state)
    loop = draft.loop(chosen)
    if loop is None:
        return None
    rate = rate_for(rng, loop, prepared(loop, x, y)[0], diverging)
    believed = float(f"{rate / np.prod([one.factor for one in chosen]):.4g}")
    return replace(draft, style=a_style(rng, loop), rate=believed)


def iterations_of(rng, printing):
    few = int(rng.choice([10, 20, 30, 50, 100, 100, 100, 200, 300, 500, 1000]))
    return max(few, 8 * printing.every + 1) if printing.every else few


def ends_of(rng):
    """Draw how a run that diverges is cut off, if it is."""
    return [
        (), ("if not np.isfinite(loss):", "    break"), ("if loss > 1e10:", "    break"),
        ("if loss > 1e6:", "    print('diverged!')", "    break"),
        ("if np.isnan(loss):", "    raise OverflowError('loss is nan')"),
    ][rng.integers(5)]  # fmt: skip


def tells(out, printing):
    """Tell whether a log has numbers enough to say anything."""
    lines = [line for line in out.splitlines() if re.search(r"\d", line)]
    finite = [line for line in lines if not re.search(r"\b(nan|inf)\b", line)]
    return len(finite) >= (4 if printing.every else 1) and (bool(printing.every) or finite == lines)


def stated_of(rng, settings, always):
    return {name: value for name, value in settings.items() if name in always or rng.random() < 0.5}

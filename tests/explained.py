"""What explanations show, read again, and a run whose slopes are worked out plainly."""

import numpy as np

from gdviz.core.explain.pieces import Fenced, Fraction, Hat, Radical, Script, Word


class Walk:
    """A run with its slopes worked out plainly, and all that its rule remembers at each step."""

    def __init__(self, experiment):
        data, batch_size = experiment.dataset, experiment.batch_size
        x, y = data.x, data.y
        x = (x - x.mean()) / x.std() if experiment.standardise else x
        self.x, self.y, self.line = x, y, [np.zeros(2)]
        self.slopes, self.batches = [], []
        orders, order = np.random.default_rng(experiment.seed), np.empty(0, dtype=int)
        names = "step, " + "".join(f"{name}, " for name in experiment.method.remembered())
        rules = [experiment.method.rule(experiment.learning_rate, gives=names) for _ in "wb"]
        self.memory = [[next(rule)[1:] for rule in rules]]
        while len(self.slopes) < 300:
            if batch_size is None:
                batch = np.arange(len(x))
            else:
                if not len(order):
                    order = orders.permutation(len(x))
                batch, order = order[:batch_size], order[batch_size:]
            w, b = self.line[-1]
            error = w * x[batch] + b - y[batch]
            slope = 2 * np.mean(x[batch] * error), 2 * np.mean(error)
            self.batches.append(batch)
            self.slopes.append(slope)
            given = [rule.send(float(one)) for rule, one in zip(rules, slope, strict=True)]
            self.memory.append([memory for _, *memory in given])
            steps = np.array([step for step, *_ in given]) * (1, experiment.with_bias)
            self.line.append(self.line[-1] + steps)


def text(pieces):
    """Return a formula as it is read from left to right."""
    return "".join(map(one_text, pieces))


def one_text(piece):
    match piece:
        case Word():
            return piece.text
        case Script():
            return text(piece.base) + text(piece.below) + text(piece.above)
        case Hat():
            return piece.base.text
        case Fraction():
            return f"{text(piece.over)}/{text(piece.under)}"
        case Radical() | Fenced():
            return f"({text(piece.inside)})"
    return "Σ"


def words(pieces):
    """Yield every word of a formula."""
    for piece in pieces:
        match piece:
            case Word():
                yield piece
            case Hat():
                yield piece.base
            case Script():
                yield from words((*piece.base, *piece.below, *piece.above))
            case Fraction():
                yield from words((*piece.over, *piece.under))
            case Radical() | Fenced():
                yield from words(piece.inside)
            case _:
                yield from words((*piece.below, *piece.above))


def results(section):
    """Return the figures in which the lines of a section end."""
    return [w.text for line in section.lines for w in words(line.numbers) if w.style == "result"]


def number(shown):
    """Return the number that a figure says."""
    raised = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
    return float(
        shown.translate(raised)
        .replace("\N{MULTIPLICATION SIGN}10", "e")
        .replace("\N{MINUS SIGN}", "-")
    )


def agree(shown, expected):
    """Compare what is shown, to the five digits that it has, with numbers."""
    np.testing.assert_allclose([number(one) for one in shown], expected, rtol=1e-4, atol=1e-8)

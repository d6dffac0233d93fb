"""Update rules other than the plain one, right and wrong, as lines of a loop."""

from dataclasses import replace

LETTERS = {"MU": "momentum", "ALPHA": "alpha", "EPSILON": "epsilon"}


def _method(*lines, memory="", values=None):
    def change(rng, loop):
        drawn = {name: float(rng.choice(among)) for name, among in (values or {}).items()}

        def filled(text):
            for name, value in drawn.items():
                text = text.replace(name, repr(value))
            return text

        start = tuple(filter(None, filled(memory).split("; ")))
        known = tuple((LETTERS[name], value) for name, value in drawn.items())
        return replace(loop, memory=start, update=tuple(map(filled, lines)), hyper=known)

    return change


_MU = {"MU": [0.9, 0.9, 0.9, 0.5, 0.8, 0.99]}
_SQUARES = {"ALPHA": [0.99, 0.9, 0.9, 0.999], "EPSILON": [1e-8, 1e-8, 1e-7, 1e-6]}
_EPSILON = {"EPSILON": [1e-8, 1e-7, 1e-10, 1e-6]}
_LARGE = {"EPSILON": [1e-8, 1e-8, 1e-7, 1e-6, 1e-3]}
_MEANS = (
    "m@ = 0.9 * m@ + 0.1 * d@",
    "s@ = 0.999 * s@ + 0.001 * d@ ** 2",
)
_CORRECTED = (
    "p@ = p@ * 0.9",
    "q@ = q@ * 0.999",
    "mh = m@ / (1 - p@)",
    "sh = s@ / (1 - q@)",
)
_ADAM_MEMORY = "m@ = 0.0; s@ = 0.0; p@ = 1.0; q@ = 1.0"
_ADAM = (*_MEANS, *_CORRECTED, "@ = @ - rate * mh / (sh ** 0.5 + EPSILON)")
MOMENTUM = _method("v@ = MU * v@ + d@", "@ = @ - rate * v@", memory="v@ = 0.0", values=_MU)
NESTEROV = _method(
    "v@ = MU * v@ + d@", "@ = @ - rate * (d@ + MU * v@)", memory="v@ = 0.0", values=_MU
)
ADAGRAD = _method(
    "s@ = s@ + d@ ** 2", "@ = @ - rate * d@ / (s@ ** 0.5 + EPSILON)",
    memory="s@ = 0.0", values=_EPSILON,
)  # fmt: skip
RMSPROP = _method(
    "s@ = ALPHA * s@ + (1 - ALPHA) * d@ ** 2", "@ = @ - rate * d@ / (s@ ** 0.5 + EPSILON)",
    memory="s@ = 0.0", values=_SQUARES,
)  # fmt: skip


ADAM = _method(*_ADAM, memory=_ADAM_MEMORY, values=_LARGE)
SEARCH = (
    "def error_at(slope, height):",
    "    return np.average((X * slope + height - Y) ** 2)",
    "here = error_at(w, b)",
    "if error_at(w + rate, b) < here:",
    "    w += rate",
    "elif error_at(w - rate, b) < here:",
    "    w -= rate",
)
_SEARCH_BIAS = (
    "elif error_at(w, b + rate) < here:",
    "    b += rate",
    "elif error_at(w, b - rate) < here:",
    "    b -= rate",
)
_STOP = ("else:", "    break")


def search(_, loop):
    """Make it the step search of the earlier lesson."""
    bias = _SEARCH_BIAS if loop.with_bias else ()
    return replace(loop, body=(*SEARCH, *bias, *_STOP))


def dampened(rng, loop):
    """Take the first slope whole, as PyTorch does, or dampen it, too."""
    share = "MU * v@ + (1 - MU) * d@"
    if rng.random() < 0.5:
        change = _method(f"v@ = {share}", "@ = @ - rate * v@", memory="v@ = 0.0", values=_MU)
    else:
        whole = f"v@ = d@ if v@ is None else {share}"
        change = _method(whole, "@ = @ - rate * v@", memory="v@ = None", values=_MU)
    return change(rng, loop)


def nesterov(rng, loop):
    """Write it as PyTorch does, or take the slope ahead, as it was first written."""
    if rng.random() < 0.7:
        return NESTEROV(rng, loop)
    ahead = _method("v@ = MU * v@ + d@", "@ = @ - rate * v@", memory="v@ = 0.0", values=_MU)
    loop = ahead(rng, loop)
    mu = dict(loop.hyper)["momentum"]
    line = f"x * (w - rate * {mu} * vw)"
    return replace(loop, line=f"{line} + (b - rate * {mu} * vb)" if loop.with_bias else line)


def inside(rng, loop):
    """Put the epsilon of who meant Adam inside the root, or add it before that is corrected."""
    epsilon = dict(loop.hyper)["epsilon"]
    last = "@ = @ - rate * mh / (sh + EPSILON) ** 0.5"
    if rng.random() < 0.3:
        last = "@ = @ - rate * mh / ((s@ ** 0.5 + EPSILON) / (1 - q@) ** 0.5)"
    lines = (*_MEANS, *_CORRECTED, last)
    return _method(*lines, memory=_ADAM_MEMORY, values={"EPSILON": [epsilon]})(rng, loop)


def uncorrected(rng, loop):
    """Leave the corrections of who meant Adam away."""
    epsilon = dict(loop.hyper)["epsilon"]
    lines = (*_MEANS, "@ = @ - rate * m@ / (s@ ** 0.5 + EPSILON)")
    return _method(*lines, memory=_ADAM_MEMORY, values={"EPSILON": [epsilon]})(rng, loop)

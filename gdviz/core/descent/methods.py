"""Update rules: one small class for each way down.

To add a method, write its class here and give it a row in `METHODS`: panel, command line, program,
explanation and tests follow from these. The rules are those of PyTorch's optimisers, so that a
student's later code agrees with what was seen here.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from gdviz.core.descent.blocks import rows_at_once
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.method import Letter, Method, State, hyperparameter

MOMENTUM = Letter("momentum", "μ", "momentum μ (“mu”)", "How much of the velocity each step keeps.")
ALPHA = Letter(
    "alpha", "\N{GREEK SMALL LETTER ALPHA}", "alpha \N{GREEK SMALL LETTER ALPHA}",
    "How much of the mean square each step keeps.",
)  # fmt: skip
BETA1 = Letter("beta1", "β", "beta 1", "How much of the mean slope each step keeps.", "1")
BETA2 = Letter("beta2", "β", "beta 2", "How much of the mean square each step keeps.", "2")
EPSILON = Letter("epsilon", "ε", "epsilon ε", "Keeps a division by zero away.")
VELOCITY = Letter(
    "velocity", "v", "velocity v", "The slopes so far, the latest ones counting most."
)
SQUARE = Letter("square", "s", "s", "How large the squared slopes so far are.")


@dataclass(frozen=True)
class GradientDescent(Method):
    """The plain rule: ``weight -= learning_rate * gradient``.

    On the whole data blocks of steps are known at once.
    """

    label = "Gradient descent"
    source = "Cauchy 1847; torch.optim.SGD"
    update = "step = -learning_rate * slope"
    formula = "new = old - learning_rate * slope"
    words = "Step against the slope: downhill."
    rows = staticmethod(rows_at_once)

    def limit(self, curvature: float) -> float:
        """Return 2/λ."""
        return 2 / curvature if curvature > 0 else math.inf


@dataclass(frozen=True)
class Momentum(Method):
    """A heavy ball: velocity builds up where slopes agree and cancels where they alternate.

    Polyak, "Some methods of speeding up the convergence of iteration methods" (1964), without
    dampening, as ``torch.optim.SGD(momentum=…)``.
    """

    label = "Momentum"
    source = "Polyak 1964; torch.optim.SGD(momentum=...)"
    memory = "velocity = 0.0"
    update = """\
velocity = momentum * velocity + slope
step = -learning_rate * velocity"""
    formula = """\
velocity = momentum * velocity_old + slope
new = old - learning_rate * velocity"""
    letters = (VELOCITY,)
    words = (
        "The hiker is a heavy ball. Its velocity v keeps the share μ (“mu”) of what it was, and "
        "adds the slope. The step follows the velocity."
    )
    momentum: float = hyperparameter(0.9, 0, 1, MOMENTUM)

    def limit(self, curvature: float) -> float:
        """Return 2 (1 + momentum)/λ (Goh, "Why Momentum Really Works", Distill 2017)."""
        return 2 * (1 + self.momentum) / curvature if curvature > 0 else math.inf


@dataclass(frozen=True)
class Nesterov(Method):
    """Momentum that looks ahead: the velocity is corrected by the slope where it is going.

    Nesterov, "A method for solving the convex programming problem with convergence rate
    O(1/k²)" (1983), as ``torch.optim.SGD(momentum=…, nesterov=True)``.
    """

    label = "Nesterov"
    source = "Nesterov 1983; torch.optim.SGD(nesterov=True)"
    memory = "velocity = 0.0"
    update = """\
velocity = momentum * velocity + slope
step = -learning_rate * (slope + momentum * velocity)"""
    formula = """\
velocity = momentum * velocity_old + slope
new = old - learning_rate * (slope + momentum * velocity)"""
    letters = (VELOCITY,)
    words = (
        "As with momentum, a velocity v keeps the share μ (“mu”) of what it was and adds the "
        "slope. The step looks ahead: it counts the slope once more, beside what will be left "
        "of the velocity."
    )
    momentum: float = hyperparameter(0.9, 0, 1, MOMENTUM)

    def limit(self, curvature: float) -> float:
        """Return 2 (1 + momentum)/((1 + 2 momentum) λ).

        There r² - (1 + m)(1 - aλ) r + m (1 - aλ), whose roots are the factors by which a step
        multiplies the distance to the optimum, first has a root of -1.
        """
        grip = 2 * (1 + self.momentum) / (1 + 2 * self.momentum)
        return grip / curvature if curvature > 0 else math.inf


@dataclass(frozen=True)
class AdaGrad(Method):
    """Steps that shrink by all the slopes so far, for each parameter by itself.

    Duchi, Hazan and Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic
    Optimization", JMLR 12 (2011), as ``torch.optim.Adagrad``.
    """

    label = "AdaGrad"
    source = "Duchi, Hazan, Singer 2011; torch.optim.Adagrad"
    published_rate = 0.01
    memory = "square = 0.0  # the sum of all squared slopes"
    update = """\
square = square + slope * slope
root = np.sqrt(square) + epsilon
step = -learning_rate * slope / root"""
    formula = """\
square = square_old + slope**2
new = old - learning_rate * (slope / (sqrt(square) + epsilon))"""
    letters = (SQUARE,)
    words = (
        "s adds up the squares of all slopes so far. The step is divided by its root, so "
        "steps shrink. ε (“epsilon”) keeps a division by zero away."
    )
    epsilon: float = hyperparameter(1e-10, 1e-300, 1, EPSILON)


@dataclass(frozen=True)
class RMSProp(Method):
    """Steps of about the same size, whatever the slope: it is divided by its recent size.

    Tieleman and Hinton, "Lecture 6.5 - rmsprop", Coursera: Neural Networks for Machine Learning
    (2012), as ``torch.optim.RMSprop``: epsilon is added to the root.
    """

    label = "RMSProp"
    source = "Tieleman, Hinton 2012; torch.optim.RMSprop"
    published_rate = 0.01
    memory = "square = 0.0  # the mean of recent squared slopes"
    update = """\
square = alpha * square + (1 - alpha) * slope * slope
root = np.sqrt(square) + epsilon
step = -learning_rate * slope / root"""
    formula = """\
square = alpha * square_old + (1 - alpha) * slope**2
new = old - learning_rate * (slope / (sqrt(square) + epsilon))"""
    letters = (SQUARE,)
    words = (
        "s is a mean of the squared slopes: it keeps the share \N{GREEK SMALL LETTER ALPHA} "
        "(“alpha”) of what it was. The step is divided by its root, so steps are of about one "
        "size, whatever the slope. ε (“epsilon”) keeps a division by zero away."
    )
    alpha: float = hyperparameter(0.99, 0, 1, ALPHA)
    epsilon: float = hyperparameter(1e-8, 1e-300, 1, EPSILON)


@dataclass(frozen=True)
class Adam(Method):
    """Momentum and RMSProp together, both corrected for having started at nothing.

    Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, as
    ``torch.optim.Adam``: epsilon is added to the corrected root.
    """

    label = "Adam"
    source = "Kingma, Ba 2015; torch.optim.Adam"
    memory = """\
mean = 0.0  # of recent slopes
square = 0.0  # the mean of their squares
beta1_power = beta2_power = 1.0"""
    update = """\
mean = beta1 * mean + (1 - beta1) * slope
square = beta2 * square + (1 - beta2) * slope * slope
# Both started at 0 and are too small at first.
beta1_power = beta1_power * beta1
beta2_power = beta2_power * beta2
root = np.sqrt(square / (1 - beta2_power)) + epsilon
step = -learning_rate * mean / (1 - beta1_power) / root"""
    formula = """\
mean = beta1 * mean_old + (1 - beta1) * slope
square = beta2 * square_old + (1 - beta2) * slope**2
corrected_mean = mean / (1 - beta1**t)
corrected_square = square / (1 - beta2**t)
new = old - learning_rate * (corrected_mean / (sqrt(corrected_square) + epsilon))"""
    letters: ClassVar[tuple[Letter, ...]] = (
        Letter("mean", "m", "mean slope m", "The mean of the slopes, the latest counting most."),
        SQUARE,
        Letter(
            "corrected_mean", "m", "corrected mean slope",
            "m, made larger in the first steps: it started at 0.", hat=True,
        ),
        Letter(
            "corrected_square", "s", "corrected mean square",
            "s, made larger in the first steps: it started at 0.", hat=True,
        ),
    )  # fmt: skip
    words = (
        "m is a mean of the slopes and s one of their squares: each keeps a share β (“beta”) of "
        "what it was. Both started at 0; the hats correct that by the step number t. ε "
        "(“epsilon”) keeps a division by zero away."
    )
    beta1: float = hyperparameter(0.9, 0, 1, BETA1)
    beta2: float = hyperparameter(0.999, 0, 1, BETA2)
    epsilon: float = hyperparameter(1e-8, 1e-300, 1, EPSILON)


@dataclass(frozen=True)
class StepSearch(Method):
    """The earlier lesson's `train`: try a step of fixed size each way, take the first that helps.

    The weight is tried before the bias, up before down. Where nothing helps the run is over.
    """

    label = "Step search"
    source = "a step of fixed size, the first that helps"
    published_rate = 0.01
    takes_batches = False
    follows_slope = False
    memory = "tries = [learning_rate, -learning_rate]"
    update = """\
helping = (t for t in tries if loss(X, Y, w + t) < here)
step = next(helping, None)
if step is None:
    break  # no step lowers the loss any more"""
    words = (
        "Nothing is calculated from the slope. A step of fixed size h is tried each way, and the "
        "first try with a lower loss is taken."
    )

    @classmethod
    def lines(cls, with_bias: bool) -> tuple[str, str]:
        """Return `memory` and `update`, with tries of both if the bias may change."""
        if not with_bias:
            return cls.memory, cls.update
        memory = """\
tries = [
    (learning_rate, 0.0), (-learning_rate, 0.0),
    (0.0, learning_rate), (0.0, -learning_rate),
]"""
        one, both = (
            "t for t in tries if loss(X, Y, w + t) < here",
            """
    t for t in tries
    if loss(X, Y, w + t[0], b + t[1]) < here
""",
        )
        return memory, cls.update.replace(one, both)

    def walk(
        self, learning_rate: float, start: Point, with_bias: bool, look: Callable[..., Any]
    ) -> Iterator[State]:
        """Yield the state before each update; end after the one that no step improves."""
        weight, bias = start
        fixed = bias
        rule = self.rule(learning_rate, with_bias, lambda _x, _y, w, b=fixed: look(w, b))
        next(rule)
        while True:
            try:
                step = rule.send((look(weight, bias), weight, bias))
            except StopIteration:
                yield weight, bias, 0.0, 0.0
                return
            weight_step, bias_step = step if with_bias else (step, 0.0)
            yield weight, bias, weight_step, bias_step
            weight += weight_step
            bias += bias_step


METHODS: dict[str, type[Method]] = {
    "gradient-descent": GradientDescent,
    "momentum": Momentum,
    "nesterov": Nesterov,
    "adagrad": AdaGrad,
    "rmsprop": RMSProp,
    "adam": Adam,
    "step-search": StepSearch,
}

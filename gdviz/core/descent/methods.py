"""Update rules: one small class for each way down.

To add a method, write its class here and give it a row in `METHODS`: panel, command line, the
program in Python and tests follow from these. The rules are those of PyTorch's optimisers, so
that a student's later code agrees with what was seen here.
"""

import math
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.bowl import Bowl, Point

# Takes a gradient along one parameter, gives the step along it; the first yield awaits the first.
Rule = Generator[float, float, None]


class State(NamedTuple):
    """Where a run is, and the step it takes from there."""

    weight: float
    bias: float
    weight_step: float
    bias_step: float


@dataclass(frozen=True)
class Ground:
    """What a method can feel of the loss.

    Attributes
    ----------
    start : Point
    with_bias : bool
        Whether the bias may change, or only the weight.
    loss : callable
        The loss of a weight and a bias.
    gradient : callable
        The two partial derivatives there, of the next batch if the run has batches.
    """

    start: Point
    with_bias: bool
    loss: Callable[[float, float], float]
    gradient: Callable[[float, float], tuple[float, float]]


class Code(NamedTuple):
    """An update as a student writes it with NumPy, for the program that repeats a run.

    Attributes
    ----------
    source : str
        Where the rule comes from.
    update : str
        Lines that make ``step`` of ``slope``, of ``learning_rate`` and of the hyperparameters;
        ``here`` is the loss. Slope and step are numbers, or arrays of one for weight and bias.
    memory : str
        Lines before the loop, for what the update remembers.
    """

    source: str
    update: str
    memory: str = ""


def hyperparameter(default: float, low: float, high: float, meaning: str) -> Any:  # noqa: ANN401
    """Return a field of a method: a number from `low` to just below `high`."""
    return field(default=default, metadata={"low": low, "high": high, "meaning": meaning})


@dataclass(frozen=True)
class Method:
    """A way down that looks at each parameter by itself. Its fields are its hyperparameters.

    Raises
    ------
    ValueError
        If a hyperparameter is out of its range.
    """

    label: ClassVar[str]
    published_rate: ClassVar[float] = 0.001
    takes_batches: ClassVar[bool] = True
    feels_slope: ClassVar[bool] = True
    code: ClassVar[Code]
    # Where the same lines don't serve weight and bias at once.
    code_with_bias: ClassVar[Code | None] = None

    def __post_init__(self) -> None:
        for known in fields(self):
            value, low, high = getattr(self, known.name), *_range(known.metadata)
            if not low <= value < high:
                raise ValueError(
                    f"{known.name} must be at least {low:g} and less than {high:g}: {value:g}."
                )

    def rule(self, learning_rate: float) -> Rule:
        """Return the update of one parameter, whatever it remembers included."""
        raise NotImplementedError

    def limit(self, curvature: float) -> float:
        """Return the learning rate at which a run starts to diverge; inf if there is none."""
        del curvature
        return math.inf

    def walk(self, ground: Ground, learning_rate: float) -> Iterator[State]:
        """Yield the state before each update, without end."""
        weight, bias = ground.start
        weight_rule, bias_rule = self.rule(learning_rate), self.rule(learning_rate)
        next(weight_rule)
        next(bias_rule)
        bias_step = 0.0
        while True:
            weight_gradient, bias_gradient = ground.gradient(weight, bias)
            weight_step = weight_rule.send(weight_gradient)
            if ground.with_bias:
                bias_step = bias_rule.send(bias_gradient)
            yield State(weight, bias, weight_step, bias_step)
            weight += weight_step
            bias += bias_step


def _range(metadata: Any) -> tuple[float, float]:  # noqa: ANN401
    return metadata["low"], metadata["high"]


@dataclass(frozen=True)
class GradientDescent(Method):
    """The plain rule: ``weight -= learning_rate * gradient``.

    On a paraboloid every step multiplies the distance to the optimum along an axis of curvature λ
    by ``1 - learning_rate * λ``, so the state after t steps is known without the t - 1 before it
    (for example: Goh, "Why Momentum Really Works", Distill 2017). Whole blocks come from it at
    once, as close to the exact result as the loop.
    """

    label = "Gradient descent"
    code = Code(
        "Cauchy 1847; torch.optim.SGD",
        update="step = -learning_rate * slope",
    )

    def rule(self, learning_rate: float) -> Rule:
        """Return the update of one parameter."""
        step = 0.0
        while True:
            gradient = yield step
            step = -learning_rate * gradient

    def limit(self, curvature: float) -> float:
        """Return 2/λ."""
        return 2 / curvature if curvature > 0 else math.inf

    def rows(
        self, bowl: Bowl, start: Point, learning_rate: float, first: int, count: int
    ) -> NDArray[np.float64]:
        """Return the states before the updates `first`, `first` + 1, … on the whole data.

        Returns
        -------
        ndarray of shape (count, 7)
            The columns of a trajectory; not finite where a divergent run has left the numbers.
        """
        rows = np.zeros((count, 7), order="F")
        weight, bias, loss, weight_gradient, bias_gradient, weight_step, bias_step = rows.T
        weight[:], bias[:], loss[:] = *start, bowl.minimum
        shift = start.weight - bowl.optimum.weight, start.bias - bowl.optimum.bias
        with np.errstate(over="ignore", invalid="ignore"):
            for axis in bowl.axes:
                start_distance = axis.distance(*shift)
                if axis.steepness == 0 or start_distance == 0:
                    continue  # nothing moves along a level valley, or from the best place
                shrunk, moved = _powers(learning_rate * axis.curvature, first, count)
                root = (axis.steepness * start_distance) * shrunk
                loss += root * root
                weight += axis.weight * start_distance * moved
                bias += axis.bias * start_distance * moved
                weight_gradient += 2 * axis.steepness * axis.weight * root
                bias_gradient += 2 * axis.steepness * axis.bias * root
            weight_step -= learning_rate * weight_gradient
            bias_step -= learning_rate * bias_gradient
        return rows


def _powers(rate: float, first: int, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return r^t and r^t - 1, both to full precision, with r = 1 - rate and t = first, ….

    ``log1p`` and ``expm1`` keep the digits that r itself would lose when the rate is tiny.
    """
    t = np.arange(first, first + count, dtype=np.float64)
    if rate == 1:
        power = np.where(t == 0, 1.0, 0.0)
        return power, power - 1
    log_r = math.log1p(-rate) if rate < 1 else math.log(rate - 1)
    # No step has been taken at 0, even where the rate is too large for a number.
    exponent = t * log_r if math.isfinite(log_r) else np.where(t == 0, 0.0, log_r)
    with np.errstate(over="ignore", under="ignore"):
        power, power_minus_one = np.exp(exponent), np.expm1(exponent)
    if rate > 1:
        odd = (t % 2).astype(bool)
        power_minus_one[odd] = -power[odd] - 1
        power[odd] *= -1
    return power, power_minus_one


@dataclass(frozen=True)
class Momentum(Method):
    """A heavy ball: velocity builds up where slopes agree and cancels where they alternate.

    Polyak, "Some methods of speeding up the convergence of iteration methods" (1964), without
    dampening, as ``torch.optim.SGD(momentum=…)``.
    """

    label = "Momentum"
    code = Code(
        "Polyak 1964; torch.optim.SGD(momentum=...)",
        memory="velocity = 0.0",
        update="""\
velocity = momentum * velocity + slope
step = -learning_rate * velocity""",
    )
    momentum: float = hyperparameter(0.9, 0, 1, "how much of the velocity each step keeps")

    def rule(self, learning_rate: float) -> Rule:
        """Return the update of one parameter."""
        velocity = step = 0.0
        while True:
            gradient = yield step
            velocity = self.momentum * velocity + gradient
            step = -learning_rate * velocity

    def limit(self, curvature: float) -> float:
        """Return 2 (1 + momentum)/λ (Goh 2017)."""
        return 2 * (1 + self.momentum) / curvature if curvature > 0 else math.inf


@dataclass(frozen=True)
class Nesterov(Method):
    """Momentum that looks ahead: the velocity is corrected by the slope where it is going.

    Nesterov, "A method for solving the convex programming problem with convergence rate
    O(1/k²)" (1983), as ``torch.optim.SGD(momentum=…, nesterov=True)``.
    """

    label = "Nesterov"
    code = Code(
        "Nesterov 1983; torch.optim.SGD(nesterov=True)",
        memory="velocity = 0.0",
        update="""\
velocity = momentum * velocity + slope
step = -learning_rate * (slope + momentum * velocity)""",
    )
    momentum: float = hyperparameter(0.9, 0, 1, "how much of the velocity each step keeps")

    def rule(self, learning_rate: float) -> Rule:
        """Return the update of one parameter."""
        velocity = step = 0.0
        while True:
            gradient = yield step
            velocity = self.momentum * velocity + gradient
            step = -learning_rate * (gradient + self.momentum * velocity)

    def limit(self, curvature: float) -> float:
        """Return 2 (1 + momentum)/((1 + 2 momentum) λ).

        There r² - (1 + m)(1 - aλ) r + m (1 - aλ), whose roots are the factors by which a step
        multiplies the distance to the optimum, first has a root of -1.
        """
        grip = 2 * (1 + self.momentum) / (1 + 2 * self.momentum)
        return grip / curvature if curvature > 0 else math.inf


@dataclass(frozen=True)
class AdaGrad(Method):
    """Steps that shrink by all the slopes felt so far, for each parameter by itself.

    Duchi, Hazan and Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic
    Optimization", JMLR 12 (2011), as ``torch.optim.Adagrad``.
    """

    label = "AdaGrad"
    published_rate = 0.01
    code = Code(
        "Duchi, Hazan, Singer 2011; torch.optim.Adagrad",
        memory="square = 0.0  # the sum of all squared slopes",
        update="""\
square = square + slope * slope
root = np.sqrt(square) + epsilon
step = -learning_rate * slope / root""",
    )
    epsilon: float = hyperparameter(1e-10, 1e-300, 1, "keeps a division by zero away")

    def rule(self, learning_rate: float) -> Rule:
        """Return the update of one parameter."""
        square = step = 0.0
        while True:
            gradient = yield step
            square += gradient * gradient
            step = -learning_rate * gradient / (math.sqrt(square) + self.epsilon)


@dataclass(frozen=True)
class RMSProp(Method):
    """Steps of about the same size, whatever the slope: it is divided by its recent size.

    Tieleman and Hinton, "Lecture 6.5 - rmsprop", Coursera: Neural Networks for Machine Learning
    (2012), as ``torch.optim.RMSprop``: epsilon is added to the root.
    """

    label = "RMSProp"
    published_rate = 0.01
    code = Code(
        "Tieleman, Hinton 2012; torch.optim.RMSprop",
        memory="square = 0.0  # the mean of recent squared slopes",
        update="""\
square = alpha * square + (1 - alpha) * slope * slope
root = np.sqrt(square) + epsilon
step = -learning_rate * slope / root""",
    )
    alpha: float = hyperparameter(0.99, 0, 1, "how much of the mean square each step keeps")
    epsilon: float = hyperparameter(1e-8, 1e-300, 1, "keeps a division by zero away")

    def rule(self, learning_rate: float) -> Rule:
        """Return the update of one parameter."""
        square = step = 0.0
        while True:
            gradient = yield step
            square = self.alpha * square + (1 - self.alpha) * gradient * gradient
            step = -learning_rate * gradient / (math.sqrt(square) + self.epsilon)


@dataclass(frozen=True)
class Adam(Method):
    """Momentum and RMSProp together, both corrected for having started at nothing.

    Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, as
    ``torch.optim.Adam``: epsilon is added to the corrected root.
    """

    label = "Adam"
    code = Code(
        "Kingma, Ba 2015; torch.optim.Adam",
        memory="""\
mean = 0.0  # of recent slopes
square = 0.0  # the mean of their squares
beta1_power = beta2_power = 1.0""",
        update="""\
mean = beta1 * mean + (1 - beta1) * slope
square = beta2 * square + (1 - beta2) * slope * slope
# Both started at 0 and are too small at first.
beta1_power = beta1_power * beta1
beta2_power = beta2_power * beta2
root = np.sqrt(square / (1 - beta2_power)) + epsilon
step = -learning_rate * mean / (1 - beta1_power) / root""",
    )
    beta1: float = hyperparameter(0.9, 0, 1, "how much of the mean slope each step keeps")
    beta2: float = hyperparameter(0.999, 0, 1, "how much of the mean square each step keeps")
    epsilon: float = hyperparameter(1e-8, 1e-300, 1, "keeps a division by zero away")

    def rule(self, learning_rate: float) -> Rule:
        """Return the update of one parameter."""
        mean = square = step = 0.0
        left1 = left2 = 1.0
        while True:
            gradient = yield step
            mean = self.beta1 * mean + (1 - self.beta1) * gradient
            square = self.beta2 * square + (1 - self.beta2) * gradient * gradient
            left1, left2 = left1 * self.beta1, left2 * self.beta2
            root = math.sqrt(square / (1 - left2)) + self.epsilon
            step = -learning_rate * mean / (1 - left1) / root


@dataclass(frozen=True)
class StepSearch(Method):
    """The earlier lesson's `train`: try a step of fixed size each way, take the first that helps.

    The weight is tried before the bias, up before down. Where nothing helps the run is over.
    """

    label = "Step search"
    published_rate = 0.01
    takes_batches = False
    feels_slope = False
    code = Code(
        "a step of fixed size, the first that helps",
        memory="tries = [learning_rate, -learning_rate]",
        update="""\
better = [t for t in tries if loss(X, Y, w + t) < here]
if not better:
    break  # no step lowers the loss any more
step = better[0]""",
    )
    code_with_bias = Code(
        code.source,
        memory="""\
tries = [
    (learning_rate, 0.0), (-learning_rate, 0.0),
    (0.0, learning_rate), (0.0, -learning_rate),
]""",
        update="""\
better = [
    t for t in tries
    if loss(X, Y, w + t[0], b + t[1]) < here
]
if not better:
    break  # no step lowers the loss any more
step = better[0]""",
    )

    def walk(self, ground: Ground, learning_rate: float) -> Iterator[State]:
        """Yield the state before each update; end after the one that no step improves."""
        weight, bias = ground.start
        tries = [(learning_rate, 0.0), (-learning_rate, 0.0)]
        if ground.with_bias:
            tries += [(0.0, learning_rate), (0.0, -learning_rate)]
        while True:
            here = ground.loss(weight, bias)
            better = (s for s in tries if ground.loss(weight + s[0], bias + s[1]) < here)
            step = next(better, None)
            yield State(weight, bias, *(step or (0.0, 0.0)))
            if step is None:
                return
            weight += step[0]
            bias += step[1]


METHODS: dict[str, type[Method]] = {
    "gradient-descent": GradientDescent,
    "momentum": Momentum,
    "nesterov": Nesterov,
    "adagrad": AdaGrad,
    "rmsprop": RMSProp,
    "adam": Adam,
    "step-search": StepSearch,
}

"""Update rules as beginners write them, beside those of the table `METHODS`."""

from dataclasses import dataclass

from gdviz.core.descent.method import Method
from gdviz.core.descent.methods import AdaGrad, Adam, GradientDescent, Momentum, Nesterov, RMSProp

# velocity = mu velocity + fresh slope; step = -rate (of_slope slope + of_velocity velocity), where
# the slope is taken at a place that is `look` velocities ahead.
Linear = tuple[float, float, float, float, float]


@dataclass(frozen=True)
class Dampened(Momentum):
    """Momentum whose velocity takes only a share of the slope."""

    update = """\
velocity = momentum * velocity + (1 - momentum) * slope
step = -learning_rate * velocity"""


@dataclass(frozen=True)
class DampenedLater(Dampened):
    """The same but for the first step, which takes the whole slope: PyTorch's dampening."""

    memory = "velocity = None"
    update = """\
if velocity is None:
    velocity = slope
velocity = momentum * velocity + (1 - momentum) * slope
step = -learning_rate * velocity"""


@dataclass(frozen=True)
class LookAhead(Momentum):
    """Nesterov's momentum as first written: the slope is taken where the velocity leads."""

    update = """\
ahead = np.array([w, b]) - learning_rate * momentum * velocity
error = ahead[0] * X + ahead[1] - Y
velocity = momentum * velocity + 2 * np.array([np.sum(error * X), np.sum(error)]) / n
w, b = np.array([w, b]) - learning_rate * velocity"""


@dataclass(frozen=True)
class AdaGradInside(AdaGrad):
    """AdaGrad with epsilon under the root."""

    update = """\
square = square + slope * slope
root = np.sqrt(square + epsilon)
step = -learning_rate * slope / root"""


@dataclass(frozen=True)
class RMSPropInside(RMSProp):
    """RMSProp with epsilon under the root."""

    update = """\
square = alpha * square + (1 - alpha) * slope * slope
root = np.sqrt(square + epsilon)
step = -learning_rate * slope / root"""


_MEANS = """\
mean = beta1 * mean + (1 - beta1) * slope
square = beta2 * square + (1 - beta2) * slope * slope
"""
_POWERS = """\
beta1_power = beta1_power * beta1
beta2_power = beta2_power * beta2
"""


@dataclass(frozen=True)
class AdamInside(Adam):
    """Adam with epsilon under the root."""

    update = f"""\
{_MEANS}{_POWERS}root = np.sqrt(square / (1 - beta2_power) + epsilon)
step = -learning_rate * mean / (1 - beta1_power) / root"""


@dataclass(frozen=True)
class AdamBefore(Adam):
    """Adam with epsilon added to the root before it is corrected."""

    update = f"""\
{_MEANS}{_POWERS}root = (np.sqrt(square) + epsilon) / np.sqrt(1 - beta2_power)
step = -learning_rate * mean / (1 - beta1_power) / root"""


@dataclass(frozen=True)
class AdamUncorrected(Adam):
    """Adam without the corrections of the first steps."""

    update = f"""\
{_MEANS}root = np.sqrt(square) + epsilon
step = -learning_rate * mean / root"""


@dataclass(frozen=True)
class AdamUncorrectedInside(Adam):
    """Adam without corrections, and with epsilon under the root."""

    update = f"""\
{_MEANS}root = np.sqrt(square + epsilon)
step = -learning_rate * mean / root"""


def momentum_of(method: Method) -> Linear | None:
    """Return how the step of a method follows from velocity and slope; None if not linearly."""
    if isinstance(method, GradientDescent):
        return 0.0, 0.0, 1.0, 0.0, 0.0
    if isinstance(method, Nesterov):
        return method.momentum, 1.0, 1.0, method.momentum, 0.0
    if isinstance(method, Dampened):
        return method.momentum, 1 - method.momentum, 0.0, 1.0, 0.0
    if isinstance(method, LookAhead):
        return method.momentum, 1.0, 0.0, 1.0, method.momentum
    if isinstance(method, Momentum):
        return method.momentum, 1.0, 0.0, 1.0, 0.0
    return None

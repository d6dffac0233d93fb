"""Causes, continued: other methods than the one that was meant, and their usual mistakes."""

from gdviz.core.check.families import MU, SMALL, like_adam, methods
from gdviz.core.check.methods import (
    AdaGradInside,
    AdamBefore,
    AdamInside,
    AdamUncorrected,
    AdamUncorrectedInside,
    Dampened,
    DampenedLater,
    LookAhead,
    RMSPropInside,
)
from gdviz.core.check.ways import METHOD, Mistake, one, way
from gdviz.core.descent.methods import (
    AdaGrad,
    Adam,
    GradientDescent,
    Momentum,
    Nesterov,
    RMSProp,
    StepSearch,
)

OF_METHODS: tuple[Mistake, ...] = (
    Mistake("momentum", "The steps have momentum.", tuple(methods(Momentum, momentum=MU))),
    Mistake(
        "momentum with dampening",
        "The steps have momentum that takes only a share of the slope.",
        tuple(methods(Dampened, DampenedLater, momentum=MU)),
    ),
    Mistake(
        "nesterov", "The steps have Nesterov's momentum.",
        tuple(methods(Nesterov, LookAhead, momentum=MU)),
    ),
    Mistake(
        "adam", "The steps are Adam's.",
        (*methods(Adam, epsilon=SMALL),
         *methods(AdamUncorrected, AdamInside, epsilon=SMALL[:1], seldom=True)),
    ),
    Mistake(
        "rmsprop", "The steps are RMSProp's.",
        tuple(methods(RMSProp, RMSPropInside, alpha=(0.9, 0.99, 0.999), epsilon=SMALL[:4])),
    ),
    Mistake(
        "adagrad", "The steps are AdaGrad's.",
        tuple(methods(AdaGrad, AdaGradInside, epsilon=SMALL[:4])),
    ),
    Mistake(
        "epsilon inside the root",
        "Epsilon is added to the square, not to its root.",
        (
            way(METHOD, METHOD, method=like_adam(AdamInside)),
            way(METHOD, METHOD, method=like_adam(AdamBefore)),
            way(METHOD, METHOD, method=like_adam(AdamUncorrectedInside)),
        ),
    ),
    Mistake(
        "adam without bias correction",
        "Adam's means, which start at 0, aren't corrected for it.",
        (way(METHOD, METHOD, method=like_adam(AdamUncorrected)),),
    ),
    Mistake(
        "plain gradient descent", "The steps follow the slope alone.",
        tuple(methods(GradientDescent)),
    ),
    one(
        "step search", "Steps of fixed size are tried, and the first that helps is taken.",
        METHOD, METHOD, method=StepSearch(),
    ),
)  # fmt: skip

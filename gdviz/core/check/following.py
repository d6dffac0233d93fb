"""Following: where many loops are after some updates, each a place in arrays."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.core.check.loop import Values
from gdviz.core.check.methods import LookAhead
from gdviz.core.check.walking import SCHEDULES
from gdviz.core.descent.method import Method
from gdviz.core.descent.methods import Momentum

Indices = NDArray[np.int64]
# What is known of each loop: an array of numbers for each trait.
Traits = dict[str, NDArray[Any]]
# How a step follows from slope and velocity, as `momentum_of` says it.
MOMENTUM = ("mu", "fresh", "of_slope", "of_velocity", "look")


def updates_of(traits: Traits, iteration: int) -> Indices:
    """Return how many updates have been made when weights and loss are printed."""
    both = []
    for name in ("weights_after", "loss_after"):
        made = iteration + traits[name].astype(np.int64)
        made -= (traits["skipped"] >= 0) & (made > traits["skipped"])
        made += (traits["doubled"] >= 0) & (made > traits["doubled"])
        both.append(np.maximum(made, 0) * traits["times"])
    return np.column_stack(both)


def at_start(traits: Traits, updates: Indices) -> Values:
    """Return the lines before the first update, of shape (n_loops, 2, 2): at weights and losses."""
    start = np.stack((traits["start_weight"], traits["start_bias"]), axis=1)
    lines: Values = np.repeat(start[:, :, None].astype(np.float64), updates.shape[1], axis=2)
    return lines


def by_powers(traits: Traits, updates: Indices) -> Values:
    """Return the lines after updates that are linear, by powers of two of the update."""
    best = np.stack((traits["best weight"], traits["best bias"]), axis=1)[:, :, None]
    starts = at_start(traits, updates) - best
    if not updates.any():
        return np.asarray(starts + best)
    power = _matrices(traits)
    states = np.zeros((len(updates), 5, 2))
    states[:, :2], states[:, 4] = starts, 1
    later = traits["later"]
    if later.any():  # the first velocity is the slope
        first = (power[later] @ states[later])[:, 2:4]
        states[later, 2:4] = first / traits["fresh"][later, None, None]
    left = updates.copy()
    while True:
        odd = (left & 1).astype(bool)[:, None]
        states = np.where(odd, power @ states, states)
        left >>= 1
        if not left.any():
            return np.asarray(states[:, :2] + best)
        power = power @ power


def _matrices(traits: Traits) -> Values:
    """Return updates of the states (shift of weight, of bias, velocities, 1) as matrices."""
    own = np.broadcast_to(np.eye(5), (len(traits["place"]), 5, 5))
    new = own.copy()
    rates = traits["rate"], traits["bias_rate"]
    ahead = [own[:, at] - (traits["look"] * rates[at])[:, None] * own[:, 2 + at] for at in (0, 1)]
    blind = traits["best bias"][:, None] * -own[:, 4]
    ahead[1] = np.where(traits["gradient_bias"][:, None] != 0, ahead[1], blind)
    for at, name in enumerate("wb"):
        seen = ahead[0]
        if at:
            seen = np.where(traits["new_weight"][:, None] != 0, new[:, 0], seen)
        along, beside = traits[name + "_along"], traits[name + "_beside"]
        slope = traits[name + "_factor"][:, None] * (
            along[:, None] * seen + beside[:, None] * ahead[1]
        )
        mu, fresh, of_slope, of_velocity = (traits[one][:, None] for one in MOMENTUM[:4])
        velocity = mu * own[:, 2 + at] + fresh * slope
        moves = rates[at][:, None] != 0
        new[:, 2 + at] = np.where(moves, velocity, own[:, 2 + at])
        new[:, at] -= rates[at][:, None] * (of_slope * slope + of_velocity * velocity)
    return new


def stepped(
    kind: type[Method], known: dict[str, Values], paces: Sequence[Any], traits: Traits,
    updates: Indices,
) -> Values:  # fmt: skip
    """Return the lines after updates of one kind of method, whose own lines run on arrays."""
    look = known["momentum"] if kind is LookAhead else 0.0
    memory, update = (Momentum if kind is LookAhead else kind).lines(False)
    rule = compile(update, f"<{kind.__name__}>", "exec")
    rules: list[dict[str, Any]] = [{"np": np, "learning_rate": 1.0, **known} for _ in "wb"]
    for names in rules:
        exec(memory, names)
    lines = np.empty((len(updates), 2, 2))
    weight, bias = at_start(traits, updates)[:, :, 0].T
    steps: list[Any] = [0.0, 0.0]
    factor = np.where(traits["rate"], traits["bias_rate"] / traits["rate"], 0.0)
    last = int(updates.max())
    for k in range(last + 1):
        now = updates == k
        lines[:, 0][now], lines[:, 1][now] = (
            np.broadcast_to(one[:, None], now.shape)[now] for one in (weight, bias)
        )
        if k == last:
            break
        pace = np.array([SCHEDULES[name](k, decay, every) for name, decay, every in paces])
        rate = traits["rate"] * pace[traits["pace"]]
        ahead = [weight + look * steps[0], bias + look * steps[1]]
        for at, name in enumerate("wb"):
            seen = np.where(traits["new_weight"], weight, ahead[0]) if at else ahead[0]
            height = np.where(traits["gradient_bias"], ahead[1], 0.0) - traits["best bias"]
            shift = seen - traits["best weight"]
            along, beside = traits[name + "_along"], traits[name + "_beside"]
            slope = traits[name + "_factor"] * (along * shift + beside * height)
            rules[at]["slope"] = slope
            exec(rule, rules[at])
            if at:
                steps[1] = np.where(factor != 0, rate * factor * rules[1]["step"], 0.0)
                bias = bias + steps[1]
            else:
                steps[0] = rate * rules[0]["step"]
                weight = weight + steps[0]
    return lines

"""Rates that suit a loop, its rows and its method."""

import numpy as np


def rate_for(rng, loop, x, diverging):
    """Return a rate that suits the loop: converging, slow, or diverging."""
    text = " ".join(loop.update)
    if loop.body or "s@" in text:
        return float(rng.choice([0.001, 0.01, 0.1, 0.1, 0.5]))
    ones = np.ones_like(x) if loop.with_bias else np.zeros_like(x)
    of_x = ones if "x * " not in loop.slopes[0] else x
    slopes = np.array([[np.mean(of_x * x), np.mean(of_x)], [np.mean(ones * x), np.mean(ones)]])
    two = 2.0 if loop.slopes[0].startswith("2") else 1.0
    steepest = two * max(abs(np.linalg.eigvals(slopes)))
    if "SUM" in loop.slopes[0] and "//" not in loop.slopes[0]:
        steepest *= len(x)
    if loop.rows:
        steepest = two * max(x * x + 1)
    share = rng.uniform(2.05, 3) if diverging else rng.choice([0.02, 0.1, 0.3, 0.6, 0.9, 1.5])
    if not diverging and "MU" not in text and "v@" in text:
        share /= 5
    exact = share / max(steepest, 1e-12)
    return float(f"{exact:.0e}" if not diverging else f"{exact:.1e}")

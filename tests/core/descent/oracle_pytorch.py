"""Write down where PyTorch's optimisers go, for `test_methods.py` to compare with.

PyTorch is no dependency of gdviz, and the tests don't need it: they read `pytorch.json`, which
this script wrote (PyTorch 2.13.0, CPU, float64). To write it again::

    python -m venv torch && torch/bin/pip install torch==2.13.0 numpy
    torch/bin/python tests/core/descent/oracle_pytorch.py
"""

import json
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).parent
WRITTEN = (0, 1, 2, 5, 10, 100, 500, 1000)
PIZZA = np.loadtxt(HERE.parents[1] / "data" / "pizza.txt", skiprows=1).T.tolist()
DATA = {
    "pizza": PIZZA,
    "falling": [[-2.0, -1.5, 0.5, 1.0, 3.0], [7.1, 5.9, 2.2, 0.4, -4.0]],
    "far": [[98.0, 99.5, 101.0, 102.5, 104.0, 105.5], [12.0, 11.0, 14.5, 13.0, 17.0, 16.5]],
}
# Rates at which every method moves, and none diverges.
PLAIN = {"pizza": 1e-3, "falling": 0.05, "far": 2e-5}
# Slow enough not to arrive: there it would divide rounding errors by next to nothing.
SLOW = {"pizza": 1e-3, "falling": 1e-3, "far": 1e-4}
RATES = {
    "gradient-descent": PLAIN,
    "momentum": PLAIN,
    "nesterov": PLAIN,
    "adagrad": dict.fromkeys(DATA, 0.5),
    "rmsprop": SLOW,
    # On steep ground slow too: where it has arrived its steps grow until they swing out again.
    "adam": {"pizza": 0.1, "falling": 0.1, "far": 0.01},
}
# Each method with its default hyperparameters first, then with others.
VARIANTS = [
    ("gradient-descent", {}),
    ("momentum", {"momentum": 0.9}),
    ("momentum", {"momentum": 0.5}),
    ("nesterov", {"momentum": 0.9}),
    ("nesterov", {"momentum": 0.5}),
    ("adagrad", {"epsilon": 1e-10}),
    ("adagrad", {"epsilon": 0.5}),
    ("rmsprop", {"alpha": 0.99, "epsilon": 1e-8}),
    ("rmsprop", {"alpha": 0.8, "epsilon": 0.5}),
    ("adam", {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}),
    ("adam", {"beta1": 0.7, "beta2": 0.9999, "epsilon": 0.5}),
]


def optimiser(
    method: str, known: dict[str, float], rate: float, parameters: list[torch.Tensor]
) -> torch.optim.Optimizer:
    """Return PyTorch's optimiser of a method with the hyperparameters `known`."""
    match method:
        case "gradient-descent" | "momentum":
            return torch.optim.SGD(parameters, rate, **known)
        case "nesterov":
            return torch.optim.SGD(parameters, rate, nesterov=True, **known)
        case "adagrad":
            return torch.optim.Adagrad(parameters, rate, eps=known["epsilon"])
        case "rmsprop":
            return torch.optim.RMSprop(parameters, rate, alpha=known["alpha"], eps=known["epsilon"])
        case "adam":
            betas = known["beta1"], known["beta2"]
            return torch.optim.Adam(parameters, rate, betas=betas, eps=known["epsilon"])
    raise ValueError(method)


def path(name: str, method: str, known: dict[str, float], with_bias: bool) -> list[list[float]]:
    """Return iteration, weight, bias and loss of the rows that are written down."""
    x, y = (torch.tensor(column, dtype=torch.float64) for column in DATA[name])
    weight, bias = (torch.zeros((), dtype=torch.float64, requires_grad=True) for _ in range(2))
    moving = [weight, bias] if with_bias else [weight]
    descent = optimiser(method, known, RATES[method][name], moving)
    rows = []
    for iteration in range(max(WRITTEN) + 1):
        descent.zero_grad()
        loss = torch.mean((weight * x + bias - y) ** 2)
        if iteration in WRITTEN:
            rows.append([iteration, weight.item(), bias.item(), loss.item()])
        loss.backward()
        descent.step()
    return rows


def main() -> None:
    """Write all paths."""
    runs = [
        {
            "data": name, "method": method, "hyperparameters": known, "with_bias": with_bias,
            "learning_rate": RATES[method][name], "rows": path(name, method, known, with_bias),
        }
        for name in DATA for method, known in VARIANTS for with_bias in (False, True)
    ]  # fmt: skip
    lines = ",\n".join(json.dumps(run) for run in runs)
    text = f'{{"data": {json.dumps(DATA)},\n"runs": [\n{lines}\n]}}\n'
    (HERE / "pytorch.json").write_text(text)


if __name__ == "__main__":
    main()

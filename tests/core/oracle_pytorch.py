"""Write down where PyTorch's optimisers go, for `test_methods.py` to compare with.

PyTorch is no dependency of gdviz, and the tests don't need it: they read `pytorch.json`, which
this script wrote (PyTorch 2.13.0, CPU, float64). To write it again::

    python -m venv torch && torch/bin/pip install torch==2.13.0 numpy
    torch/bin/python tests/core/oracle_pytorch.py
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
OPTIMISERS = {
    "gradient-descent": (lambda p, lr: torch.optim.SGD(p, lr=lr), PLAIN),
    "momentum": (lambda p, lr: torch.optim.SGD(p, lr=lr, momentum=0.9), PLAIN),
    "nesterov": (lambda p, lr: torch.optim.SGD(p, lr=lr, momentum=0.9, nesterov=True), PLAIN),
    "adagrad": (torch.optim.Adagrad, dict.fromkeys(DATA, 0.5)),
    # Slow enough not to arrive: there it would divide rounding errors by next to nothing.
    "rmsprop": (torch.optim.RMSprop, {"pizza": 1e-3, "falling": 1e-3, "far": 1e-4}),
    "adam": (torch.optim.Adam, dict.fromkeys(DATA, 0.1)),
}


def path(name: str, method: str, with_bias: bool) -> list[list[float]]:
    """Return iteration, weight, bias and loss of the rows that are written down."""
    x, y = (torch.tensor(column, dtype=torch.float64) for column in DATA[name])
    weight, bias = (torch.zeros((), dtype=torch.float64, requires_grad=True) for _ in range(2))
    make, rates = OPTIMISERS[method]
    optimiser = make([weight, bias] if with_bias else [weight], rates[name])
    rows = []
    for iteration in range(max(WRITTEN) + 1):
        optimiser.zero_grad()
        loss = torch.mean((weight * x + bias - y) ** 2)
        if iteration in WRITTEN:
            rows.append([iteration, weight.item(), bias.item(), loss.item()])
        loss.backward()
        optimiser.step()
    return rows


def main() -> None:
    """Write all paths."""
    runs = [
        {
            "data": name, "method": method, "with_bias": with_bias,
            "learning_rate": OPTIMISERS[method][1][name], "rows": path(name, method, with_bias),
        }
        for name in DATA for method in OPTIMISERS for with_bias in (False, True)
    ]  # fmt: skip
    lines = ",\n".join(json.dumps(run) for run in runs)
    text = f'{{"data": {json.dumps(DATA)},\n"runs": [\n{lines}\n]}}\n'
    (HERE / "pytorch.json").write_text(text)


if __name__ == "__main__":
    main()

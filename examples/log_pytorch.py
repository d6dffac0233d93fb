"""A log of PyTorch's, as a table with commas: ``python log_pytorch.py > log.csv``.

Print before the step: then loss, weight and bias are of one line.
"""

from pathlib import Path

import numpy as np
import torch

rows = np.loadtxt(Path(__file__).parents[1] / "data" / "pizza.txt", skiprows=1)
x, y = torch.tensor(rows, dtype=torch.float32).split(1, dim=1)
torch.manual_seed(1)
model = torch.nn.Linear(1, 1)
optimiser = torch.optim.SGD(model.parameters(), lr=0.001, momentum=0.5)

print("iteration,weight,bias,loss")
for i in range(100):
    loss = torch.nn.functional.mse_loss(model(x), y)
    print(f"{i},{model.weight.item():.8f},{model.bias.item():.8f},{loss.item():.8f}")
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()

"""Seconds of a training step of G in PyTorch eager, forward, mean square error, backward, Adam: what Fude's own is
compared with.

Run: python scripts/bench/time-generator-step.py BATCH SIDE THREADS STEPS
"""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

batch, side, threads, steps = map(int, sys.argv[1:])
torch.set_num_threads(threads)
torch.manual_seed(1)

# Size, inputs, outputs, stride, whether the picture is doubled before, and whether a residual block ends.
LAYERS = (
    [(5, 3, 24, 2, False, False), (3, 24, 64, 2, False, False)]
    + [(3, 64, 64, 1, False, i % 2 == 1) for i in range(12)]
    + [(3, 64, 48, 1, True, False), (3, 48, 16, 1, True, False), (5, 16, 3, 1, False, False)]
)


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolutions = nn.ModuleList(
            nn.Conv2d(inputs, outputs, size, stride, size // 2, padding_mode="reflect")
            for size, inputs, outputs, stride, _, _ in LAYERS
        )
        normalised = [outputs for _, _, outputs, *_ in LAYERS[:-1]]
        self.scales = nn.ParameterList(torch.ones(1, c, 1, 1) for c in normalised)
        self.shifts = nn.ParameterList(torch.zeros(1, c, 1, 1) for c in normalised)

    def forward(self, x):
        h = x * 2 - 1
        for i, (_, _, _, _, doubled, ends) in enumerate(LAYERS[:-1]):
            if i + 1 < len(LAYERS) and LAYERS[i + 1][5]:
                block = h
            if doubled:
                h = F.interpolate(h, scale_factor=2)
            y = F.instance_norm(self.convolutions[i](h)) * self.scales[i] + self.shifts[i]
            h = block + y if ends else F.relu(y)
        return torch.sigmoid(self.convolutions[-1](h))


g = Generator()
optimiser = torch.optim.Adam(g.parameters(), 1e-4, (0.9, 0.99))
x, target = torch.rand(batch, 3, side, side), torch.rand(batch, 3, side, side)
best = float("inf")
for step in range(steps + 1):
    start = time.perf_counter()
    optimiser.zero_grad()
    ((g(x) - target) ** 2).mean().backward()
    optimiser.step()
    if step > 0:
        best = min(best, time.perf_counter() - start)
print(json.dumps({"seconds": best, "version": torch.__version__}))

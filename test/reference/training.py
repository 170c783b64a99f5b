"""Numbers from PyTorch for the tests of the optimiser and P.

Run: python test/reference/training.py > test/fixtures/training.json
"""

import json

import torch
from torch.nn import functional as F

torch.manual_seed(3)


def rounded(t):
    return [round(v, 8) for v in t.detach().flatten().tolist()]


def stored(t):
    return {"shape": list(t.shape), "data": rounded(t)}


# Adam on a small quadratic with its gradient clipped to norm 1, 5 steps, rate 0.05.
p = torch.randn(7, dtype=torch.float64)
q = torch.randn(7, dtype=torch.float64)
adam = {"start": stored(p), "target": stored(q), "steps": []}
p.requires_grad_()
optimiser = torch.optim.Adam([p], lr=0.05, betas=(0.5, 0.99), eps=1e-3)
for _ in range(5):
    optimiser.zero_grad()
    ((p - q) ** 2).sum().backward()
    torch.nn.utils.clip_grad_norm_([p], 1.0)
    optimiser.step()
    adam["steps"].append(p.detach().tolist())

# P: 3x3 convolutions over reflected edges, max pooling before 2_1, 3_1 and 4_1. Weights follow a formula that the test
# repeats: sin of the running index.
CHANNELS = [(3, 16), (16, 16), (16, 32), (32, 32), (32, 64), (64, 64), (64, 64), (64, 64), (64, 128)]
POOL_BEFORE = {2, 4, 8}
TAPS = {0, 2, 4, 8}
x = torch.rand(1, 3, 17, 22, dtype=torch.float64)
h, taps = x, []
for layer, (inputs, outputs) in enumerate(CHANNELS):
    index = torch.arange(outputs * inputs * 9, dtype=torch.float64)
    weight = torch.sin(index * 0.37 + layer).view(outputs, inputs, 3, 3) * (2 / (9 * inputs)) ** 0.5
    bias = torch.cos(torch.arange(outputs, dtype=torch.float64)) * 0.1
    if layer in POOL_BEFORE:
        h = F.max_pool2d(h, 2)
    h = F.relu(F.conv2d(F.pad(h, (1, 1, 1, 1), mode="reflect"), weight, bias))
    if layer in TAPS:
        taps.append(h)
statistics = torch.cat([torch.cat([t.mean((2, 3)), t.std((2, 3))], 1) for t in taps], 1)

nhwc = lambda t: t.permute(0, 2, 3, 1)
print(
    json.dumps(
        {
            "adam": adam,
            "perceptual": {"x": stored(nhwc(x)), "statistics": statistics[0].tolist()},
        }
    )
)

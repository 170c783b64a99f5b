"""The content losses of the last two taps in PyTorch.

Run: python test/reference/numerics/content.py > test/fixtures/numerics/content.json
"""

import torch

from stored import expected, stored, write
from taps import taps

torch.manual_seed(5)


def content(a, b):
    total = 0
    for weight, x, y in zip([0.3, 1.0], a, b):
        total = total + weight * torch.nn.functional.mse_loss(x, y) / (y.square().mean() + 1e-8)
    return total


def normalised(a, b):
    def bar(t):
        variance = t.var((1, 2), unbiased=False, keepdim=True)
        floor = 0.01 * variance.mean(3, keepdim=True) + 1e-6
        return (t - t.mean((1, 2), keepdim=True)) / (variance + floor).sqrt()

    total = 0
    for weight, x, y in zip([0.3, 1.0], a, b):
        total = total + weight / 2 * torch.nn.functional.mse_loss(bar(x), bar(y))
    return total


result, target = taps()[2:], taps()[2:]
for t in result:
    t.requires_grad_()
write(
    {
        "target": [stored(t) for t in target],
        "expected": expected(content(result, target), result),
        "normalised": expected(normalised(result, target), result),
    }
)

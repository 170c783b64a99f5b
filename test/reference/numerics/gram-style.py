"""The style loss in PyTorch: against a picture's own target, and against the mean of a folder.

Run: python test/reference/numerics/gram-style.py > test/fixtures/numerics/gram-style.json
"""

import torch

from stored import expected, stored, write
from taps import taps

torch.manual_seed(6)


def gram(x):
    return torch.einsum("bhwi,bhwj->bij", x, x) / (x.shape[1] * x.shape[2])


def moments(x):
    mean = x.mean((1, 2))
    deviation = (x.var((1, 2), unbiased=False) + 1e-5).sqrt()
    return torch.cat([mean, deviation], 1)


def relative(x, y):
    error = (x - y).flatten(1).square().sum(1)
    return (error / (y.flatten(1).square().sum(1) + 1e-8)).mean()


def style(a, grams, seconds):
    return sum(
        0.6 * relative(gram(x), g) + 0.6 * relative(moments(x), m)
        for x, g, m in zip(a, grams, seconds)
    )


result, target = taps(), taps()
for t in result:
    t.requires_grad_()
grams, seconds = [gram(t) for t in target], [moments(t) for t in target]
mean = lambda rows: [t.mean(0, keepdim=True) for t in rows]
write(
    {
        "target": [stored(t) for t in target],
        "own": expected(style(result, grams, seconds), result),
        "folder": expected(style(result, mean(grams), mean(seconds)), result),
    }
)

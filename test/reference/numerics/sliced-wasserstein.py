"""The sliced Wasserstein loss with PyTorch's own sort and gradient.

Run: python test/reference/numerics/sliced-wasserstein.py > test/fixtures/numerics/sliced-wasserstein.json
"""

import torch
from torch.nn import functional as F

from stored import expected, stored, write

torch.manual_seed(18)


def patches(x, stride):
    """Every 7x7 patch of NHWC pictures as a row, in the order of a filter [7, 7, 3]."""
    unfolded = F.unfold(x.permute(0, 3, 1, 2), 7, stride=stride)
    rows = unfolded.transpose(1, 2).reshape(-1, 3, 7, 7)
    return rows.permute(0, 2, 3, 1).flatten(1)


def half(x):
    return x.unflatten(1, (-1, 2)).unflatten(3, (-1, 2)).mean((2, 4))


def sliced(x, y, directions):
    total = 0
    for scale, stride in enumerate([4, 2, 1]):
        if scale > 0:
            x, y = half(x), half(y)
        p, q = patches(x, stride) @ directions, patches(y, stride) @ directions
        total = total + (p.sort(0).values - q.sort(0).values).square().mean()
    return total


x = torch.rand((2, 28, 36, 3), dtype=torch.float64)
# Eight bits are as good as any, and shorter to write down.
x = ((x * 255).round() / 255).requires_grad_()
y = (torch.rand((2, 28, 36, 3), dtype=torch.float64).square() * 255).round() / 255
directions = F.normalize(torch.randn((147, 3), dtype=torch.float64), dim=0)
loss = sliced(x, y, directions)
case = expected(loss, [x])
case["inputs"][0]["data"] = [round(v * 255) for v in case["inputs"][0]["data"]]
case["gradients"] = [[float(f"{g:.5g}") for g in case["gradients"][0]]]
target = stored(y)
target["data"] = [round(v * 255) for v in target["data"]]
write(
    {
        "target": target,
        "directions": stored(directions.reshape(7, 7, 3, 3)),
        "expected": case,
    }
)

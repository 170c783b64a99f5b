"""The checkerboard loss in PyTorch, one square, pattern and cell at a time.

Run: python test/reference/numerics/checkerboard.py > test/fixtures/numerics/checkerboard.json
"""

import torch

from stored import expected, stored, write

torch.manual_seed(9)


# Walsh's lines: even, halves, ends against middle, by turns.
walsh = ((1, 1, 1, 1), (1, 1, -1, -1), (1, -1, -1, 1), (1, -1, 1, -1))


def patterns():
    """Side of a cell, and the sign at row i and column j of it."""
    for a in range(4):
        for b in range(4):
            if (a, b) != (0, 0):
                yield 4, lambda i, j, a=a, b=b: walsh[a][i] * walsh[b][j]
    yield 8, lambda i, j: (-1) ** (i // 4 + j // 4)


def share(x, top, left, side, sign):
    cells = []
    for down in range(top, top + 16, side):
        for right in range(left, left + 16, side):
            total = 0
            for i in range(side):
                for j in range(side):
                    total = total + sign(i, j) * x[:, down + i, right + j, :]
            cells.append(total / side**2)
    cells = torch.stack(cells)
    deviation = (cells.var(0, unbiased=False) + 1e-6).sqrt() - 1e-3
    return (cells.mean(0).abs() - 0.5 * deviation).clamp(min=0)


def checkerboard(y, x):
    loss = 0
    for side, sign in patterns():
        excess = [
            (share(y, top, left, side, sign) - share(x, top, left, side, sign)).clamp(min=0)
            for top in range(0, x.shape[1], 16)
            for left in range(0, x.shape[2], 16)
        ]
        loss = loss + torch.stack(excess).mean()
    return loss


# Some of every pattern, so that no share is nought or near it, where the loss has corners.
weave = torch.zeros((1, 32, 32, 1), dtype=torch.float64)
for side, sign in patterns():
    height = 0.04 + 0.04 * torch.rand(1, dtype=torch.float64)
    for i in range(32):
        for j in range(32):
            weave[0, i, j, 0] += height.item() * sign(i % side, j % side)
result = (0.5 + weave + 0.02 * torch.randn((1, 32, 32, 1), dtype=torch.float64)).requires_grad_()
content = torch.rand((1, 32, 32, 1), dtype=torch.float64) * 0.1
write(
    {
        "content": stored(content),
        "expected": expected(checkerboard(result, content), [result]),
    }
)

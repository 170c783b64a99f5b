"""The checkerboard loss in PyTorch, one square and one pixel at a time.

Run: python test/reference/numerics/checkerboard.py > test/fixtures/numerics/checkerboard.json
"""

import torch

from stored import expected, stored, write

torch.manual_seed(9)


def grid_share(x, cell):
    """How much alternates cell by cell in each 16 x 16 square."""
    shares = []
    for top in range(0, x.shape[1], 16):
        for left in range(0, x.shape[2], 16):
            total = 0
            for i in range(top, top + 16):
                for j in range(left, left + 16):
                    sign = (-1) ** (i // cell + j // cell)
                    total = total + sign * x[:, i, j, :]
            shares.append((total / 256).abs())
    return torch.stack(shares)


def checkerboard(y, x):
    return sum((grid_share(y, c) - grid_share(x, c)).clamp(min=0).mean() for c in (1, 2, 4))


result = torch.rand((1, 32, 32, 1), dtype=torch.float64).requires_grad_()
content = torch.rand((1, 32, 32, 1), dtype=torch.float64) * 0.5
write(
    {
        "content": stored(content),
        "expected": expected(checkerboard(result, content), [result]),
    }
)

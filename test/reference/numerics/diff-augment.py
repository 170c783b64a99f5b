"""Differentiable augmentation by its definition, pixel by pixel, in the paper's range of -1..1.

Run: python test/reference/numerics/diff-augment.py > test/fixtures/numerics/diff-augment.json
"""

import torch

from stored import expected, stored, write

torch.manual_seed(13)
SIDES = (9, 12)

transforms = [
    # Towards each corner; holes within, over an edge, and over a corner.
    dict(brightness=0.2, saturation=1.7, contrast=0.6, down=1, right=2, hole=5, top=2, left=6),
    dict(brightness=-0.11, saturation=0.3, contrast=1.4, down=-1, right=0, hole=4, top=-2, left=3),
    dict(brightness=0.07, saturation=0.0, contrast=1.1, down=0, right=-2, hole=5, top=7, left=10),
]


def recoloured(y, t):
    """y is one picture, [h, w, 3]."""
    y = y + 2 * t["brightness"]
    grey = y.sum(2, keepdim=True) / 3
    y = grey + t["saturation"] * (y - grey)
    middle = y.sum() / y.numel()
    return middle + t["contrast"] * (y - middle)


def augmented(x, t):
    h, w = SIDES
    y = recoloured(2 * x - 1, t)
    rows = []
    for i in range(h):
        for j in range(w):
            a, b = i - t["down"], j - t["right"]
            inside = 0 <= a < h and 0 <= b < w
            cut = 0 <= i - t["top"] < t["hole"] and 0 <= j - t["left"] < t["hole"]
            rows.append(y[a, b] if inside and not cut else torch.zeros(3, dtype=y.dtype))
    return (torch.stack(rows).reshape(h, w, 3) + 1) / 2


x = torch.rand((3, *SIDES, 3), dtype=torch.float64).requires_grad_()
probe = torch.randn((3, *SIDES, 3), dtype=torch.float64)
result = torch.stack([augmented(p, t) for p, t in zip(x, transforms)])
write(
    {
        "transforms": transforms,
        "probe": stored(probe),
        "result": stored(result),
        "expected": expected((probe * result).sum(), [x]),
    }
)

"""The colour loss with PyTorch's L1 and Huber losses, from the luma coefficients of BT.601.

Run: python test/reference/numerics/colour.py > test/fixtures/numerics/colour.json
"""

import torch
from torch.nn import functional as F

from stored import expected, stored, write

torch.manual_seed(14)
DELTA = 0.05


def yuv(x):
    """Y and the scaled differences of blue and red from it."""
    r, g, b = x.unbind(-1)
    y = 0.299 * r + 0.587 * g + 0.114 * b
    return y, 0.436 * (b - y) / (1 - 0.114), 0.615 * (r - y) / (1 - 0.299)


def colour(x, content):
    (y, u, v), (y2, u2, v2) = yuv(x), yuv(content)
    return (
        F.l1_loss(y, y2)
        + F.huber_loss(u, u2, delta=DELTA) / DELTA
        + F.huber_loss(v, v2, delta=DELTA) / DELTA
    )


content = torch.rand((2, 4, 5, 3), dtype=torch.float64)
near = (content + 0.04 * torch.randn_like(content)).requires_grad_()
far = (content + 0.5 * torch.randn_like(content)).requires_grad_()
write(
    {
        "content": stored(content),
        "near": expected(colour(near, content), [near]),
        "far": expected(colour(far, content), [far]),
    }
)

"""The temporal loss with PyTorch's grid_sample for the warping.

Run: python test/reference/numerics/temporal.py > test/fixtures/numerics/temporal.json
"""

import torch
from torch.nn import functional as F

from stored import expected, stored, write

torch.manual_seed(16)
B, H, W, C = 2, 5, 7, 3


def warp(x, flow):
    y, z = torch.meshgrid(
        torch.arange(H, dtype=x.dtype), torch.arange(W, dtype=x.dtype), indexing="ij"
    )
    # grid_sample counts from -1 to 1, from the middle of the first pixel to that of the last.
    grid = torch.stack(
        [2 * (z + flow[..., 0]) / (W - 1) - 1, 2 * (y + flow[..., 1]) / (H - 1) - 1], -1
    )
    moved = F.grid_sample(
        x.permute(0, 3, 1, 2), grid, mode="bilinear", padding_mode="border", align_corners=True
    )
    return moved.permute(0, 2, 3, 1)


result = torch.rand((B, H, W, C), dtype=torch.float64).requires_grad_()
previous = torch.rand((B, H, W, C), dtype=torch.float64).requires_grad_()
flow = 1.7 * torch.randn((B, H, W, 2), dtype=torch.float64)
visible = (torch.rand((B, H, W, 1)) < 0.7).double()
loss = (visible * (result - warp(previous, flow)) ** 2).sum() / (C * visible.sum())
write(
    {
        "flow": stored(flow),
        "visible": stored(visible),
        "warped": stored(warp(previous, flow)),
        "expected": expected(loss, [result, previous]),
    }
)

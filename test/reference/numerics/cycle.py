"""Cycle consistency by PyTorch's L1 loss.

Run: python test/reference/numerics/cycle.py > test/fixtures/numerics/cycle.json
"""

import torch

from stored import expected, stored, write

torch.manual_seed(15)
original = torch.rand((2, 4, 3, 3), dtype=torch.float64)
reconstructed = torch.rand_like(original).requires_grad_()
write(
    {
        "original": stored(original),
        "expected": expected(torch.nn.functional.l1_loss(reconstructed, original), [reconstructed]),
    }
)

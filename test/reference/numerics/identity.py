"""The identity loss by PyTorch's L1 loss.

Run: python test/reference/numerics/identity.py > test/fixtures/numerics/identity.json
"""

import torch

from stored import expected, stored, write

torch.manual_seed(8)
result = torch.rand((2, 5, 4, 3), dtype=torch.float64).requires_grad_()
drawing = torch.rand((2, 5, 4, 3), dtype=torch.float64)
write(
    {
        "drawing": stored(drawing),
        "expected": expected(torch.nn.functional.l1_loss(result, drawing), [result]),
    }
)

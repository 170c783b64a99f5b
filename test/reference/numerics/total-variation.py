"""Total variation in PyTorch.

Run: python test/reference/numerics/total-variation.py > test/fixtures/numerics/total-variation.json
"""

import torch

from stored import expected, write

torch.manual_seed(7)
y = torch.rand((2, 5, 7, 3), dtype=torch.float64).requires_grad_()
write({"expected": expected(y.diff(dim=1).abs().mean() + y.diff(dim=2).abs().mean(), [y])})

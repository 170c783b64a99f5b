"""Conditional instance normalisation with the statistics of a part of the picture, by NumPy's weighted average.

Run: python test/reference/numerics/masked-norm.py > test/fixtures/numerics/masked-norm.json
"""

import numpy as np
import torch

from stored import stored, write

torch.manual_seed(21)
x = torch.randn(1, 6, 8, 5, dtype=torch.float64) * 1.7 + 0.3
inside = torch.rand(1, 12, 16, 1, dtype=torch.float64)
inside[:, :, 9:] = 0
# Features of half the size: a weight for each stands for four pixels.
weights = inside.reshape(6, 2, 8, 2).mean(dim=(1, 3)).numpy()

pixels = x[0].numpy().reshape(-1, 5)
w = weights.reshape(-1)
mean = np.average(pixels, axis=0, weights=w)
variance = np.average((pixels - mean) ** 2, axis=0, weights=w)
write(
    {
        "x": stored(x),
        "inside": stored(inside),
        "mean": mean.tolist(),
        "variance": variance.tolist(),
    }
)

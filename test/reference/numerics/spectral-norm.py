"""Spectral normalisation by torch.nn.utils.parametrizations.spectral_norm: three steps of a layer in training.

Run: python test/reference/numerics/spectral-norm.py > test/fixtures/numerics/spectral-norm.json
"""

import torch
from torch.nn.utils.parametrizations import spectral_norm

from stored import stored, write

torch.manual_seed(12)


def nhwc(filter):
    return filter.permute(2, 3, 1, 0)


layer = torch.nn.Conv2d(3, 5, (4, 2), bias=False, dtype=torch.float64)
spectral_norm(layer, n_power_iterations=1)
parametrization = layer.parametrizations.weight[0]
filter = layer.parametrizations.weight.original
with torch.no_grad():
    # PyTorch begins with 15 iterations; far from the singular vector, a fault in one shows.
    parametrization._u.copy_(torch.nn.functional.normalize(torch.randn(5), dim=0))
    parametrization._v.copy_(
        torch.nn.functional.normalize(filter.flatten(1).T @ parametrization._u, dim=0)
    )
probe = torch.randn_like(filter)

steps = []
for _ in range(3):
    before = parametrization._u.tolist()
    normalised = layer.weight
    loss = (probe * normalised).sum()
    (gradient,) = torch.autograd.grad(loss, filter)
    steps.append(
        {
            "inputs": [stored(nhwc(filter))],
            "value": loss.item(),
            "gradients": [nhwc(gradient).flatten().tolist()],
            "normalised": stored(nhwc(normalised)),
            "before": before,
            "after": parametrization._u.tolist(),
        }
    )

write(
    {
        "probe": stored(nhwc(probe)),
        "steps": steps,
        "largestSingularValue": torch.linalg.matrix_norm(filter.flatten(1), 2).item(),
    }
)

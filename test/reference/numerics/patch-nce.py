"""PatchNCE as a classification: which of the content's places is this one of the result?

Run: python test/reference/numerics/patch-nce.py > test/fixtures/numerics/patch-nce.json
"""

import torch
from torch.nn import functional as F

from stored import expected, stored, write

torch.manual_seed(17)
SHAPES = [(2, 4, 5, 6), (2, 3, 2, 8)]
PLACES = [[13, 0, 7, 19, 4], [5, 2, 0, 3, 1, 4]]


def nce(result, content, places):
    total = 0
    for z_hat, z in zip(result, content):
        v = F.normalize(z_hat.flatten(0, 1)[places], dim=1)
        keys = F.normalize(z.flatten(0, 1)[places], dim=1)
        total = total + F.cross_entropy(v @ keys.T / 0.07, torch.arange(len(places)))
    return total / len(result)


content = [torch.relu(torch.randn(s, dtype=torch.float64)) for s in SHAPES]
result = [
    torch.relu(z + 0.8 * torch.randn_like(z)).requires_grad_() for z in content
]
loss = sum(nce(a, b, p) for a, b, p in zip(result, content, PLACES))
write(
    {
        "places": PLACES,
        "content": [stored(t) for t in content],
        "expected": expected(loss, result),
    }
)

"""Adversarial losses by PyTorch's own criteria.

Run: python test/reference/numerics/adversarial.py > test/fixtures/numerics/adversarial.json
"""

import torch
from torch.nn import functional as F

from stored import expected, write

torch.manual_seed(11)


def logits(shape):
    return (3 * torch.randn(shape, dtype=torch.float64)).requires_grad_()


real, fake, smoothed = logits((2, 3, 4, 1)), logits((2, 3, 4, 1)), logits((2, 3, 4, 1))
with torch.no_grad():
    # Where a sigmoid would be 0 or 1 in float32 and its logarithm endless.
    real[0, 0, 0, 0], real[1, 0, 0, 0] = 120, -120
    fake[0, 0, 0, 0], fake[1, 0, 0, 0] = 150, -90


def cross_entropy(l, drawn):
    return F.binary_cross_entropy_with_logits(l, torch.full_like(l, drawn))


def squares(l, target):
    return F.mse_loss(l, torch.full_like(l, target))


def margin(l, side):
    """max(0, 1 - side * l), by way of a two-class margin against a class that always scores 0."""
    return F.multi_margin_loss(
        torch.stack([side * l.flatten(), torch.zeros_like(l.flatten())], 1),
        torch.zeros(l.numel(), dtype=torch.long),
    ) * 2


kinds = {
    "least-squares": (lambda l: squares(l, 1.0), lambda l: squares(l, 0.0), lambda l: squares(l, 1.0)),
    "non-saturating": (
        lambda l: cross_entropy(l, 1.0),
        lambda l: cross_entropy(l, 0.0),
        lambda l: cross_entropy(l, 1.0),
    ),
    "hinge": (lambda l: margin(l, 1), lambda l: margin(l, -1), lambda l: -l.mean()),
}

write(
    {
        kind: {
            "discriminator": expected(drawn(real) + refused(fake), [real, fake]),
            "edgePromoting": expected(
                drawn(real) + refused(fake) + refused(smoothed), [real, fake, smoothed]
            ),
            "generator": expected(wanted(fake), [fake]),
        }
        for kind, (drawn, refused, wanted) in kinds.items()
    }
)

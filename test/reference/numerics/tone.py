"""The tone loss in PyTorch, under the curve 0.8 L + 0.15.

Run: python test/reference/numerics/tone.py > test/fixtures/numerics/tone.json
"""

import torch

from stored import expected, stored, write

torch.manual_seed(10)
LUMA = torch.tensor([0.299, 0.587, 0.114], dtype=torch.float64)


def light(x):
    """One row and one column are left over, and do not count."""
    planes = torch.nn.functional.avg_pool2d(x.permute(0, 3, 1, 2), 16)
    return torch.einsum("bchw,c->bhw", planes, LUMA)


result = torch.rand((1, 17, 33, 3), dtype=torch.float64).requires_grad_()
content = torch.rand((1, 17, 33, 3), dtype=torch.float64)
# One square so bright that the curve would leave 0..1.
content[:, :16, :16] = 1.2
curve = {"gain": 0.8, "offset": 0.15}
target = (curve["gain"] * light(content) + curve["offset"]).clamp(0, 1)
write(
    {
        "content": stored(content),
        "curve": curve,
        "expected": expected((light(result) - target).abs().mean(), [result]),
    }
)

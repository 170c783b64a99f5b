"""CartoonGAN's content loss by PyTorch's L1 loss, between features rather than pictures.

Run: python test/reference/numerics/semantic-content.py > test/fixtures/numerics/semantic-content.json
"""

import torch

from stored import expected, stored, write

torch.manual_seed(17)
photo = torch.randn((2, 3, 2, 5), dtype=torch.float64).relu()
result = torch.randn_like(photo).requires_grad_()
write(
    {
        "photo": stored(photo),
        "expected": expected(torch.nn.functional.l1_loss(result, photo), [result]),
    }
)

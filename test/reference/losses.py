"""Values of the losses, computed independently in PyTorch, for test/unit/native-models/losses.test.ts.

Run: python test/reference/losses.py > test/fixtures/losses.json
"""

import json

import torch

torch.manual_seed(5)
SHAPES = [(2, 8, 6, 3), (2, 4, 3, 4), (2, 4, 4, 5), (2, 2, 2, 6)]  # NHWC


def picture(shape):
    return torch.rand(shape, dtype=torch.float64)


def taps():
    return [torch.relu(torch.randn(shape, dtype=torch.float64)) for shape in SHAPES]


def content(a, b):
    total = 0
    for weight, x, y in zip([0.3, 1.0], a[2:], b[2:]):
        total = total + weight * torch.nn.functional.mse_loss(x, y) / (y.square().mean() + 1e-8)
    return total


def gram(x):
    return torch.einsum("bhwi,bhwj->bij", x, x) / (x.shape[1] * x.shape[2])


def moments(x):
    mean = x.mean((1, 2))
    deviation = (x.var((1, 2), unbiased=False) + 1e-5).sqrt()
    return torch.cat([mean, deviation], 1)


def relative(x, y):
    error = (x - y).flatten(1).square().sum(1)
    return (error / (y.flatten(1).square().sum(1) + 1e-8)).mean()


def style(a, grams, seconds):
    return sum(
        0.6 * relative(gram(x), g) + 0.6 * relative(moments(x), m)
        for x, g, m in zip(a, grams, seconds)
    )


def total_variation(y):
    return y.diff(dim=1).abs().mean() + y.diff(dim=2).abs().mean()


def grid_share(x, cell):
    """How much alternates cell by cell in each 16 x 16 square, one square at a time."""
    shares = []
    for top in range(0, x.shape[1], 16):
        for left in range(0, x.shape[2], 16):
            total = 0
            for i in range(top, top + 16):
                for j in range(left, left + 16):
                    sign = (-1) ** (i // cell + j // cell)
                    total = total + sign * x[:, i, j, :]
            shares.append((total / 256).abs())
    return torch.stack(shares)


def checkerboard(y, x):
    return sum((grid_share(y, c) - grid_share(x, c)).clamp(min=0).mean() for c in (1, 2, 4))


a, b = taps(), taps()
y, z = picture((2, 5, 7, 3)), picture((2, 5, 7, 3))
drawn, plain = picture((1, 32, 32, 1)), picture((1, 32, 32, 1)) * 0.5
for t in [*a, y, drawn]:
    t.requires_grad_()

own = style(a, [gram(t) for t in b], [moments(t) for t in b])
bank = style(
    a,
    [gram(t).mean(0, keepdim=True) for t in b],
    [moments(t).mean(0, keepdim=True) for t in b],
)


def gradients(loss, inputs):
    return [g.flatten().tolist() for g in torch.autograd.grad(loss, inputs, retain_graph=True)]


def stored(t):
    return {"shape": list(t.shape), "data": t.detach().flatten().tolist()}


print(
    json.dumps(
        {
            "a": [stored(t) for t in a],
            "b": [stored(t) for t in b],
            "y": stored(y),
            "z": stored(z),
            "content": {"value": content(a, b).item(), "gradients": gradients(content(a, b), a[2:])},
            "style": {"value": own.item(), "gradients": gradients(own, a)},
            "styleBank": {"value": bank.item(), "gradients": gradients(bank, a)},
            "totalVariation": {
                "value": total_variation(y).item(),
                "gradients": gradients(total_variation(y), [y]),
            },
            "drawn": stored(drawn),
            "plain": stored(plain),
            "checkerboard": {
                "value": checkerboard(drawn, plain).item(),
                "gradients": gradients(checkerboard(drawn, plain), [drawn]),
            },
            "identity": {
                "value": torch.nn.functional.l1_loss(y, z).item(),
                "gradients": gradients(torch.nn.functional.l1_loss(y, z), [y]),
            },
        }
    )
)

"""One training step of CycleGAN in PyTorch, written from the paper (Zhu, Park, Isola, Efros 2017: section 3, 4 and the
appendix): losses and the gradient of every parameter, from seeded random weights, in float64.

Run: python test/reference/cyclegan.py        # writes test/fixtures/gans/cyclegan-{published,lite}.safetensors
"""

import json
from pathlib import Path

import torch
import torch.nn as nn
from safetensors.torch import save_file

SIDE, WIDTH = 32, 2


class Block(nn.Module):
    def __init__(self, k):
        super().__init__()
        pad, conv, norm = lambda: nn.ReflectionPad2d(1), lambda: nn.Conv2d(k, k, 3), lambda: nn.InstanceNorm2d(k)
        self.conv_block = nn.Sequential(pad(), conv(), norm(), nn.ReLU(), pad(), conv(), norm())

    def forward(self, x):
        return x + self.conv_block(x)


class Generator(nn.Module):
    """c7s1-k, d2k, d4k, one R4k, u2k, uk, c7s1-3; lite: nearest x2 and a 3x3 convolution for each u."""

    def __init__(self, k, lite):
        super().__init__()
        down = lambda a, b: [nn.Conv2d(a, b, 3, stride=2, padding=1), nn.InstanceNorm2d(b), nn.ReLU()]
        grow = lambda a, b: (
            [nn.Upsample(scale_factor=2), nn.ReflectionPad2d(1), nn.Conv2d(a, b, 3)]
            if lite
            else [nn.ConvTranspose2d(a, b, 3, stride=2, padding=1, output_padding=1)]
        )
        up = lambda a, b: [*grow(a, b), nn.InstanceNorm2d(b), nn.ReLU()]
        self.model = nn.Sequential(
            nn.ReflectionPad2d(3), nn.Conv2d(3, k, 7), nn.InstanceNorm2d(k), nn.ReLU(),
            *down(k, 2 * k), *down(2 * k, 4 * k), Block(4 * k), *up(4 * k, 2 * k), *up(2 * k, k),
            nn.ReflectionPad2d(3), nn.Conv2d(k, 3, 7), nn.Tanh(),
        )  # fmt: skip

    def forward(self, x):
        return self.model(x)


class Discriminator(nn.Module):
    """C64-C128-C256-C512 with 64 = k, 4x4, strides 2, 2, 2, 1, and a convolution to one channel."""

    def __init__(self, k):
        super().__init__()
        block = lambda a, b, stride: [nn.Conv2d(a, b, 4, stride, 1), nn.InstanceNorm2d(b), nn.LeakyReLU(0.2)]
        self.model = nn.Sequential(
            nn.Conv2d(3, k, 4, 2, 1), nn.LeakyReLU(0.2),
            *block(k, 2 * k, 2), *block(2 * k, 4 * k, 2), *block(4 * k, 8 * k, 1),
            nn.Conv2d(8 * k, 1, 4, 1, 1),
        )  # fmt: skip

    def forward(self, x):
        return self.model(x)


def step(lite):
    torch.manual_seed(23)
    rounded = lambda t: t.float().double()
    nets = {
        "draw": Generator(WIDTH, lite),
        "photograph": Generator(WIDTH, lite),
        "drawings": Discriminator(WIDTH),
        "photos": Discriminator(WIDTH),
    }
    for net in nets.values():
        net.double()
        for p in net.parameters():
            p.data = rounded(p.data)
    draw, photograph, d_drawings, d_photos = nets.values()
    photos, drawings, old_drawing = (rounded(2 * torch.rand(1, 3, SIDE, SIDE, dtype=torch.float64) - 1) for _ in range(3))

    squares = lambda logits, target: ((logits - target) ** 2).mean()
    l1 = lambda a, b: (a - b).abs().mean()
    drawn, shot = draw(photos), photograph(drawings)
    g = {
        "drawing": squares(d_drawings(drawn), 1),
        "photo": squares(d_photos(shot), 1),
        "cycle": 10 * (l1(photograph(drawn), photos) + l1(draw(shot), drawings)),
        "identity": 0.5 * 10 * (l1(draw(drawings), drawings) + l1(photograph(photos), photos)),
    }
    # The drawings' pool gives an old picture, that of the photographs the new one.
    d = {
        "drawingJudge": 0.5 * (squares(d_drawings(drawings), 1) + squares(d_drawings(old_drawing), 0)),
        "photoJudge": 0.5 * (squares(d_photos(photos), 1) + squares(d_photos(shot.detach()), 0)),
    }
    stored = {"photos": photos, "drawings": drawings, "oldDrawing": old_drawing}
    for terms, of in ((g, ("draw", "photograph")), (d, ("drawings", "photos"))):
        named = [(f"{name}.{key}", p) for name in of for key, p in nets[name].named_parameters()]
        gradients = torch.autograd.grad(sum(terms.values()), [p for _, p in named])
        for (key, p), gradient in zip(named, gradients):
            stored[f"weights.{key}"], stored[f"gradients.{key}"] = p, gradient
    losses = {name: loss.item() for name, loss in (g | d).items()}
    return {key: t.detach().float().contiguous() for key, t in stored.items()}, {"losses": json.dumps(losses)}


if __name__ == "__main__":
    folder = Path(__file__).parents[1] / "fixtures/gans"
    for size in ("published", "lite"):
        tensors, metadata = step(size == "lite")
        save_file(tensors, folder / f"cyclegan-{size}.safetensors", metadata=metadata)

"""One training step of CartoonGAN in PyTorch, written from the paper (Chen, Lai, Liu 2018: equations 1 to 6, figure 2):
losses and the gradient of every parameter, from seeded random weights, in float64.

In place of VGG-19's conv4_4 stands relu4_1 of Fude's perceptual network, with weights by a formula that the test
repeats. The smoothed drawing is made with OpenCV.

Run: python test/reference/cartoongan.py      # writes test/fixtures/gans/cartoongan.safetensors
"""

import json
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn as nn
from safetensors.torch import save_file
from torch.nn import functional as F

SIDE, WIDTH, BATCH = 32, 2, 2


def norm(k):
    return nn.InstanceNorm2d(k, affine=True)


class Down(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.conv1, self.conv2, self.norm = nn.Conv2d(a, b, 3, 2, 1), nn.Conv2d(b, b, 3, 1, 1), norm(b)

    def forward(self, x):
        return F.relu(self.norm(self.conv2(self.conv1(x))))


class Up(Down):
    def __init__(self, a, b):
        super().__init__(a, b)
        self.conv1 = nn.ConvTranspose2d(a, b, 3, 2, 1, output_padding=1)


class Block(nn.Module):
    def __init__(self, k):
        super().__init__()
        self.conv1, self.norm1, self.conv2, self.norm2 = nn.Conv2d(k, k, 3), norm(k), nn.Conv2d(k, k, 3), norm(k)

    def forward(self, x):
        pad = lambda t: F.pad(t, (1, 1, 1, 1), mode="reflect")
        h = F.relu(self.norm1(self.conv1(pad(x))))
        return x + self.norm2(self.conv2(pad(h)))


class Generator(nn.Module):
    """k7n64s1, two downs, residual blocks (one here, eight in the paper), two ups, k7n3s1, with 64 = k."""

    def __init__(self, k):
        super().__init__()
        self.first = nn.ModuleDict({"conv": nn.Conv2d(3, k, 7), "norm": norm(k)})
        self.down1, self.down2, self.block1 = Down(k, 2 * k), Down(2 * k, 4 * k), Block(4 * k)
        self.up1, self.up2 = Up(4 * k, 2 * k), Up(2 * k, k)
        self.last = nn.ModuleDict({"conv": nn.Conv2d(k, 3, 7)})

    def forward(self, x):
        pad = lambda t: F.pad(t, (3, 3, 3, 3), mode="reflect")
        h = F.relu(self.first["norm"](self.first["conv"](pad(x))))
        h = self.up2(self.up1(self.block1(self.down2(self.down1(h)))))
        return torch.tanh(self.last["conv"](pad(h)))


class Discriminator(nn.Module):
    """k3n32s1 · k3n64s2, k3n128s1 · k3n128s2, k3n256s1 · k3n256s1 · k3n1s1, with 32 = k."""

    def __init__(self, k):
        super().__init__()
        conv = lambda a, b, stride=1: nn.Conv2d(a, b, 3, stride, 1)
        leaky = lambda: nn.LeakyReLU(0.2)
        self.model = nn.Sequential(
            conv(3, k), leaky(),
            conv(k, 2 * k, 2), leaky(), conv(2 * k, 4 * k), nn.InstanceNorm2d(4 * k), leaky(),
            conv(4 * k, 4 * k, 2), leaky(), conv(4 * k, 8 * k), nn.InstanceNorm2d(8 * k), leaky(),
            conv(8 * k, 8 * k), nn.InstanceNorm2d(8 * k), leaky(),
            conv(8 * k, 1),
        )  # fmt: skip

    def forward(self, x):
        return self.model(x)


CHANNELS = [(3, 16), (16, 16), (16, 32), (32, 32), (32, 64), (64, 64), (64, 64), (64, 64), (64, 128)]


def relu4_1(x):
    for layer, (inputs, outputs) in enumerate(CHANNELS):
        noise = torch.sin(torch.arange(outputs * inputs * 9, dtype=torch.float64) * 12.9898 + layer) * 43758.5453
        weight = (noise - noise.floor() - 0.5).view(outputs, inputs, 3, 3) * (24 / (9 * inputs)) ** 0.5
        bias = torch.cos(torch.arange(outputs, dtype=torch.float64)) * 0.1
        if layer in (2, 4, 8):
            x = F.max_pool2d(x, 2)
        x = F.relu(F.conv2d(F.pad(x, (1, 1, 1, 1), mode="reflect"), weight, bias))
    return x


def smoothed(drawing):
    """S(e) of S(c), section 3.2.1: Canny's edges, widened by 5x5, and a 5x5 Gaussian within them."""
    edges = cv2.dilate(cv2.Canny(cv2.cvtColor(drawing, cv2.COLOR_RGB2GRAY), 100, 200), np.ones((5, 5), np.uint8))
    return np.where(edges[..., None] > 0, cv2.GaussianBlur(drawing, (5, 5), 0), drawing)


torch.manual_seed(29)
rounded = lambda t: t.float().double()
G, D = Generator(WIDTH).double(), Discriminator(WIDTH).double()
for net in (G, D):
    for name, p in net.named_parameters():
        # Scales and shifts that do something.
        p.data = rounded(p.data + 0.2 * torch.randn_like(p) if "norm" in name else p.data)

random = np.random.default_rng(5)
cartoons = np.full((BATCH, SIDE, SIDE, 3), 230, np.uint8)
for cartoon in cartoons:
    for _ in range(4):
        a, b = random.integers(0, SIDE, 2).tolist(), random.integers(0, SIDE, 2).tolist()
        cv2.line(cartoon, a, b, random.integers(0, 120, 3).tolist(), 1)
    cv2.circle(cartoon, (16, 16), 8, random.integers(0, 255, 3).tolist(), -1)
blurred = np.stack([smoothed(cartoon) for cartoon in cartoons])
assert (blurred != cartoons).any()
nchw = lambda a: rounded(torch.from_numpy(a).double().permute(0, 3, 1, 2) / 255)
photos, drawings, edgeless = rounded(torch.rand(BATCH, 3, SIDE, SIDE, dtype=torch.float64)), nchw(cartoons), nchw(blurred)

signed = lambda x: 2 * x - 1
painted = (G(signed(photos)) + 1) / 2
cross_entropy = lambda x, is_cartoon: F.binary_cross_entropy_with_logits(D(signed(x)), torch.full_like(D(signed(x)), is_cartoon))
adversarial = cross_entropy(painted, 1.0)
content = 10 * (relu4_1(painted) - relu4_1(photos)).abs().mean()
judge = cross_entropy(drawings, 1.0) + cross_entropy(edgeless, 0.0) + cross_entropy(painted.detach(), 0.0)

stored = {"photos": photos, "drawings": drawings, "smoothed": edgeless}
for net, name, terms in (
    (G, "generator", {"gradients": adversarial + content, "initial": content}),
    (D, "discriminator", {"gradients": judge}),
):
    for key, p in net.named_parameters():
        stored[f"weights.{name}.{key}"] = p
    for kind, loss in terms.items():
        gradients = torch.autograd.grad(loss, list(net.parameters()), retain_graph=True)
        for (key, _), gradient in zip(net.named_parameters(), gradients):
            stored[f"{kind}.{name}.{key}"] = gradient
losses = {"adversarial": adversarial.item(), "content": content.item(), "judge": judge.item()}
save_file(
    {key: t.detach().float().contiguous() for key, t in stored.items()},
    Path(__file__).parents[1] / "fixtures/gans/cartoongan.safetensors",
    metadata={"losses": json.dumps(losses)},
)

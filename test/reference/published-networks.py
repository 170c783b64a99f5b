"""Writes checkpoints of the published generators with seeded random weights, a picture, and PyTorch's results.

    python published-networks.py FOLDER          # narrow ones, as in test/fixtures/published-networks
    python published-networks.py FOLDER --full   # of the published widths, on the picture in FOLDER/picture.safetensors

The networks are written from the papers and from the names in official checkpoints: CycleGAN's resnet generators
(Zhu et al. 2017, appendix 7.2) and TransformerNet of pytorch/examples, fast_neural_style (Johnson et al. 2016).
"""

import sys
from collections import OrderedDict
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file, save_file


class ResnetBlock(nn.Module):
    def __init__(self, width, dropout):
        super().__init__()
        convolution = lambda: [nn.ReflectionPad2d(1), nn.Conv2d(width, width, 3), nn.InstanceNorm2d(width)]
        middle = [nn.ReLU(), nn.Dropout(0.5)] if dropout else [nn.ReLU()]
        self.conv_block = nn.Sequential(*convolution(), *middle, *convolution())

    def forward(self, x):
        return x + self.conv_block(x)


class ResnetGenerator(nn.Module):
    def __init__(self, width, blocks, dropout=False, colours=3):
        super().__init__()
        down = lambda i: [nn.Conv2d(width * i, width * i * 2, 3, 2, 1), nn.InstanceNorm2d(width * i * 2), nn.ReLU()]
        up = lambda i: [
            nn.ConvTranspose2d(width * i * 2, width * i, 3, 2, 1, output_padding=1),
            nn.InstanceNorm2d(width * i),
            nn.ReLU(),
        ]
        self.model = nn.Sequential(
            *[nn.ReflectionPad2d(3), nn.Conv2d(colours, width, 7), nn.InstanceNorm2d(width), nn.ReLU()],
            *[*down(1), *down(2)],
            *[ResnetBlock(width * 4, dropout) for _ in range(blocks)],
            *[*up(2), *up(1)],
            *[nn.ReflectionPad2d(3), nn.Conv2d(width, colours, 7), nn.Tanh()],
        )

    def forward(self, x):
        return self.model(x)


class ConvLayer(nn.Module):
    def __init__(self, inputs, outputs, size, stride=1, upsample=1):
        super().__init__()
        self.upsample = upsample
        self.pad = nn.ReflectionPad2d(size // 2)
        self.conv2d = nn.Conv2d(inputs, outputs, size, stride)

    def forward(self, x):
        return self.conv2d(self.pad(F.interpolate(x, scale_factor=self.upsample, mode="nearest")))


class ResidualBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv1, self.in1 = ConvLayer(width, width, 3), nn.InstanceNorm2d(width, affine=True)
        self.conv2, self.in2 = ConvLayer(width, width, 3), nn.InstanceNorm2d(width, affine=True)

    def forward(self, x):
        return x + self.in2(self.conv2(F.relu(self.in1(self.conv1(x)))))


class TransformerNet(nn.Module):
    def __init__(self, width):
        super().__init__()
        norm = lambda channels: nn.InstanceNorm2d(channels, affine=True)
        self.conv1, self.in1 = ConvLayer(3, width, 9), norm(width)
        self.conv2, self.in2 = ConvLayer(width, width * 2, 3, 2), norm(width * 2)
        self.conv3, self.in3 = ConvLayer(width * 2, width * 4, 3, 2), norm(width * 4)
        for block in range(1, 6):
            setattr(self, f"res{block}", ResidualBlock(width * 4))
        self.deconv1, self.in4 = ConvLayer(width * 4, width * 2, 3, upsample=2), norm(width * 2)
        self.deconv2, self.in5 = ConvLayer(width * 2, width, 3, upsample=2), norm(width)
        self.deconv3 = ConvLayer(width, 3, 9)

    def forward(self, x):
        y = x
        for conv, norm in [(self.conv1, self.in1), (self.conv2, self.in2), (self.conv3, self.in3)]:
            y = F.relu(norm(conv(y)))
        for block in range(1, 6):
            y = getattr(self, f"res{block}")(y)
        y = F.relu(self.in5(self.deconv2(F.relu(self.in4(self.deconv1(y))))))
        return self.deconv3(y)


def randomised(network, last):
    """Weights that give pictures with contrast; the last layer's decide how much."""
    for name, tensor in network.state_dict().items():
        affine_scale = tensor.dim() == 1 and ".in" in f".{name}" and name.endswith("weight")
        if affine_scale:
            tensor.copy_(1 + 0.3 * torch.randn_like(tensor))
        elif tensor.dim() == 1:
            tensor.copy_(0.2 * torch.randn_like(tensor))
        else:
            tensor.copy_(torch.randn_like(tensor) / tensor[0].numel() ** 0.5)
    for name, tensor in list(network.state_dict().items())[-2:]:
        weight = name.endswith("weight")
        tensor.copy_(last["scale"] * tensor if weight else last["shift"] + tensor)
    return network.eval()


def with_statistics(state):
    """What PyTorch before 0.4 stored beside instance normalisation, and what DataParallel puts before names."""
    extended = OrderedDict()
    for name, tensor in state.items():
        extended[name] = tensor
        if ".in" in f".{name}" and name.endswith("bias"):
            stem = name.removesuffix("bias")
            extended[f"{stem}running_mean"] = torch.randn_like(tensor)
            extended[f"{stem}running_var"] = torch.rand_like(tensor)
    return extended


def main(folder, full):
    torch.manual_seed(11)
    cyclegan, johnson = (64, 32) if full else (4, 4)
    in_tanh = {"scale": 0.7, "shift": 0}
    in_bytes = {"scale": 50, "shift": 128}
    nine = randomised(ResnetGenerator(cyclegan, 9), in_tanh)
    six = randomised(ResnetGenerator(cyclegan, 6, dropout=True), in_tanh)
    transformer = randomised(TransformerNet(johnson), in_bytes)

    if full:
        picture = load_file(folder / "picture.safetensors")["picture"]
    else:
        picture = F.interpolate(torch.rand(1, 3, 4, 6), (24, 36), mode="bicubic").clamp(0, 1)

    torch.save(nine.state_dict(), folder / "resnet_9blocks.pth")
    data_parallel = OrderedDict((f"module.{name}", tensor) for name, tensor in six.state_dict().items())
    torch.save(data_parallel, folder / "resnet_6blocks.pth", _use_new_zipfile_serialization=False)
    torch.save(transformer.state_dict(), folder / "transformer.pth")
    old = with_statistics(transformer.state_dict())
    torch.save(old, folder / "transformer_old.model", _use_new_zipfile_serialization=False)

    with torch.no_grad():
        results = {
            "picture": picture,
            "resnet_9blocks": (nine.double()(picture.double() * 2 - 1) + 1) / 2,
            "resnet_6blocks": (six.double()(picture.double() * 2 - 1) + 1) / 2,
            "transformer": (transformer.double()(picture.double() * 255) / 255).clamp(0, 1),
        }
    save_file({name: tensor.float().contiguous() for name, tensor in results.items()}, folder / "results.safetensors")


main(Path(sys.argv[1]), "--full" in sys.argv)

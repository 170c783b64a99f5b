"""Prints the numbers that native-models/runtime/probe.ts expects, in double precision (pip install torch)."""

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def wave(shape, frequency):
    count = int(torch.tensor(shape).prod())
    return torch.sin(torch.arange(1, count + 1) * frequency).reshape(shape)


x = wave([1, 7, 7, 3], 0.7).requires_grad_()
weight = wave([3, 3, 3, 4], 0.3).requires_grad_()
scale, shift = 1 + 0.5 * wave([4], 1.1), 0.5 * wave([4], 1.9)

y = F.conv2d(F.pad(x.permute(0, 3, 1, 2), (1, 1, 1, 1), mode="reflect"), weight.permute(3, 2, 0, 1), stride=2)
mean, variance = y.mean((2, 3), keepdim=True), y.var((2, 3), unbiased=False, keepdim=True)
normalised = (y - mean) / torch.sqrt(variance + 1e-5) * scale.view(1, -1, 1, 1) + shift.view(1, -1, 1, 1)
picture = torch.sigmoid(F.interpolate(F.relu(normalised), scale_factor=2, mode="nearest")).permute(0, 2, 3, 1)
(picture * wave(list(picture.shape), 0.9)).sum().backward()


def show(name, tensor):
    print(name, [round(value, 6) for value in tensor.detach().flatten().tolist()])


show("convolution", y.permute(0, 2, 3, 1)[0, 0])
show("picture", picture[0, ::3, ::3])
show("filterGradient", weight.grad.flatten()[:16])
show("pictureGradient", x.grad.flatten()[:16])

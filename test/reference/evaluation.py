"""Numbers for the tests of `npm run evaluate`, computed independently with NumPy, SciPy, scikit-image and PyTorch.

Run: python test/reference/evaluation.py [../shared/data] > test/fixtures/evaluation.json

The pictures are drawn by formulas (test/unit/scripts/evaluate/formula-pictures.ts has the same ones). With the data folder
SqueezeNet is run as well; without it those numbers are taken over from the file that is there.
"""

import json
import math
import os
import sys

import numpy as np
import torch
from scipy import ndimage
from skimage import color, metrics

HEIGHT, WIDTH = 72, 96


def picture(kind):
    y, x, c = np.meshgrid(np.arange(HEIGHT), np.arange(WIDTH), np.arange(3), indexing="ij")
    if kind == "waves":
        v = np.abs((5 * x + 3 * y + 20 * c) % 128 - 64) * 3 + ((x * y) >> 6)
    else:
        v = np.abs((2 * x + 7 * y + 33 * c) % 96 - 48) * 4 + ((x * x * (c + 1)) >> 7)
    return np.clip(v, 0, 255).astype(np.uint8)


def mirrored(planes, kernel):
    return ndimage.correlate(planes, kernel, mode="mirror")


def pyramid(plane, levels):
    row = np.array([1, 4, 6, 4, 1]) / 16
    made = [plane]
    while len(made) < levels:
        made.append(mirrored(made[-1], np.outer(row, row))[::2, ::2])
    return made


def gabor(plane):
    """Daugman's pairs: 9x9, wavelength 4, deviation 2, six orientations."""
    y, x = np.mgrid[-4:5, -4:5]
    envelope = np.exp(-(x**2 + y**2) / 8)
    out = []
    for o in range(6):
        angle = math.pi * o / 6
        phase = 2 * math.pi * (x * math.cos(angle) + y * math.sin(angle)) / 4
        even = envelope * (np.cos(phase) - (envelope * np.cos(phase)).sum() / envelope.sum())
        odd = envelope * np.sin(phase)
        scale = 2 / (2 * math.pi * 4)
        pair = [mirrored(plane, scale * f) for f in (even, odd)]
        out.append(np.sqrt(pair[0] ** 2 + pair[1] ** 2 + 1e-10))
    return np.stack(out, -1)


def columns(m):
    flat = m.reshape(-1, 6)
    flat = flat - flat.mean(0)
    return flat / (np.sqrt((flat**2).sum(0)) + 1e-3)


def halved(m):
    h, w = m.shape[:2]
    return np.stack(
        [
            [m[2 * i : 2 * i + 2, 2 * j : 2 * j + 2].mean((0, 1)) for j in range((w + 1) // 2)]
            for i in range((h + 1) // 2)
        ]
    )


def shares(values, count):
    return np.quantile(values, (np.arange(count) + 0.5) / count)


def classical(rgb):
    lab = color.rgb2lab(rgb) / 100
    maps = [[gabor(level) for level in pyramid(lab[..., c], 4)] for c in range(3)]

    def energies(m):
        return np.log(np.concatenate([m.mean((0, 1)), m.std((0, 1))]) + 0.005)

    strokes = [energies(maps[0][s]) for s in range(4)]
    structure = []
    for m in maps[0]:
        correlation = columns(m).T @ columns(m)
        structure.append(correlation[np.triu_indices(6, 1)])
    for s in range(3):
        structure.append((columns(halved(maps[0][s])) * columns(maps[0][s + 1])).sum(0))
    hatching = [np.concatenate([energies(maps[1][s]), energies(maps[2][s])]) for s in range(4)]
    r = math.sqrt(0.5)
    directions = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, r, r], [0, r, -r]])
    colours = [shares(lab.reshape(-1, 3) @ d, 9) for d in directions]
    return np.concatenate([*strokes, *structure, *hatching, *colours])


def luma(rgb):
    return (rgb / 255) @ np.array([0.2125, 0.7154, 0.0721])


def similarity(a, b):
    _, full = metrics.structural_similarity(
        luma(a), luma(b), data_range=1, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, full=True
    )
    return full[5:-5, 5:-5].mean()


def edges(rgb):
    smooth = ndimage.gaussian_filter(luma(rgb), 1.5, radius=6)
    steep = np.hypot(ndimage.sobel(smooth, 0), ndimage.sobel(smooth, 1))[7:-7, 7:-7]
    ordered = np.sort(steep.ravel())
    return steep > max(ordered[int(0.9 * (ordered.size - 1))], 1e-3)


def edge_f1(a, b):
    near = lambda e: ndimage.binary_dilation(e, np.ones((5, 5)))
    a, b = edges(a), edges(b)
    recall, precision = (a & near(b)).sum() / a.sum(), (b & near(a)).sum() / b.sum()
    return 2 * recall * precision / (recall + precision)


class Xoshiro:
    """xoshiro128** 1.1 seeded by splitmix32; normal numbers by Box and Muller."""

    def __init__(self, seed):
        self.s, z = [], seed
        for _ in range(4):
            z = (z + 0x9E3779B9) & 0xFFFFFFFF
            t = ((z ^ (z >> 16)) * 0x21F0AAAD) & 0xFFFFFFFF
            t = ((t ^ (t >> 15)) * 0x735A2D97) & 0xFFFFFFFF
            self.s.append(t ^ (t >> 15))

    def uniform(self):
        rotate = lambda v, k: ((v << k) | (v >> (32 - k))) & 0xFFFFFFFF
        s = self.s
        result = (rotate((s[1] * 5) & 0xFFFFFFFF, 7) * 9) & 0xFFFFFFFF
        t = (s[1] << 9) & 0xFFFFFFFF
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotate(s[3], 11)
        return result / 2**32

    def normal(self):
        radius = math.sqrt(-2 * math.log(1 - self.uniform()))
        return radius * math.cos(2 * math.pi * self.uniform())


def sliced_wasserstein(a, b):
    random = Xoshiro(17)
    directions = np.array([random.normal() for _ in range(147 * 64)]).reshape(147, 64)
    directions /= np.linalg.norm(directions, axis=0)

    def quantile_rows(rgb):
        lab = color.rgb2lab(rgb) / 100
        levels = [pyramid(lab[..., c], 3) for c in range(3)]
        rows = []
        for s in range(3):
            level = np.stack([levels[c][s] for c in range(3)], -1)
            patches = np.lib.stride_tricks.sliding_window_view(level, (7, 7), (0, 1))[:: 8 >> s, :: 8 >> s]
            flat = patches.transpose(0, 1, 3, 4, 2).reshape(-1, 147)
            rows += [shares(p, 32) for p in (flat @ directions).T]
        return np.concatenate(rows)

    return 100 * np.abs(quantile_rows(a) - quantile_rows(b)).mean()


def squeezenet(rgb, archive):
    w = {k: torch.from_numpy(v) for k, v in np.load(archive).items()}
    x = torch.from_numpy(rgb[..., ::-1].astype(np.float32) - np.array([104, 117, 123], np.float32))
    x = x.permute(2, 0, 1)[None]
    conv = lambda h, n, **k: torch.relu(torch.nn.functional.conv2d(h, w[n + "_w"], w[n + "_b"], **k))
    pool = lambda h: torch.nn.functional.max_pool2d(h, 3, 2, ceil_mode=True)
    taps = {"conv1": conv(x, "conv1", stride=2)}
    h = pool(taps["conv1"])
    for n in range(2, 10):
        squeezed = conv(h, f"fire{n}/conv1x1_1")
        h = torch.cat([conv(squeezed, f"fire{n}/conv1x1_2"), conv(squeezed, f"fire{n}/conv3x3_2", padding=1)], 1)
        taps[f"fire{n}"] = h
        if n in (4, 8):
            h = pool(h)
    return {
        name: {
            "shape": list(t.permute(0, 2, 3, 1).shape),
            "mean": t.mean().item(),
            "deviation": t.std(unbiased=False).item(),
            "some": t.permute(0, 2, 3, 1).flatten()[:: max(1, t.numel() // 24)][:24].tolist(),
        }
        for name, t in taps.items()
    }


def rounded(values):
    return [round(float(v), 7) for v in np.asarray(values).ravel()]


def main():
    waves, tiles = picture("waves"), picture("tiles")
    out = "test/fixtures/evaluation.json"
    if len(sys.argv) > 1:
        archive = os.path.join(sys.argv[1], "networks", "squeezenet-v1.0-deepcompression.npz")
        network = squeezenet(waves, archive)
    else:
        network = json.load(open(out))["squeezenet"]
    error = ((waves.astype(float) - tiles) ** 2).mean()
    result = {
        "size": [HEIGHT, WIDTH],
        "lab": rounded(color.rgb2lab(waves)[::17, ::19] / 100),
        "classical": {"waves": rounded(classical(waves)), "tiles": rounded(classical(tiles))},
        "similarity": similarity(waves, tiles),
        "edges": edge_f1(waves, tiles),
        "slicedWasserstein": sliced_wasserstein(waves, tiles),
        "signalToNoise": 10 * math.log10(255**2 / error),
        "quantiles": rounded(shares(np.array([3, 1, 4, 1, 5, 9, 2, 6], float), 5)),
        "squeezenet": network,
    }
    json.dump(result, sys.stdout)
    print()


main()

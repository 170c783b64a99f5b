"""Blend modes, written from PDF 1.7 (ISO 32000-1, 11.3.5 and 11.3.6) and W3C Compositing and Blending 1, one pixel at a
time in float64, without a look at common/document. Photoshop's own modes follow the formulas that readers of PSD use.

    python test/reference/blend.py     writes test/golden/blend-modes.json
"""

import json
import math
import pathlib
import random

GOLDEN = pathlib.Path(__file__).parents[1] / "golden"


def multiply(b, s):
    return b * s


def screen(b, s):
    return 1 - (1 - b) * (1 - s)


def hard_light(b, s):
    return multiply(b, 2 * s) if s <= 0.5 else screen(b, 2 * s - 1)


def color_dodge(b, s):
    if b == 0:
        return 0.0
    return 1.0 if s == 1 else min(1.0, b / (1 - s))


def color_burn(b, s):
    if b == 1:
        return 1.0
    return 0.0 if s == 0 else 1 - min(1.0, (1 - b) / s)


def soft_light(b, s):
    d = ((16 * b - 12) * b + 4) * b if b <= 0.25 else math.sqrt(b)
    return b - (1 - 2 * s) * b * (1 - b) if s <= 0.5 else b + (2 * s - 1) * (d - b)


def divide(b, s):
    if s == 0:
        return 0.0 if b == 0 else 1.0
    return min(1.0, b / s)


SEPARABLE = {
    "normal": lambda b, s: s,
    "darken": min,
    "multiply": multiply,
    "colorBurn": color_burn,
    "linearBurn": lambda b, s: max(0.0, b + s - 1),
    "lighten": max,
    "screen": screen,
    "colorDodge": color_dodge,
    "linearDodge": lambda b, s: min(1.0, b + s),
    "overlay": lambda b, s: hard_light(s, b),
    "softLight": soft_light,
    "hardLight": hard_light,
    "vividLight": lambda b, s: color_burn(b, 2 * s) if s <= 0.5 else color_dodge(b, 2 * s - 1),
    "linearLight": lambda b, s: min(1.0, max(0.0, b + 2 * s - 1)),
    "pinLight": lambda b, s: min(b, 2 * s) if s <= 0.5 else max(b, 2 * s - 1),
    # Of 8-bit levels: their sum is compared as whole numbers.
    "hardMix": lambda b, s: 1.0 if round(255 * (b + s), 3) > 255 else 0.0,
    "difference": lambda b, s: abs(b - s),
    "exclusion": lambda b, s: b + s - 2 * b * s,
    "subtract": lambda b, s: max(0.0, b - s),
    "divide": divide,
}


def lum(c):
    return 0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2]


def clip_color(c):
    l, n, x = lum(c), min(c), max(c)
    if n < 0:
        c = [l + (v - l) * l / (l - n) for v in c]
    if x > 1:
        c = [l + (v - l) * (1 - l) / (x - l) for v in c]
    return c


def set_lum(c, l):
    d = l - lum(c)
    return clip_color([v + d for v in c])


def sat(c):
    return max(c) - min(c)


def set_sat(c, s):
    order = sorted(range(3), key=lambda i: c[i])
    least, mid, most = order
    out = [0.0, 0.0, 0.0]
    if c[most] > c[least]:
        out[mid] = (c[mid] - c[least]) * s / (c[most] - c[least])
        out[most] = s
    return out


NON_SEPARABLE = {
    "darkerColor": lambda b, s: s if lum(s) < lum(b) else b,
    "lighterColor": lambda b, s: s if lum(s) > lum(b) else b,
    "hue": lambda b, s: set_lum(set_sat(s, sat(b)), lum(b)),
    "saturation": lambda b, s: set_lum(set_sat(b, sat(s)), lum(b)),
    "color": lambda b, s: set_lum(s, lum(b)),
    "luminosity": lambda b, s: set_lum(b, lum(s)),
}

MODES = [*SEPARABLE, *NON_SEPARABLE]


def mixture(mode, b, s):
    """B(cb, cs) of two colours."""
    if mode in NON_SEPARABLE:
        return NON_SEPARABLE[mode](list(b), list(s))
    return [SEPARABLE[mode](cb, cs) for cb, cs in zip(b, s)]


def union(a, b):
    return 1 - (1 - a) * (1 - b)


def blend(mode, backdrop, source):
    """Straight RGBA over straight RGBA: W3C's form, premultiplied inside."""
    *cb, ab = backdrop
    *cs, a = source
    alpha = union(ab, a)
    if alpha == 0:
        return [0.0, 0.0, 0.0, 0.0]
    mixed = mixture(mode, cb, cs)
    premultiplied = [
        a * (1 - ab) * s + a * ab * m + (1 - a) * ab * b for b, s, m in zip(cb, cs, mixed)
    ]
    return [c / alpha for c in premultiplied] + [alpha]


def pairs():
    """Backdrop and source pixels in 8-bit levels: every extreme against every other, greys, then chance."""
    chance = random.Random(20261122)
    ends = [0, 1, 63, 64, 127, 128, 254, 255]
    result = []
    for b in ends:
        for i in range(0, len(ends), 3):
            s = [ends[(i + k) % len(ends)] for k in range(3)]
            result.append(([b] * 3 + [255], s + [255]))
    for level in (0, 100, 255):
        result.append(([level] * 3 + [255], [255 - level, 40, 200, 255]))
        result.append(([40, 200, 90, 255], [level] * 3 + [255]))
    for index in range(66):
        b, s = ([chance.randrange(256) for _ in range(4)] for _ in range(2))
        if index % 3 == 0:
            b[3] = s[3] = 255
        elif index % 3 == 1:
            b[3] = 255
        result.append((b, s))
    result.append(([10, 20, 30, 0], [200, 100, 50, 128]))
    result.append(([10, 20, 30, 128], [200, 100, 50, 0]))
    return result


if __name__ == "__main__":
    cases = pairs()
    golden = {
        "made by": "test/reference/blend.py",
        "backdrops": [b for b, _ in cases],
        "sources": [s for _, s in cases],
        "results": {
            mode: [
                [round(v, 6) for v in blend(mode, [v / 255 for v in b], [v / 255 for v in s])]
                for b, s in cases
            ]
            for mode in MODES
        },
    }
    text = json.dumps(golden, separators=(",", ":")).replace('],"', '],\n"').replace("]],", "]],\n")
    (GOLDEN / "blend-modes.json").write_text(text + "\n")

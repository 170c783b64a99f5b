"""Composites small documents one pixel at a time in float64, from PDF 1.7 (ISO 32000-1, 11.3 and 11.4), without a look at
common/document: pass-through groups as non-isolated groups with the backdrop removed by the formula of 11.4.8,
edges by counting points inside.

    python test/reference/compositor.py     writes test/golden/compositor/: scenes.json, and what each scene looks like
                                            as a PNG of 16 bits
"""

import json
import math
import pathlib
import random
import struct
import sys
import zlib

sys.dont_write_bytecode = True

from blend import NON_SEPARABLE, blend, union

GOLDEN = pathlib.Path(__file__).parents[1] / "golden" / "compositor"
WIDTH, HEIGHT = 32, 24
CLEAR = [0.0, 0.0, 0.0, 0.0]
MOST = {"8": 255, "16": 65535, "float": 1}


# --- Pictures -----------------------------------------------------------------------------------------------------


def raster(width, height, channels, depth, pixel):
    """pixel(x, y) gives the samples of a pixel in 0..1."""
    most = MOST[depth]
    samples = []
    for y in range(height):
        for x in range(width):
            values = pixel((x + 0.5) / width, (y + 0.5) / height)
            assert len(values) == channels
            samples += [round(v, 4) if depth == "float" else round(v * most) for v in values]
    return {"width": width, "height": height, "channels": channels, "depth": depth, "samples": samples}


def wave(t):
    return 0.5 + 0.5 * math.sin(2 * math.pi * t)


def disc(u, v):
    return min(1.0, max(0.0, 1.6 - 3.4 * math.hypot(u - 0.5, v - 0.5)))


chance = random.Random(7)
RASTERS = {
    "photo": raster(32, 24, 3, "8", lambda u, v: [u, wave(v + u / 2), 1 - v]),
    "redrawn": raster(32, 24, 3, "8", lambda u, v: [wave(3 * u), 0.3 + 0.5 * v, wave(u * v + 0.3)]),
    "leaf": raster(20, 16, 4, "8", lambda u, v: [0.2 + 0.6 * v, 0.9 - 0.5 * u, 0.1, disc(u, v)]),
    "leafRedrawn": raster(20, 16, 4, "8", lambda u, v: [wave(2 * v), 0.2, wave(u), 1 - u]),
    "deep": raster(18, 14, 4, "16", lambda u, v: [wave(u), u * v, wave(v), 0.25 + 0.75 * u]),
    "float": raster(12, 10, 3, "float", lambda u, v: [u * u, v * v, wave(u + v)]),
    "grey": raster(14, 12, 1, "8", lambda u, v: [wave(u + 2 * v)]),
    "greyAlpha": raster(10, 18, 2, "16", lambda u, v: [v, wave(u)]),
    "speckle": raster(32, 24, 3, "8", lambda u, v: [chance.random() for _ in range(3)]),
    "tiny": raster(7, 5, 4, "8", lambda u, v: [u, 1 - v, wave(2 * u), 1.0 if u + v > 0.7 else 0.3]),
    "mask": raster(22, 18, 1, "8", lambda u, v: [u]),
    "colorMask": raster(24, 12, 3, "8", lambda u, v: [wave(u), v, 1 - u]),
    "deepMask": raster(16, 24, 1, "16", lambda u, v: [disc(u, v)]),
}
HASHES = {name: f"{index + 1:064x}" for index, name in enumerate(RASTERS)}
BY_HASH = {HASHES[name]: made for name, made in RASTERS.items()}


# --- Documents ----------------------------------------------------------------------------------------------------

IDENTITY = {"x": 0, "y": 0, "scaleX": 1, "scaleY": 1, "rotation": 0}
serial = iter(range(10_000))


def layer(kind, **changes):
    name = f"{kind}-{next(serial)}"
    common = {"id": name, "name": name, "visible": True, "locked": False, "opacity": 1, "mask": None}
    return {**common, "kind": kind, "blendMode": "normal", **changes}


def picture(name, transform=None, **changes):
    return layer("picture", asset=HASHES[name], transform={**IDENTITY, **(transform or {})}, **changes)


def styled(source, result, strength, keeping, transform=None, **changes):
    style = {"model": "ink", "brushSize": 1}
    made = None if result is None else {"asset": HASHES[result], "style": style}
    return layer(
        "styled",
        source=HASHES[source],
        style=style,
        strength=strength,
        colourKeeping=keeping,
        result=made,
        transform={**IDENTITY, **(transform or {})},
        **changes,
    )


def group(mode, *layers, **changes):
    return layer("group", blendMode=mode, layers=list(layers), **changes)


def mask(name, x=0, y=0, outside=0, enabled=True):
    asset = None if name is None else HASHES[name]
    return {"asset": asset, "x": x, "y": y, "outside": outside, "enabled": enabled}


def at(x, y):
    return {"x": x, "y": y}


def members():
    return [
        picture("leaf", at(2, 3), blendMode="multiply"),
        picture("deep", at(9, 5), blendMode="difference", opacity=0.8),
    ]


SCENES = {
    "rasters": [
        picture("photo", at(-5, 4), opacity=0.9),
        picture("leaf", at(15, -4)),
        picture("deep", at(20, 8), opacity=0.7),
        picture("float", at(1, 1)),
        picture("grey", at(-6, 15)),
        picture("greyAlpha", at(13, 3)),
        picture("speckle", visible=False),
        picture("speckle", opacity=0),
        picture("speckle", at(40, 0)),
    ],
    "masks": [
        picture("photo", mask=mask("mask", 6, -3, 1)),
        picture("redrawn", mask=mask("deepMask", 9, 2, 0)),
        picture("leaf", at(0, 8), mask=mask(None, outside=0.4)),
        picture("deep", at(14, 10), mask=mask("mask", 0, 0, 0, enabled=False)),
        group("normal", picture("grey", at(18, 0)), mask=mask("colorMask", 10, 1, 0.2), opacity=0.8),
    ],
    "isolated": [picture("photo", opacity=0.85), group("normal", *members(), opacity=0.9)],
    "isolated-blended": [
        picture("photo"),
        group("screen", *members(), opacity=0.6, mask=mask("mask", 3, 2, 0.5)),
    ],
    "pass-through": [picture("photo", at(4, -2), opacity=0.85), group("passThrough", *members())],
    "pass-through-faded": [
        picture("photo", at(4, -2), opacity=0.85),
        group("passThrough", *members(), opacity=0.6, mask=mask("deepMask", 7, 0, 0.9)),
    ],
    "nested": [
        picture("photo", at(0, 6), opacity=0.9),
        group(
            "passThrough",
            picture("leaf", at(6, 2), blendMode="hardLight"),
            group(
                "multiply",
                picture("redrawn", mask=mask("deepMask", 2, 0, 0.3)),
                group(
                    "passThrough",
                    picture("deep", at(8, 4), blendMode="exclusion"),
                    picture("grey", at(3, 3), blendMode="luminosity", opacity=0.5),
                    opacity=0.5,
                ),
                group("overlay", opacity=0.5),
                opacity=0.8,
            ),
            opacity=0.75,
            mask=mask("mask", 4, 4, 1),
        ),
    ],
    "modes": [
        picture("photo", opacity=0.9),
        *(
            picture("leaf", at(8 * (i % 4) - 4, 6 * (i // 4) - 4), blendMode=mode)
            for i, mode in enumerate(
                ["colorBurn", "softLight", "hue", "divide", "vividLight", "saturation", "color", "pinLight"]
                + ["colorDodge", "darkerColor", "linearLight", "subtract", "overlay", "lighterColor"]
            )
        ),
    ],
    "styled": [
        styled("photo", "redrawn", 0.7, 0.4),
        styled("leaf", "leafRedrawn", 0.9, 1, at(3, 4)),
        styled("leaf", None, 1, 0, at(14, -3)),
        styled("leaf", "leafRedrawn", 0, 0.5, at(-8, 9), opacity=0.6),
        styled("leaf", "leafRedrawn", 1, 0, at(16, 10), blendMode="screen"),
    ],
    "transforms": [
        picture("photo", {"x": 32, "scaleX": -1}, opacity=0.5),
        picture("tiny", {"x": 1.5, "y": 2.25}),
        picture("tiny", {"x": 31, "y": 1, "rotation": 90}),
        picture("tiny", {"x": 10, "y": 1, "scaleX": 2, "scaleY": 1.5}),
        picture("leaf", {"x": 2, "y": 12, "scaleX": 0.5, "scaleY": 0.5}),
        picture("leaf", {"x": 14, "y": 23, "scaleY": -0.25, "rotation": 360}),
        styled("leaf", "leafRedrawn", 0.8, 0.3, {"x": 31, "y": 23, "scaleX": 0.5, "rotation": 180}),
    ],
    "rotated": [picture("photo", {"x": 12, "y": 1, "scaleX": 0.8, "scaleY": 0.7, "rotation": 33})],
}


# --- Compositing --------------------------------------------------------------------------------------------------


def texel(made, x, y):
    """RGBA, straight, of one pixel of a raster."""
    count, most = made["channels"], MOST[made["depth"]]
    start = (y * made["width"] + x) * count
    v = [s / most for s in made["samples"][start : start + count]]
    return {1: lambda: v * 3 + [1.0], 2: lambda: v[:1] * 3 + v[1:], 3: lambda: v + [1.0], 4: lambda: v}[count]()


def own_pixel(item, x, y):
    """A layer's own pixel, before its transform."""
    if item["kind"] == "picture":
        return texel(BY_HASH[item["asset"]], x, y)
    source = texel(BY_HASH[item["source"]], x, y)
    if item["result"] is None:
        return source
    result = texel(BY_HASH[item["result"]["asset"]], x, y)[:3]
    colored = NON_SEPARABLE["color"](result, source[:3])
    k, strength = item["colourKeeping"], item["strength"]
    kept = [(1 - k) * r + k * c for r, c in zip(result, colored)]
    return [(1 - strength) * s + strength * c for s, c in zip(source, kept)] + [source[3]]


def placed_pixel(item, x, y):
    """A layer's pixel in the document."""
    made = BY_HASH[item["asset"] if item["kind"] == "picture" else item["source"]]
    width, height = made["width"], made["height"]
    t = item["transform"]
    angle = math.radians(t["rotation"])
    cos, sin = math.cos(angle), math.sin(angle)

    def back(px, py):
        dx, dy = px - t["x"], py - t["y"]
        return (cos * dx + sin * dy) / t["scaleX"], (cos * dy - sin * dx) / t["scaleY"]

    # Share of the pixel inside the picture: of 16 x 16 points.
    inside = 0
    for j in range(16):
        for i in range(16):
            u, v = back(x + (i + 0.5) / 16, y + (j + 0.5) / 16)
            inside += 0 <= u < width and 0 <= v < height
    if inside == 0:
        return CLEAR

    def premultiplied(px, py):
        r, g, b, a = own_pixel(item, min(max(px, 0), width - 1), min(max(py, 0), height - 1))
        return [r * a, g * a, b * a, a]

    def bilinear(u, v):
        u, v = u - 0.5, v - 0.5
        left, top = math.floor(u), math.floor(v)
        fu, fv = u - left, v - top
        corners = [
            ((1 - fu) * (1 - fv), premultiplied(left, top)),
            (fu * (1 - fv), premultiplied(left + 1, top)),
            ((1 - fu) * fv, premultiplied(left, top + 1)),
            (fu * fv, premultiplied(left + 1, top + 1)),
        ]
        return [sum(w * c[k] for w, c in corners) for k in range(4)]

    # As many points along each side of the pixel as it spans of the picture's pixels.
    spans = []
    for ex, ey in ((1, 0), (0, 1)):
        (u0, v0), (u1, v1) = back(0, 0), back(ex, ey)
        spans.append(max(1, math.ceil(round(max(abs(u1 - u0), abs(v1 - v0)), 6))))
    nx, ny = spans
    points = [
        bilinear(*back(x + (i + 0.5) / nx, y + (j + 0.5) / ny)) for j in range(ny) for i in range(nx)
    ]
    r, g, b, a = [sum(p[k] for p in points) / len(points) for k in range(4)]
    return [r / a, g / a, b / a, a * inside / 256] if a else CLEAR


def share(item, x, y):
    """Opacity times mask."""
    m = item["mask"]
    if m is None or not m["enabled"]:
        return item["opacity"]
    made = BY_HASH.get(m["asset"])
    mx, my = x - m["x"], y - m["y"]
    if made is None or not (0 <= mx < made["width"] and 0 <= my < made["height"]):
        return item["opacity"] * m["outside"]
    r, g, b, _ = texel(made, mx, my)
    return item["opacity"] * (0.3 * r + 0.59 * g + 0.11 * b)


def paint(layers, backdrop, x, y):
    """The backdrop's pixel with layers on it, and the alpha of the layers alone."""
    current, group_alpha = backdrop, 0.0
    for item in layers:
        if not item["visible"]:
            continue
        mode = item["blendMode"]
        if mode == "passThrough":
            painted, own_alpha = paint(item["layers"], current, x, y)
            if own_alpha == 0:
                continue
            # 11.4.8: C = Cn + (Cn - C0) * (a0 / agn - a0)
            factor = current[3] / own_alpha - current[3]
            source = [n + (n - c) * factor for n, c in zip(painted[:3], current[:3])] + [own_alpha]
            mode = "normal"
        elif item["kind"] == "group":
            source, _ = paint(item["layers"], CLEAR, x, y)
        else:
            source = placed_pixel(item, x, y)
        source = source[:3] + [source[3] * share(item, x, y)]
        current = blend(mode, current, source)
        group_alpha = union(group_alpha, source[3])
    return current, group_alpha


def write_png(path, rows):
    """RGBA of 16 bits."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    lines = b"".join(
        b"\0" + b"".join(struct.pack(">H", round(65535 * v)) for pixel in row for v in pixel) for row in rows
    )
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 16, 6, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b"")
    )


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    documents = {
        name: {"version": 1, "width": WIDTH, "height": HEIGHT, "depth": 16, "layers": layers}
        for name, layers in SCENES.items()
    }
    for name, document in documents.items():
        rows = [
            [paint(document["layers"], CLEAR, x, y)[0] for x in range(WIDTH)] for y in range(HEIGHT)
        ]
        write_png(GOLDEN / f"{name}.png", rows)
    content = {"made by": "test/reference/compositor.py", "rasters": BY_HASH, "documents": documents}
    text = json.dumps(content, separators=(",", ":")).replace('},"', '},\n"')
    (GOLDEN / "scenes.json").write_text(text + "\n")

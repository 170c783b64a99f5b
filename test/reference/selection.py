"""Numbers for test/unit/common/selection, made with SciPy and OpenCV.

    python test/reference/selection.py > test/fixtures/selection.json

Feathering against scipy.ndimage.gaussian_filter, whose edge mode "nearest" is what Fude does at the document's edges;
growing and shrinking against scipy.ndimage.distance_transform_edt; polygons against the winding number at 64 x 64 points
of each pixel; the contiguous wand against cv2.floodFill.
"""

import json

import cv2
import numpy as np
from scipy import ndimage

rng = np.random.default_rng(20)


def blobs(height, width):
    noise = ndimage.gaussian_filter(rng.normal(size=(height, width)), 4)
    return (noise > 0.02).astype(np.uint8) * 255


def base(mask):
    return {
        "width": mask.shape[1],
        "height": mask.shape[0],
        "samples": mask.astype(np.uint8).ravel().tolist(),
    }


def feathered(mask, sigma):
    soft = ndimage.gaussian_filter(
        mask.astype(np.float64), sigma, mode="nearest", truncate=8
    )
    return [round(float(v), 2) for v in soft.ravel()]


def grown(mask, by):
    inside = mask > 0
    if by > 0:
        distance = ndimage.distance_transform_edt(~inside)
        out = np.clip(by + 1 - distance, 0, 1)
    else:
        distance = ndimage.distance_transform_edt(inside)
        out = 1 - np.clip(-by + 1 - distance, 0, 1)
    return np.floor(out * 255 + 0.5).astype(int).ravel().tolist()


def winding(points, x, y):
    total = np.zeros_like(x, dtype=int)
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1]):
        side = (bx - ax) * (y - ay) - (x - ax) * (by - ay)
        total += ((ay <= y) & (by > y) & (side > 0)).astype(int)
        total -= ((ay > y) & (by <= y) & (side < 0)).astype(int)
    return total


def polygon(points, width, height, fine=64):
    at = (np.arange(width * fine) + 0.5) / fine
    down = (np.arange(height * fine) + 0.5) / fine
    x, y = np.meshgrid(at, down)
    inside = (winding(points, x, y) != 0).astype(np.float64)
    return inside.reshape(height, fine, width, fine).mean((1, 3)) * 255


def flood(picture, seed, tolerance):
    mask = np.zeros((picture.shape[0] + 2, picture.shape[1] + 2), np.uint8)
    spread = (tolerance,) * 3
    flags = 4 | cv2.FLOODFILL_FIXED_RANGE | cv2.FLOODFILL_MASK_ONLY | (255 << 8)
    cv2.floodFill(picture.copy(), mask, seed, 0, spread, spread, flags)
    return mask[1:-1, 1:-1]


mask = blobs(40, 56)
ring = [[4.2, 3.1], [20.7, 5.5], [17.3, 18.9], [2.4, 15.2]]
star = [[12, 1], [18.5, 19], [1.3, 8], [22.6, 8.2], [5.4, 19.4]]
picture = ndimage.gaussian_filter(rng.normal(size=(32, 48, 3)), (2, 2, 0))
picture = ((picture - picture.min()) / np.ptp(picture) * 255).astype(np.uint8)

print(
    json.dumps(
        {
            "mask": base(mask),
            "feather": {str(s): feathered(mask, s) for s in (0.8, 2.5, 9)},
            "grow": {str(b): grown(mask, b) for b in (1, 3, 5.5, -1, -2, -4.25)},
            "polygons": [
                {
                    "points": points,
                    "area": [round(float(v), 2) for v in polygon(points, 24, 20).ravel()],
                }
                for points in (ring, star)
            ],
            "wand": {
                "width": 48,
                "height": 32,
                "rgb": picture.ravel().tolist(),
                "found": [
                    {
                        "seed": list(seed),
                        "tolerance": tolerance,
                        "samples": flood(picture, seed, tolerance).ravel().tolist(),
                    }
                    for seed, tolerance in (((5, 5), 12), ((30, 20), 25), ((47, 31), 60))
                ],
            },
        },
        separators=(",", ":"),
    )
)

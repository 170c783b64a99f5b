"""CartoonGAN's edge smoothing by OpenCV.

Run: python test/reference/numerics/edge-smoothing.py > test/fixtures/numerics/edge-smoothing.json
Other pictures: python test/reference/numerics/edge-smoothing.py FILES > OUT.json
"""

import base64
import json
import sys

import cv2
import numpy as np


def drawn(width, height, seed):
    """Ink lines and flat colours over uneven paper."""
    random = np.random.default_rng(seed)
    paper = random.normal(0, 60, (height // 4 + 2, width // 4 + 2, 3)) + 190
    picture = cv2.resize(paper, (width, height), interpolation=cv2.INTER_CUBIC)
    picture = np.clip(picture + random.normal(0, 12, picture.shape), 0, 255).astype(np.uint8)
    for _ in range(4):
        points = random.integers(0, [width, height], (3, 2)).astype(np.int32)
        colour = [int(v) for v in random.integers(0, 256, 3)]
        cv2.fillPoly(picture, [points], colour, cv2.LINE_AA)
        cv2.polylines(picture, [points], True, (20, 15, 10), int(random.integers(1, 3)), cv2.LINE_AA)
    return picture


def smoothed(picture):
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    edges = cv2.Canny(grey, 100, 200)
    region = cv2.dilate(edges, np.ones((5, 5), np.uint8)) > 0
    blurred = cv2.GaussianBlur(picture, (5, 5), 0)
    return edges, np.where(region[..., None], blurred, picture)


def packed(array):
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def case(picture):
    edges, result = smoothed(picture)
    return {
        "width": picture.shape[1],
        "height": picture.shape[0],
        "picture": packed(picture),
        "grey": packed(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)),
        "edges": packed(edges // 255),
        "smoothed": packed(result),
    }


pictures = [cv2.cvtColor(cv2.imread(file), cv2.COLOR_BGR2RGB) for file in sys.argv[1:]]
print(json.dumps([case(p) for p in pictures or [drawn(50, 37, 1), drawn(24, 40, 2), drawn(3, 9, 3)]]))

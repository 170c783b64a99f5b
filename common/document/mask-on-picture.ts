import type { Raster } from "../raster.ts";
import {
  type Affine,
  affineOf,
  composed,
  determinant,
  scaling,
} from "./affine.ts";
import { type RasterOf, writeCoverage } from "./coverage.ts";
import type { Confinement, Mask, Transform } from "./document.ts";
import type { Pixels } from "./pixels.ts";
import type { Region } from "./region.ts";
import { type Inverse, resample } from "./resample.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels of the document that may lie under one of the result's: beyond it a layer is a speck blown up past all use. */
const largestFootprint = 2048;

/**
 * A mask as it lies on a layer's picture, by the picture's own coordinates: the way back from the document through the
 * layer's transform. White is inside.
 * @param picture size of the layer's picture
 * @param size of the result, which covers the whole picture
 * @returns grey, 8 bits; null where the transform leaves nothing of the picture to look under
 */
export function maskOnPicture(
  { mask, transform }: Confinement,
  picture: Size,
  size: Size,
  rasterOf: RasterOf,
): Raster<Uint8Array<ArrayBuffer>> | null {
  const across = picture.width / size.width;
  const down = picture.height / size.height;
  const map = mapOf(transform, across, down);
  const { a, b, c, d } = map;
  const footprint = Math.max(Math.hypot(a, b), Math.hypot(c, d));
  const area = determinant(map);
  if (area === 0 || footprint > largestFootprint) return null;
  const bounds = boundsOf(map, size);
  // Where the bounds' corner lies in the result: `resample` measures from there.
  const dx = bounds.x - map.e;
  const dy = bounds.y - map.f;
  const inverse: Inverse = {
    x: (d * dx - c * dy) / area,
    y: (a * dy - b * dx) / area,
    ux: a,
    uy: c,
    vx: b,
    vy: d,
  };
  const { width, height } = size;
  const whole: Region = { x: 0, y: 0, width, height };
  const out = new Float32Array(4 * width * height);
  resample(maskPixels(mask, bounds, rasterOf), inverse, whole, whole, out);
  const samples = new Uint8Array(width * height);
  for (let n = 0; n < samples.length; n++)
    samples[n] = Math.round(255 * out[4 * n]!);
  return { width, height, channels: 1, samples };
}

/** The layer's map, for a picture whose pixels were made wider and higher before. */
function mapOf(transform: Transform, across: number, down: number) {
  return composed(affineOf(transform), scaling(across, down));
}

/** The document's pixels under a picture. */
function boundsOf(
  { a, b, c, d, e, f }: Affine,
  { width, height }: Size,
): Region {
  const xs = [0, a * width, c * height, a * width + c * height];
  const ys = [0, b * width, d * height, b * width + d * height];
  const left = Math.floor(e + Math.min(...xs));
  const top = Math.floor(f + Math.min(...ys));
  return {
    x: left,
    y: top,
    width: Math.ceil(e + Math.max(...xs)) - left,
    height: Math.ceil(f + Math.max(...ys)) - top,
  };
}

/** A part of the document, grey as the mask is there. */
function maskPixels(mask: Mask, bounds: Region, rasterOf: RasterOf): Pixels {
  const { width, height } = bounds;
  const layer = { mask, opacity: 1 };
  return {
    width,
    height,
    opaque: true,
    read(region, out, offset, stride) {
      const line = new Float32Array(region.width);
      for (let row = 0; row < region.height; row++) {
        writeCoverage(
          layer,
          rasterOf,
          {
            x: bounds.x + region.x,
            y: bounds.y + region.y + row,
            width: region.width,
            height: 1,
          },
          line,
        );
        let to = offset + row * stride;
        for (const value of line) {
          out.fill(value, to, to + 3);
          out[to + 3] = 1;
          to += 4;
        }
      }
    },
  };
}

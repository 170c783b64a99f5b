import type { Raster } from "../raster.ts";
import { affineOf, composed, translation } from "./affine.ts";
import { luminosityOf } from "./color-blends.ts";
import {
  type AssetHash,
  identityTransform,
  type Layer,
  type Mask,
} from "./document.ts";
import { type Pixels, pixelsOf, sampleScale } from "./pixels.ts";
import { place } from "./placement.ts";
import { intersect, type Region } from "./region.ts";

/** Gives the pixels of an asset; throws where it has none. */
export type RasterOf = (asset: AssetHash) => Raster;

/** The layer's mask, where it has one that is in force. */
export function activeMask(layer: Pick<Layer, "mask">): Mask | null {
  return layer.mask?.enabled ? layer.mask : null;
}

/**
 * Writes how much of a layer shows at each pixel of a region: its opacity times its mask, 0..1. Of a mask in colour the
 * luminosity counts; a mask's own alpha does not.
 * @param out one sample a pixel
 */
export function writeCoverage(
  layer: Pick<Layer, "mask" | "opacity">,
  rasterOf: RasterOf,
  region: Region,
  out: Float32Array,
): void {
  const mask = activeMask(layer);
  if (mask === null) {
    out.fill(layer.opacity, 0, region.width * region.height);
    return;
  }
  const raster = mask.asset === null ? null : rasterOf(mask.asset);
  writeMask(mask, raster, region, layer.opacity, out);
}

/**
 * Writes what a mask shows at each pixel of a region, in force or not.
 * @param raster the mask's pixels; null where it has none
 * @param opacity what white becomes, 0..1
 * @param out one sample a pixel
 */
export function writeMask(
  mask: Mask,
  raster: Raster | null,
  region: Region,
  opacity: number,
  out: Float32Array,
): void {
  out.fill(opacity * mask.outside, 0, region.width * region.height);
  if (raster === null) return;
  if (mask.transform) writePlaced(mask, raster, region, opacity, out);
  else writeUpright(mask, raster, region, opacity, out);
}

/** The pixels of the document that a mask's own pixels may touch. */
export function regionOfMask(mask: Mask, raster: Raster): Region {
  const { width, height } = raster;
  const { x, y } = mask;
  return (
    place(greyPixels(raster), mapOf(mask))?.bounds ?? { x, y, width, height }
  );
}

function writeUpright(
  mask: Mask,
  raster: Raster,
  region: Region,
  opacity: number,
  out: Float32Array,
): void {
  const { width, height, channels, samples } = raster;
  const part = intersect(region, { x: mask.x, y: mask.y, width, height });
  if (part === null) return;
  const scale = opacity * sampleScale(samples);
  for (let y = part.y; y < part.y + part.height; y++) {
    let s = ((y - mask.y) * width + part.x - mask.x) * channels;
    let o = (y - region.y) * region.width + part.x - region.x;
    for (let column = 0; column < part.width; column++, s += channels, o++) {
      const grey =
        channels < 3
          ? samples[s]!
          : luminosityOf(samples[s]!, samples[s + 1]!, samples[s + 2]!);
      // Written so that a float mask's NaN hides and its excess does not overflow.
      const share = grey * scale;
      out[o] = share > 0 ? Math.min(share, opacity) : 0;
    }
  }
}

/** A mask that has been transformed: its pixels lie over what is around them, as a picture's over a backdrop. */
function writePlaced(
  mask: Mask,
  raster: Raster,
  region: Region,
  opacity: number,
  out: Float32Array,
): void {
  const placement = place(greyPixels(raster), mapOf(mask));
  if (placement === null || !intersect(placement.bounds, region)) return;
  const pixels = new Float32Array(4 * region.width * region.height);
  placement.draw(region, pixels);
  for (let n = 0, i = 0; i < pixels.length; n++, i += 4) {
    const grey = luminosityOf(pixels[i]!, pixels[i + 1]!, pixels[i + 2]!);
    const shown = mask.outside + (grey - mask.outside) * pixels[i + 3]!;
    out[n] = opacity * Math.min(shown, 1);
  }
}

function mapOf({ x, y, transform = identityTransform }: Mask) {
  return composed(affineOf(transform), translation(x, y));
}

/** The raster without its alpha. */
function greyPixels(raster: Raster): Pixels {
  const pixels = pixelsOf(raster);
  return {
    ...pixels,
    opaque: true,
    read(region, out, offset, stride) {
      pixels.read(region, out, offset, stride);
      for (let row = 0; row < region.height; row++) {
        const from = offset + row * stride;
        const end = from + 4 * region.width;
        for (let i = from + 3; i < end; i += 4) out[i] = 1;
      }
    },
  };
}

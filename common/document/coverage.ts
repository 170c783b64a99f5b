import type { Raster } from "../raster.ts";
import { luminosityOf } from "./color-blends.ts";
import type { AssetHash, Layer, Mask } from "./document.ts";
import { sampleScale } from "./pixels.ts";
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
  const around = layer.opacity * (mask === null ? 1 : mask.outside);
  out.fill(around, 0, region.width * region.height);
  if (mask === null || mask.asset === null) return;
  const raster = rasterOf(mask.asset);
  const { width, height, channels, samples } = raster;
  const part = intersect(region, { x: mask.x, y: mask.y, width, height });
  if (part === null) return;
  const scale = layer.opacity * sampleScale(samples);
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
      out[o] = share > 0 ? Math.min(share, layer.opacity) : 0;
    }
  }
}

import {
  compositeTiles,
  renderLayer,
} from "../../../common/document/compositor.ts";
import type { RasterOf } from "../../../common/document/coverage.ts";
import type { Document, Layer } from "../../../common/document/document.ts";
import type { Region } from "../../../common/document/region.ts";
import type { IntegerRaster } from "./psd/psd-file.ts";

/** How long work goes on before the program's other business gets its turn. */
const turn = 8;

/** What a document looks like, at its depth: RGBA, or RGB where nothing shines through. */
export async function renderComposite(
  document: Document,
  rasterOf: RasterOf,
): Promise<IntegerRaster> {
  const { width, height, depth } = document;
  const samples = emptySamples(width * height * 4, depth);
  const top = depth === 16 ? 65_535 : 255;
  let paused = performance.now();
  for (const { region, pixels } of compositeTiles(document, rasterOf)) {
    for (let row = 0; row < region.height; row++) {
      let to = ((region.y + row) * width + region.x) * 4;
      let from = row * region.width * 4;
      const end = from + region.width * 4;
      while (from < end) samples[to++] = rounded(pixels[from++]!, top);
    }
    if (performance.now() - paused > turn) {
      await new Promise((resolve) => setImmediate(resolve));
      paused = performance.now();
    }
  }
  return { width, height, channels: 4, samples } as IntegerRaster;
}

/** A layer's own pixels at a depth, one plane a channel, and where they lie. */
export interface LayerPixels {
  readonly bounds: Region;
  /** Red, green, blue, alpha. */
  readonly planes: readonly (Uint8Array | Uint16Array)[];
  /** Whether every pixel is either clear or opaque. */
  readonly solid: boolean;
}

/** @returns null where nothing of the layer lies near the document */
export function renderPlanes(
  document: Document,
  layer: Layer,
  rasterOf: RasterOf,
): LayerPixels | null {
  const rendered = renderLayer(layer, rasterOf, surroundings(document));
  if (rendered === null) return null;
  const { x, y, raster } = rendered;
  const { width, height, samples } = raster;
  const { depth } = document;
  const top = depth === 16 ? 65_535 : 255;
  const planes = Array.from({ length: 4 }, () =>
    emptySamples(width * height, depth),
  );
  let solid = true;
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 4; channel++)
      planes[channel]![pixel] = rounded(samples[4 * pixel + channel]!, top);
    const alpha = planes[3]![pixel];
    if (alpha !== 0 && alpha !== top) solid = false;
  }
  return { bounds: { x, y, width, height }, planes, solid };
}

/** The document and as much again on every side: what a layer may keep of the pixels that are out of sight. */
export function surroundings({ width, height }: Document): Region {
  return { x: -width, y: -height, width: 3 * width, height: 3 * height };
}

export function emptySamples(
  length: number,
  depth: 8 | 16,
): Uint8Array | Uint16Array {
  return depth === 16 ? new Uint16Array(length) : new Uint8Array(length);
}

/** @param value 0..1; what lies outside, or is no number, is clipped, for typed arrays would wrap it round */
function rounded(value: number, top: number): number {
  return value > 0 ? Math.min(top, value * top + 0.5) : 0;
}

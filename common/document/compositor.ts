import type { Raster } from "../raster.ts";
import type { RasterOf } from "./coverage.ts";
import type { Document, Layer } from "./document.ts";
import { intersect, type Region } from "./region.ts";
import { boundsOf, openScene, renderTiles, type Tile } from "./scene.ts";

export interface CompositeOptions {
  /** Part of the document to render; what reaches beyond its edges stays clear. All of it by default. */
  readonly region?: Region;
  /** Opaque colour, 0..1, laid under the finished composite, where alpha is not wanted. None by default. */
  readonly background?: readonly [r: number, g: number, b: number];
}

/**
 * What a document looks like: RGBA, straight alpha, 0..1, of the region's size.
 *
 * Layers are blended bottom up (see `blend.ts`). A group of any blend mode but `passThrough` is isolated: its layers are
 * composed on a clear backdrop, and the result is blended as one layer (PDF 1.7, 11.4.5). The layers of a `passThrough`
 * group blend with what lies below it; its opacity and mask fade between the backdrop without and with them, which is
 * what PDF 1.7, 11.4.8, gives for a non-isolated group of normal mode. What lies outside the document is clipped.
 * @throws Failure `damaged` where a styled layer's result does not fit its source, and whatever `rasterOf` throws
 */
export function composite(
  document: Document,
  rasterOf: RasterOf,
  options: CompositeOptions = {},
): Raster<Float32Array> {
  const whole = options.region ?? regionOf(document);
  return gather(whole, compositeTiles(document, rasterOf, options));
}

/**
 * The same in parts, for a caller that has other things to do between them or keeps fewer bits than a float.
 * Parts that no tile covers, outside the document, are clear.
 */
export function* compositeTiles(
  document: Document,
  rasterOf: RasterOf,
  options: CompositeOptions = {},
): Generator<Tile> {
  const { background } = options;
  const page = regionOf(document);
  const region = intersect(page, options.region ?? page);
  if (region === null) return;
  const scene = openScene(document.layers, rasterOf);
  for (const tile of renderTiles(scene, region)) {
    if (background !== undefined) layUnder(tile.pixels, background);
    yield tile;
  }
}

/** A layer's own pixels in the document's, and where they lie. */
export interface RenderedLayer {
  readonly x: number;
  readonly y: number;
  readonly raster: Raster<Float32Array>;
}

/**
 * One layer by itself, in place, without its visibility, opacity, blend mode and mask: what a file with layers stores.
 * A group gives its layers, composed on a clear backdrop, hidden ones left out.
 * @param within what is wanted of it; the document's own rectangle, or more where what lies beyond it is to be kept
 * @returns null where nothing of it lies within
 */
export function renderLayer(
  layer: Layer,
  rasterOf: RasterOf,
  within: Region,
): RenderedLayer | null {
  const bare: Layer = {
    ...layer,
    visible: true,
    opacity: 1,
    mask: null,
    blendMode: "normal",
  };
  const scene = openScene([bare], rasterOf);
  const bounds = boundsOf(scene);
  const region = bounds && intersect(bounds, within);
  if (region === null) return null;
  const raster = gather(region, renderTiles(scene, region));
  return { x: region.x, y: region.y, raster };
}

/** The document's own rectangle. */
export function regionOf(document: Document): Region {
  return { x: 0, y: 0, width: document.width, height: document.height };
}

function layUnder(
  pixels: Float32Array,
  background: readonly [r: number, g: number, b: number],
): void {
  for (let i = 0; i < pixels.length; i += 4) {
    const alpha = pixels[i + 3]!;
    for (let c = 0; c < 3; c++) {
      const under = background[c]!;
      pixels[i + c] = under + (pixels[i + c]! - under) * alpha;
    }
    pixels[i + 3] = 1;
  }
}

function gather(whole: Region, tiles: Iterable<Tile>): Raster<Float32Array> {
  const { width, height } = whole;
  const samples = new Float32Array(4 * width * height);
  for (const { region, pixels } of tiles)
    for (let row = 0; row < region.height; row++) {
      const from = 4 * row * region.width;
      const line = pixels.subarray(from, from + 4 * region.width);
      const y = region.y - whole.y + row;
      samples.set(line, 4 * (y * width + region.x - whole.x));
    }
  return { width, height, channels: 4, samples };
}

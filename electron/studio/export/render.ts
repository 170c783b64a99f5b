import {
  compositeTiles,
  regionOf,
} from "../../../common/document/compositor.ts";
import {
  type RasterOf,
  writeCoverage,
} from "../../../common/document/coverage.ts";
import type {
  Document,
  Layer,
  Mask,
} from "../../../common/document/document.ts";
import {
  intersect,
  type Region,
  tilesOf,
} from "../../../common/document/region.ts";
import {
  boundsOf,
  openScene,
  renderTiles,
  type Tile,
} from "../../../common/document/scene.ts";
import { createPace } from "./pace.ts";
import type { IntegerRaster, Plane } from "./psd/psd-file.ts";

/** Side of the parts in which masks are drawn. */
const tileSide = 256;

/** What a document looks like, at its depth: RGBA. */
export function renderComposite(
  document: Document,
  rasterOf: RasterOf,
): Promise<IntegerRaster> {
  const tiles = compositeTiles(document, rasterOf);
  return gather(tiles, regionOf(document), document.depth);
}

/** Layers drawn together on a clear backdrop, RGBA, and where they lie. */
export interface DrawnLayers {
  readonly bounds: Region;
  readonly raster: IntegerRaster;
}

/**
 * Layers as they lie over each other, by themselves.
 * @param within what is wanted of them
 * @param watch told the bounds before and after each tile how much is drawn, 0 to 1; what it throws ends the drawing
 * @returns null where nothing of them lies within
 */
export async function renderLayers(
  layers: readonly Layer[],
  rasterOf: RasterOf,
  within: Region,
  depth: 8 | 16,
  watch: {
    onBounds(bounds: Region): void;
    onTile(share: number): void;
  },
): Promise<DrawnLayers | null> {
  const scene = openScene(layers, rasterOf);
  const whole = boundsOf(scene);
  const bounds = whole && intersect(whole, within);
  if (bounds === null) return null;
  watch.onBounds(bounds);
  const tiles = renderTiles(scene, bounds);
  return { bounds, raster: await gather(tiles, bounds, depth, watch.onTile) };
}

/** Tiles put together at a depth, in turns that leave room for other work. */
async function gather(
  tiles: Iterable<Tile>,
  { x, y, width, height }: Region,
  depth: 8 | 16,
  onTile?: (share: number) => void,
): Promise<IntegerRaster> {
  const samples = emptySamples(width * height * 4, depth);
  const top = topOf(depth);
  const pace = createPace();
  let done = 0;
  for (const { region, pixels } of tiles) {
    for (let row = 0; row < region.height; row++) {
      let to = ((region.y - y + row) * width + region.x - x) * 4;
      let from = row * region.width * 4;
      const end = from + region.width * 4;
      while (from < end) samples[to++] = rounded(pixels[from++]!, top);
    }
    done += region.width * region.height;
    onTile?.(done / (width * height));
    if (pace.due()) await pace.rest();
  }
  return { width, height, channels: 4, samples } as IntegerRaster;
}

/** A layer's own pixels at a depth, one plane a channel, and where they lie. */
export interface LayerPixels {
  readonly bounds: Region;
  /** Red, green, blue, alpha. */
  readonly planes: readonly Plane[];
}

/**
 * A layer without its opacity, blend mode, visibility and mask, as far as it lies near the document.
 * @returns null where nothing of it does
 */
export async function renderPlanes(
  document: Document,
  layer: Layer,
  rasterOf: RasterOf,
): Promise<LayerPixels | null> {
  const bare: Layer = {
    ...layer,
    visible: true,
    opacity: 1,
    mask: null,
    blendMode: "normal",
  };
  const scene = openScene([bare], rasterOf);
  const whole = boundsOf(scene);
  const bounds = whole && intersect(whole, surroundings(document));
  if (bounds === null) return null;
  const { depth } = document;
  const top = topOf(depth);
  const planes = Array.from({ length: 4 }, () =>
    emptySamples(bounds.width * bounds.height, depth),
  );
  const pace = createPace();
  for (const { region, pixels } of renderTiles(scene, bounds)) {
    for (let row = 0; row < region.height; row++) {
      const left = region.x - bounds.x;
      let to = (region.y - bounds.y + row) * bounds.width + left;
      let from = row * region.width * 4;
      const end = from + region.width * 4;
      for (; from < end; from += 4, to++)
        for (let channel = 0; channel < 4; channel++)
          planes[channel]![to] = rounded(pixels[from + channel]!, top);
    }
    if (pace.due()) await pace.rest();
  }
  return { bounds, planes };
}

/** How much a layer's mask shows, over a rectangle of the document, whether it is in force or not. */
export async function renderMask(
  layer: Layer,
  mask: Mask,
  rasterOf: RasterOf,
  bounds: Region,
  depth: 8 | 16,
): Promise<Plane> {
  const shown = { ...layer, opacity: 1, mask: { ...mask, enabled: true } };
  const plane = emptySamples(bounds.width * bounds.height, depth);
  const top = topOf(depth);
  const coverage = new Float32Array(tileSide * tileSide);
  const pace = createPace();
  for (const tile of tilesOf(bounds, tileSide)) {
    writeCoverage(shown, rasterOf, tile, coverage);
    for (let row = 0; row < tile.height; row++) {
      const left = tile.x - bounds.x;
      const to = (tile.y - bounds.y + row) * bounds.width + left;
      for (let column = 0; column < tile.width; column++)
        plane[to + column] = rounded(coverage[row * tile.width + column]!, top);
    }
    if (pace.due()) await pace.rest();
  }
  return plane;
}

/** The document and as much again on every side: what a layer may keep of the pixels that are out of sight. */
export function surroundings({ width, height }: Document): Region {
  return { x: -width, y: -height, width: 3 * width, height: 3 * height };
}

function emptySamples(length: number, depth: 8 | 16): Plane {
  return depth === 16 ? new Uint16Array(length) : new Uint8Array(length);
}

function topOf(depth: 8 | 16): number {
  return depth === 16 ? 65_535 : 255;
}

/** @param value 0..1; what lies outside, or is no number, is clipped, for typed arrays would wrap it round */
function rounded(value: number, top: number): number {
  return value > 0 ? Math.min(top, value * top + 0.5) : 0;
}

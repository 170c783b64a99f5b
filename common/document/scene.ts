import { affineOf } from "./affine.ts";
import { blendInto } from "./blend.ts";
import { activeMask, type RasterOf, writeCoverage } from "./coverage.ts";
import type { GroupLayer, Layer } from "./document.ts";
import { pixelsOf } from "./pixels.ts";
import { type Placement, place } from "./placement.ts";
import { intersect, type Region, tilesOf, unite } from "./region.ts";
import { styledReader } from "./styled.ts";

/** Tiles are small enough for a few of them to stay in the processor's cache. */
const tileSide = 128;

/** Layers with their pixels in place, ready to be drawn tile by tile. */
export interface Scene {
  readonly layers: readonly Layer[];
  readonly rasterOf: RasterOf;
  /** Of every picture and styled layer that shows. */
  readonly placements: ReadonlyMap<Layer, Placement>;
}

/** A finished part of a composite. */
export interface Tile {
  readonly region: Region;
  /** The region's pixels, RGBA, straight, 0..1. Used anew for the next tile. */
  readonly pixels: Float32Array;
}

/** Asks for the rasters of all layers that show, once each, and works out where they lie. */
export function openScene(layers: readonly Layer[], rasterOf: RasterOf): Scene {
  const placements = new Map<Layer, Placement>();
  placeAll(layers, rasterOf, placements);
  return { layers, rasterOf, placements };
}

/** The pixels that the scene's layers may touch, or null where there are none. */
export function boundsOf(scene: Scene): Region | null {
  let bounds: Region | null = null;
  for (const placement of scene.placements.values())
    bounds = bounds ? unite(bounds, placement.bounds) : placement.bounds;
  return bounds;
}

/** Draws the scene on a clear backdrop. */
export function* renderTiles(scene: Scene, region: Region): Generator<Tile> {
  const brush: Brush = {
    scene,
    buffers: [],
    coverage: new Float32Array(tileSide * tileSide),
  };
  for (const tile of tilesOf(region, tileSide)) {
    const pixels = clearBuffer(brush, 0, tile);
    drawLayers(brush, scene.layers, pixels, tile, 1);
    yield { region: tile, pixels };
  }
}

/** A scene and the memory to draw it with. */
interface Brush {
  readonly scene: Scene;
  /** One tile a level, made when first needed. */
  readonly buffers: Float32Array[];
  readonly coverage: Float32Array;
}

function placeAll(
  layers: readonly Layer[],
  rasterOf: RasterOf,
  placements: Map<Layer, Placement>,
): void {
  for (const layer of layers) {
    if (!isShown(layer)) continue;
    if (layer.kind === "group") {
      placeAll(layer.layers, rasterOf, placements);
      continue;
    }
    const pixels =
      layer.kind === "picture"
        ? pixelsOf(rasterOf(layer.asset))
        : styledReader(
            rasterOf(layer.source),
            layer.result && rasterOf(layer.result.asset),
            layer.strength,
            layer.colourKeeping,
          );
    const placement = place(pixels, affineOf(layer.transform));
    if (placement !== null) placements.set(layer, placement);
  }
}

/**
 * Blends layers into a backdrop.
 * @param level of the first buffer that is free
 * @returns whether anything was drawn
 */
function drawLayers(
  brush: Brush,
  layers: readonly Layer[],
  backdrop: Float32Array,
  region: Region,
  level: number,
): boolean {
  let drawn = false;
  for (const layer of layers) {
    if (!isShown(layer)) continue;
    const touched =
      layer.kind === "group" && layer.blendMode === "passThrough"
        ? drawThrough(brush, layer, backdrop, region, level)
        : drawLayer(brush, layer, backdrop, region, level);
    drawn ||= touched;
  }
  return drawn;
}

/** A picture, a styled layer or an isolated group. */
function drawLayer(
  brush: Brush,
  layer: Layer,
  backdrop: Float32Array,
  region: Region,
  level: number,
): boolean {
  const mode = layer.blendMode;
  if (mode === "passThrough") return false;
  const source = clearBuffer(brush, level, region);
  if (layer.kind === "group") {
    if (!drawLayers(brush, layer.layers, source, region, level + 1))
      return false;
  } else {
    const placement = brush.scene.placements.get(layer);
    if (placement === undefined || !intersect(placement.bounds, region))
      return false;
    placement.draw(region, source);
  }
  if (isFaded(layer)) {
    writeCoverage(layer, brush.scene.rasterOf, region, brush.coverage);
    for (let n = 0, i = 3; i < source.length; n++, i += 4)
      source[i] = source[i]! * brush.coverage[n]!;
  }
  blendInto(backdrop, source, mode, region);
  return true;
}

function drawThrough(
  brush: Brush,
  group: GroupLayer,
  backdrop: Float32Array,
  region: Region,
  level: number,
): boolean {
  if (!isFaded(group))
    return drawLayers(brush, group.layers, backdrop, region, level);
  const full = clearBuffer(brush, level, region);
  full.set(backdrop);
  if (!drawLayers(brush, group.layers, full, region, level + 1)) return false;
  writeCoverage(group, brush.scene.rasterOf, region, brush.coverage);
  fadeInto(backdrop, full, brush.coverage);
  return true;
}

/** Moves each pixel from `backdrop` towards `full` by its coverage: linear in premultiplied colour. */
function fadeInto(
  backdrop: Float32Array,
  full: Float32Array,
  coverage: Float32Array,
): void {
  for (let n = 0, i = 0; i < backdrop.length; n++, i += 4) {
    const m = coverage[n]!;
    const before = (1 - m) * backdrop[i + 3]!;
    const after = m * full[i + 3]!;
    const alpha = before + after;
    if (alpha === 0) continue;
    const k = after / alpha;
    for (let c = i; c < i + 3; c++)
      backdrop[c] = backdrop[c]! + (full[c]! - backdrop[c]!) * k;
    backdrop[i + 3] = alpha;
  }
}

function isShown(layer: Layer): boolean {
  return layer.visible && layer.opacity > 0;
}

/** Whether opacity or a mask leaves some of the layer out. */
function isFaded(layer: Layer): boolean {
  return layer.opacity < 1 || activeMask(layer) !== null;
}

/** The buffer of a level, clear, of exactly the region's size. */
function clearBuffer(
  brush: Brush,
  level: number,
  region: Region,
): Float32Array {
  brush.buffers[level] ??= new Float32Array(4 * tileSide * tileSide);
  const length = 4 * region.width * region.height;
  return brush.buffers[level].subarray(0, length).fill(0);
}

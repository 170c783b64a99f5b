import {
  type Arbitrary,
  boolean,
  constantFrom,
  integer,
  record,
} from "fast-check";
import { expect } from "vitest";
import {
  type BlendMode,
  blendModes,
} from "../../../../common/document/blend-mode.ts";
import { composite } from "../../../../common/document/compositor.ts";
import type {
  AssetHash,
  Layer,
  Mask,
} from "../../../../common/document/document.ts";
import type { Raster } from "../../../../common/raster.ts";
import {
  documentOf,
  group,
  hash,
  picture,
  styled,
} from "./random-documents.ts";

type Pixels = ArrayLike<number>;

/** Largest difference of what two pictures show: of alpha, and of colour as far as alpha lets it be seen. */
export function difference(a: Pixels, b: Pixels): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i += 4)
    for (let c = i; c < i + 4; c++) {
      const [own, other] =
        c === i + 3 ? [a[c]!, b[c]!] : [a[c]! * a[i + 3]!, b[c]! * b[i + 3]!];
      const apart = Math.abs(own - other);
      largest = apart > largest || Number.isNaN(apart) ? apart : largest;
    }
  return largest;
}

/** Of random pictures, in pixels. */
export const side = 12;

/** Pictures of `side` by `side` pixels: 1 to 4 by chance (2 is opaque), 5 all clear; masks: 6 black, 7 white, 8 by chance. */
export function randomRaster(asset: AssetHash): Raster {
  const number = Number.parseInt(asset, 16);
  const channels = number > 5 ? 1 : ([4, 4, 3, 2] as const)[number % 4]!;
  const samples = new Uint8Array(side * side * channels);
  let state = number;
  for (let i = 0; i < samples.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    samples[i] = state >>> 24;
  }
  if (number === 5) samples.fill(0);
  if (number === 6) samples.fill(0);
  if (number === 7) samples.fill(255);
  return { width: side, height: side, channels, samples };
}

/** What layers look like in a document of `side` by `side` pixels. */
export const look = (...layers: Layer[]): Float32Array =>
  composite(documentOf(layers, side, side), randomRaster).samples;

/** A mask of a random picture, or of none. */
export const maskOf = (
  asset: number | null,
  changes: Partial<Mask> = {},
): Mask => ({
  asset: asset === null ? null : hash(asset),
  x: 0,
  y: 0,
  outside: 0,
  enabled: true,
  ...changes,
});

/** One random layer; see `layersFrom`. */
export interface Drawn {
  kind: "picture" | "styled" | "isolated" | "through";
  asset: number;
  mode: BlendMode;
  opacity: number;
  mask: Mask | null;
  x: number;
  scale: number;
  rotation: number;
  visible: boolean;
}
export const drawn: Arbitrary<Drawn> = record({
  kind: constantFrom("picture", "styled", "isolated", "through"),
  asset: integer({ min: 1, max: 5 }),
  mode: constantFrom(...blendModes),
  opacity: constantFrom(0, 0.25, 0.8, 1),
  mask: constantFrom(null, maskOf(8), maskOf(8, { x: 4, outside: 0.6 })),
  x: constantFrom(0, -3, 2.5, 40),
  scale: constantFrom(1, -0.5, 1.7, 0.3),
  rotation: constantFrom(0, 90, 17),
  visible: boolean(),
});

/** A group holds the layers before it. */
export function layersFrom(all: readonly Drawn[]): Layer[] {
  let layers: Layer[] = [];
  for (const [index, one] of all.entries()) {
    const id = `l${index}`;
    const { opacity, mask, visible, x, scale, rotation } = one;
    const changes = { opacity, mask, visible, blendMode: one.mode };
    const transform = {
      x,
      y: 0,
      scaleX: scale,
      scaleY: Math.abs(scale),
      rotation,
    };
    const asset = hash(one.asset);
    const style = { model: "ink", brushSize: 1 };
    if (one.kind === "picture")
      layers.push(picture(id, { ...changes, transform, asset }));
    else if (one.kind === "styled")
      layers.push(
        styled(id, {
          ...changes,
          transform,
          source: asset,
          result: { asset: hash(3), style },
          strength: 0.7,
          colourKeeping: 0.3,
        }),
      );
    else if (one.kind === "isolated") layers = [group(id, layers, changes)];
    else layers = [group(id, layers, { ...changes, blendMode: "passThrough" })];
  }
  return layers;
}

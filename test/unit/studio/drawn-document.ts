import { createHash } from "node:crypto";
import type { RasterOf } from "../../../common/document/coverage.ts";
import {
  type AssetHash,
  type Document,
  type GroupLayer,
  identityTransform,
  type Layer,
  type PictureLayer,
  type StyledLayer,
} from "../../../common/document/document.ts";
import type { Raster } from "../../../common/raster.ts";

/** Pictures drawn by a formula, by a hash of their name: what stands in for an asset store. */
export class DrawnPictures {
  readonly #rasters = new Map<AssetHash, Raster>();

  /** @param draw samples 0..1 at a pixel, one a channel */
  draw(
    name: string,
    size: { width: number; height: number; channels: Raster["channels"] },
    depth: 8 | 16,
    draw: (x: number, y: number) => readonly number[],
  ): AssetHash {
    const { width, height, channels } = size;
    const length = width * height * channels;
    const samples =
      depth === 16 ? new Uint16Array(length) : new Uint8Array(length);
    const top = depth === 16 ? 65_535 : 255;
    for (let index = 0; index < length; index++) {
      const pixel = Math.floor(index / channels);
      const values = draw(pixel % width, Math.floor(pixel / width));
      samples[index] = Math.round(values[index % channels]! * top);
    }
    const hash = createHash("sha256").update(name).digest("hex");
    this.#rasters.set(hash, { ...size, samples });
    return hash;
  }

  readonly rasterOf: RasterOf = (hash) => {
    const raster = this.#rasters.get(hash);
    if (!raster) throw new Error(`no picture ${hash}`);
    return raster;
  };
}

const common = {
  visible: true,
  locked: false,
  opacity: 1,
  mask: null,
  blendMode: "normal",
} as const;

export function pictureLayer(
  name: string,
  asset: AssetHash,
  change: Partial<PictureLayer> = {},
): PictureLayer {
  return {
    ...common,
    id: name,
    name,
    kind: "picture",
    transform: identityTransform,
    asset,
    ...change,
  };
}

export function styledLayer(
  name: string,
  source: AssetHash,
  result: AssetHash | null,
  change: Partial<StyledLayer> = {},
): StyledLayer {
  const style = { model: "ink", brushSize: 1 };
  return {
    ...common,
    id: name,
    name,
    kind: "styled",
    transform: identityTransform,
    source,
    style,
    strength: 1,
    colourKeeping: 0,
    result: result === null ? null : { asset: result, style },
    ...change,
  };
}

export function group(
  name: string,
  layers: Layer[],
  change: Partial<GroupLayer> = {},
): GroupLayer {
  return { ...common, id: name, name, kind: "group", layers, ...change };
}

export function documentOf(
  layers: Layer[],
  change: Partial<Document> = {},
): Document {
  return { version: 3, width: 48, height: 32, depth: 8, layers, ...change };
}

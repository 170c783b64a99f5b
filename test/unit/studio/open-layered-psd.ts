import { createHash } from "node:crypto";
import { composite } from "../../../common/document/compositor.ts";
import type { RasterOf } from "../../../common/document/coverage.ts";
import type { AssetHash, Layer } from "../../../common/document/document.ts";
import type { Raster } from "../../../common/raster.ts";
import { decodePicture } from "../../../electron/studio/assets/decode.ts";
import {
  type EncodedPicture,
  type LayeredPicture,
  readLayeredPsd,
} from "../../../electron/studio/import/read-layered-psd.ts";

export interface OpenedPsd extends LayeredPicture {
  readonly rasterOf: RasterOf;
  readonly kept: readonly EncodedPicture[];
}

/** Reads a PSD's layers as the studio does, into memory. */
export async function openLayeredPsd(
  bytes: Uint8Array,
  name = "drawing.psd",
): Promise<OpenedPsd> {
  const rasters = new Map<AssetHash, Raster>();
  const kept: EncodedPicture[] = [];
  const layered = await readLayeredPsd(
    bytes.slice(),
    name,
    "drawing",
    async (picture) => {
      const hash = createHash("sha256").update(picture.png).digest("hex");
      rasters.set(hash, (await decodePicture(picture.png, hash)).raster);
      kept.push(picture);
      return hash;
    },
  );
  return { ...layered, kept, rasterOf: (hash) => rasters.get(hash)! };
}

/** A pixel of what the document shows: RGBA, 0..255. */
export function shownAt(
  { document, rasterOf }: OpenedPsd,
  x: number,
  y: number,
): number[] {
  const region = { x, y, width: 1, height: 1 };
  const { samples } = composite(document, rasterOf, { region });
  return Array.from(samples, (sample) => Math.round(sample * 255));
}

/** Names of all layers, a group's own below it in brackets, bottom first. */
export function outline(layers: readonly Layer[]): string {
  return layers
    .map((layer) =>
      layer.kind === "group"
        ? `${layer.name}(${outline(layer.layers)})`
        : layer.name,
    )
    .join(" ");
}

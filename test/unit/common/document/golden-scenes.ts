import { readFileSync } from "node:fs";
import sharp from "sharp";
import type {
  AssetHash,
  Document,
} from "../../../../common/document/document.ts";
import { parseDocument } from "../../../../common/document/migrations.ts";
import type { Raster } from "../../../../common/raster.ts";

interface Content {
  rasters: Record<
    AssetHash,
    {
      width: number;
      height: number;
      channels: Raster["channels"];
      depth: "8" | "16" | "float";
      samples: number[];
    }
  >;
  documents: Record<string, unknown>;
}

const folder = new URL("../../../golden/compositor/", import.meta.url);
const content: Content = JSON.parse(
  readFileSync(new URL("scenes.json", folder), "utf8"),
);
const arrays = { 8: Uint8Array, 16: Uint16Array, float: Float32Array };
const rasters = new Map<AssetHash, Raster>(
  Object.entries(content.rasters).map(([hash, { depth, ...raster }]) => [
    hash,
    { ...raster, samples: arrays[depth].from(raster.samples) },
  ]),
);

/** Documents of 32 by 24 pixels whose looks are known from an independent compositor. */
export const goldenScenes: ReadonlyMap<string, Document> = new Map(
  Object.entries(content.documents).map(([name, document]) => [
    name,
    parseDocument(document),
  ]),
);

/** The pixels of the scenes' assets. */
export function goldenRaster(asset: AssetHash): Raster {
  const raster = rasters.get(asset);
  if (raster === undefined) throw new Error(`no asset ${asset}`);
  return raster;
}

/** What a scene looks like: RGBA, straight, 0..1, to 16 bits. */
export async function goldenPicture(name: string): Promise<Float32Array> {
  const { data } = await sharp(readFileSync(new URL(`${name}.png`, folder)))
    .toColourspace("rgb16")
    .raw({ depth: "ushort" })
    .toBuffer({ resolveWithObject: true });
  const levels = new Uint16Array(
    data.buffer,
    data.byteOffset,
    data.byteLength / 2,
  );
  return Float32Array.from(levels, (level) => level / 65535);
}

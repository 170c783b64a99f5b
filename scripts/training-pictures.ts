import { readdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import type { Raster } from "../common/raster.ts";

/** The style sets of `styles/` in the data folder; every one may train weights that ship (its SOURCES.md). */
export const shipStyleSets = [
  "crane-aesop",
  "denslow-oz",
  "dore-don-quixote",
  "dore-raven",
  "game-icons-viscious-speed",
  "hokusai-36-views",
  "lear-nonsense",
  "letta-gophers",
  "museum-paintings",
  "potter-peter-rabbit",
  "publicdomainvectors",
  "revoy-peppercarrot-panels",
  "tenniel-alice",
] as const;

export interface SplitPictures {
  readonly train: Raster<Uint8Array>[];
  /** Every fifth picture of each folder: never trained on. */
  readonly heldOut: Raster<Uint8Array>[];
}

/** The photographs whose licences allow to train weights that ship: the folders with that prefix. */
export function shipPhotoFolders(data: string): string[] {
  return readdirSync(join(data, "photos"))
    .filter((name) => name.startsWith("ship-"))
    .sort()
    .map((name) => join(data, "photos", name));
}

export function shipStyleFolders(data: string): string[] {
  return shipStyleSets.map((name) => join(data, "styles", name));
}

/** A folder's picture files by name, in two parts. */
export interface SplitFiles {
  readonly train: string[];
  /** Every fifth: never trained on. */
  readonly heldOut: string[];
}

export function splitFiles(folder: string, only = /./): SplitFiles {
  const files = readdirSync(folder)
    .filter((name) => /\.(jpe?g|png|webp)$/i.test(name) && only.test(name))
    .sort()
    .map((name) => join(folder, name));
  return {
    train: files.filter((_, index) => index % 5 !== 4),
    heldOut: files.filter((_, index) => index % 5 === 4),
  };
}

/**
 * @param shortSide pixels to which larger pictures are reduced
 * @param only which files to read
 */
export async function readSplit(
  folders: readonly string[],
  shortSide: number,
  only = /./,
): Promise<SplitPictures> {
  const train: Raster<Uint8Array>[] = [];
  const heldOut: Raster<Uint8Array>[] = [];
  for (const folder of folders) {
    const files = splitFiles(folder, only);
    for (const file of files.train) {
      train.push(await readPicture(file, shortSide));
    }
    for (const file of files.heldOut) {
      heldOut.push(await readPicture(file, shortSide));
    }
  }
  return { train, heldOut };
}

/** RGB, 8 bit, over white, short side at most `shortSide`. */
export async function readPicture(
  file: string,
  shortSide: number,
): Promise<Raster<Uint8Array<ArrayBuffer>>> {
  const { data, info } = await sharp(file)
    .rotate()
    .flatten({ background: "white" })
    .toColourspace("srgb")
    .resize(shortSide, shortSide, { fit: "outside", withoutEnlargement: true })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const samples = new Uint8Array(data);
  if (info.channels !== 3) {
    throw new TypeError(`${file} did not decode to RGB.`);
  }
  return { width: info.width, height: info.height, channels: 3, samples };
}

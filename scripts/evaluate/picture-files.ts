import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../common/failure.ts";
import type { Raster } from "../../common/raster.ts";
import {
  readPicture,
  type SplitFiles,
  splitFiles,
} from "../training-pictures.ts";

export interface NamedPicture {
  readonly file: string;
  /** RGB, 8 bit. */
  readonly raster: Raster<Uint8Array<ArrayBuffer>>;
}

/** Evaluators look for waves as long as an eighth of this. */
const smallestSide = 64;

/**
 * A folder of drawings in its two parts.
 * @throws Failure "not-found" or "invalid" that names the folder
 */
export function splitDrawings(folder: string): SplitFiles {
  const files = pictureFiles(folder, () => splitFiles(folder));
  if (files.heldOut.length === 0) {
    throw new Failure(
      "invalid",
      `${folder} holds ${files.train.length} pictures, and every fifth is what a style is judged by.`,
      { subject: folder, hint: "Choose a folder of at least five drawings." },
    );
  }
  return files;
}

/**
 * Photographs that nothing was trained on: all of a folder that was named, else every one of the data folder's `eval-`
 * sets and the held-out ones of the others.
 * @throws Failure "not-found" or "invalid" that names the folder
 */
export function unseenPhotos(data: string, folder: string | null): string[] {
  if (folder !== null) {
    const { train, heldOut } = pictureFiles(folder, () => splitFiles(folder));
    return [...train, ...heldOut].sort();
  }
  const root = join(data, "photos");
  const sets = pictureFiles(root, () =>
    readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort(),
  );
  return sets.flatMap((name) => {
    const { train, heldOut } = splitFiles(join(root, name));
    return name.startsWith("eval-") ? [...train, ...heldOut].sort() : heldOut;
  });
}

/** @throws Failure that names the file */
export async function readNamed(
  file: string,
  shortSide: number,
): Promise<NamedPicture> {
  let raster: NamedPicture["raster"];
  try {
    raster = await readPicture(file, shortSide);
  } catch (cause) {
    throw new Failure("damaged", `${file} cannot be read as a picture.`, {
      subject: file,
      hint: "Take it out of the folder.",
      cause,
    });
  }
  if (Math.min(raster.width, raster.height) < smallestSide) {
    throw new Failure(
      "invalid",
      `${file} is too small to be judged: ${raster.width} × ${raster.height} pixels, and each side needs ${smallestSide}.`,
      { subject: file, hint: "Take it out of the folder." },
    );
  }
  return { file, raster };
}

export async function readAll(
  files: readonly string[],
  shortSide: number,
): Promise<NamedPicture[]> {
  const pictures: NamedPicture[] = [];
  for (const file of files) pictures.push(await readNamed(file, shortSide));
  return pictures;
}

/** At most `count` of the items at even distances. */
export function spread<Item>(items: readonly Item[], count: number): Item[] {
  if (items.length <= count) return [...items];
  return Array.from(
    { length: count },
    (_, i) => items[Math.floor(((i + 0.5) * items.length) / count)]!,
  );
}

function pictureFiles<Files>(folder: string, read: () => Files): Files {
  let files: Files;
  try {
    files = read();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const fault =
      code === "ENOENT"
        ? "does not exist"
        : code === "ENOTDIR"
          ? "is not a folder"
          : "cannot be read";
    throw new Failure(
      code === "ENOENT" ? "not-found" : "unreadable",
      `${folder} ${fault}.`,
      {
        subject: folder,
        hint: "Name folders of pictures with --photos and --drawings.",
        cause,
      },
    );
  }
  const empty = Array.isArray(files)
    ? files.length === 0
    : Object.values(files as object).flat().length === 0;
  if (empty) {
    throw new Failure("invalid", `${folder} holds no pictures.`, {
      subject: folder,
      hint: "PNG, JPEG and WebP are read.",
    });
  }
  return files;
}

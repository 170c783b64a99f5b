import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type AssetHash,
  documentSchema,
} from "../../../common/document/document.ts";
import { assetsOf } from "../../../common/document/tree.ts";
import { Failure } from "../../../common/failure.ts";
import {
  type DecodedPicture,
  decodePicture,
} from "../../../electron/studio/assets/decode.ts";
import { readLayeredPsd } from "../../../electron/studio/import/read-layered-psd.ts";

const data = join(import.meta.dirname, "../../../../shared/data");

/** Longest time for one of these small files, and most memory for all of them, in bytes. */
const patience = 5000;
const memory = 1.5 * 2 ** 30;

function filesOf(folder: string): string[] {
  try {
    return readdirSync(join(data, folder), {
      recursive: true,
      withFileTypes: true,
    })
      .filter((entry) => entry.isFile() && !/\.(csv|md|txt)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch {
    console.log(`skipped: ${join(data, folder)} is not here`);
    return [];
  }
}

async function attempt(path: string): Promise<DecodedPicture | Failure> {
  try {
    return await decodePicture(readFileSync(path), path);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw new Error(`${path} gives no failure but an error`, { cause: error });
  }
}

const folders = ["images-edge", "psd"].map(
  (folder) => [folder, filesOf(folder)] as const,
);

describe.each(folders)("the odd files of %s", (_, files) => {
  test.skipIf(files.length === 0)("each decodes or says why not", async () => {
    let decoded = 0;
    for (const path of files) {
      const started = performance.now();
      const outcome = await attempt(path);
      expect(performance.now() - started, path).toBeLessThan(patience);
      if (outcome instanceof Failure) {
        expect(outcome.subject).toBe(path);
        expect(outcome.message).toContain(path);
        expect(outcome.code, path).toMatch(
          /^(not-a-picture|unsupported|too-large|damaged)$/,
        );
        continue;
      }
      decoded += 1;
      const { width, height, channels, samples } = outcome.raster;
      expect(samples.length, path).toBe(width * height * channels);
      expect(samples instanceof Uint16Array, path).toBe(outcome.depth === 16);
      expect(outcome.alpha, path).toBe(channels === 4);
    }
    console.log(`${decoded} of ${files.length} decoded`);
    expect(decoded).toBeGreaterThan(files.length / 3);
    // Kilobytes, of this process since it began.
    expect(process.resourceUsage().maxRSS * 1024).toBeLessThan(memory);
  });
});

/** What of the readable files has to come with its layers, at the least. */
const withLayers = 200;
const layered = filesOf("psd");
test.skipIf(layered.length === 0)(
  "each PSD comes with its layers, or as one picture and a word why, or says why not",
  async () => {
    let opened = 0;
    for (const path of layered) {
      const started = performance.now();
      const outcome = await readLayers(path);
      expect(performance.now() - started, path).toBeLessThan(patience);
      if (outcome instanceof Failure) {
        expect(outcome.subject, path).toBe(path);
        expect(outcome.message).toContain(path);
        expect(outcome.code, path).toMatch(
          /^(not-a-picture|unsupported|too-large|damaged)$/,
        );
        continue;
      }
      const { document, notes, kept } = outcome;
      expect(documentSchema.parse(document), path).toEqual(document);
      for (const asset of assetsOf(document))
        expect(kept, path).toContain(asset);
      for (const note of notes) expect(note, path).toMatch(/^.{10,}\.$/);
      if (!notes.some((note) => /^Its layers|^It is in/.test(note)))
        opened += 1;
    }
    console.log(
      `${opened} of ${layered.length} opened, whatever layers they have read`,
    );
    expect(opened).toBeGreaterThan(withLayers);
    expect(process.resourceUsage().maxRSS * 1024).toBeLessThan(memory);
  },
);

async function readLayers(path: string) {
  const kept: AssetHash[] = [];
  try {
    const layers = await readLayeredPsd(
      new Uint8Array(readFileSync(path)),
      path,
      "drawing",
      async ({ png }) => {
        const hash = createHash("sha256").update(png).digest("hex");
        kept.push(hash);
        return hash;
      },
    );
    return { ...layers, kept };
  } catch (error) {
    if (error instanceof Failure) return error;
    throw new Error(`${path} gives no failure but an error`, { cause: error });
  }
}

/** PngSuite says in each name what the file is: interlacing, colour type and bits. */
const suite = filesOf("images-edge/pngsuite").filter((path) =>
  /bas[in][0-6]|bg[a-z]{2}|tb[a-z]{2}/.test(path),
);
test.skipIf(suite.length === 0)(
  "PngSuite's files are what their names say",
  async () => {
    const seen = new Set<string>();
    for (const path of suite) {
      const parts = /([0-6])([agcp])(\d\d)\.png$/.exec(path);
      if (!parts) continue;
      const [, kind, , bits] = parts;
      const picture = await decodePicture(readFileSync(path), path);
      expect(picture.depth, path).toBe(bits === "16" ? 16 : 8);
      if (/bas[in]/.test(path)) {
        const { channels, width, height } = picture.raster;
        expect([width, height], path).toEqual([32, 32]);
        expect(channels, path).toBe({ 0: 1, 2: 3, 3: 3, 4: 4, 6: 4 }[kind!]);
        seen.add(kind!);
      }
    }
    expect([...seen].sort()).toEqual(["0", "2", "3", "4", "6"]);
  },
);

/** One scene eight times, each stored another way round. */
const turned = filesOf("images-edge/exif-orientation");
test.skipIf(turned.length === 0)(
  "pictures stored in eight ways stand upright",
  async () => {
    const [first, ...others] = await Promise.all(
      turned
        .filter((path) => /landscape/.test(path))
        .map(async (path) => ({
          path,
          ...(await decodePicture(readFileSync(path), path)),
        })),
    );
    expect(others.length).toBeGreaterThan(5);
    for (const { path, raster } of others) {
      expect([raster.width, raster.height], path).toEqual([
        first!.raster.width,
        first!.raster.height,
      ]);
      let sum = 0;
      for (let at = 0; at < raster.samples.length; at++)
        sum += Math.abs(raster.samples[at]! - first!.raster.samples[at]!);
      // JPEGs, coded one by one.
      expect(sum / raster.samples.length, path).toBeLessThan(8);
    }
  },
);

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scene } from "../support/drawn-pictures.ts";
import { openTestStudio, type TestStudio } from "../support/test-studio.ts";

let folder: string;
let studio: TestStudio;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-profile-"));
  studio = await openTestStudio(folder);
});
afterAll(async () => {
  await studio.close();
  await rm(folder, { recursive: true });
});

test.each(["png", "tiff"] as const)(
  "a picture leaves as %s in the colours that it came in",
  async (format) => {
    const p3 = await sharp(await scene(24, 16))
      .withIccProfile("p3")
      .png()
      .toBuffer();
    const { id } = await studio.call("createProject", {
      name: "hill.png",
      bytes: new Uint8Array(p3),
    });
    const { bytes } = await studio.call("exportProject", {
      projectId: id,
      format,
    });
    const before = await sharp(p3).metadata();
    const after = await sharp(bytes).metadata();
    expect(Buffer.compare(after.icc!, before.icc!)).toBe(0);
    const numbers = (file: Uint8Array) =>
      sharp(file, { ignoreIcc: true }).removeAlpha().raw().toBuffer();
    const [wanted, got] = [await numbers(p3), await numbers(bytes)];
    const worst = wanted.reduce(
      (most, sample, at) => Math.max(most, Math.abs(sample - got[at]!)),
      0,
    );
    expect(worst).toBeLessThanOrEqual(3);
  },
);

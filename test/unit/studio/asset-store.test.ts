import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openAssetStore } from "../../../electron/studio/assets/asset-store.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-assets-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const bytes = new TextEncoder().encode("pixels");
const hash = createHash("sha256").update(bytes).digest("hex");

test("what is put is read back by its SHA-256, also after a restart", async () => {
  const store = await openAssetStore(join(folder, "assets"));
  expect(await store.put(bytes)).toBe(hash);
  expect(store.pathOf(hash)).toBe(
    join(folder, "assets", hash.slice(0, 2), `${hash}.png`),
  );
  const again = await openAssetStore(join(folder, "assets"));
  expect(Buffer.from(await again.read(hash)).equals(bytes)).toBe(true);
});

test("what is there is not written again", async () => {
  const store = await openAssetStore(folder);
  await store.put(bytes);
  const { ino, mtimeMs } = await stat(store.pathOf(hash));
  await Promise.all([store.put(bytes), store.put(bytes)]);
  expect(await stat(store.pathOf(hash))).toMatchObject({ ino, mtimeMs });
});

test("two at once make one file and leave no other", async () => {
  const store = await openAssetStore(folder);
  await Promise.all([store.put(bytes), store.put(bytes)]);
  expect(await readdir(join(folder, hash.slice(0, 2)))).toEqual([
    `${hash}.png`,
  ]);
});

test("a profile lies beside the pictures", async () => {
  const store = await openAssetStore(folder);
  expect(await store.put(bytes, "icc")).toBe(hash);
  expect(Buffer.from(await store.read(hash, "icc")).equals(bytes)).toBe(true);
  await expect(store.read(hash)).rejects.toMatchObject({ code: "not-found" });
});

test("a picture that is gone and one that was changed are named", async () => {
  const store = await openAssetStore(folder);
  await expect(store.read(hash)).rejects.toMatchObject({
    code: "not-found",
    subject: store.pathOf(hash),
  });
  await store.put(bytes);
  await writeFile(store.pathOf(hash), "pixelz");
  await expect(store.read(hash)).rejects.toMatchObject({
    code: "damaged",
    subject: store.pathOf(hash),
  });
});

test("what crashed writes left is cleared away at the start, and nothing else", async () => {
  const store = await openAssetStore(folder);
  await store.put(bytes);
  const shelf = join(folder, hash.slice(0, 2));
  await writeFile(join(shelf, ".fude-0123456789abcdef.partial"), "pix");
  await mkdir(join(folder, "mine"));
  await writeFile(join(folder, "mine", "own.partial"), "");
  await openAssetStore(folder);
  expect(await readdir(shelf)).toEqual([`${hash}.png`]);
  expect(await readdir(join(folder, "mine"))).toEqual(["own.partial"]);
});

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { openAssetStore } from "../../../electron/studio/assets/asset-store.ts";
import { openLibrary } from "../../../electron/studio/library/library.ts";
import { writeFileAtomically } from "../../../electron/studio/write-file.ts";

const folder = mkdtempSync(join(tmpdir(), "fude-full-"));
const mounted = mountSmallDisk();
if (!mounted) console.log("skipped: a small disk to fill needs Linux and root");

function mountSmallDisk(): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], {
      stdio: "ignore",
    });
    return true;
  } catch {
    return false;
  }
}

afterAll(() => {
  if (mounted) execFileSync("umount", ["--lazy", folder]);
  rmSync(folder, { recursive: true });
});

const tooMuch = new Uint8Array(3 * 2 ** 20).fill(7);

test.skipIf(!mounted)(
  "a full disk leaves the old file and no part of the new",
  async () => {
    const path = join(folder, "export.psd");
    await writeFile(path, "the old one");
    await expect(writeFileAtomically(path, tooMuch)).rejects.toMatchObject({
      code: "disk-full",
      message: expect.stringContaining(path),
    });
    expect(await readFile(path, "utf8")).toBe("the old one");
    expect(await readdir(folder)).toEqual(["export.psd"]);
  },
);

test.skipIf(!mounted)(
  "the asset store says so and goes on with what fits",
  async () => {
    const store = await openAssetStore(join(folder, "assets"));
    await expect(store.put(tooMuch)).rejects.toMatchObject({
      code: "disk-full",
    });
    const small = Uint8Array.of(1, 2, 3);
    expect([...(await store.read(await store.put(small)))]).toEqual([1, 2, 3]);
  },
);

test.skipIf(!mounted)("the library says so and keeps what it had", () => {
  const library = openLibrary(join(folder, "library"));
  library.settings.set("kept", true);
  const big = "x".repeat(2 ** 22);
  expect(() => library.settings.set("big", big)).toThrow(
    expect.objectContaining({ code: "disk-full" }),
  );
  library.close();
  const again = openLibrary(join(folder, "library"));
  expect(again.settings.get("kept", z.boolean())).toBe(true);
  expect(again.settings.get("big", z.string())).toBeUndefined();
  again.close();
});

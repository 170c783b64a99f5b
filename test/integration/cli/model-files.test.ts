import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSafetensors } from "../../../native-models/weights/safetensors.ts";
import { scene } from "../support/drawn-pictures.ts";
import { runFude } from "../support/run-fude.ts";

const fixture = (name: string) =>
  fileURLToPath(
    new URL(`../../fixtures/published-networks/${name}`, import.meta.url),
  );

let folder: string;
const at = (name: string) => join(folder, name);

/** Exit code and last line. */
async function fude(...words: string[]) {
  const { code, lines } = await runFude(words, at("library"));
  return { code, last: lines.at(-1)! };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-models-"));
  await copyFile(fixture("resnet_9blocks.pth"), at("latest_net_G.pth"));
  await copyFile(fixture("transformer_old.model"), at("mosaic.model"));
  await writeFile(at("photo.png"), await scene(90, 61));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a published checkpoint", () => {
  test("becomes a style with card and thumbnail", async () => {
    const first = await fude("import-model", at("latest_net_G.pth"));
    expect(first.last).toMatchObject({
      kind: "result",
      recognised: expect.stringContaining("CycleGAN generator"),
      style: {
        name: "latest_net_G",
        origin: "imported",
        recipe: "cyclegan-resnet",
        thumbnail: expect.stringMatching(/^[0-9a-f]{64}$/),
        licence: "unknown: ask its author",
      },
    });
    const { id } = first.last.style as { id: string };
    const card = JSON.parse(
      await readFile(at(`library/models/${id}/model.json`), "utf8"),
    );
    expect(card.imported).toMatchObject({
      file: "latest_net_G.pth",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const named = await fude(
      "import-model",
      at("mosaic.model"),
      "--name",
      "Mosaic",
    );
    expect(named.last).toMatchObject({ style: { name: "Mosaic" } });
    const { last } = await fude("styles");
    expect(last.styles).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: "latest_net_G", origin: "imported" }),
        expect.objectContaining({ name: "Mosaic" }),
      ]),
    );
  });

  test("imported twice is one style", async () => {
    await fude("import-model", at("mosaic.model"), "--name", "Mosaic");
    const { last } = await fude("styles");
    const names = (last.styles as { name: string }[]).map(({ name }) => name);
    expect(names.filter((name) => name === "Mosaic")).toHaveLength(1);
  });

  test("paints, and leaves as safetensors that come back as the same style", async () => {
    const paint = async (style: string, out: string) => {
      const words = ["--style", style, "--out", at(out)];
      const { code } = await fude("stylize", at("photo.png"), ...words);
      expect(code).toBe(0);
      return sharp(at(out)).raw().toBuffer({ resolveWithObject: true });
    };
    const before = await paint("Mosaic", "before.png");
    expect([before.info.width, before.info.height]).toEqual([90, 61]);
    expect(before.data).not.toEqual(
      await sharp(at("photo.png")).raw().toBuffer(),
    );

    const out = at("mosaic.safetensors");
    expect((await fude("export-model", "Mosaic", "--out", out)).code).toBe(0);
    const { tensors, metadata } = readSafetensors(await readFile(out));
    expect(metadata).toMatchObject({
      network: "transformer-net",
      format: "pt",
    });
    expect(tensors.get("deconv3.conv2d.bias")?.shape).toEqual([3]);

    const again = await fude("import-model", out, "--name", "Again");
    expect(again.last).toMatchObject({
      style: { name: "Again", credit: "Imported from mosaic.model" },
    });
    const after = await paint("Again", "after.png");
    expect(after.data).toEqual(before.data);
  });
});

test("a bundled style leaves with its generator and comes back", async () => {
  const { last } = await fude("styles");
  const bundled = (last.styles as { name: string; origin: string }[]).find(
    ({ origin }) => origin === "bundled",
  );
  expect(bundled).toBeDefined();
  const out = at("bundled.safetensors");
  const sent = await fude("export-model", bundled!.name, "--out", out);
  expect(sent.code).toBe(0);
  const { tensors } = readSafetensors(await readFile(out));
  expect(tensors.get("style.vector")?.shape).toEqual([1840]);
  const back = await fude("import-model", out, "--name", "Back");
  expect(back.last).toMatchObject({
    recognised: "a style of Fude's own generator",
    style: { name: "Back", origin: "imported" },
  });
});

describe("what cannot be imported is said in one sentence that names the file", () => {
  beforeAll(async () => {
    const whole = await readFile(fixture("transformer.pth"));
    await writeFile(at("torn.pth"), whole.subarray(0, 60_000));
    const flipped = Buffer.from(whole);
    // Longer than any padding between the parts.
    const middle = flipped.subarray(60_000, 62_000);
    middle.set(middle.map((byte) => byte ^ 0xff));
    await writeFile(at("flipped.pth"), flipped);
    await writeFile(at("text.pth"), "no weights ".repeat(20));
    await writeFile(at("empty.pt"), "");
    await writeFile(at("odd.safetensors"), "no weights ".repeat(20));
    await copyFile(fixture("results.safetensors"), at("other.safetensors"));
  });

  test.each([
    ["torn.pth", "damaged"],
    ["flipped.pth", "damaged"],
    ["text.pth", "unsupported"],
    ["empty.pt", "damaged"],
    ["odd.safetensors", "damaged"],
    ["other.safetensors", "unsupported"],
    ["nowhere.pth", "not-found"],
  ])("%s", async (name, failureCode) => {
    const { code, last } = await fude("import-model", at(name));
    expect(code).toBe(1);
    expect(last).toMatchObject({ kind: "failure", code: failureCode });
    expect(last.message).toContain(at(name));
  });

  test("and export-model wants a name that tells what is in the file", async () => {
    const words = ["export-model", "Mosaic", "--out", at("mosaic.pth")];
    const { code, last } = await fude(...words);
    expect(code).toBe(2);
    expect(last.message).toContain(".safetensors");
  });
});

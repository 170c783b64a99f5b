import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { convertModel } from "../../../native-models/convert-model.ts";
import { LoadedStyles } from "../../../native-models/inference/loaded-styles.ts";
import { stylize } from "../../../native-models/inference/stylize.ts";
import { startRuntime } from "../../../native-models/runtime/start-runtime.ts";
import {
  readSafetensors,
  type Safetensors,
  writeSafetensors,
} from "../../../native-models/weights/safetensors.ts";
import {
  largestDifference,
  pictureIn,
  resultIn,
} from "../../unit/native-models/published-fixtures.ts";
import { scene } from "../support/drawn-pictures.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const script = at("../../reference/published-networks.py");
const photo = at(
  "../../../../shared/data/photos/ship-scikit-image/chelsea.jpg",
);

/** A Python with PyTorch: FUDE_PYTHON, else the system's, if it has it. */
function findPython(): string | null {
  for (const python of [process.env.FUDE_PYTHON, "python3"]) {
    if (python === undefined) continue;
    try {
      execFileSync(python, ["-c", "import torch, safetensors"], {
        stdio: "ignore",
      });
      return python;
    } catch {}
  }
  return null;
}

const python = findPython();
if (python === null)
  console.log(
    "Skipped: parity of full-size checkpoints needs a Python with torch and safetensors (FUDE_PYTHON=…).",
  );

describe.skipIf(python === null)("networks of the published widths", () => {
  let folder: string;
  let results: Safetensors;

  beforeAll(async () => {
    await startRuntime();
    folder = await mkdtemp(join(tmpdir(), "fude-published-"));
    const source = existsSync(photo) ? photo : await scene(256, 192);
    const pixels = await sharp(source)
      .resize(256, 192, { fit: "fill" })
      .removeAlpha()
      .raw()
      .toBuffer();
    const data = Float32Array.from(pixels, (_, i) => {
      const area = 256 * 192;
      return pixels[(i % area) * 3 + Math.floor(i / area)]! / 255;
    });
    await writeFile(
      join(folder, "picture.safetensors"),
      writeSafetensors([
        ["picture", { dtype: "F32", shape: [1, 3, 192, 256], data }],
      ]),
    );
    execFileSync(python!, [script, folder, "--full"]);
    results = readSafetensors(
      await readFile(join(folder, "results.safetensors")),
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each([
    ["resnet_9blocks.pth", "9 residual blocks, 64 filters", 11_378_179],
    ["resnet_6blocks.pth", "6 residual blocks, 64 filters", 7_837_699],
    ["transformer.pth", "5 residual blocks, 32 filters", 1_679_235],
    ["transformer_old.model", "5 residual blocks, 32 filters", 1_679_235],
  ])(
    "%s paints as PyTorch does, within 1e-4",
    async (name, words, parameters) => {
      const model = await convertModel({
        name,
        files: [await readFile(join(folder, name))],
        metadata: {},
        sample: false,
      });
      expect(model.recognised).toContain(words);
      const { tensors } = readSafetensors(model.weights);
      const count = [...tensors.values()].reduce(
        (sum, { data }) => sum + data.length,
        0,
      );
      expect(count).toBe(parameters);
      const picture = pictureIn(results);
      const style = new LoadedStyles().load([model.weights]);
      const { samples } = await stylize(picture, style, {
        brushSize: 1,
        memoryBudget: 2 ** 30,
        signal: new AbortController().signal,
        onProgress() {},
      });
      const wanted = resultIn(results, name);
      const difference = largestDifference(samples, wanted);
      console.log(`${name}: ${difference.toExponential(1)} of full range`);
      expect(difference).toBeLessThan(1e-4);
      expect(largestDifference(samples, picture.samples)).toBeGreaterThan(0.1);
    },
  );
});

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { engineDescriptionSchema } from "../../../../common/contract/engine.ts";

/** Each start is a process of its own: a process chooses once. */
async function start(folder: string | null, script = "") {
  const module = new URL(
    "../../../../native-models/runtime/start-runtime.ts",
    import.meta.url,
  );
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [
      "--input-type=module",
      "-e",
      `import * as tf from "@tensorflow/tfjs-core";
     import { requireTraining, startRuntime } from ${JSON.stringify(module.href)};
     ${script}
     const description = await startRuntime(${folder === null ? "" : JSON.stringify(folder)});
     const training = await requireTraining().then(() => "possible", (failure) => failure.message);
     console.log(JSON.stringify({ description, training, tensors: tf.memory().numTensors }));`,
    ],
    { cwd: new URL("../../../..", import.meta.url) },
  );
  const { description, training, tensors } = JSON.parse(stdout);
  return {
    description: engineDescriptionSchema.parse(description),
    training,
    tensors,
    noise: stderr
      .split("\n")
      .filter((line) => line && !/absl::InitializeLog|oneDNN/.test(line)),
  };
}

describe("startRuntime", () => {
  const folder = mkdtempSync(join(tmpdir(), "fude-runtime-"));
  afterEach(() => rmSync(join(folder, "tfjs_binding.node"), { force: true }));

  test("takes WebAssembly where native TensorFlow is not installed, and says so", async () => {
    const { description, training, tensors, noise } = await start(folder);
    expect(description.backend).toBe("wasm");
    expect(description.reason).toContain(`it is not installed in ${folder}`);
    expect(training).toBe("possible");
    expect(tensors).toBe(0);
    expect(noise).toEqual([]);
  });

  test("takes WebAssembly where the addon does not load, and says so", async () => {
    writeFileSync(join(folder, "tfjs_binding.node"), "not an addon");
    const { description } = await start(folder);
    expect(description.backend).toBe("wasm");
    expect(description.reason).toMatch(/native TensorFlow was refused because/);
  });

  test("says what it runs on", async () => {
    const { description, training, tensors, noise } = await start(null);
    expect(description.device).toMatch(/\S/);
    expect(description.versions["tensorflow.js"]).toMatch(/^4\./);
    if (description.backend === "tensorflow") {
      expect(training).toBe("possible");
      expect(description.versions.tensorflow).toMatch(/^\d+\.\d+/);
      expect(noise).toEqual([]);
      expect(tensors).toBe(0);
    }
  });

  test("refuses a backend with wrong numbers, and says which", async () => {
    const broken = start(
      folder,
      `await import("@tensorflow/tfjs-backend-wasm");
       const right = tf.getKernel("Conv2D", "wasm");
       tf.unregisterKernel("Conv2D", "wasm");
       tf.registerKernel({ ...right, kernelFunc: (call) =>
         right.kernelFunc({ ...call, inputs: { ...call.inputs, filter: tf.mul(call.inputs.filter, 1.01) } }) });`,
    );
    await expect(broken).rejects.toThrow(
      /WebAssembly was refused because it gave wrong numbers \(convolution is off by 0\.0/,
    );
  });
});

import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import util from "node:util";
import { root } from "../places.mjs";
import { run } from "../run.mjs";

/**
 * Loads a runtime in a process of its own, where a crash harms nobody, and has it multiply two matrices.
 * @param {string} folder
 * @param {string} node the Node that the engine will run on
 * @returns {Promise<{ version: string, gpu: boolean }>}
 * @throws if it cannot be loaded or reckons wrongly
 */
export async function probe(folder, node) {
  const { ok, output, why } = await run(
    node,
    [fileURLToPath(import.meta.url), folder],
    { timeout: 120_000, env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" } },
  );
  const answer = output.match(/^probe: (.*)$/m)?.[1];
  if (!ok || !answer) throw new Error(`it does not work here: ${why}`);
  return JSON.parse(answer);
}

/** @param {string} folder */
async function load(folder) {
  const require = createRequire(join(root, "package.json"));
  // tfjs-node calls two functions that Node 23 removed.
  Object.assign(util, {
    isNullOrUndefined: (/** @type {unknown} */ value) => value == null,
    isArray: Array.isArray,
  });
  const binding = require(join(folder, "tfjs_binding.node"));
  const tf = require("@tensorflow/tfjs-core");
  require("@tensorflow/tfjs-node-gpu/dist/register_all_kernels");
  const {
    NodeJSKernelBackend,
  } = require("@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend");
  const backend = new NodeJSKernelBackend(binding, "probe");
  tf.registerBackend("tensorflow", () => backend);
  await tf.setBackend("tensorflow");
  const product = tf.matMul(
    tf.tensor2d([1, 2, 3, 4], [2, 2]),
    tf.tensor2d([5, 6, 7, 8], [2, 2]),
  );
  const got = [...product.dataSync()].join();
  if (got !== "19,22,43,50")
    throw new Error(`2 x 2 product came out as ${got}`);
  return {
    version: binding.TF_Version,
    gpu: Boolean(backend.isUsingGpuDevice),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const folder = process.argv[2] ?? "";
  console.log(`probe: ${JSON.stringify(await load(folder))}`);
}

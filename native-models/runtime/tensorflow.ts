import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import util from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import envPaths from "env-paths";

/** The part of tfjs-node's addon that is used here; its backend uses the rest. */
interface Binding {
  readonly TF_Version: string;
  isUsingGpuDevice(): boolean;
}

export interface LoadedTensorFlow {
  readonly version: string;
  readonly gpu: boolean;
}

/** Where set-up puts the TensorFlow libraries and the addon built against them. */
export function tensorflowFolder(): string {
  return (
    process.env.FUDE_TENSORFLOW ??
    join(envPaths("fude", { suffix: "" }).cache, "tensorflow")
  );
}

/**
 * Loads native TensorFlow from `folder` and registers it as the backend "tensorflow".
 *
 * The package's own entry file is bypassed: it looks for the addon inside `node_modules`, and set-up alters nothing
 * there. Its backend is CommonJS and requires tfjs-core; ES modules import the same CommonJS file of tfjs-core under
 * Node, so there is one registry of backends and kernels.
 * @throws Error where the folder holds no runtime, or one that does not load
 */
export function loadTensorFlow(folder: string): LoadedTensorFlow {
  const addon = join(folder, "tfjs_binding.node");
  if (!existsSync(addon)) throw new Error(`it is not installed in ${folder}`);
  // Read when the library is loaded: errors only. (One line about oneDNN comes before TensorFlow has set up its log.)
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  restoreUtil();
  const require = createRequire(import.meta.url);
  const binding: Binding = require(addon);
  require("@tensorflow/tfjs-node-gpu/dist/register_all_kernels");
  const {
    NodeJSKernelBackend,
  } = require("@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend");
  tf.registerBackend(
    "tensorflow",
    () => new NodeJSKernelBackend(binding, "@tensorflow/tfjs-node-gpu"),
  );
  return { version: binding.TF_Version, gpu: binding.isUsingGpuDevice() };
}

/** tfjs-node 4.22 calls two functions of `util` that newer Nodes warn about or no longer have. */
function restoreUtil(): void {
  Object.assign(util, {
    isNullOrUndefined: (value: unknown) =>
      value === null || value === undefined,
    isArray: Array.isArray,
  });
}

import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { batchMatMul } from "./wasm-kernels/batch-mat-mul.ts";
import { conv2dBackpropFilter } from "./wasm-kernels/conv2d-backprop-filter.ts";
import { conv2dBackpropInput } from "./wasm-kernels/conv2d-backprop-input.ts";
import { depthToSpace } from "./wasm-kernels/depth-to-space.ts";
import { gatherV2 } from "./wasm-kernels/gather-v2.ts";
import { maxPoolGrad } from "./wasm-kernels/max-pool-grad.ts";
import { slice } from "./wasm-kernels/slice.ts";
import { splitV } from "./wasm-kernels/split-v.ts";
import { unsortedSegmentSum } from "./wasm-kernels/unsorted-segment-sum.ts";

/** What training needs and the package lacks, has wrong, or has too slow. */
const kernels = [
  batchMatMul,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  depthToSpace,
  gatherV2,
  maxPoolGrad,
  slice,
  splitV,
  unsortedSegmentSum,
];

/** Loads the WebAssembly backend, which runs everywhere, and registers it as "wasm", with all that training needs. */
export async function loadWasm(): Promise<void> {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  // tfjs-core brings operations without their gradients; those are registered by the package of all its parts.
  await import("@tensorflow/tfjs");
  const entry = createRequire(import.meta.url).resolve(
    "@tensorflow/tfjs-backend-wasm",
  );
  setWasmPaths(dirname(entry) + sep);
  for (const kernel of kernels) {
    if (tf.getKernel(kernel.kernelName, "wasm")) {
      tf.unregisterKernel(kernel.kernelName, "wasm");
    }
    tf.registerKernel(kernel);
  }
}

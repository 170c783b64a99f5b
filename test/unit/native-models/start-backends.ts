import * as tf from "@tensorflow/tfjs-core";
import { startRuntime } from "../../../native-models/runtime/start-runtime.ts";
import { loadWasm } from "../../../native-models/runtime/wasm.ts";

/**
 * Starts every backend that trains: native TensorFlow where it is installed, which is left the current one, and
 * WebAssembly.
 * @returns their names
 */
export async function startBackends(): Promise<string[]> {
  const { backend } = await startRuntime();
  if (backend === "wasm") {
    console.log("Native TensorFlow is skipped: it is not installed.");
    return ["wasm"];
  }
  await loadWasm();
  await tf.setBackend("wasm");
  await tf.setBackend(backend);
  return [backend, "wasm"];
}

import { createRequire } from "node:module";
import { dirname, sep } from "node:path";

/** Loads the WebAssembly backend, which runs everywhere, and registers it as "wasm". */
export async function loadWasm(): Promise<void> {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  const entry = createRequire(import.meta.url).resolve(
    "@tensorflow/tfjs-backend-wasm",
  );
  setWasmPaths(dirname(entry) + sep);
}
